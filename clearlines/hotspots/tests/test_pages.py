"""The pages of counts: what each says, what it refuses, and how much it asks of the database."""

import csv
import io

import pytest

from clearlines.analysis.hotspots import control
from clearlines.hotspots import areas, maps
from clearlines.hotspots.tests import build
from clearlines.hotspots.tests.build import HERE, THERE
from clearlines.web import months

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def test_without_a_month_the_page_says_how_to_load_one(as_):
    assert "clearlines import police-uk" in text(as_("analyst").get("/hotspots/"))
    assert as_("analyst").get("/hotspots/counts.csv").status_code == 404
    assert as_("analyst").get(f"/hotspots/area/lsoa/{HERE[0]}/").status_code == 404


def test_counts_are_in_a_table_and_on_a_map_of_cells_when_no_boundary_is_loaded(cast, as_):
    build.loaded(cast.analyst, m2022_02=(20, 30), m2022_03=(10, 30))
    page = text(as_("analyst").get("/hotspots/"))
    assert "90 records in 2 areas, February 2022 to March 2022" in page
    assert f"Most in {THERE[1]}: 60" in page
    assert "cell of about five square kilometres" in page
    assert "small counts are shown as they were published" in page


def test_enforcement_is_labelled_as_what_police_did(cast, as_):
    build.loaded(cast.analyst, m2022_02=(20, 30, 7))
    page = text(as_("analyst").get("/hotspots/", {"basket": "enforcement"}))
    assert "What police did, not what happened to people: 7 records" in page
    assert "never an outcome" in page


def test_boundaries_are_drawn_when_they_are_loaded(cast, as_):
    build.loaded(cast.analyst, m2022_02=(20, 30))
    build.drawn(cast.analyst)
    page = text(as_("analyst").get("/hotspots/", {"kind": "ward", "district": "South Lakeland"}))
    assert "<title>Kendal Castle: 30</title>" in page
    assert "Barrow Island" not in page


def test_a_month_between_that_is_not_loaded_is_named(cast, as_):
    build.loaded(cast.analyst, m2022_01=(1, 1), m2022_03=(1, 1))
    page = text(as_("analyst").get("/hotspots/", {"first": "2022-01", "last": "2022-03"}))
    assert "Not loaded, so not counted: February 2022" in page


@pytest.mark.parametrize("said", [{"first": "2022-03", "last": "2022-02"}, {"first": "x"}, {"kind": "<script>"}])
def test_a_choice_that_makes_no_sense_is_answered_with_a_sentence(cast, as_, said):
    build.loaded(cast.analyst, m2022_02=(20, 30), m2022_03=(10, 30))
    response = as_("analyst").get("/hotspots/", said)
    assert response.status_code == 200
    assert "There is a problem" in text(response)
    assert "<script>" not in text(response).split("</head>")[1].replace("<script src", "")
    assert as_("analyst").get("/hotspots/counts.csv", said).status_code == 404


def test_the_download_has_every_area_and_month(cast, as_):
    build.loaded(cast.analyst, m2022_02=(20, 30), m2022_03=(0, 5))
    response = as_("commissioner").get("/hotspots/counts.csv")
    rows = list(csv.DictReader(io.StringIO(text(response))))
    assert response["Content-Type"].startswith("text/csv")
    assert {(each["area_name"], each["month"]): each["records"] for each in rows} == {
        (THERE[1], "2022-02"): "30", (THERE[1], "2022-03"): "5", (HERE[1], "2022-02"): "20", (HERE[1], "2022-03"): "0",
    }  # fmt: skip


def test_an_area_tells_its_story_by_month_with_enforcement_apart(cast, as_):
    build.loaded(cast.analyst, m2022_01=(5, 1), m2022_03=(20, 30, 7))
    page = text(as_("analyst").get(f"/hotspots/area/lsoa/{HERE[0]}/"))
    assert "25 records by victims and callers" in page
    assert "What police did, not what happened to people" in page
    assert "<title>March 2022: 20</title>" in page


def test_an_area_where_officers_looked_more_is_warned_of_and_stays(cast, as_):
    build.loaded(cast.analyst, m2022_01=(30, 30, 40), m2022_02=(30, 30, 40))
    page = text(as_("analyst").get("/hotspots/"))
    assert "officers looked more than elsewhere" in page
    assert "Police made 80 of the 140 records here by their own work, 57 %, against 0 % elsewhere" in page
    assert "Police made 80 of the 140" in text(as_("analyst").get(f"/hotspots/area/lsoa/{HERE[0]}/"))


def test_the_map_may_be_shaded_by_how_sure_a_high_count_is(cast, as_):
    build.loaded(cast.analyst, m2022_02=(20, 30))
    build.drawn(cast.analyst)
    page = text(as_("analyst").get("/hotspots/", {"shade": "sure"}))
    assert f"<title>{THERE[1]}, like the rest: 30</title>" in page
    assert "How sure it is that records are high in each area" in page


def test_an_area_has_limits_and_the_months_beyond_them_are_named(cast, as_):
    months = {f"m2022_{month:02}": (5 + month % 2, 5) for month in range(1, 12)}
    build.loaded(cast.analyst, **months, m2022_12=(40, 5))
    page = text(as_("analyst").get(f"/hotspots/area/lsoa/{HERE[0]}/"))
    assert "Out of the ordinary, marked with a triangle: December 2022 (40)." in page
    assert "From January 2022 to November 2022 every month was below the mean" in page
    assert "upper limit" in page
    assert "No month is outside that" in text(as_("analyst").get(f"/hotspots/area/lsoa/{THERE[0]}/"))


def test_few_months_have_no_limits(cast, as_):
    build.loaded(cast.analyst, m2022_02=(20, 30))
    assert "1 months are too few" in text(as_("analyst").get(f"/hotspots/area/lsoa/{HERE[0]}/"))


def test_areas_always_among_the_highest_are_named(cast, as_, tmp_path):
    areas = [(f"E010100{each:02}", f"Barrow-in-Furness {each:03}A") for each in range(30)]
    for month in ("2022-01", "2022-02", "2022-03"):
        rows = [
            build.row(month, area=area, crime_id=f"{month}{at}{each}")
            for at, area in enumerate(areas)
            for each in range(25 if at == 0 else 1 + (at * 7 + int(month[-1]) * 11) % 6)
        ]
        load_month(cast.analyst, tmp_path, rows, month)
    page = text(as_("analyst").get("/hotspots/"))
    assert "Among the ten highest in every one of the 3 months: Barrow-in-Furness 000A" in page
    assert "Picked on the first half of these months" in page


def load_month(viewer, folder, rows, month):
    from clearlines.hotspots import actions, police_uk, standing

    with standing.staging() as place:
        path = build.street_file(folder, *rows, month=month)
        actions.load(by=viewer, months=[standing.stage(police_uk.read(path), place)])


def test_neighbourhoods_that_were_redrawn_are_said(cast, as_, tmp_path):
    new = ("E01099138", "Barrow-in-Furness 010F")
    for month in ("2018-10", "2018-11", "2018-12", "2024-01", "2024-02", "2024-03"):
        area = HERE if month < "2020" else new
        load_month(cast.analyst, tmp_path, [build.row(month, area=area, crime_id=month)], month)
    page = text(as_("analyst").get("/hotspots/", {"first": "2018-10", "last": "2024-03"}))
    assert "Neighbourhoods were redrawn between these months" in page
    assert "1 are seen only until December 2018 and 1 others only from January 2024" in page
    assert "January 2019, February 2019, March 2019, April 2019, May 2019, June 2019 and 54 more" in page
    build.drawn(cast.analyst)
    page = text(as_("analyst").get("/hotspots/", {"first": "2018-10", "last": "2024-03"}))
    assert "Neighbourhoods were redrawn" not in page


def test_a_cell_is_called_by_its_nearest_town(cast, as_):
    build.loaded(cast.analyst, m2022_02=(20, 30))
    assert "Barrow-in-Furness" in text(as_("analyst").get("/hotspots/", {"kind": "cell"}))


@pytest.mark.parametrize("address", ["area/lsoa/E99999999/", "area/planet/x/"])
def test_an_area_that_is_not_there_is_not_found(cast, as_, address):
    build.loaded(cast.analyst, m2022_02=(20, 30))
    assert as_("analyst").get(f"/hotspots/{address}").status_code == 404


def test_the_files_page_lists_what_was_left_out_and_why(cast, as_, tmp_path):
    from clearlines.hotspots.tests.test_queries import load_rows

    load_rows(cast.analyst, tmp_path, build.row(), build.row("31/02/2022"), build.row())
    page = text(as_("analyst").get("/hotspots/files/"))
    assert "Line 3: its month is not a month" in page
    assert "Open Government Licence v3.0" in page


def test_words_from_a_file_are_shown_as_words(cast, as_, tmp_path):
    from clearlines.hotspots.tests.test_queries import load_rows

    name = "=<script>alert(1)</script> 🚲 شارع 001A"
    load_rows(cast.analyst, tmp_path, build.row(area=("E01019138", name)), build.row(area=("E01019138", name)))
    page = as_("analyst").get(f"/hotspots/area/lsoa/{HERE[0]}/")
    assert b"<script>alert" not in page.content


def test_a_page_of_counts_asks_little_of_the_database(cast, as_, django_assert_max_num_queries):
    build.loaded(cast.analyst, m2022_02=(20, 30))
    build.drawn(cast.analyst)
    client = as_("analyst")
    client.get("/hotspots/")
    with django_assert_max_num_queries(12):
        client.get("/hotspots/")


def test_months_are_counted_and_called_as_people_do():
    assert months.between("2021-11", "2022-02") == ["2021-11", "2021-12", "2022-01", "2022-02"]
    assert (months.called("2022-02"), months.called_shortly("2022-02")) == ("February 2022", "Feb 22")
    assert months.latest_run(["2021-01", "2021-11", "2021-12", "2022-01"], 4) == ("2021-11", "2022-01")
    assert months.latest_run(["2021-10", "2021-11", "2021-12", "2022-01"], 2) == ("2021-12", "2022-01")


def test_a_map_has_at_most_five_steps_and_an_area_without_a_record_has_none():
    ring = [[(0, 0), (10, 0), (10, 10), (0, 0)]]
    rings = {str(each): ring for each in range(9)}
    drawn = maps.drawn(maps.Outlines(9, rings), {}, {str(each): each for each in range(9)})
    assert drawn.shapes[0].step == 0
    assert drawn.shapes[8].step == 5
    assert [each.number for each in drawn.steps] == [0, 1, 2, 3, 4, 5]
    assert maps.drawn(maps.Outlines(0, {}), {}, {}) is None
    assert [each.means for each in maps.drawn(maps.Outlines(1, {"a": ring}), {}, {"a": 3}).steps] == ["none", "1 to 3"]
    assert [each.means for each in maps.drawn(maps.Outlines(1, {"a": ring}), {}, {}).steps] == ["none"]


def test_a_gap_in_the_months_is_a_wider_space():
    bars, _, most = areas._bars(["2022-01", "2022-02", "2022-05"], [1, 4, 2], control([1, 4, 2]))
    assert most == 4
    assert bars[2].x - bars[1].x > bars[1].x - bars[0].x
    assert bars[1].height == areas.TALL
    assert bars[2].label == "May 22"
    assert areas._bars(["2022-01"], [0], control([0]))[2] == 1
