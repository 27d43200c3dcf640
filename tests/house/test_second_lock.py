"""The whole house works with the second lock on: the application's own role tells the example and opens its pages."""

import pytest
from django.db import connection
from django.test import Client

from clearlines.access.models import Account
from clearlines.web.context import PLACES
from programme.example.story import tell

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no row-level security"),
]


def test_the_example_is_told_by_the_applications_own_role_and_its_pages_open(as_the_application):
    assert connection.vendor == "postgresql"
    with as_the_application():
        tell()
        for account in Account.objects.filter(username__in=["sergeant", "analyst", "lead", "worker", "commissioner"]):
            client = Client()
            client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
            opened = [client.get(place.url).status_code for place in PLACES]
            assert set(opened) <= {200, 403}
            assert 200 in opened
