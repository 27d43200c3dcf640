from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest

from clearlines.access import rules as access
from clearlines.staff import rules

TODAY = date(2022, 6, 14)


@dataclass
class Somebody:
    pk: str = "worker"
    organisation_id: str = "charity"
    is_active: bool = True
    vetted_until: date | None = None
    trained_until: date | None = None


def said(reasons) -> str:
    return "; ".join(reasons)


def test_what_runs_out_is_spoken_of_for_thirty_days_and_stays_until_it_is_renewed():
    assert not list(rules.running_out(Somebody(vetted_until=TODAY + timedelta(31)), TODAY))
    assert list(rules.running_out(Somebody(vetted_until=TODAY + timedelta(30)), TODAY)) == [
        ("Vetting", TODAY + timedelta(30))
    ]
    both = Somebody(vetted_until=TODAY - timedelta(400), trained_until=TODAY)
    assert [what for what, _ in rules.running_out(both, TODAY)] == ["Vetting", "Training"]


@pytest.mark.parametrize(
    ("days", "words"),
    [(-31, "has run out"), (-30, "ran out 30 days ago"), (-2, "ran out 2 days ago"),
     (-1, "ran out yesterday"), (0, "runs out tonight"), (1, "runs out tomorrow night"),
     (30, "runs out in 30 days")],
)  # fmt: skip
def test_the_last_day_still_holds(days, words):
    assert rules.when_in_words(TODAY + timedelta(days), TODAY) == words


def test_nobody_comes_back_on_a_date_that_is_over():
    yesterday = TODAY - timedelta(1)
    why = said(rules.reasons_not_to_come_back(vetted_until=yesterday, trained_until=yesterday, today=TODAY))
    assert "the vetting would still have run out" in why
    assert "the training would still have run out" in why
    assert not said(rules.reasons_not_to_come_back(vetted_until=TODAY, trained_until=None, today=TODAY))


def test_work_is_handed_on_by_ones_own_manager_and_never_by_oneself():
    assert not said(rules.reasons_not_to_hand_over(Somebody(), organisation="charity", by="lead"))
    assert "another organisation" in said(rules.reasons_not_to_hand_over(Somebody(), organisation="police", by="x"))
    assert "ask another manager" in said(
        rules.reasons_not_to_hand_over(Somebody(), organisation="charity", by="worker")
    )


def test_a_link_that_does_not_work_and_two_passwords_that_differ_are_each_said():
    why = said(rules.reasons_not_to_begin(works=False, password="a", again="b"))
    assert "ask whoever gave it to you" in why
    assert "not the same" in why
    assert not said(rules.reasons_not_to_begin(works=True, password="a", again="a"))


@pytest.mark.parametrize(
    ("agent", "words"),
    [("Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36",
      "Chrome on an Android phone"),
     ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile Safari/604.1", "Safari on an iPhone"),
     ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge on a Windows computer"),
     ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox on a Linux computer"),
     ("Mozilla/5.0 (Linux; Android 13; SM-X200) SamsungBrowser/25.0 Chrome/121 Safari/537.36",
      "Samsung on an Android tablet"),
     ("Mozilla/5.0 (X11; CrOS x86_64) Chrome/126.0 Safari/537.36", "Chrome on a Chromebook"),
     ("Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) CriOS/126.0 Mobile", "Chrome on an iPad"),
     ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) Version/17.5 Safari/605.1", "Safari on a Mac"),
     ("", "A browser on something we cannot name"), ("<script>", "A browser on something we cannot name")],
)  # fmt: skip
def test_a_device_is_named_in_plain_words(agent, words):
    assert rules.device_in_words(agent) == words


def test_a_manager_decides_about_their_own_colleagues_and_never_about_themselves():
    assert not said(access.reasons_not_to_look_after(Somebody(), by="lead", organisation="charity"))
    assert "nobody decides this for themselves" in said(
        access.reasons_not_to_look_after(Somebody("lead"), by="lead", organisation="charity")
    )
    assert "whose own manager decides" in said(
        access.reasons_not_to_look_after(Somebody(), by="sergeant", organisation="police")
    )


def test_a_role_begins_today_or_later_once_in_an_open_account():
    def why(account=None, from_on=TODAY, until_on=None, is_held=False):
        return said(
            access.reasons_not_to_begin_role(
                account or Somebody(), from_on=from_on, until_on=until_on, today=TODAY, is_held=is_held
            )
        )

    assert not why()
    assert "closed" in why(Somebody(is_active=False))
    assert "hold this role already" in why(is_held=True)
    assert "never in the past" in why(from_on=TODAY - timedelta(1))
    assert "end before it begins" in why(until_on=TODAY - timedelta(1))


def test_a_supervisor_is_a_colleague_who_does_not_answer_to_them():
    def why(supervisor, is_above=False):
        return said(access.reasons_not_to_set_clearances(Somebody(), supervisor=supervisor, is_above=is_above))

    assert not why(None)
    assert not why(Somebody("lead"))
    assert "own supervisor" in why(Somebody())
    assert "same organisation" in why(Somebody("sergeant", "police"))
    assert "same organisation" in why(Somebody("lead", is_active=False))
    assert "answers to this person already" in why(Somebody("lead"), is_above=True)


def test_a_duty_is_short_and_to_come_and_for_somebody_who_holds_a_role():
    now = datetime(2022, 6, 14, 12, 0)  # noqa: DTZ001

    def why(begins=0.0, ends=8.0, account=None, holds=True):
        return said(
            access.reasons_not_to_put_on_duty(
                account or Somebody(), from_at=now + timedelta(hours=begins), until_at=now + timedelta(hours=ends),
                now=now, holds_a_role=holds,
            )
        )  # fmt: skip

    assert not why()
    assert not why(-1, 23)
    assert "24 hours at most" in why(0, 24.5)
    assert "over already" in why(-9, -1)
    assert "end before it begins" in why(2, 2)
    assert "would open nothing" in why(holds=False)
    assert "would open nothing" in why(account=Somebody(is_active=False))


def test_an_identity_is_joined_once_within_ones_own_organisation():
    def why(subject="s-1", is_taken=False, is_own=True):
        return said(access.reasons_not_to_join_sign_on(subject=subject, is_taken=is_taken, is_own=is_own))

    assert not why()
    assert "enter the identifier" in why(" ")
    assert "another account" in why(is_taken=True)
    assert "another organisation" in why(is_own=False)


def test_an_administrator_gives_no_role_elsewhere_and_replaces_no_way_in_of_their_own():
    assert "its own manager" in said(access.reasons_not_to_open_account(roles=["x"], own=False, by_nobody_yet=False))
    assert not said(access.reasons_not_to_open_account(roles=["x"], own=True, by_nobody_yet=False))
    assert not said(access.reasons_not_to_open_account(roles=["x"], own=False, by_nobody_yet=True))
    assert not said(access.reasons_not_to_open_account(roles=[], own=False, by_nobody_yet=False))
    assert "another administrator" in said(access.reasons_not_to_let_begin_again(Somebody(), by="worker"))
    assert "open it again first" in said(access.reasons_not_to_let_begin_again(Somebody(is_active=False), by="x"))
