"""A control room's extract: brought, mapped, looked at row by row, loaded whole or not at all; then where, by month."""

import csv
import io
from datetime import date, datetime, timedelta

from playwright.sync_api import expect

from clearlines.calls.models import Extract, Mapping, WaitingFile
from clearlines.calls.tests import build
from clearlines.calls.tests.build import AREA_HERE, AREA_THERE, HERE, THERE

WRONG_DATES, DUPLICATES, WITHOUT_GRID, POLICE_MADE, OWN_VISITS, ALL_ROWS = 14, 60, 200, 300, 25, 3_412


def an_extract() -> bytes:
    """3,412 rows: 14 with a wrong date, 60 duplicates, 200 without a grid reference, 300 police made, 25 visits."""
    begun = datetime.fromisoformat("2022-02-01T00:00+00:00")
    plain = ALL_ROWS - WRONG_DATES - DUPLICATES - WITHOUT_GRID - POLICE_MADE - OWN_VISITS

    def row(number, **more):
        # Far enough apart in time that none is a repeat by its looks.
        said = {"received": f"{begun + timedelta(minutes=35 * number):%d/%m/%Y %H:%M}", "area": AREA_HERE, "at": HERE}
        if number % 3 == 0:
            said |= {"at": THERE, "area": AREA_THERE}
        return build.row(number, **(said | more))

    kinds = ["ASB - nuisance", "Domestic", "Concern for safety", "Suspicious person"]
    rows = [row(each, category=kinds[each % 4]) for each in range(plain)]
    rows += [row(3000 + each, at=None, area="") for each in range(WITHOUT_GRID)]
    rows += [row(3200 + each, received=f"2022.{each}.02") for each in range(WRONG_DATES)]
    rows += [row(3300 + each, source="Police generated") for each in range(POLICE_MADE)]
    rows += [row(3700 + each, category="Programme visit") for each in range(OWN_VISITS)]
    rows += [row(each * 7, category=kinds[each * 7 % 4]) for each in range(DUPLICATES)]
    assert len(rows) == ALL_ROWS
    return build.extract_of(*rows)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def says(page, name, rows):
    expect(page.get_by_role("row", name=name).first.get_by_role("cell")).to_have_text(rows)


def test_s37_a_control_room_extract_with_faults_is_reported_row_by_row_and_nothing_is_half_loaded(
    open_page, cast, sign_in, axe, fits, shot, tmp_path
):
    path = tmp_path / "fellside-calls.csv"
    path.write_bytes(an_extract())
    page = sign_in(open_page(1280), cast.account("analyst"))
    refused_as_a_workbook(page, tmp_path, axe)
    columns_are_said_once(page, path, axe, fits, shot)
    what_would_be_loaded(page, axe, fits, shot)
    its_days_are_said_and_it_is_loaded(page, axe, shot)
    next_time_the_mapping_is_there(page, path)
    where_by_month(page, axe, fits, shot)
    nobody_else_sees_it(open_page, cast, sign_in)


def refused_as_a_workbook(page, tmp_path, axe):
    page.goto("/calls/")
    expect(page.locator("main")).to_contain_text("No extract is loaded yet")
    axe(page)
    page.get_by_role("button", name="Bring an extract").or_(page.get_by_role("link", name="Bring an extract")).click()
    workbook = tmp_path / "calls.csv"
    workbook.write_bytes(b"PK\x03\x04 a workbook")
    page.get_by_label("The extract, saved as CSV").set_input_files(workbook)
    press(page, "Look at it")
    expect(page.locator("main")).to_contain_text("is a workbook: open it, save the sheet as CSV, and bring that")
    press(page, "Leave it and delete the file")
    assert not WaitingFile.objects.exists()


def columns_are_said_once(page, path, axe, fits, shot):
    page.goto("/calls/new/")
    page.get_by_label("The extract, saved as CSV").set_input_files(path)
    axe(page)
    press(page, "Look at it")
    expect(page.get_by_role("heading", level=1)).to_have_text("Which column is which?")
    expect(page.get_by_label("Easting")).to_have_value("Easting")
    page.get_by_text("The 10 columns of the file").click()
    expect(page.get_by_role("row", name="Received")).to_contain_text("99/99/9999 99:99")
    expect(page.locator("main")).not_to_contain_text("Robin")
    page.get_by_label("A name to find this mapping by").fill("Fellside control room")
    axe(page)
    fits(page)
    shot(page, "calls-columns-1280")
    press(page, "Save and look at the rows")


def what_would_be_loaded(page, axe, fits, shot):
    used = ALL_ROWS - WRONG_DATES - DUPLICATES - POLICE_MADE - OWN_VISITS
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{used:,} incidents would be loaded of 3,412 rows")
    says(page, "Distinct incidents", f"{used:,}")
    says(page, "Repeat call. The same reference again", "60")
    says(page, "Left out by a rule: made by police themselves, by the source of the call", "300")
    says(page, "Left out by a rule: the programme's own visit", "25")
    says(page, "Could not be read", "14")
    says(page, "Rows read", "3,412")
    says(page, "No place: counted in no area", f"200 of {used:,}")
    page.get_by_text("The first 25 rows left out or marked").click()
    expect(page.get_by_role("region", name="Rows left out or marked").get_by_role("row")).to_have_count(26)
    assert not Extract.objects.exists()
    with page.expect_download() as download:
        page.get_by_role("link", name="as a spreadsheet").click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text())))
    assert [sum(each["what"] == what for each in rows) for what in ("rejected", "excluded", "repeat", "marked")] == [
        WRONG_DATES, POLICE_MADE + OWN_VISITS, DUPLICATES, WITHOUT_GRID,
    ]  # fmt: skip
    assert {each["why"] for each in rows if each["what"] == "rejected"} == {
        "its date is not written like 31/12/2022 18:05"
    }
    axe(page)
    page.set_viewport_size({"width": 320, "height": 740})
    fits(page)
    shot(page, "calls-preview-320")
    page.set_viewport_size({"width": 1280, "height": 900})


def its_days_are_said_and_it_is_loaded(page, axe, shot):
    box = page.get_by_role("group", name="Last day it covers")
    for label, value in (("Day", "30"), ("Month", "4"), ("Year", "2022")):
        box.get_by_label(label).fill(value)
    press(page, "Look again with these days")
    expect(page.locator("main")).to_contain_text("1 February 2022 to 30 April 2022")
    page.get_by_role("button", name="Load").click()
    expect(page.locator("main")).to_contain_text("distinct incidents of 3,412 rows, 1 February 2022 to 30 April 2022")
    axe(page)
    shot(page, "calls-extract-1280")
    extract = Extract.objects.get()
    assert extract.rows_read == extract.incidents + extract.rows_repeated + extract.rows_excluded + extract.rejected
    assert Mapping.objects.get().name == "Fellside control room"
    assert not WaitingFile.objects.exists()


def next_time_the_mapping_is_there(page, path):
    page.goto("/calls/new/")
    page.get_by_label("The extract, saved as CSV").set_input_files(path)
    expect(page.get_by_label("How its columns are read")).to_contain_text("Fellside control room, edition 1")
    press(page, "Look at it")
    expect(page.locator("main")).to_contain_text("Some of these days are loaded already")
    press(page, "Leave it and delete the file")
    expect(page.locator("main")).to_contain_text("3 whole months of distinct incidents")
    assert Extract.objects.count() == 1


def where_by_month(page, axe, fits, shot):
    page.goto("/hotspots/?basket=calls")
    expect(page.locator("main")).to_contain_text("What people rang about")
    expect(page.get_by_role("row", name=AREA_HERE)).to_be_visible()
    axe(page)
    page.set_viewport_size({"width": 320, "height": 740})
    fits(page)
    shot(page, "calls-hotspots-320")


def nobody_else_sees_it(open_page, cast, sign_in):
    other = sign_in(open_page(1280), cast.account("stranger"))
    other.goto("/calls/")
    expect(other.locator("main")).to_contain_text("No extract is loaded yet")
    worker = sign_in(open_page(360), cast.account("worker"))
    worker.goto("/calls/")
    expect(worker.get_by_role("heading", level=1)).to_have_text("You cannot open this page")


def test_an_extract_is_brought_without_javascript(open_page, cast, sign_in, tmp_path):
    build.mapping(cast.analyst)
    path = tmp_path / "calls.csv"
    path.write_bytes(build.extract_of(build.row(1), build.row(2, received="x"), build.row(3, source="Police")))
    page = sign_in(open_page(360, javascript=False), cast.account("analyst"))
    page.goto("/calls/new/")
    page.get_by_label("The extract, saved as CSV").set_input_files(path)
    press(page, "Look at it")
    page.get_by_role("button", name="Load 1 incident").click()
    expect(page.locator("main")).to_contain_text("1 distinct incident")
    assert (Extract.objects.get().first_on, Extract.objects.get().rejected) == (date(2022, 2, 14), 1)
