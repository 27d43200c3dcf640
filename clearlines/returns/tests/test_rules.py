"""Reasons not to, read as sentences. No database."""

from datetime import date

import pytest

from clearlines.returns import rules
from clearlines.returns.definitions import definitions
from clearlines.returns.figures import COUNTERS
from clearlines.returns.states import MOVES, PUBLISHED, State

QUARTER = {"from_on": date(2022, 4, 1), "to_on": date(2022, 6, 30)}


def begin(**more):
    given = {**QUARTER, "as_known": date(2022, 7, 14), "today": date(2022, 7, 14), "has_a_half": True} | more
    return list(rules.reasons_not_to_begin(**given))


def test_a_quarter_that_is_over_can_be_begun():
    assert begin() == []


def test_a_quarter_that_is_not_over_cannot_be_begun():
    assert begin(today=date(2022, 6, 30), as_known=date(2022, 6, 30)) == [
        "the quarter is not over until the end of 30 June 2022"
    ]


@pytest.mark.parametrize(
    ("from_on", "to_on"),
    [
        (date(2022, 4, 2), date(2022, 6, 30)),
        (date(2022, 4, 1), date(2022, 6, 29)),
        (date(2022, 4, 1), date(2022, 5, 31)),
        (date(2021, 4, 1), date(2022, 6, 30)),
    ],
)
def test_anything_but_three_whole_months_is_no_quarter(from_on, to_on):
    assert begin(from_on=from_on, to_on=to_on) == ["a quarter is three whole months"]


def test_a_quarter_may_run_over_the_new_year():
    assert rules.is_a_quarter(date(2022, 11, 1), date(2023, 1, 31))


def test_what_was_known_before_the_quarter_ended_or_will_be_known_tomorrow_is_refused():
    assert begin(as_known=date(2022, 6, 29)) == ["the as-known date is before the quarter ends"]
    assert begin(as_known=date(2022, 7, 15)) == ["nobody can say yet what will be known on a day to come"]


def test_one_standing_return_a_quarter_is_enough():
    assert "Q2022-06" in begin(standing="Q2022-06")[0]


def test_an_organisation_without_a_half_neither_begins_nor_counts():
    assert begin(has_a_half=False) == ["your organisation has no part in this return"]
    assert list(rules.reasons_not_to_contribute(state="preparing", has_a_half=False))


def test_a_half_is_not_counted_once_the_figures_are_fixed():
    said = list(rules.reasons_not_to_contribute(state="sent", has_a_half=True))
    assert said == ["its figures are fixed: it is 'sent'"]


def test_a_return_is_not_finished_while_a_half_is_missing_or_a_small_number_shows():
    said = rules.reasons_not_to_prepare(state="preparing", waiting_for=["The charity"], left_small=["Children seen"])
    assert list(said) == [
        "The charity has not counted its half yet",
        "'Children seen' would show a number of people under five",
    ]


def approve(**more):
    given = {"state": "prepared", "approver": "b", "prepared_by": "a", "counted_by": ["a", "c"]} | more
    return list(rules.reasons_not_to_approve(**given))


def test_somebody_who_had_no_part_in_it_can_approve():
    assert approve() == []


def test_whoever_prepared_or_counted_cannot_approve():
    assert approve(approver="a") == ["you prepared this return: somebody else must approve it"]
    assert approve(approver="c") == ["you counted part of this return: somebody else must approve it"]


def test_a_number_that_moved_or_was_tampered_with_stops_approval_by_name():
    assert approve(drifted=["'Reports triaged' was 3 and is now 4"]) == ["'Reports triaged' was 3 and is now 4"]
    assert approve(is_as_prepared=False) == ["its figures are not the ones that were prepared: prepare it again"]
    assert approve(left_small=["Children seen"]) == ["'Children seen' would show a number of people under five"]


def test_only_an_approved_return_that_is_still_as_approved_is_sent():
    assert list(rules.reasons_not_to_send(state="approved", is_as_approved=True)) == []
    assert list(rules.reasons_not_to_send(state="prepared", is_as_approved=False)) == [
        "this return is not at that step: it is 'waiting for somebody else to approve it'",
        "its figures are not the ones that were approved: prepare it again",
    ]


def test_putting_back_and_withdrawing_need_a_reason():
    assert list(rules.reasons_not_to_reopen(state="approved", why=" ")) == ["say why it must be counted again"]
    assert list(rules.reasons_not_to_withdraw(state="preparing", why="")) == ["say why it is withdrawn"]


def test_what_was_sent_is_never_put_back_or_withdrawn():
    assert list(rules.reasons_not_to_reopen(state="sent", why="A slip"))
    assert list(rules.reasons_not_to_withdraw(state="sent", why="A slip"))


def test_a_correction_needs_words_a_later_day_and_no_other_correction():
    given = {"state": "sent", "as_known": date(2022, 7, 1), "was_known": date(2022, 7, 14)}
    assert list(rules.reasons_not_to_reissue(**given, why="", waiting="Q2022-06.2")) == [
        "a corrected one, Q2022-06.2, has already been begun",
        "say what was wrong, in words the commissioner will read",
        "a corrected return cannot know less than the one it replaces",
    ]


def test_every_state_is_in_the_table_and_nothing_leaves_a_published_return_but_being_replaced():
    assert set(MOVES) == set(State)
    assert set().union(*(MOVES[state] for state in PUBLISHED)) == {State.REISSUED}


def test_every_figure_of_the_example_is_defined_and_its_counting_function_exists():
    said = definitions()
    assert {each.source for each in said.figures if each.source} <= set(COUNTERS)
    assert sum(each.headline for each in said.figures) == 6
    assert all(each.definition.endswith(".") for each in said.figures)


def tell(**more):
    given = {"state": "preparing", "is_charity": True, "told": 0, "agreed_on": date(2022, 7, 1),
             "today": date(2022, 7, 14), "names_in_it": []} | more  # fmt: skip
    return list(rules.reasons_not_to_tell_story(**given))


def test_a_story_is_told_by_the_charity_with_consent_and_names_nobody():
    assert tell() == []
    assert tell(is_charity=False) == ["only the charity tells the story of somebody it stands beside"]
    assert tell(names_in_it=["Robin"]) == ["'Robin' is the name of somebody you know of: use another word"]
    assert tell(agreed_on=date(2022, 7, 15)) == ["the day they agreed is still to come"]
    assert tell(told=2) == ["two stories are enough: take one back first"]
    assert tell(state="sent") == ["its figures are fixed: it is 'sent'"]
    assert list(rules.reasons_not_to_take_back(taken_back=True))
