"""Decisions about groups, without a database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearlines.groups import names, rules
from clearlines.lines.states import SUSPECTS, VICTIMS, Role

TODAY, EARLIER, TOMORROW = date(2022, 6, 14), date(2022, 6, 6), date(2022, 6, 15)


@given(st.text(max_size=80))
def test_a_name_is_known_again_however_it_is_written(name):
    folded = names.folded(name)
    assert names.folded(f"  {name.upper()} ") == names.folded(name.upper())
    assert names.folded(folded) == folded
    assert len(folded) <= names.LONGEST


def test_capitals_spaces_and_apostrophes_make_no_other_name():
    assert {names.folded(each) for each in ("The  O’Neill Boys", "the o'neill boys", "THE O'NEILL BOYS ")} == {
        "the o'neill boys"
    }


@pytest.mark.parametrize(
    ("known_on", "decided", "said"),
    [
        ([], "", ""),
        (["G-002 Quay"], "unrelated", ""),
        (["G-002 Quay"], "", "'Quay' is already known on G-002 Quay: say whether it is the same group or another"),
        (["G-002 Quay"], "same_group", "it is the same group as G-002 Quay: open that one and add what you know there"),
    ],
)
def test_a_name_that_another_group_has_is_decided_by_a_person(known_on, decided, said):
    assert "; ".join(rules.reasons_of_name(name="Quay", known_on=known_on, decided=decided)) == said


def test_a_group_without_a_name_is_not_registered():
    assert "say what the group is called" in next(rules.reasons_of_name(name=" ", known_on=[], decided=""))


@pytest.mark.parametrize(
    ("from_on", "until_on", "said"),
    [
        (EARLIER, None, []),
        (TOMORROW, None, ["the day it began is in the future"]),
        (TODAY, EARLIER, ["it cannot end before it begins"]),
        (EARLIER, TOMORROW, ["the day it ended is in the future: record it when it has happened"]),
    ],
)
def test_days_that_cannot_be(from_on, until_on, said):
    assert list(rules.reasons_of_days(from_on=from_on, until_on=until_on, today=TODAY)) == said


def test_another_name_has_somebody_who_says_so():
    assert not list(rules.reasons_not_to_add_alias(source_words="A report", on_this_group=False))
    assert len(list(rules.reasons_not_to_add_alias(source_words=" ", on_this_group=True))) == 2


def test_what_a_group_runs_rests_on_evidence_and_a_grade():
    assert not list(rules.reasons_not_to_run_line(grade="2B", reason="A handset", runs_it_then=False))
    assert list(rules.reasons_not_to_run_line(grade="", reason=" ", runs_it_then=True)) == [
        "say what shows that this group runs the line", "give it a grade: how sure is whoever says so?",
        "this group already runs that line in those days",
    ]  # fmt: skip


def test_what_ends_ended_on_a_day_for_a_reason():
    asked = {"on": TODAY, "because": "Arrests", "from_on": EARLIER, "until_on": None, "today": TODAY}
    assert not list(rules.reasons_not_to_end(**asked))
    assert list(rules.reasons_not_to_end(**(asked | {"until_on": EARLIER}))) == ["it has already ended, on 6 June 2022"]
    for wrong, said in (
        ({"on": date(2022, 6, 1)}, "before that"),
        ({"on": TOMORROW}, "future"),
        ({"because": " "}, "why"),
    ):
        (reason,) = rules.reasons_not_to_end(**(asked | wrong))
        assert said in reason


def test_a_line_passes_to_another_group_on_a_day_that_has_come():
    assert not list(rules.reasons_not_to_pass(same_group=False, on=EARLIER, today=TODAY))
    assert list(rules.reasons_not_to_pass(same_group=True, on=EARLIER, today=TODAY)) == [
        "choose another group to pass the line to"
    ]
    assert "future" in next(rules.reasons_not_to_pass(same_group=False, on=TODAY, today=TODAY))


@pytest.mark.parametrize(
    ("born_on", "precision", "is_adult"),
    [
        (date(2004, 6, 14), "day", True),
        (date(2004, 6, 15), "day", False),
        (date(2004, 1, 1), "year", False),
        (date(2003, 12, 31), "year", True),
        (date(1997, 1, 1), "about", False),
        (date(1996, 1, 1), "about", True),
        (None, "unknown", False),
    ],
)
def test_every_doubt_about_an_age_is_taken_for_being_younger(born_on, precision, is_adult):
    assert rules.is_known_adult(born_on=born_on, precision=precision, day=TODAY) == is_adult


PERSON = {"is_adult": True, "is_child": False, "roles": frozenset(), "same_owner": True, "grade": "2B",
          "reason": "Two reports", "already": False}  # fmt: skip


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"is_child": True, "is_adult": False}, "Record them as an exploited child on the line"),
        ({"is_adult": False}, "it is not known that this person was an adult then"),
        ({"is_child": True}, "a child is not recorded as part of a group"),
        ({"roles": frozenset({Role.HOST})}, "record what was done to them on the line"),
        ({"roles": frozenset({Role.DEBT_BONDED, Role.CUSTOMER})}, "a line used or harmed them"),
        ({"same_owner": False}, "another organisation's records"),
        ({"already": True}, "already stands in this group"),
        ({"reason": ""}, "say what shows that they direct it or work for it"),
        ({"grade": ""}, "give it a grade"),
    ],
)
def test_why_somebody_is_not_put_in_a_group(more, said):
    (reason,) = rules.reasons_not_to_put_in_group(**(PERSON | more))
    assert said in reason


@given(st.frozensets(st.sampled_from(Role)))
def test_nobody_who_was_only_ever_used_is_put_in_a_group(roles):
    reasons = list(rules.reasons_not_to_put_in_group(**(PERSON | {"roles": roles})))
    assert bool(reasons) == bool(roles & VICTIMS and not roles & SUSPECTS)


def test_a_link_joins_two_groups_once_for_a_reason():
    assert not list(rules.reasons_not_to_link(same=False, already=False, reason="A handset"))
    assert len(list(rules.reasons_not_to_link(same=True, already=True, reason=""))) == 3


def test_what_is_taken_back_says_what_was_wrong():
    assert not list(rules.reasons_not_to_take_back(already=False, because="Another group's"))
    assert len(list(rules.reasons_not_to_take_back(already=True, because=" "))) == 2


def result(**more) -> rules.Result:
    said = {"tool": "MoRiLE", "tool_version": "3.1", "assessed_on": EARLIER, "assessor": "Regional unit",
            "scores": {"Harm": "12"}}  # fmt: skip
    return rules.Result(**(said | more))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"tool": ""}, "which tool"),
        ({"tool_version": " "}, "which version"),
        ({"assessor": ""}, "who assessed it"),
        ({"assessed_on": TOMORROW}, "in the future"),
        ({"next_review_on": EARLIER}, "comes after"),
        ({"scores": {}}, "give the scores or the band"),
    ],
)
def test_what_a_result_lacks(more, said):
    (reason,) = rules.reasons_not_to_assess(result(**more), today=TODAY, already=False)
    assert said in reason


def test_a_band_alone_is_a_result_and_a_second_for_the_day_is_refused():
    assert not list(rules.reasons_not_to_assess(result(scores={}, priority_band="B"), today=TODAY, already=False))
    assert list(rules.reasons_not_to_assess(result(), today=TODAY, already=True)) == [
        "a result of MoRiLE for that day is already there: take that one back first if it was wrong"
    ]
