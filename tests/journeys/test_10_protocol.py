"""Before the work: areas are fixed on the summer, an overlapping period is refused, and a protocol is registered."""

import pytest
from playwright.sync_api import expect

from clearlines.evaluation.models import Protocol
from clearlines.hotspots.models import HotspotSet
from clearlines.hotspots.tests import build as incidents

pytestmark = pytest.mark.slow

WORDS = {
    "What is this protocol called?": "Visits, first winter",
    "What do you want to find out?": "Do people near the visits report less?",
    "Before: first month": "September 2021",
    "Before: last month": "November 2021",
    "After: first month": "October 2022",
    "After: last month": "November 2022",
}


@pytest.fixture
def months(cast):
    incidents.loaded(cast.analyst, **incidents.CHOSEN_ON, m2021_10=(30, 25), m2021_11=(30, 25))
    incidents.drawn_side_by_side(cast.analyst)


def test_areas_are_fixed_before_and_a_baseline_that_chose_them_is_refused(
    open_page, cast, sign_in, axe, fits, shot, months
):
    page = sign_in(open_page(1280), cast.account("analyst"))
    what_police_did_chooses_nothing(page)
    the_hottest_of_the_summer(page, axe, fits, shot)
    a_protocol(page, axe, fits, shot)


def what_police_did_chooses_nothing(page):
    page.goto("/hotspots/?first=2021-08&last=2021-09&basket=enforcement")
    page.get_by_role("link", name="Fix these areas as a hotspot set").click()
    expect(page.get_by_role("alert")).to_contain_text("it shows where officers looked")
    expect(page.get_by_role("button", name="Fix this set")).to_have_count(0)


def the_hottest_of_the_summer(page, axe, fits, shot):
    page.get_by_label("Counted by").select_option("Victims and callers")
    page.get_by_label("How many areas?").fill("1")
    page.get_by_role("button", name="Show these areas").click()
    expect(page.get_by_role("row", name="Barrow-in-Furness 010A")).to_contain_text("60")
    axe(page)
    page.set_viewport_size({"width": 320, "height": 740})
    fits(page)
    shot(page, "hotspot-set-new-320")
    page.get_by_label("What is this set called?").fill("The hottest, late summer 2021")
    page.get_by_label("Why are they chosen?").fill("Where the visits will begin")
    page.get_by_role("button", name="Fix this set").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The hottest, late summer 2021")
    expect(page.locator("main")).to_contain_text("chosen on August 2021 to September 2021. It never changes.")
    axe(page)
    fits(page)
    shot(page, "hotspot-set-320")
    assert HotspotSet.objects.get().codes == ["E01019138"]


def a_protocol(page, axe, fits, shot):
    page.get_by_role("button", name="Write a protocol for it").click()
    for label, said in WORDS.items():
        page.get_by_label(label).fill(said)
    axe(page)
    fits(page)
    page.get_by_role("button", name="Show what could be found").click()
    expect(page.get_by_role("alert")).to_contain_text("which overlaps the period before, September 2021")
    page.get_by_label("Before: first month").fill("October 2021")
    page.get_by_role("button", name="Show what could be found").click()
    expect(page.get_by_role("heading", name="What could be found")).to_be_visible()
    expect(page.locator("main")).to_contain_text("too few to tell")
    axe(page)
    fits(page)
    shot(page, "protocol-new-320")
    page.get_by_role("button", name="Register this protocol").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Visits, first winter")
    expect(page.locator("main")).to_contain_text("Next Door")
    expect(page.locator("main")).to_contain_text("It never changes.")
    axe(page)
    fits(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    shot(page, "protocol-1280")
    assert Protocol.objects.get().seen_already == []


def test_a_line_is_tapped_on_the_map_or_typed_where_there_is_no_script(open_page, cast, sign_in, axe, shot, months):
    page = sign_in(open_page(1280), cast.account("analyst"))
    page.goto("/hotspots/sets/new/?how=drawn")
    page.get_by_label("Out of").select_option("Barrow-in-Furness")
    area = page.locator("svg[data-draws]")
    area.scroll_into_view_if_needed()
    box = area.bounding_box()
    for across, down in ((0.001, 0.7), (0.08, 0.7), (0.08, 0.99), (0.001, 0.99), (0.5, 0.5)):
        area.click(position={"x": box["width"] * across, "y": box["height"] * down})
    expect(page.get_by_role("status")).to_have_text("5 points tapped.")
    page.get_by_role("button", name="Take back the last point").click()
    expect(page.get_by_role("status")).to_have_text("4 points tapped.")
    shot(page, "hotspot-set-drawn-1280")
    page.get_by_role("button", name="Show these areas").click()
    expect(page.get_by_role("row", name="Barrow-in-Furness 010A")).to_be_visible()
    axe(page)

    plain = sign_in(open_page(1280, javascript=False), cast.account("sergeant"))
    plain.goto("/hotspots/sets/new/?how=drawn")
    plain.get_by_label("The line").fill("54.08, -3.26\n54.08, -3.19\n54.14, -3.19\n54.14, -3.26")
    plain.get_by_role("button", name="Show these areas").click()
    expect(plain.get_by_role("row", name="Barrow-in-Furness 010A")).to_be_visible()


def test_whoever_only_reads_figures_fixes_nothing(page, cast, sign_in, months):
    sign_in(page, cast.account("officer")).goto("/hotspots/")
    expect(page.get_by_role("link", name="Hotspot sets that were fixed")).to_be_visible()
    expect(page.get_by_role("link", name="Fix these areas as a hotspot set")).to_have_count(0)
