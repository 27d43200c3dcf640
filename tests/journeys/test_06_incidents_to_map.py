"""Recorded incidents: an analyst loads the months, one row refused, one file refused, one put right; then the map."""

import json

from playwright.sync_api import expect

from clearlines.cli.main import main
from clearlines.hotspots.models import MonthFile
from clearlines.hotspots.tests import build
from clearlines.hotspots.tests.build import HERE, row, street_file


def on_console(capsys, *words):
    code = main([*map(str, words), "--as", "analyst", "--json"])
    said = capsys.readouterr()
    return code, json.loads(said.out) if said.out else None, said.err


def test_an_analyst_loads_months_and_sees_where_incidents_were_recorded(
    open_page, cast, sign_in, axe, fits, shot, tmp_path, capsys
):
    page = sign_in(open_page(1280), cast.account("analyst"))
    nothing_yet(page, axe)
    refused_then_put_right(tmp_path, capsys)
    the_map_without_boundaries(page, axe, fits, shot)
    the_map_with_boundaries(page, axe, fits, shot, tmp_path, capsys)
    one_area(page, axe, fits, shot)
    what_was_left_out(page, axe, shot)


def nothing_yet(page, axe):
    page.goto("/hotspots/")
    expect(page.locator("main")).to_contain_text("No incidents are loaded yet")
    axe(page)


def refused_then_put_right(tmp_path, capsys):
    """A truncated file loads nothing of the folder; mended, the folder loads, but for one row with no real month."""
    street_file(tmp_path, *build.month_rows("2022-02", 20, 30, drugs=7), row("31/02/2022"))
    cut = street_file(tmp_path, *build.month_rows("2022-03", 12, 31), month="2022-03")
    whole = cut.read_text()
    cut.write_text(whole[:-40])
    code, _, said = on_console(capsys, "import", "police-uk", tmp_path)
    assert code == 2
    assert "2022-03-cumbria-street.csv is cut short" in said
    assert not MonthFile.objects.exists()
    cut.write_text(whole)
    code, answer, _ = on_console(capsys, "import", "police-uk", tmp_path)
    assert (code, answer["rows_read"], answer["rows_loaded"], answer["rows_rejected"]) == (0, 101, 100, 1)
    assert on_console(capsys, "import", "police-uk", tmp_path)[1] == answer


def the_map_without_boundaries(page, axe, fits, shot):
    page.goto("/hotspots/")
    expect(page.locator("main")).to_contain_text("93 records in 2 areas, February 2022 to March 2022")
    expect(page.locator("figcaption")).to_contain_text("cell of about five square kilometres")
    expect(page.locator("svg text").get_by_text("Kendal")).to_be_visible()
    page.get_by_label("What to count").select_option("Police enforcement")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("main")).to_contain_text("What police did, not what happened to people: 7 records")
    axe(page)
    fits(page)
    shot(page, "hotspots-cells-1280")


def the_map_with_boundaries(page, axe, fits, shot, tmp_path, capsys):
    squares = build.square("lsoa", *HERE, build.AT_HERE), build.square("ward", "E05003145", "Hindpool", build.AT_HERE)
    path = build.geojson(tmp_path, *squares)
    assert on_console(capsys, "import", "boundaries", path)[1]["kinds"] == {"lsoa": 1, "ward": 1}
    page.goto("/hotspots/")
    page.get_by_label("Area", exact=True).select_option("Ward")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("row", name="Hindpool")).to_contain_text("32")
    page.set_viewport_size({"width": 360, "height": 740})
    axe(page)
    fits(page)
    shot(page, "hotspots-wards-360")


def one_area(page, axe, fits, shot):
    page.get_by_role("link", name="Hindpool").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hindpool")
    expect(page.get_by_role("row", name="February 2022")).to_contain_text("20")
    expect(page.get_by_role("heading", name="What police did, not what happened to people")).to_be_visible()
    axe(page)
    fits(page)
    shot(page, "hotspots-area-360")


def what_was_left_out(page, axe, shot):
    page.goto("/hotspots/files/")
    page.get_by_text("Rows left out of 2022-02-cumbria-street.csv").click()
    expect(page.locator("main")).to_contain_text("its month is not a month")
    axe(page)
    shot(page, "hotspots-files-360")


def test_the_map_needs_no_javascript_and_the_keyboard_reaches_every_area(open_page, cast, sign_in):
    build.loaded(cast.analyst, m2022_02=(20, 30))
    page = sign_in(open_page(1280, javascript=False), cast.account("commissioner"))
    page.goto("/hotspots/")
    page.get_by_role("link", name=HERE[1]).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(HERE[1])


def test_a_recovery_worker_has_no_page_of_incidents(page, cast, sign_in):
    sign_in(page, cast.account("worker")).goto("/hotspots/")
    expect(page.get_by_role("heading", level=1)).to_have_text("You cannot open this page")


def test_s39_more_drug_records_after_a_week_of_searching_are_not_crime_going_up(open_page, cast, sign_in, shot):
    build.loaded(cast.analyst, m2022_02=(20, 30, 10), m2022_03=(20, 30, 18))
    page = sign_in(open_page(1280), cast.account("sergeant"))
    page.goto("/hotspots/")
    expect(page.locator("main")).to_contain_text("What victims and callers reported: 100 records")
    page.goto(f"/hotspots/area/lsoa/{HERE[0]}/")
    expect(page.get_by_role("row", name="March 2022")).to_contain_text("20")
    expect(page.locator("main")).to_contain_text("These rise when police work harder here")
    page.goto("/hotspots/?basket=enforcement")
    expect(page.locator("main")).to_contain_text("they are never an outcome")
    shot(page, "hotspots-enforcement-1280")

    # Nor may it be said to be: a claim of it is answered in words, and no percentage is worked out.
    page.goto("/evaluation/claim/?say=80%25 more drug possession crimes in Barrow")
    expect(page.locator("main")).to_contain_text("This speaks of what police did.")
    months = {
        "Before: first": "2022-02",
        "Before: last": "2022-02",
        "After: first": "2022-03",
        "After: last": "2022-03",
    }
    for label, said in ({"done, before": "10", "done, after": "18"} | months).items():
        page.get_by_label(label).fill(said)
    page.get_by_role("button", name="What may be said?").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This counts what police did")
    expect(page.get_by_role("blockquote")).to_contain_text("Officers recorded 18 of these")
