"""Calls and health counts by area and month, beside published crime: one's own force's only, and no nought invented."""

import pytest

from clearlines.calls.tests import build as calls
from clearlines.calls.tests.build import AREA_HERE, AREA_THERE, HERE, row
from clearlines.hotspots import queries
from clearlines.hotspots.counts import Left
from clearlines.hotspots.measures import Measure
from clearlines.hotspots.tests import build

pytestmark = pytest.mark.django_db
FEBRUARY = {"first": "2022-02", "last": "2022-02"}


def text(response):
    return response.content.decode()


def panel(viewer, kind="lsoa", measure=Measure("calls"), first="2022-02", last="2022-03"):  # noqa: B008
    return queries.panel(viewer, kind=kind, measure=measure, first=first, last=last)


def test_calls_make_a_panel_by_the_area_that_the_extract_named(cast):
    calls.a_month(cast.analyst, 5, 3)
    calls.a_month(cast.analyst, 2, 0, month="2022-03")
    found = panel(cast.sergeant)
    assert (found.codes, found.months) == ((AREA_HERE, AREA_THERE), ("2022-02", "2022-03"))
    assert found.counts.tolist() == [[5, 2], [3, 0]]
    assert panel(cast.stranger).codes == panel(cast.commissioner).codes == ()


def test_some_kinds_of_demand_are_asked_for_by_what_they_are_called(cast):
    rows = [
        row(1, area=AREA_HERE),
        row(2, category="Domestic", area=AREA_HERE),
        row(3, category="Lost dog", area=AREA_THERE),
    ]
    calls.loaded(cast.analyst, *rows, days=calls_days())
    assert panel(cast.analyst, measure=Measure("calls", ("Domestic incident",))).counts.tolist() == [[1], [0]]
    assert panel(cast.analyst).counts.tolist() == [[2], [0]]


def calls_days():
    from datetime import date

    return date(2022, 2, 1), date(2022, 2, 28)


def test_calls_without_an_area_are_placed_by_the_middle_of_their_square(cast):
    build.drawn(cast.analyst)
    calls.loaded(cast.analyst, row(1), row(2, at=None), row(3, at=(500_000, 200_000)), days=calls_days())
    assert sorted(panel(cast.analyst).counts.tolist()) == [[0], [1]]
    assert "Barrow Island" in panel(cast.analyst, "ward").names
    assert queries.supplied(cast.analyst, "lsoa").left(**FEBRUARY) == Left(2, 0, 1)
    [cell] = panel(cast.analyst, "cell").codes[:1]
    assert len(cell) == 15


def test_health_counts_make_a_panel_of_areas_that_are_whole(cast):
    cells = [(AREA_HERE, month, "naloxone", 7) for month in ("2022-02", "2022-03")]
    cells += [(AREA_THERE, "2022-02", "naloxone", "<5"), (AREA_THERE, "2022-03", "naloxone", 9)]
    calls.health(cast.analyst, *cells, ("E05003145", "2022-02", "naloxone", 80))
    found = panel(cast.analyst, measure=Measure("health"))
    assert (found.codes, found.counts.tolist(), found.withheld) == ((AREA_HERE,), [[7, 7]], (AREA_THERE,))
    assert panel(cast.analyst, "ward", Measure("health", ("Naloxone given",))).counts.tolist() == [[80]]
    assert panel(cast.analyst, measure=Measure("health", ("Other",))).codes == ()
    assert panel(cast.analyst, "cell", Measure("health")).codes == ()
    assert panel(cast.stranger, measure=Measure("health")).codes == ()


def test_calls_are_a_choice_on_the_page_of_hotspots(cast, as_):
    build.loaded(cast.analyst, m2022_02=(20, 30))
    assert "Calls for service" not in text(as_("analyst").get("/hotspots/")).split("<form")[2]
    calls.a_month(cast.analyst, 5, 3)
    page = text(as_("analyst").get("/hotspots/", {"basket": "calls"}))
    assert "What people rang about: 8 records in 2 areas, February 2022" in page
    assert f"Most in {build.HERE[1]}: 5" in page
    assert "first guess that nobody has confirmed" in page
    download = text(as_("analyst").get("/hotspots/counts.csv", {"basket": "calls"}))
    assert f"{AREA_HERE},{build.HERE[1]},lsoa,2022-02,calls,5" in download
    page = text(as_("analyst").get("/hotspots/", {"basket": "calls", "district": "Barrow-in-Furness"}))
    assert "calls for service are not known by district" in page
    page = text(as_("commissioner").get("/hotspots/", {"basket": "calls"}))
    assert "What people rang about" not in page


def test_calls_alone_are_counted_where_no_crime_is_loaded(cast, as_):
    calls.a_month(cast.analyst, 5, 3)
    assert "What people rang about: 8 records" in text(as_("analyst").get("/hotspots/"))
    page = text(as_("analyst").get(f"/hotspots/area/lsoa/{AREA_HERE}/"))
    assert "5 distinct incidents in the 1 whole months of calls" in page.replace("whole month of", "whole months of")
    assert as_("stranger").get(f"/hotspots/area/lsoa/{AREA_HERE}/").status_code == 404


def test_an_area_tells_what_people_rang_about_apart_from_crime(cast, as_):
    build.loaded(cast.analyst, m2022_02=(20, 30))
    calls.a_month(cast.analyst, 5, 3)
    page = text(as_("analyst").get(f"/hotspots/area/lsoa/{build.HERE[0]}/"))
    assert "20 records by victims and callers" in page
    assert "one event may be in both" in page
    assert "one event may be in both" not in text(as_("commissioner").get(f"/hotspots/area/lsoa/{build.HERE[0]}/"))
    cell = panel(cast.analyst, "cell").codes[0]
    assert as_("analyst").get(f"/hotspots/area/cell/{cell}/").status_code == 200


def test_a_point_is_never_on_a_page(cast, as_):
    calls.a_month(cast.analyst, 5, 3)
    for address in ("/hotspots/?basket=calls", "/hotspots/counts.csv?basket=calls", "/calls/"):
        page = text(as_("analyst").get(address))
        assert str(HERE[0]) not in page
        assert "-3.22" not in page
