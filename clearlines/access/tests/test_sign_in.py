"""Signing in, signing out and being refused each leave one entry and one plain sentence."""

import pytest

from clearlines.access.models import Account
from clearlines.ledger.models import Entry


def events():
    return list(Entry.objects.order_by("pk").values_list("event", flat=True))


@pytest.mark.slow
@pytest.mark.parametrize("username", ["sergeant", "worker", "food.club", "commissioner", "administrator"])
def test_everybody_signs_in_with_their_password(cast, client, username):
    answer = client.post("/sign-in/", {"login": username, "password": "open-the-lines"})
    assert answer.status_code == 302
    assert events()[-1] == "access.signed_in"
    assert client.get("/me/").status_code == 200


def test_a_wrong_password_is_refused_in_words_and_the_name_is_not_kept(cast, client):
    answer = client.post("/sign-in/", {"login": "worker", "password": "not this"})
    assert answer.status_code == 200
    assert "The username or the password is wrong" in answer.content.decode()
    entry = Entry.objects.latest("pk")
    assert (entry.event, entry.actor, entry.note) == ("access.sign_in_failed", "the public", "")


def test_signing_out_takes_a_press_of_a_button(cast, as_):
    client = as_("worker")
    assert client.get("/sign-out/").status_code == 200
    assert client.get("/me/").status_code == 200
    answer = client.post("/sign-out/")
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert client.get("/me/").status_code == 302
    assert "access.signed_out" in events()


def test_nobody_can_open_their_own_account(cast, client):
    client.post("/sign-up/", {"username": "me", "password1": "a-long-password"})
    assert not Account.objects.filter(username="me").exists()


def test_a_wrong_password_is_answered_in_plain_words_and_as_a_name_that_is_not_there(cast, client):
    cast.account("worker")
    answers = [client.post("/sign-in/", {"login": name, "password": "no"}) for name in ("worker", "nobody.at.all")]
    for answer in answers:
        assert "The username or the password is wrong" in answer.content.decode()
