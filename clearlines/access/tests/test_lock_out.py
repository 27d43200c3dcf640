"""Guessing is slowed down and stopped, and tells whoever guesses nothing."""

import pytest
from axes.models import AccessAttempt
from django.core.cache import cache

from clearlines.access.tests.build import PASSWORD, sign_in
from clearlines.ledger.models import Entry

pytestmark = pytest.mark.slow


def guess(client, username, times, **more):
    return [sign_in(client, username, "not this one", **more) for _ in range(times)][-1]


def plain(answer):
    """A page without what differs from one asking to the next."""
    import re

    said = re.sub(r'(csrfmiddlewaretoken" value=|nonce=)"[^"]+"', "", answer.content.decode())
    return answer.status_code, re.sub(r'value="(worker|no\.such\.name)"', "", said)


def test_five_wrong_passwords_stop_that_name_at_that_address_in_plain_words(cast, client):
    assert guess(client, "worker", 4).status_code == 200
    answer = guess(client, "worker", 1)
    assert answer.status_code == 429
    assert "Wait 15 minutes" in answer.content.decode()
    assert sign_in(client, "worker").status_code == 429
    assert Entry.objects.filter(event="access.locked_out").count() == 2


def test_the_same_name_elsewhere_and_another_name_here_still_sign_in(cast, client):
    guess(client, "worker", 5)
    assert sign_in(client, "lead").status_code == 302
    client.logout()
    assert sign_in(client, "worker", REMOTE_ADDR="192.0.2.7").status_code == 302


def test_a_name_nobody_has_is_answered_as_a_name_somebody_has(cast, client):
    for times in (1, 3, 1, 1):
        assert plain(guess(client, "worker", times)) == plain(guess(client, "no.such.name", times))


def test_a_closed_account_is_answered_as_a_name_nobody_has(cast, client):
    from clearlines.access import actions

    actions.close_account(by=cast.administrator, account=cast.account("worker"))
    assert plain(guess(client, "worker", 1)) == plain(guess(client, "no.such.name", 1))


def test_capital_letters_and_spaces_make_no_new_name_to_guess_at(cast, client):
    guess(client, "worker", 4)
    assert guess(client, " WORKER ", 1).status_code == 429


def test_what_was_typed_is_kept_nowhere_in_clear(cast, client):
    guess(client, "my-password-typed-in-the-wrong-box", 2)
    kept = " ".join(str(value) for row in AccessAttempt.objects.values() for value in row.values())
    assert kept
    assert "wrong-box" not in kept
    assert "not this one" not in kept
    assert not [row for row in Entry.objects.values() if "wrong-box" in str(row)]


def test_after_the_wait_the_right_password_opens_again(cast, client):
    from datetime import timedelta

    guess(client, "worker", 5)
    AccessAttempt.objects.update(attempt_time=AccessAttempt.objects.get().attempt_time - timedelta(minutes=16))
    cache.clear()
    assert sign_in(client, "worker", PASSWORD).status_code == 302
