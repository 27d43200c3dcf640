"""When a before-and-after is refused, because its answer could only mislead."""

import pytest

from clearlines.evaluation import rules
from clearlines.evaluation.questions import ENFORCEMENT, LOADED, Question, Window
from clearlines.evaluation.tests.build import of_loaded, question

LOADED_MONTHS = ["2022-02", "2022-03", "2022-04", "2022-05"]


def against(asked, loaded=LOADED_MONTHS):
    return list(rules.reasons_not_to_run(asked, loaded=loaded))


def test_a_fair_question_is_answered():
    assert not against(question())
    assert not against(of_loaded())
    assert not against(question(chosen_on=None))


def test_what_police_did_is_never_the_outcome():
    assert "can never be the outcome" in against(question(outcome=ENFORCEMENT))[0]


def test_a_baseline_that_overlaps_the_months_the_area_was_chosen_on_is_refused():
    [reason] = against(question(chosen_on=Window("2021-10", "2022-02")))
    assert "chosen on counts from October 2021 to February 2022" in reason
    assert "overlap the period before" in reason


def test_an_area_chosen_with_hindsight_is_refused():
    [reason] = against(question(chosen_on=Window("2022-05", "2022-05")))
    assert "from May 2022, which overlap the period after" in reason


def test_before_must_end_before_after_begins():
    assert "must end before" in against(question(before=Window("2022-02", "2022-04"), chosen_on=None))[0]


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ({}, "give counts before and after"),
        ({"treated": [1, 2]}, "give counts before and after"),
        ({"treated": [20], "control": [20, 20]}, "each place needs a count before and a count after"),
        ({"treated": [1, 2], "control": [1, 2], "disp_treated": [1, 2]}, "a ring needs its own comparison"),
    ],
)
def test_counts_that_do_not_make_a_comparison_are_refused(counts, reason):
    assert any(reason in each for each in against(question(counts=counts)))


@pytest.mark.parametrize(
    ("areas", "reason"),
    [
        ({}, "name at least one area"),
        ({"treated": ["a"], "control": ["a"]}, "a is in two"),
        ({"treated": ["a"], "control": ["b"], "disp_treated": ["c"]}, "a ring needs its own comparison"),
    ],
)
def test_areas_that_do_not_make_a_comparison_are_refused(areas, reason):
    assert any(reason in each for each in against(question(source=LOADED, areas=areas, counts={})))


def test_months_that_are_not_loaded_are_named():
    assert against(of_loaded(), loaded=["2022-02", "2022-04"]) == [
        "no incidents are loaded for 2022-03, 2022-05",
    ]
    years = of_loaded(before=Window("2020-02", "2021-01"), chosen_on=None)
    assert "and other months" in against(years)[0]


def test_a_question_can_be_asked_again_word_for_word():
    for asked in (question(), question(chosen_on=None), of_loaded()):
        assert Question.from_json(asked.as_json()) == asked


def test_seasons_are_compared_by_the_months_of_the_year():
    assert not question().is_same_season
    assert question(before=Window("2021-04", "2021-05")).is_same_season
