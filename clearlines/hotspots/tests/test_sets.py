"""A set of hotspots is fixed once, by somebody, on months that stand, and says so."""

import uuid

import pytest

from clearlines.access.refusals import Forbidden, Refused
from clearlines.calls.tests import build as called
from clearlines.hotspots import actions, queries, sets
from clearlines.hotspots.choosing import DRAWN, NAMED
from clearlines.hotspots.measures import Measure
from clearlines.hotspots.models import HotspotSet
from clearlines.hotspots.tests import build
from clearlines.hotspots.tests.build import AT_HERE, HERE, THERE
from clearlines.ledger.models import Entry

pytestmark = pytest.mark.django_db


def found(viewer, **more):
    wanted = build.wanted(**more)
    return sets.found(sets.ground(viewer, wanted.kind), wanted)


def line_round(at, half):
    x, y = at
    return (
        ((x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half), (x - half, y - half)),
    )


def test_a_set_keeps_which_areas_by_whom_when_and_on_what(cast):
    fixed = build.hotspot_set(cast.analyst)
    assert fixed.areas == [[*HERE, 60]]
    assert (fixed.chosen_first, fixed.chosen_last) == ("2021-08", "2021-09")
    assert fixed.created_by == cast.account("analyst")
    assert fixed.extract_hash == queries.standing(cast.analyst).fingerprint("2021-08", "2021-09")
    assert any("never be the period before" in each for each in fixed.cautions)
    assert Entry.objects.filter(event="hotspots.fixed", kind="collection").exists()


def test_a_set_stays_as_it_was_when_its_months_are_loaded_again(cast):
    fixed = build.hotspot_set(cast.analyst)
    build.loaded(cast.analyst, m2021_08=(1, 90))
    fixed.refresh_from_db()
    assert fixed.areas == [[*HERE, 60]]
    assert fixed.extract_hash != queries.standing(cast.analyst).fingerprint("2021-08", "2021-09")
    assert build.hotspot_set(cast.analyst, name="Another").codes == [THERE[0]]


def test_whoever_may_not_fix_fixes_nothing_and_another_organisation_sees_none(cast):
    fixed = build.hotspot_set(cast.analyst)
    with pytest.raises(Forbidden):
        build.hotspot_set(cast.officer)
    assert list(queries.sets(cast.officer)) == [fixed]
    for member in ("lead", "commissioner", "evaluator", "stranger", "worker", "nobody"):
        assert not queries.sets(cast.viewer(member)).exists()


def test_what_police_did_chooses_nothing(cast):
    build.loaded(cast.analyst, m2021_08=(1, 1, 90), m2021_09=(1, 1))
    with pytest.raises(Refused, match="where officers looked"):
        build.hotspot_set(cast.analyst, measure=Measure("enforcement"))
    assert not HotspotSet.objects.exists()


def test_pressing_twice_fixes_once(cast):
    build.loaded(cast.analyst, **build.CHOSEN_ON)
    key = uuid.uuid4()
    pressed = {"wanted": build.wanted(), "name": "Once", "why": "", "new_id": key}
    assert [actions.fix(by=cast.analyst, **pressed).pk for _ in range(2)] == [key, key]
    assert HotspotSet.objects.count() == 1


def test_areas_are_named_without_looking_at_counts(cast):
    build.loaded(cast.analyst, **build.CHOSEN_ON)
    fixed = build.hotspot_set(cast.analyst, how=NAMED, first="", last="", names=(HERE[1].lower(), THERE[0]))
    assert fixed.areas == [[*HERE, None], [*THERE, None]]
    assert (fixed.chosen_first, fixed.extract_hash, fixed.shape) == ("", "", None)
    assert found(cast.analyst, how=NAMED, names=("Atlantis",)).unknown == ("Atlantis",)


def test_an_area_is_within_a_line_that_holds_more_than_half_of_it(cast):
    build.drawn(cast.analyst)
    x, y = AT_HERE
    drawn = {"how": DRAWN, "first": "", "last": ""}
    assert found(cast.analyst, **drawn, shape=line_round(AT_HERE, 0.02)).codes == (HERE[0],)
    assert found(cast.analyst, **drawn, shape=line_round((x + 0.019, y), 0.02)).codes == (HERE[0],)
    assert found(cast.analyst, **drawn, shape=line_round((x + 0.021, y), 0.02)).codes == ()
    build.loaded(cast.analyst, **build.CHOSEN_ON)
    fixed = build.hotspot_set(cast.analyst, how=DRAWN, shape=line_round(AT_HERE, 0.02))
    assert fixed.areas == [[*HERE, 60]]
    assert fixed.shape[0][0] == fixed.shape[0][-1] == [x - 0.02, y - 0.02]


def test_without_a_boundary_nothing_can_be_drawn(cast):
    build.loaded(cast.analyst, **build.CHOSEN_ON)
    with pytest.raises(Refused, match="nobody can say what is within the line"):
        build.hotspot_set(cast.analyst, how=DRAWN, shape=line_round(AT_HERE, 0.02))


def test_a_month_that_is_not_loaded_is_said(cast):
    build.loaded(cast.analyst, **build.CHOSEN_ON)
    fixed = build.hotspot_set(cast.analyst, first="2021-07")
    assert "Not loaded, so not counted: July 2021." in fixed.cautions
    with pytest.raises(Refused, match="none of these months is loaded"):
        build.hotspot_set(cast.analyst, first="2020-01", last="2020-02")


def test_an_area_left_out_of_the_top_by_its_name_alone_is_said(cast):
    build.loaded(cast.analyst, m2021_08=(20, 20), m2021_09=(20, 20))
    assert found(cast.analyst).next_one.name == THERE[1]
    assert any("later in the alphabet" in each for each in build.hotspot_set(cast.analyst).cautions)


def test_only_areas_of_the_district_are_chosen_from(cast):
    build.loaded(cast.analyst, **build.CHOSEN_ON)
    there = found(cast.analyst, district="South Lakeland")
    assert (there.codes, there.among) == ((THERE[0],), 1)


def test_an_area_with_no_record_at_all_never_makes_a_hotspot(cast):
    build.loaded(cast.analyst, **build.CHOSEN_ON)
    before = found(cast.analyst)
    build.drawn_side_by_side(cast.analyst)
    after = found(cast.analyst)
    assert (after.areas, after.with_records, after.among) == (before.areas, before.with_records, before.among + 1)
    with pytest.raises(Refused, match="2 of 3 have any record"):
        build.hotspot_set(cast.analyst, top=3)


def test_a_measure_that_the_publisher_has_not_is_asked_for(cast):
    build.loaded(cast.analyst, **build.CHOSEN_ON)
    assert not any(each.count for each in found(cast.analyst, measure=Measure("calls")).areas)


def test_areas_that_touch_are_the_ring_and_the_set_is_not_in_it(cast):
    assert queries.touching(cast.analyst, kind="lsoa", codes=[HERE[0]]) == []
    build.drawn_side_by_side(cast.analyst)
    assert queries.touching(cast.analyst, kind="lsoa", codes=[HERE[0]]) == [("E01019139", "Next Door")]
    assert queries.touching(cast.analyst, kind="lsoa", codes=["E01019139"]) == [HERE]
    assert queries.touching(cast.analyst, kind="lsoa", codes=["E09999999"]) == []
    assert queries.area_names(cast.analyst, "lsoa")["E01019139"] == "Next Door"


def test_only_what_victims_and_callers_report_is_an_outcome(cast):
    assert list(queries.outcomes(cast.analyst)) == ["victims"]
    assert "What police did, not what happened to people" in queries.never_outcomes()
    assert queries.in_words(Measure("victims", ("Burglary",))) == "What victims and callers reported: Burglary"
    assert queries.in_words(Measure("calls")) == "What people rang about"


def test_calls_and_health_counts_are_outcomes_for_whoever_loaded_them_and_for_no_other(cast):
    called.a_month(cast.analyst)
    called.health(cast.analyst, ("E01019138", "2022-02", "overdose", "7"))
    offered = queries.outcomes(cast.analyst)
    assert list(offered) == ["victims", "calls", "health"]
    assert all(each.types for each in offered.values())
    assert list(queries.outcomes(cast.evaluator)) == ["victims"]


def test_areas_are_chosen_by_what_people_rang_about_and_the_set_names_that_content(cast):
    build.drawn(cast.analyst)
    build.loaded(cast.analyst, m2022_02=(5, 3))
    called.a_month(cast.analyst, here=5, there=3)
    fixed = build.hotspot_set(cast.analyst, measure=Measure("calls"), first="2022-02", last="2022-02", top=1)
    assert [count for _, _, count in fixed.areas] == [5]
    assert fixed.extract_hash == queries.fingerprint(cast.analyst, Measure("calls"), "2022-02", "2022-02")


def test_counts_of_each_source_have_a_name_of_their_own(cast):
    build.loaded(cast.analyst, m2022_02=(5, 3))
    called.a_month(cast.analyst)
    called.health(cast.analyst, ("E01019138", "2022-02", "overdose", "7"))
    baskets = ("victims", "calls", "health")
    names = {queries.fingerprint(cast.analyst, Measure(each), "2022-02", "2022-02") for each in baskets}
    assert len(names) == 3
