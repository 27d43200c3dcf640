"""The whole house works with the second lock on, and where it stands open is written down."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from clearlines.access.models import Account
from clearlines.web.context import PLACES
from programme.example.story import tell
from tests.house.drawing import PACKAGE, ROOMS, source_of

WRITTEN = Path(__file__).with_name("across_the_lock.txt")


def test_every_act_for_which_the_second_lock_stands_open_is_on_the_list_and_no_other():
    """A new line here is a question to the information managers of both sides. The list is read, not generated."""
    assert list(open_acts()) == WRITTEN.read_text(encoding="utf-8").splitlines()


def open_acts() -> Iterator[str]:
    for room in sorted(ROOMS):
        for path, tree in source_of(room):
            if path.parent.name == "second_lock" or path.name == "acts.py":
                continue
            where = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
            yield from (f"{where}.{name}" for name in sorted(_open_in(tree)))


def _open_in(tree: ast.Module) -> Iterator[str]:
    for verb in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        calls = [node for node in ast.walk(verb) if isinstance(node, ast.Call)]
        if any(_is_open(call) for call in calls):
            yield verb.name


def _is_open(call: ast.Call) -> bool:
    named = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return named == "whole_house" or (named == "action" and any(word.arg == "across" for word in call.keywords))


@pytest.mark.slow
def test_the_example_is_told_by_the_applications_own_role_and_its_pages_open(as_the_application):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no row-level security")
    with as_the_application():
        tell()
        for account in Account.objects.filter(username__in=["sergeant", "analyst", "lead", "worker", "commissioner"]):
            client = Client()
            client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
            opened = [client.get(place.url).status_code for place in PLACES]
            assert set(opened) <= {200, 403}
            assert 200 in opened
