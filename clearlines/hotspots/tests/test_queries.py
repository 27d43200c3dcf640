"""Counts by area and month: who may read them, what is apart, and what is in no area."""

import pytest
from django.conf import settings

from clearlines.access.refusals import Refused
from clearlines.analysis.hotspots import Lookup
from clearlines.hotspots import actions, counts, cubes, queries, summaries
from clearlines.hotspots.measures import Measure
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


def test_a_summary_is_kept_beside_the_month_and_written_again_when_it_is_gone(cast):
    [month] = build.loaded(cast.analyst, m2022_02=(20, 30, 7))
    assert totals(cast.analyst) == {HERE[1]: 20, THERE[1]: 30}
    kept = [each for each in summed(month) if ".lsoa-" in each.name]
    assert len(kept) == 1
    kept[0].unlink()
    cubes.cube.cache_clear()
    assert totals(cast.analyst) == {HERE[1]: 20, THERE[1]: 30}
    assert kept[0].exists()


def test_summaries_are_written_when_months_are_loaded_and_go_when_the_month_does(
    cast, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        [month] = build.loaded(cast.analyst, m2022_02=(24, 37))
    assert {each.name.split(".")[1].split("-")[0] for each in summed(month)} == {"lsoa", "cell"}
    with django_capture_on_commit_callbacks(execute=True):
        build.drawn(cast.analyst)
    before = summed(month)
    assert len(before) == 4
    with django_capture_on_commit_callbacks(execute=True):
        build.loaded(cast.analyst, m2022_02=(25, 36))
    assert not any(each.exists() for each in before)


def summed(month):
    path = settings.INCIDENTS_DIR / month.path
    return list((path.parent / summaries.FOLDER).glob(f"{path.stem}.*"))


def test_a_panel_has_every_area_and_of_some_types_only_their_records(cast):
    build.loaded(cast.analyst, m2022_02=(20, 30, 7), m2022_03=(0, 5))
    whole = queries.panel(
        cast.analyst, kind="lsoa", measure=Measure("enforcement"), first="2022-02", last="2022-03"
    )  # fmt: skip
    assert (whole.codes, whole.names) == ((HERE[0], THERE[0]), (HERE[1], THERE[1]))
    assert whole.counts.tolist() == [[7, 0], [0, 0]]
    some = Measure("victims", ("Burglary",))
    assert queries.panel(
        cast.analyst, kind="lsoa", measure=some, first="2022-02", last="2022-02"
    ).counts.tolist() == [[20], [30]]  # fmt: skip
    none = Measure("victims", ("Robbery",))
    assert queries.panel(
        cast.analyst, kind="lsoa", measure=none, first="2022-02", last="2022-02"
    ).counts.tolist() == [[0], [0]]  # fmt: skip


def test_two_forces_files_for_a_month_are_added_up(cast, tmp_path):
    from clearlines.hotspots import police_uk, standing

    files = [
        build.street_file(tmp_path, *build.month_rows("2022-02", here, there), force=force)
        for force, here, there in [("cumbria", 20, 30), ("fellside", 5, 0)]
    ]
    with standing.staging() as place:
        actions.load(by=cast.analyst, months=[standing.stage(police_uk.read(path), place) for path in files])
    assert totals(cast.analyst) == {HERE[1]: 25, THERE[1]: 30}
    assert totals(cast.analyst, district="South Lakeland") == {THERE[1]: 30}


def test_a_month_without_any_row_is_an_empty_month(cast, tmp_path):
    load_rows(cast.analyst, tmp_path)
    assert totals(cast.analyst) == {}
    assert queries.panel(
        cast.analyst, kind="lsoa", measure=Measure("victims"), first="2022-02", last="2022-02"
    ).counts.shape == (0, 1)  # fmt: skip
    assert counts.by_type(asked(cast.analyst), []) == {}
    assert counts.districts(counts.Asked((), "lsoa")) == []


LOOKUP = Lookup.of([(HERE[0], "E01090001", "S"), (HERE[0], "E01090002", "S"), (THERE[0], THERE[0], "U")])


def test_a_look_up_counts_the_same_ground_together_where_no_boundary_says_otherwise(cast, tmp_path):
    parts = [
        build.row(area=(f"E0109000{each}", f"Barrow-in-Furness 010{'FG'[each - 1]}"), crime_id=f"n{each}")
        for each in (1, 2)
    ]
    load_rows(cast.analyst, tmp_path, *parts, build.row(crime_id="old"))
    assert len(totals(cast.analyst)) == 3
    kept = actions.keep_lookup(
        by=cast.analyst, lookup=LOOKUP, edition="2011 to 2021", source="invented", sha256="a" * 64
    )
    assert (str(kept), kept.rows, len(kept.changes)) == ("2011 to 2021", 3, 2)
    drawn = queries.boundaries(cast.evaluator, "lsoa")
    found = counts.by_area(drawn.asked(queries.standing(cast.evaluator).paths("2022-02", "2022-02"), "lsoa"), "victims")
    assert [(each.code, each.total) for each in found] == [(HERE[0], 3)]
    assert queries.panel(
        cast.analyst, kind="lsoa", measure=Measure("victims"), first="2022-02", last="2022-02"
    ).codes == (HERE[0],)  # fmt: skip


def test_the_same_look_up_again_changes_nothing_and_an_empty_one_is_refused(cast):
    first = actions.keep_lookup(by=cast.analyst, lookup=LOOKUP, edition="a", source="b", sha256="a" * 64)
    assert actions.keep_lookup(by=cast.analyst, lookup=LOOKUP, edition="a", source="b", sha256="a" * 64) == first
    with pytest.raises(Refused, match="no area in this look-up"):
        actions.keep_lookup(by=cast.analyst, lookup=Lookup(()), edition="a", source="b", sha256="b" * 64)
