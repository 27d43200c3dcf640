"""A run is kept with everything needed to find its answer again, and says so when the rows have changed."""

import uuid

import pytest

from clearlines.access.refusals import Forbidden, Refused
from clearlines.evaluation import actions, queries
from clearlines.evaluation.models import Run
from clearlines.evaluation.questions import ENFORCEMENT, Window
from clearlines.evaluation.tests import build
from clearlines.hotspots.tests import build as incidents
from clearlines.ledger.models import Entry

pytestmark = pytest.mark.django_db

MONTHS = {"m2022_02": (60, 50, 3), "m2022_03": (60, 50), "m2022_04": (20, 52, 90), "m2022_05": (20, 50, 90)}


def test_the_claim_of_the_example_is_too_few_to_tell(cast):
    run = build.run(cast.analyst)
    assert run.result["too_few"]
    assert (run.result["estimate"], round(run.result["low"], 2)) == (-10, -23.76)
    assert Entry.objects.filter(event="evaluation.run", kind="operation").exists()


def test_loaded_incidents_are_counted_without_what_police_did(cast):
    incidents.loaded(cast.analyst, **MONTHS)
    run = actions.run(by=cast.analyst, question=build.of_loaded())
    assert run.counts == {"control": [100, 102], "treated": [120, 40]}
    assert run.result["sentences"][0].startswith("A fall")


def test_a_fresh_baseline_is_asked_for_and_nothing_is_kept(cast):
    with pytest.raises(Refused, match="overlap the period before"):
        build.run(cast.analyst, chosen_on=Window("2022-02", "2022-03"))
    with pytest.raises(Refused, match="never be the outcome"):
        build.run(cast.analyst, outcome=ENFORCEMENT)
    assert not Run.objects.exists()


def test_pressing_twice_runs_once(cast):
    key = uuid.uuid4()
    runs = [actions.run(by=cast.analyst, question=build.question(), new_id=key) for _ in range(2)]
    again = uuid.uuid4()
    repeats = [actions.run_again(by=cast.analyst, before=runs[0], new_id=again) for _ in range(2)]
    assert runs[0].pk == runs[1].pk == key
    assert repeats[0].pk == repeats[1].pk == again
    assert Run.objects.count() == 2


def test_running_again_gives_the_same_answer(cast):
    incidents.loaded(cast.analyst, **MONTHS)
    first = actions.run(by=cast.analyst, question=build.of_loaded())
    second = actions.run_again(by=cast.sergeant, before=first)
    third = actions.run_again(by=cast.analyst, before=second)
    assert second.drift == third.drift == first.drift == []
    assert third.repeats == first


def test_running_again_says_when_the_rows_have_changed(cast):
    incidents.loaded(cast.analyst, **MONTHS)
    first = actions.run(by=cast.analyst, question=build.of_loaded())
    incidents.loaded(cast.analyst, m2022_05=(35, 50))
    drift = actions.run_again(by=cast.analyst, before=first).drift
    assert "the loaded months are not the ones that were counted then" in drift
    assert any("estimate" in each for each in drift)


def test_running_again_says_when_the_method_has_changed(cast):
    first = build.run(cast.analyst)
    Run.objects.update(method="wdd 0")
    first.refresh_from_db()
    assert "the method is now wdd 1, not wdd 0" in actions.run_again(by=cast.analyst, before=first).drift


def test_periods_of_unequal_length_are_weighed_by_their_months(cast):
    run = build.run(cast.analyst, before=Window("2022-01", "2022-02"), after=Window("2022-04", "2022-04"),
                    counts={"control": [100, 50], "treated": [80, 20]})  # fmt: skip
    assert run.result["estimate"] == -20
    assert run.result["time"] == [2, 1]


def test_whoever_only_reads_evaluations_runs_none(cast):
    with pytest.raises(Forbidden):
        build.run(cast.commissioner)


def test_an_evaluation_is_read_by_the_organisation_that_ran_it(cast):
    run = build.run(cast.analyst)
    actions.run_again(by=cast.analyst, before=run)
    assert list(queries.first_runs(cast.sergeant)) == [run]
    assert len(queries.again(cast.sergeant, run)) == 1
    for member in ("lead", "commissioner", "evaluator", "stranger", "worker", "administrator", "nobody"):
        assert not queries.runs(cast.viewer(member)).exists()


def test_an_evaluator_counts_the_same_open_incidents(cast):
    incidents.loaded(cast.analyst, **MONTHS)
    assert actions.run(by=cast.evaluator, question=build.of_loaded()).counts["treated"] == [120, 40]


def test_an_area_is_named_by_its_name_or_its_code(cast):
    incidents.loaded(cast.analyst, m2022_02=(1, 1))
    found = queries.codes_named(cast.analyst, "lsoa", ["barrow-in-furness 010a", "E01019341", "Atlantis"])
    assert found == (["E01019138", "E01019341"], ["Atlantis"])
    assert queries.codes_named(cast.analyst, "lsoa", []) == ([], [])
    assert queries.kinds(cast.analyst) == ["lsoa"]
