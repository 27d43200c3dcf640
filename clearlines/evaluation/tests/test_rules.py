"""When a before-and-after is refused, because its answer could only mislead."""

import pytest

from clearlines.evaluation import rules
from clearlines.evaluation.promised import Draft, Known
from clearlines.evaluation.questions import ENFORCEMENT, LOADED, Question, Window
from clearlines.evaluation.tests.build import of_loaded, question
from clearlines.hotspots.measures import Measure

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


CHOSEN_ON = Window("2021-06", "2021-09")
WINTER, NEXT_WINTER = Window("2021-10", "2022-01"), Window("2022-10", "2023-01")


def draft(**more):
    given = {"name": "", "question": "", "measures": (Measure("victims"),), "before": WINTER, "after": NEXT_WINTER}
    return Draft(**given | more)


def known(**more):
    given = {
        "areas": ("E1", "E2"),
        "chosen_on": CHOSEN_ON,
        "loaded": frozenset(["2021-10", "2021-11", "2021-12", "2022-01"]),
        "baseline": 40,
        "compared": 30,
        "needed": 12,
        "power": {"smallest": 0.2},
    }
    return Known(**given | more)


def test_a_fair_protocol_is_written_down_without_a_word():
    assert not list(rules.reasons_not_to_register(draft(), known()))
    assert not list(rules.cautions_of_protocol(draft(), known()))
    assert not list(rules.reasons_not_to_register(draft(how="named", areas=("E3", "E4")), known(chosen_on=None)))


@pytest.mark.parametrize(
    ("written", "was", "sentence"),
    [
        (
            {"before": Window("2021-09", "2022-01")},
            {},
            "which overlaps the period before, September 2021 to January 2022",
        ),
        ({"after": Window("2021-09", "2021-09")}, {}, "which overlaps the period after, September 2021"),
        ({"before": Window("2022-01", "2021-10")}, {}, "must not be after its last"),
        ({"after": Window("2023-01", "2022-10")}, {}, "must not be after its last"),
        ({"after": Window("2022-01", "2022-04")}, {}, "must end before the period after begins"),
        ({}, {"chosen_on": Window("2022-03", "2022-05")}, "after the period before: fix a set on earlier months"),
        ({"measures": ()}, {}, "say what is counted"),
        ({"measures": (Measure("victims"), Measure("enforcement"))}, {}, "can never be the outcome"),
        ({"measures": (Measure("victims"),) * 2}, {}, "also among the others"),
        ({"ring": ("E2", "E5")}, {}, "E2 is in the set, so it cannot be in the ring"),
        ({"how": "named"}, {}, "name the areas to compare with"),
        ({"how": "named", "areas": ("E2", "E3")}, {}, "E2 is in the set: the work may have reached it"),
        ({"how": "named", "areas": ("E5",), "ring": ("E5",)}, {}, "E5 is in the ring"),
        ({}, {"chosen_on": None}, "were not chosen by counts"),
        ({}, {"compared": 0}, "no area is left to compare with"),
        ({"smallest": 0}, {}, "more than nothing and less than all"),
        ({}, {"loaded": frozenset()}, "load October 2021, November 2021, December 2021, January 2022, or choose"),
        ({"before": Window("2021-10", "2022-09")}, {"loaded": frozenset()}, "and other months"),
        ({}, {"baseline": 0}, "nothing that could fall"),
    ],
)
def test_a_protocol_that_could_only_mislead_is_not_written_down(written, was, sentence):
    assert any(sentence in each for each in rules.reasons_not_to_register(draft(**written), known(**was)))


@pytest.mark.parametrize(
    ("written", "was", "sentence"),
    [
        ({"after": Window("2022-10", "2022-12")}, {}, "not of the same length"),
        ({"after": Window("2022-06", "2022-09")}, {}, "season may be part"),
        ({}, {"areas": ("E1",)}, "one area in the set"),
        ({}, {"compared": 1}, "only one area to compare with"),
        ({}, {"compared": 1}, "and there is 1."),
        (
            {},
            {"compared": 6},
            "needs 12 areas with records to compare with before it tells a fall from chance, and there",
        ),
        ({}, {"baseline": 19}, "19 were recorded in these areas in the period before"),
        ({"smallest": 0.1}, {}, "only falls of 20% or more would be found"),
        ({"smallest": 0.1}, {"power": {"smallest": None}}, "No fall, however large"),
    ],
)
def test_what_is_carried_into_a_protocol_is_said(written, was, sentence):
    assert any(sentence in each for each in rules.cautions_of_protocol(draft(**written), known(**was)))


def test_a_fall_that_was_not_reckoned_is_not_spoken_of():
    assert not list(rules.cautions_of_protocol(draft(smallest=0.01), known(power={})))


def test_months_after_that_were_seen_already_are_named():
    assert rules.seen_already(draft(), ["2022-10", "2022-12", "2022-02"]) == ["2022-10", "2022-12"]


def test_another_word_is_another_digest():
    assert draft().digest == draft().digest != draft(smallest=0.3).digest
