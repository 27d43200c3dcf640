"""An analyst looks at what stands round a line, moves on from thing to thing, takes it away, and sees where lines come
from.
"""

from datetime import date

import networkx
from playwright.sync_api import expect

from clearlines.groups.tests import build as groups
from clearlines.lines import actions
from clearlines.lines.models import Line
from clearlines.lines.tests import build as lines
from tests.browser.fixtures import ask


def told(cast) -> Line:
    """Three lines in two towns from two places; a group runs two of them."""
    bracken = lines.full_line(cast.analyst)
    first = {"town": "Barrow-in-Furness", "number": "07700 900201"}
    heron = lines.active_line(cast.analyst, brand="Heron", exporter_area="Greater Manchester", first=first)
    tarn = lines.line(cast.analyst, brand="Tarn", first={"town": "Kendal", "number": "07700 900214"})
    group = groups.group(cast.analyst, name="Dock Road")
    for line in (bracken, heron):
        groups.runs_line(cast.analyst, group, line)
    groups.directs(cast.analyst, group)
    on = date(2022, 6, 1)
    actions.link_displacement(by=cast.analyst, from_line=bracken, to_line=tarn, on=on, reason="A handset", grade="2B")
    return bracken


def follow(page, name):
    page.get_by_role("link", name=name, exact=True).first.click()


def test_a_chart_begins_from_a_number_and_goes_on_from_thing_to_thing(page, cast, sign_in, axe, shot):
    told(cast)
    sign_in(page, cast.account("analyst")).goto("/force/chart/")
    page.get_by_label("Find what to begin from").fill("07700 900123")
    page.get_by_role("button", name="Find").click()
    axe(page)
    follow(page, "L-0001 Bracken")
    expect(page.get_by_role("heading", level=1)).to_contain_text("L-0001 Bracken")
    expect(page.locator("#chart-live canvas").first).to_be_visible()
    expect(page.locator(".chart-paper")).to_be_hidden()
    axe(page)
    shot(page, "chart-1280")
    box = page.locator("#chart-live").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    chosen = page.get_by_role("region", name="What was chosen")
    expect(chosen).to_contain_text("L-0001 Bracken – moved on to – L-0003 Tarn, graded 2B")
    axe(page)
    shot(page, "chart-chosen-1280")
    follow(page, "Show one step further")
    expect(page.get_by_role("link", name="Vic Boss")).to_be_visible()
    follow(page, "G-001 Dock Road")
    expect(page.get_by_role("heading", level=1)).to_contain_text("G-001 Dock Road")


def test_the_table_says_the_same_by_keyboard_with_no_javascript_and_on_an_earlier_day(open_page, cast, sign_in, shot):
    bracken = told(cast)
    page = sign_in(open_page(1280, javascript=False), cast.account("officer"))
    page.goto(f"/force/chart/?line={bracken.pk}")
    expect(page.locator("svg.chart-wide")).to_be_visible()
    shot(page, "chart-no-javascript-1280")
    exploited = page.get_by_role("table", name="People who are exploited: 1 link")
    expect(exploited.get_by_role("row", name="Ash Young")).to_contain_text("Exploited child")
    expect(exploited).not_to_contain_text("Vic Holder")
    link = exploited.get_by_role("link", name="Ash Young")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ash Young")
    page.goto(f"/force/chart/?line={bracken.pk}")
    asked = page.get_by_role("group", name="As it was on")
    for label, part in (("Day", "5"), ("Month", "2"), ("Year", "2022")):
        asked.get_by_label(label).fill(part)
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("Under assessment. 3 links among 4 things on 5 February 2022")).to_be_visible()
    expect(page.get_by_text("Ash Young")).to_have_count(0)


def test_a_chart_is_taken_away_and_opened_by_another_tool(page, cast, sign_in):
    bracken = told(cast)
    sign_in(page, cast.account("analyst")).goto(f"/force/chart/?line={bracken.pk}")
    with page.expect_download() as waiting:
        follow(page, "the chart for other tools (GraphML)")
    assert "OFFICIAL-SENSITIVE" in waiting.value.suggested_filename
    graph = networkx.read_graphml(waiting.value.path())
    assert "G-001 Dock Road" in {about["label"] for _, about in graph.nodes(data=True)}


def test_both_are_read_on_a_phone_and_on_a_wall_and_in_print(open_page, cast, sign_in, axe, fits, shot):
    bracken = told(cast)
    pages = {"chart": f"/force/chart/?line={bracken.pk}&steps=2", "flows": "/force/flows/", "begin": "/force/chart/"}
    for width in (360, 1280, 2560):
        page = sign_in(open_page(width, 900), cast.account("officer"))
        for name, address in pages.items():
            page.goto(address)
            fits(page)
            axe(page)
            shot(page, f"force-{name}-{width}")
    page.goto(pages["chart"])
    expect(page.locator("#chart-live canvas").first).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("svg.chart-wide")).to_be_visible()
    expect(page.locator("#chart-live")).to_be_hidden()
    shot(page, "chart-print")


LABELS_THAT_MEET = """(() => {
    const boxes = [...document.querySelectorAll("svg text")]
        .map(each => [each.textContent, each.getBoundingClientRect()])
        .filter(([words, box]) => words.trim() && box.width)
    return boxes.flatMap(([one, a], at) => boxes.slice(at + 1)
        .filter(([, b]) => a.left < b.right - 2 && b.left < a.right - 2 && a.top < b.bottom - 4 && b.top < a.bottom - 4)
        .map(([other]) => `${one} on ${other}`))
})()"""


def test_no_name_lies_on_another_on_the_chart_or_the_map(open_page, cast, sign_in):
    bracken = told(cast)
    for width in (360, 1280):
        page = sign_in(open_page(width, 900, javascript=False), cast.account("officer"))
        for address in (f"/force/chart/?line={bracken.pk}&steps=2", "/force/flows/"):
            page.goto(address)
            assert ask(page, LABELS_THAT_MEET) == [], (width, address)


def test_where_lines_come_from_is_in_the_menu_and_its_lines_lead_on(page, cast, sign_in):
    told(cast)
    sign_in(page, cast.account("sergeant")).goto("/")
    page.get_by_text("More", exact=True).click()
    page.get_by_role("navigation").get_by_role("link", name="Where lines come from").click()
    expect(page.get_by_role("img", name="Where lines come from and where they sell")).to_be_visible()
    row = page.get_by_role("row", name="Merseyside Barrow-in-Furness")
    expect(row).to_contain_text("1 of 1")
    row.get_by_role("link", name="L-0001 Bracken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bracken")
