"""Counts by area and month: who may read them, what is apart, and what is in no area."""

import pytest

from clearlines.hotspots import counts, queries
from clearlines.hotspots.models import MonthFile
from clearlines.hotspots.tests import build
from clearlines.hotspots.tests.build import HERE, THERE

pytestmark = pytest.mark.django_db


def asked(viewer, kind="lsoa", first="2022-01", last="2022-12", **more):
    standing, drawn = queries.standing(viewer), queries.boundaries(viewer, kind)
    return counts.Asked(standing.paths(first, last), kind, drawn.outlines, **more)


def totals(viewer, basket="victims", **more):
    return {each.name: each.total for each in counts.by_area(asked(viewer, **more), basket)}


def test_counts_by_neighbourhood_need_no_boundary(cast):
    build.loaded(cast.analyst, m2022_02=(20, 30), m2022_03=(10, 31))
    [there, here] = counts.by_area(asked(cast.analyst), "victims")
    assert (here.name, here.by_month) == (HERE[1], {"2022-02": 20, "2022-03": 10})
    assert there.total == 61


def test_what_police_did_is_counted_apart(cast):
    build.loaded(cast.analyst, m2022_02=(20, 30, 7))
    assert totals(cast.analyst) == {HERE[1]: 20, THERE[1]: 30}
    assert totals(cast.analyst, "enforcement") == {HERE[1]: 7}
    types = counts.by_type(asked(cast.analyst), [HERE[0]])
    assert types["2022-02", "enforcement", "Drugs"] == 7


def test_wards_are_found_by_point_and_cells_need_nothing(cast):
    build.loaded(cast.analyst, m2022_02=(20, 30))
    assert totals(cast.analyst, kind="ward") == {}
    assert sorted(totals(cast.analyst, kind="cell").values()) == [20, 30]
    build.drawn(cast.analyst)
    assert totals(cast.analyst, kind="ward") == {"Barrow Island": 20, "Kendal Castle": 30}


def test_a_code_of_another_census_is_placed_by_its_point(cast, tmp_path):
    build.drawn(cast.analyst)
    load_rows(cast.analyst, tmp_path, build.row(area=("E01035000", "Barrow-in-Furness 099Z"), crime_id="n"))
    assert totals(cast.analyst) == {HERE[1]: 1}
    assert counts.left_out(asked(cast.analyst), "victims") == counts.Left(0, 0, 1)


def load_rows(viewer, folder, *rows):
    from clearlines.hotspots import actions, police_uk, standing

    with standing.staging() as place:
        actions.load(by=viewer, months=[standing.stage(police_uk.read(build.street_file(folder, *rows)), place)])


def test_rows_without_a_place_or_outside_the_force_are_in_no_area_and_are_counted(cast, tmp_path):
    bromley = build.row(area=("E01000737", "Bromley 040A"), at=(0.05, 51.4), crime_id="b")
    load_rows(cast.analyst, tmp_path, build.row(at=None, area=None, crime_id="a"), bromley, build.row(crime_id="c"))
    assert totals(cast.analyst) == {HERE[1]: 1}
    assert counts.left_out(asked(cast.analyst), "victims") == counts.Left(nowhere=1, outside=1, by_point=0)


def test_one_district_is_counted_alone(cast):
    build.loaded(cast.analyst, m2022_02=(20, 30))
    assert counts.districts(asked(cast.analyst)) == ["Barrow-in-Furness", "South Lakeland"]
    assert totals(cast.analyst, district="South Lakeland") == {THERE[1]: 30}
    assert list(counts.names_of(asked(cast.analyst))) == [HERE[0], THERE[0]]


def test_open_data_is_read_by_every_role_that_sees_hotspots_and_by_no_other(cast):
    build.loaded(cast.analyst, m2022_02=(20, 30))
    build.drawn(cast.analyst)
    for member in ("commissioner", "evaluator", "lead", "stranger"):
        viewer = cast.viewer(member)
        assert queries.standing(viewer).months == ["2022-02"]
        assert queries.kinds_drawn(viewer) == ["lsoa", "ward"]
    for member in ("worker", "probation", "administrator", "nobody"):
        viewer = cast.viewer(member)
        assert queries.standing(viewer).months == []
        assert queries.boundaries(viewer, "lsoa").outlines == ()
        assert queries.kinds_drawn(viewer) == []


def test_a_file_that_is_not_open_is_read_only_by_whoever_loaded_it(cast):
    build.loaded(cast.analyst, m2022_02=(20, 30))
    MonthFile.objects.update(is_open=False)
    assert queries.standing(cast.sergeant).months == ["2022-02"]
    assert queries.standing(cast.evaluator).months == []


def test_a_month_that_two_organisations_loaded_is_counted_once(cast, cast_analyst_of_another_force):
    build.loaded(cast_analyst_of_another_force, m2022_02=(99, 99))
    build.loaded(cast.analyst, m2022_02=(20, 30))
    assert totals(cast.analyst)[HERE[1]] == 20
    assert totals(cast.evaluator)[HERE[1]] in (20, 99)
    build.drawn(cast_analyst_of_another_force)
    build.drawn(cast.analyst)
    assert len(queries.boundaries(cast.analyst, "ward").outlines) == 2


@pytest.fixture
def cast_analyst_of_another_force(cast):
    from clearlines.access.models import RoleHeld
    from tests.cast import BEFORE_IT_ALL

    RoleHeld.objects.create(account=cast.account("stranger"), role="analyst", from_on=BEFORE_IT_ALL)
    return cast.viewer("stranger")


def test_a_fingerprint_changes_with_the_content_and_not_with_the_day(cast):
    build.loaded(cast.analyst, m2022_02=(20, 30), m2022_03=(1, 1))
    before = queries.standing(cast.analyst)
    build.loaded(cast.analyst, m2022_02=(20, 30))
    assert queries.standing(cast.analyst).fingerprint("2022-02", "2022-02") == before.fingerprint("2022-02", "2022-02")
    build.loaded(cast.analyst, m2022_02=(21, 30))
    after = queries.standing(cast.analyst)
    assert after.fingerprint("2022-02", "2022-03") != before.fingerprint("2022-02", "2022-03")
    assert after.fingerprint("2022-03", "2022-03") == before.fingerprint("2022-03", "2022-03")
