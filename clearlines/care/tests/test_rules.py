from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from clearlines.care import rules
from clearlines.care.instruments import instrument

TODAY = date(2022, 6, 14)
KEYS = [item.key for item in instrument().items]


@dataclass
class Goal:
    words: str = "Get my keys back"
    action: str = "Ring the landlord"
    who: str = "Amy"
    by_on: date | None = None
    state: str = "open"
    is_safeguarding: bool = False


def agree(**more):
    said = {"own_words": "My flat", "goals": [Goal()], "person_agreed": True, "agreed_on": TODAY, "today": TODAY} | more
    return list(rules.reasons_not_to_agree(**said))


def look_again(on, *, child=False, said_on=TODAY):
    return list(rules.reasons_not_to_review_on(on, said_on=said_on, today=TODAY, is_child=child))


def measure(answers, *, taken_on=TODAY):
    return list(rules.reasons_not_to_measure(answers, items=KEYS, low=1, high=6, taken_on=taken_on, today=TODAY))


def test_a_plan_in_their_words_that_they_agreed_to_stands():
    assert not agree()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"own_words": " "}, "their own words"),
        ({"goals": []}, "at least one goal"),
        ({"goals": [Goal(words=" ")]}, "the person's own words"),
        ({"goals": [Goal(who="")]}, "who will do it"),
        ({"goals": [Goal(action="")]}, "what will be done"),
        ({"person_agreed": False}, "has not agreed"),
        ({"agreed_on": TODAY + timedelta(1)}, "future"),
    ],
)
def test_a_plan_that_is_not_theirs_does_not_stand(said, words):
    (reason,) = agree(**said)
    assert words in reason


def test_a_plan_is_looked_at_again_within_twelve_weeks_and_within_six_for_a_child():
    assert not look_again(TODAY + timedelta(weeks=12))
    assert "within 12 weeks: by 6 September 2022" in look_again(TODAY + timedelta(weeks=12, days=1))[0]
    assert not look_again(TODAY + timedelta(weeks=6), child=True)
    assert "under 18" in look_again(TODAY + timedelta(weeks=6, days=1), child=True)[0]


def test_a_review_is_after_today():
    assert look_again(TODAY)
    assert look_again(None) == ["say when you will look at the plan together again"]
    assert "after today" in look_again(TODAY - timedelta(1), said_on=TODAY - timedelta(7))[0]


def test_a_closed_plan_is_not_changed_and_a_goal_is_marked_once():
    assert list(rules.reasons_not_to_change("closed"))
    assert not list(rules.reasons_not_to_change("agreed"))
    assert not list(rules.reasons_not_to_mark("open", "met"))
    assert list(rules.reasons_not_to_mark("met", "dropped"))
    assert not list(rules.reasons_not_to_mark("met", "open"))


def review(state="agreed", **more):
    said = {"how_it_is": "Better", "held_on": TODAY, "agreed_on": TODAY - timedelta(30), "today": TODAY} | more
    return list(rules.reasons_not_to_review(state, **said))


def test_only_an_agreed_plan_is_reviewed_and_never_before_it_was_agreed():
    assert not review()
    assert not review("reviewed")
    assert review("draft")
    assert review(how_it_is="")
    assert "before the plan was agreed" in review(held_on=TODAY - timedelta(31))[0]
    assert "future" in review(held_on=TODAY + timedelta(1))[0]


def close(state="open", **more):
    said = {"reason": "moved", "attempts": "", "goals": [], "closed_on": TODAY, "opened_on": TODAY - timedelta(9),
            "today": TODAY} | more  # fmt: skip
    return list(rules.reasons_not_to_close(state, **said))


def test_a_case_with_an_open_goal_about_somebodys_safety_cannot_be_closed():
    assert close(goals=[Goal(is_safeguarding=True)])
    assert not close(goals=[Goal(is_safeguarding=True, state="met"), Goal()])


def test_contact_is_not_lost_until_somebody_tried():
    assert "how you tried" in close(reason="lost_contact")[0]
    assert not close(reason="lost_contact", attempts="Rang three times, went twice")


def test_a_case_closes_once_for_a_reason_on_a_day_that_makes_sense():
    assert not close()
    assert close("closed")
    assert close(reason="")
    assert close(closed_on=TODAY + timedelta(1))
    assert close(closed_on=TODAY - timedelta(10))


def test_a_closed_case_opens_again_for_a_reason():
    reopen = lambda state="closed", **more: list(  # noqa: E731
        rules.reasons_not_to_reopen(state, **{"why": "He came back", "another_open": False} | more)
    )
    assert not reopen()
    assert reopen("open")
    assert reopen(why=" ")
    assert reopen(another_open=True)


def test_a_case_is_opened_for_ones_own_person_with_ones_own_worker():
    said = {"already_open": False, "worker_organisation": "charity", "organisation": "charity",
            "person_owner": "charity", "opened_on": TODAY, "today": TODAY}  # fmt: skip
    assert not list(rules.reasons_not_to_open(**said))
    for wrong in (
        {"already_open": True}, {"worker_organisation": "police"}, {"person_owner": "police"},
        {"opened_on": TODAY + timedelta(1)},
    ):  # fmt: skip
        assert len(list(rules.reasons_not_to_open(**said | wrong))) == 1


def test_a_nought_is_refused_and_a_blank_is_not():
    assert not measure(dict.fromkeys(KEYS, 6))
    assert not measure(dict.fromkeys(KEYS, 6) | {KEYS[0]: None})
    assert "0 is not one of them" in measure(dict.fromkeys(KEYS, 6) | {KEYS[0]: 0})[0]
    assert "7 is not one of them" in measure(dict.fromkeys(KEYS, 6) | {KEYS[0]: 7})[0]
    assert measure(dict.fromkeys(KEYS))
    assert measure({KEYS[0]: 1, "crime": 2}) == ["'crime' is not one of its questions"]
    assert measure({KEYS[0]: 1}, taken_on=TODAY + timedelta(1))


def test_there_is_a_total_only_when_every_question_was_answered():
    asked = instrument()
    assert (asked.total(dict.fromkeys(KEYS, 1)), asked.total(dict.fromkeys(KEYS, 6))) == (10, 60)
    assert asked.total(dict.fromkeys(KEYS, 6) | {KEYS[3]: None}) is None
    assert asked.total({}) is None
    assert (asked.lowest, asked.highest, len(asked.items)) == (10, 60, 10)
    assert asked.source
    assert asked.licence


def test_a_measure_is_corrected_for_a_reason_and_only_the_newest():
    assert not list(rules.reasons_not_to_correct_measure(replaced=False, why="Misread"))
    assert len(list(rules.reasons_not_to_correct_measure(replaced=True, why=""))) == 2


def test_a_plan_is_current_until_its_review_is_missed():
    assert rules.is_current("agreed", TODAY, today=TODAY)
    assert not rules.is_current("agreed", TODAY - timedelta(1), today=TODAY)
    assert not rules.is_current("draft", TODAY, today=TODAY)


def test_nothing_is_claimed_of_fewer_than_ten_pairs():
    assert not rules.may_claim(9)
    assert rules.may_claim(10)
