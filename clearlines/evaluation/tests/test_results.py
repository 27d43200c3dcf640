"""A protocol is worked out once its months can be counted, beside two comparisons at least, and can be done again."""

import uuid

import pytest

from clearlines.access.refusals import Forbidden, Refused
from clearlines.evaluation import actions, extracts, queries, result_pages, versions, working
from clearlines.evaluation.models import Protocol, Result
from clearlines.evaluation.tests import build, county
from clearlines.hotspots.measures import VICTIMS, Measure
from clearlines.ledger.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_a_halving_in_the_hottest_areas_is_found_beside_every_comparison(cast):
    protocol = county.protocol(cast.analyst, left=0.4)
    result = actions.work_out(by=cast.analyst, protocol=protocol, seed=7)
    impact, compared = result.main["impact"], result.main["comparisons"]
    assert result.verdict.startswith("Consistent with a fall of")
    assert impact["is_fall"]
    assert impact["high"] < 1
    assert [each["key"] for each in compared["answers"]] == ["alike", "rest"]
    assert all(each["high"] < 1 for each in compared["answers"])
    assert compared["agree"] is True
    assert "differ from each other by up to" in compared["sentences"][-1]
    assert len(impact["placebo"]) == 999
    assert Entry.objects.filter(event="evaluation.worked_out", kind="operation").exists()
    assert any("2 outcomes were named" in each for each in result.found["cautions"])
    assert not any("already be counted" in each for each in result.found["cautions"])


def test_where_nothing_was_done_nothing_is_found_and_gaps_stay_gaps(cast):
    result = actions.work_out(by=cast.analyst, protocol=county.protocol(cast.analyst), seed=7)
    assert result.verdict in ("No evidence of a fall", "Too few to tell")
    series = result.main["series"]
    at = series["months"].index
    assert series["treated"][at("2022-02")] is None
    assert series["treated"][at("2022-04")] is not None
    assert (series["months"][0], series["months"][-1], len(series["months"])) == ("2021-02", "2023-01", 24)
    assert not result.main["earlier"]["is_fall"]
    assert "No ring was written" in result.main["ring"]["why_not"]


def test_what_police_did_stands_apart_and_can_be_no_outcome(cast):
    protocol = county.protocol(cast.analyst)
    police = actions.work_out(by=cast.analyst, protocol=protocol, seed=7).found["police_did"]
    assert (police["before"], police["after"]) == (0, 3 * 2 * 4)
    with pytest.raises(Refused, match="can never be the outcome"):
        build.protocol(cast.analyst, hot=protocol.hotspots, measures=(Measure("enforcement"),))


def test_a_ring_and_named_areas_have_comparisons_of_their_own(cast):
    ring, named = [each for each, _ in county.AREAS[3:6]], [each for each, _ in county.AREAS[6:20]]
    protocol = county.protocol(cast.analyst, left=0.4, how="named", areas=tuple(named), ring=tuple(ring))
    result = actions.work_out(by=cast.analyst, protocol=protocol, seed=7)
    assert {each["key"] for each in result.main["comparisons"]["answers"]} == {"alike", "rest", "named"}
    groups = result.found["groups"]
    assert set(groups["ring"]) == set(ring)
    assert set(groups["named"]) == set(named)
    assert not set(groups["alike"]) & {*ring, *named, *groups["treated"]}
    assert result.main["ring"]["areas"] == 3
    assert result.main["ring"]["sentence"]


def test_months_that_are_not_loaded_are_never_taken_as_none(cast):
    county.load(cast.analyst, months=[*county.CHOSEN, *county.BEFORE])
    protocol = build.protocol(cast.analyst, before=build.Window("2021-10", "2022-01"),
                              after=build.Window("2022-10", "2023-01"))  # fmt: skip
    with pytest.raises(Refused, match="the period after cannot be counted yet: nothing is loaded for October 2022"):
        actions.work_out(by=cast.analyst, protocol=protocol, seed=7)
    assert not Result.objects.exists()


def test_too_few_areas_to_compare_with_is_a_refusal_in_a_sentence(cast):
    protocol = build.protocol(cast.analyst)
    county.incidents.loaded(cast.analyst, m2022_10=(20, 25), m2022_11=(20, 25))
    with pytest.raises(Refused, match="need at least 39 areas with records to compare with"):
        actions.work_out(by=cast.analyst, protocol=protocol, seed=7)


def test_working_out_again_gives_the_same_and_says_what_has_changed(cast, monkeypatch):
    protocol = county.protocol(cast.analyst, left=0.4)
    first = actions.work_out(by=cast.analyst, protocol=protocol, seed=7)
    second = actions.work_out_again(by=cast.sergeant, before=first)
    third = actions.work_out_again(by=cast.analyst, before=second)
    assert first.drift == second.drift == third.drift == []
    assert (second.found, second.seed, third.repeats) == (first.found, first.seed, first)
    assert set(queries.repeats_of(cast.analyst, second)) == {third, second}
    assert list(queries.first_results(cast.analyst)) == [first]
    county.load(cast.analyst, left=1.3, months=county.AFTER)
    monkeypatch.setattr("clearlines.evaluation.actions.results.code_version", lambda: "0.0 another")
    drift = actions.work_out_again(by=cast.analyst, before=first).drift
    assert "the method's code is not what it was then" in drift
    assert "the counts are not the ones that were counted then" in drift
    assert any("times of what was expected" in each for each in drift)
    assert any("it now says" in each for each in drift)


def test_figures_that_drift_under_the_same_verdict_are_said_too(cast):
    first = actions.work_out(by=cast.analyst, protocol=county.protocol(cast.analyst, left=0.4), seed=7)
    second = actions.work_out_again(by=cast.analyst, before=first)
    second.found = {**second.found, "police_did": {}}
    assert second.drift == ["the verdict is the same, and other figures of the page are not"]


def test_pressing_twice_works_out_once_and_readers_work_out_nothing(cast):
    protocol, key, again = county.protocol(cast.analyst), uuid.uuid4(), uuid.uuid4()
    for _ in range(2):
        first = actions.work_out(by=cast.analyst, protocol=protocol, new_id=key)
        assert first.seed == protocol.pk.int % 2**31
        actions.work_out_again(by=cast.analyst, before=first, new_id=again)
    assert Result.objects.count() == 2
    with pytest.raises(Forbidden):
        actions.work_out(by=cast.commissioner, protocol=protocol)
    for member in ("lead", "commissioner", "evaluator", "stranger", "officer"):
        assert not queries.results(cast.viewer(member)).exists()


def test_a_protocol_written_after_its_months_were_loaded_says_so(cast):
    written = county.protocol(cast.analyst)
    late = build.protocol(cast.analyst, hot=written.hotspots, before=build.Window("2021-10", "2022-01"),
                          after=build.Window("2022-10", "2023-01"))  # fmt: skip
    cautions = actions.work_out(by=cast.analyst, protocol=late, seed=7).found["cautions"]
    assert any("October 2022, November 2022, December 2022 and 1 more could already be counted" in each
               for each in cautions)  # fmt: skip


def test_an_exploratory_outcome_that_cannot_be_asked_is_said_and_the_main_one_stands(cast):
    measures = (Measure(VICTIMS), Measure(VICTIMS, ("Bicycle theft",)))
    result = actions.work_out(by=cast.analyst, protocol=county.protocol(cast.analyst, measures=measures), seed=7)
    assert len(result.found["outcomes"]) == 1
    (said,) = result_pages.shown(result).left_out
    assert said.startswith("Bicycle theft could not be worked out: 2 treated areas need at least 12 areas")


def test_areas_that_were_renamed_and_comparisons_that_disagree_are_said(cast):
    protocol = county.protocol(cast.analyst)
    panels = extracts.panels(cast.analyst, protocol)
    Protocol.objects.filter(pk=protocol.pk).update(power={"cautions": ["There is one area in the set."]})
    protocol.refresh_from_db()
    protocol.hotspots.areas = [*protocol.hotspots.areas, ["E01999999", "Renamed 001A", 9]]
    outcome = {
        "comparisons": {"agree": False, "is_apart": True},
        "earlier": {"is_fall": True},
        "impact": {"cautions": ["Said by it."]},
    }
    said = list(working.cautions(protocol, panels.outcomes[0][1], [outcome]))
    assert said[0] == "There is one area in the set."
    assert "E01999999" in said[1]
    assert "do not agree" in said[2]
    assert "at least one is not a fair one" in said[3]
    assert "not to be trusted here" in said[4]
    assert said[5] == "Said by it."


def test_the_same_text_has_the_same_version(monkeypatch):
    assert versions.code_version() == versions.code_version.__wrapped__()
    assert len(versions.code_version()) <= 64
    monkeypatch.setattr(versions, "version", lambda name: (_ for _ in ()).throw(versions.PackageNotFoundError(name)))
    assert versions.code_version.__wrapped__().startswith("unreleased ")


def test_earlier_months_that_cannot_be_tested_are_said_to_be_so(cast, monkeypatch):
    protocol = county.protocol(cast.analyst)
    panels, tested = extracts.panels(cast.analyst, protocol), working.impact

    def refused(study, **given):
        if study.before.sum() < len(county.BEFORE):
            raise ValueError("the areas to compare with have no record after")
        return tested(study, **given)

    monkeypatch.setattr(working, "impact", refused)
    earlier = working.worked_out(panels, protocol, seed=7)["outcomes"][0]["earlier"]
    assert earlier["why_not"].startswith("It could not be tested on earlier months: the areas to compare with")


def test_a_set_that_was_named_is_compared_with_the_rest_and_those_named(cast):
    protocol = county.protocol(
        cast.analyst, hot={"how": "named", "names": ("Fellside 001A", "Fellside 002A"), "first": "", "last": "",
                           "top": 0},
        how="named", areas=tuple(code for code, _ in county.AREAS[4:]), measures=(Measure(VICTIMS),),
        before=build.Window("2021-12", "2022-01"),
    )  # fmt: skip
    result = actions.work_out(by=cast.analyst, protocol=protocol, seed=7)
    assert {each["key"] for each in result.main["comparisons"]["answers"]} == {"rest", "named"}
    assert "too short to be halved" in result.main["earlier"]["why_not"]
    page = result_pages.shown(result)
    assert (page.chosen_on, page.main.ring_change) == ("no counts", "")
