from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from clearlines.visits import rules

NOW = datetime(2022, 6, 14, 11, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@dataclass
class Planned:
    state: str = "planned"
    joint: str = "none"
    starts_at: datetime = NOW + HOUR
    never_alone: bool = False
    only_together: bool = False
    offer_id: object = None
    from_name: str = "The Open Door"


def plan(**more):
    said = {"place_words": "14 Slipway Street", "starts_at": NOW + HOUR, "minutes": 45, "entry_basis": "invited",
            "kind": "charity", "now": NOW} | more  # fmt: skip
    return list(rules.reasons_not_to_plan(**said))


def write(**more):
    said = {"outcome": "seen", "arrived_at": NOW - HOUR, "left_at": None, "now": NOW, "entry": "invited",
            "kind": "charity"} | more  # fmt: skip
    return list(rules.reasons_not_to_write(**said))


def meeting(**more):
    said = {"outcome": "seen", "kit": [], "earshot": "", "is_joint": False, "kind": "charity"} | more
    return list(rules.reasons_not_to_say_of_the_meeting(**said))


def crew(named, **more):
    said = {"organisation": "charity", "alone_refused": False} | more
    return list(rules.reasons_not_to_send_crew(named, **said))


def test_a_visit_with_a_place_a_time_and_a_basis_can_be_planned():
    assert not plan()
    assert not plan(kind="police", entry_basis="warrant")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"place_words": " "}, "where"),
        ({"entry_basis": ""}, "basis"),
        ({"entry_basis": "warrant"}, "police power"),
        ({"minutes": 0}, "how long"),
        ({"starts_at": NOW - timedelta(days=8)}, "week ago"),
        ({"starts_at": NOW + timedelta(days=400)}, "year away"),
    ],
)
def test_a_visit_that_makes_no_sense_is_not_planned(said, words):
    (reason,) = plan(**said)
    assert words in reason


def test_somebody_must_go():
    assert crew([]) == ["name at least one person who will go"]


def test_another_organisation_names_its_own_people():
    (reason,) = crew(["charity", "police"])
    assert "offer the visit" in reason


def test_nobody_goes_alone_where_nobody_may():
    assert crew(["charity"], alone_refused=True)
    assert not crew(["charity", "charity"], alone_refused=True)
    assert not crew(["charity"], alone_refused=True, with_others=True)


def test_a_lone_worker_is_stopped_at_the_door():
    flagged = Planned(never_alone=True)
    assert list(rules.reasons_not_to_go(flagged, crew=1))
    assert not list(rules.reasons_not_to_go(flagged, crew=2))
    assert not list(rules.reasons_not_to_go(Planned(never_alone=True, joint="accepted"), crew=1))


def test_a_visit_planned_only_together_waits_for_the_answer():
    assert list(rules.reasons_not_to_go(Planned(only_together=True, joint="offered"), crew=2))
    assert not list(rules.reasons_not_to_go(Planned(only_together=True, joint="accepted"), crew=1))
    assert list(rules.reasons_not_to_go(Planned(state="done"), crew=2))


def offered(appointment, **more):
    said = {"own_key": "charity", "other_key": "police", "now": NOW} | more
    return list(rules.reasons_not_to_offer(appointment, **said))


def test_a_planned_visit_may_be_offered_once_at_a_time():
    assert not offered(Planned())
    assert offered(Planned(joint="offered")) == [
        "it has already been offered: take the offer back before you offer it again"
    ]
    assert not offered(Planned(joint="declined"))
    assert offered(Planned(), other_key="charity")
    assert offered(Planned(state="cancelled"))
    assert offered(Planned(starts_at=NOW - HOUR))
    assert "only they can" in offered(Planned(offer_id=1))[0]


def test_an_offer_is_answered_once_and_may_be_taken_back_by_either():
    accept = lambda state, **more: list(rules.reasons_not_to_accept(Planned(state=state, **more), now=NOW))  # noqa: E731
    assert not accept("offered")
    assert accept("accepted")
    assert "took the offer back" in accept("withdrawn")[0]
    assert "already begun" in accept("offered", starts_at=NOW - HOUR)[0]
    assert not list(rules.reasons_not_to_decline(Planned(state="accepted")))
    assert list(rules.reasons_not_to_decline(Planned(state="declined")))
    assert not list(rules.reasons_not_to_withdraw(Planned(joint="accepted")))
    assert len(list(rules.reasons_not_to_withdraw(Planned(state="done")))) == 2


def test_only_the_organiser_moves_a_visit_and_a_reason_cancels_one():
    assert not list(rules.reasons_not_to_move(Planned()))
    assert len(list(rules.reasons_not_to_move(Planned(state="done", offer_id=1)))) == 2
    assert not list(rules.reasons_not_to_cancel(Planned(), why="ill"))
    assert len(list(rules.reasons_not_to_cancel(Planned(state="done"), why=" "))) == 2


def record(appointment=None, **more):
    said = {"arrived_at": NOW - HOUR, "now": NOW, "already_written": False} | more
    return list(rules.reasons_not_to_record(appointment or Planned(starts_at=NOW - HOUR), **said))


def test_a_visit_is_recorded_once_and_after_it_happened():
    assert not record()
    assert not record(Planned(starts_at=NOW - HOUR, never_alone=True))
    assert "already written" in record(already_written=True)[0]
    assert "before it has happened" in record(arrived_at=NOW + HOUR)[0]
    assert "before it has happened" in record(Planned(starts_at=NOW + 2 * HOUR))[0]
    assert "cancelled" in record(Planned(state="cancelled", starts_at=NOW - HOUR))[0]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"outcome": ""}, "what happened"),
        ({"left_at": NOW - 2 * HOUR}, "before you arrive"),
        ({"left_at": NOW + HOUR}, "still to come"),
        ({"entry": ""}, "basis"),
        ({"entry": "section_17"}, "police power"),
        ({"outcome": "no_reply"}, "nobody was met"),
    ],
)
def test_an_account_that_contradicts_itself_is_not_kept(said, words):
    (reason,) = write(**said)
    assert words in reason


def test_an_account_that_holds_together_is_kept():
    assert not write(left_at=NOW)
    assert not write(outcome="no_reply", entry="outside")
    assert not write(kind="police", entry="section_17")


def test_nothing_is_given_to_nobody():
    assert meeting(outcome="no_reply", kit=["naloxone"])
    assert not meeting(kit=["naloxone"])


def test_a_worker_beside_an_officer_says_whether_the_person_was_warned():
    assert meeting(is_joint=True)
    assert not meeting(is_joint=True, earshot="warned")
    assert not meeting(is_joint=True, kind="police")
    assert not meeting(is_joint=True, outcome="no_reply")


def test_a_correction_has_a_reason_and_mends_the_newest():
    said = {"replaced": False, "why": "wrong time", "arrived_at": NOW - HOUR, "now": NOW}
    assert not list(rules.reasons_not_to_correct(**said))
    assert (
        len(list(rules.reasons_not_to_correct(**said | {"replaced": True, "why": "", "arrived_at": NOW + HOUR}))) == 3
    )


def test_a_promise_has_a_day_and_a_day_has_a_promise():
    today = date(2022, 6, 14)
    promise = lambda words, by_on: list(rules.reasons_not_to_promise(words=words, by_on=by_on, today=today))  # noqa: E731
    assert not promise("", None)
    assert not promise("Ring the landlord", today)
    assert promise("Ring the landlord", None)
    assert promise("", today)
    assert promise("Ring the landlord", date(2022, 6, 13))


def test_three_in_a_row_without_an_answer_ask_for_a_decision():
    assert rules.is_decision_due(["no_reply"] * 3)
    assert not rules.is_decision_due(["no_reply", "no_reply"])
    assert not rules.is_decision_due(["no_reply", "seen", "no_reply", "no_reply"])
    decide = lambda **said: list(rules.reasons_not_to_decide(**{"is_due": True, "decided": False, "why": "x"} | said))  # noqa: E731
    assert not decide()
    assert decide(is_due=False)
    assert decide(decided=True)
    assert decide(why="")
