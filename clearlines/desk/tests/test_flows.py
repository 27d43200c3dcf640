"""Where lines come from and where they sell: every count with its base, and no two names over each other."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from clearlines.desk.force import flows, flows_picture, flows_places
from clearlines.desk.force.flows import Flows, Sold
from clearlines.lines import actions
from clearlines.lines.models import Line
from clearlines.lines.tests import build as lines

ON = date(2022, 6, 14)
ATLAS = flows_places.Atlas(
    {"merseyside": (335_000, 390_000), "barrow-in-furness": (320_000, 469_000), "ulverston": (328_000, 478_000),
     "kendal": (351_000, 492_000)}, "", False,
)  # fmt: skip


def sold(*of: tuple[str, str, bool]) -> Flows:
    """Each: where it comes from, its towns with a comma between, and whether it was active."""
    made = [
        Sold(
            Line(reference=f"L-{number:04}", brand="B"), exporter, frozenset(filter(None, towns.split(","))), is_active
        )
        for number, (exporter, towns, is_active) in enumerate(of, 1)
    ]
    return Flows(ON, ON, made)


TWO_TOWNS = sold(
    ("Merseyside", "Barrow-in-Furness,Ulverston", True), ("Merseyside", "Barrow-in-Furness", False),
    ("Not known", "Kendal", False), ("Merseyside", "", True),
)  # fmt: skip


def test_a_flow_counts_the_active_of_those_known_and_a_line_in_two_towns_in_both():
    assert [(each.exporter, each.town, each.active, each.known) for each in TWO_TOWNS.flows] == [
        ("Merseyside", "Barrow-in-Furness", 1, 2), ("Merseyside", "Ulverston", 1, 1), ("Not known", "Kendal", 0, 1),
    ]  # fmt: skip
    assert (TWO_TOWNS.active, TWO_TOWNS.known) == (2, 4)
    assert [each.reference for each in TWO_TOWNS.flows[0].lines] == ["L-0001", "L-0002"]


def test_a_place_counts_each_line_once_and_a_line_with_no_town_is_in_no_flow():
    merseyside = next(end for end in TWO_TOWNS.exporters if end.name == "Merseyside")
    assert (merseyside.active, merseyside.known) == (1, 2)
    assert [each.reference for each in TWO_TOWNS.sells_nowhere] == ["L-0004"]


def test_a_place_that_nobody_wrote_down_is_listed_and_not_drawn():
    picture = flows_picture.on_the_map(TWO_TOWNS, ATLAS)
    assert flows_picture.not_on_the_map(TWO_TOWNS, ATLAS) == ["Not known"]
    assert {each.title for each in picture.ribbons} == {
        "Merseyside to Barrow-in-Furness: 1 of 2 active", "Merseyside to Ulverston: 1 of 1 active",
    }  # fmt: skip
    assert flows_picture.on_the_map(sold(("Mars", "Kendal", True)), ATLAS) is None
    assert flows_picture.in_two_columns(sold()) is None


def test_north_is_up_and_the_active_are_solid_and_the_others_dashed():
    picture = flows_picture.on_the_map(TWO_TOWNS, ATLAS)
    at = {point.end.name: point for point in picture.points}
    assert at["Ulverston"].y < at["Barrow-in-Furness"].y < at["Merseyside"].y
    assert at["Barrow-in-Furness"].x < at["Ulverston"].x
    assert [each.is_active for each in picture.ribbons] == [True, False, True]
    assert picture.scale.width == pytest.approx(picture.scale.kilometres * 1000 * 640 / 88_000, rel=0.2)


@given(st.lists(st.floats(0, 640), max_size=14))
def test_names_stand_in_order_and_never_on_each_other(wanted: list[float]):
    heights = flows_picture.apart(sorted(wanted), first=40, last=680)
    assert all(below - above >= flows_picture.LABEL - 0.11 for above, below in pairwise(heights))
    assert all(40 <= each <= 680.1 for each in heights)


names = st.sampled_from(
    ["Merseyside", "Greater Manchester", "West Midlands", "Barrow-in-Furness", "Kendal", "Ulverston"]
)


@given(st.lists(st.tuples(names, names, st.booleans()), min_size=1, max_size=30))
def test_on_a_phone_no_name_touches_another_and_each_flow_is_as_thick_as_its_lines(of):
    picture = flows_picture.in_two_columns(sold(*of))
    for is_town in (True, False):
        tops = sorted(point.label_y for point in picture.points if point.is_town == is_town)
        assert all(below - above >= 40 for above, below in pairwise(tops))
    assert all(point.y + point.height <= picture.height for point in picture.points)
    assert sum(each.width + 3 for each in picture.ribbons) == len(of) * flows_picture.UNIT


def test_the_programme_says_where_its_areas_are_and_one_that_does_not_has_the_towns_alone(tmp_path):
    atlas = flows_places.atlas()
    assert atlas.of("merseyside") == atlas.of(" Merseyside ") and atlas.of("Mars") is None
    assert atlas.source and not atlas.is_verified
    assert flows_places.atlas(tmp_path).of("Kendal") and not flows_places.atlas(tmp_path).of("West Midlands")


def test_flows_agree_with_the_register_as_at_each_day(cast):
    lines.full_line(cast.analyst)
    lines.line(cast.analyst, brand="Fern", first={"town": "Kendal"}, exporter_area="")
    found = flows.flows(cast.officer, ON, ON)
    assert [(each.exporter, each.town, each.active, each.known) for each in found.flows] == [
        ("Merseyside", "Barrow-in-Furness", 1, 1)
    ], "one that is under assessment is not known to be a line"
    assert flows.flows(cast.officer, date(2022, 2, 5), ON).flows == []
    then = cast.viewer("analyst", datetime(2022, 6, 20, 11, tzinfo=UTC))
    actions.add_market(by=then, line=found.sold[0].line, town="Kendal", from_on=lines.WENT_ACTIVE)
    assert len(flows.flows(then, ON, date(2022, 6, 20)).flows) == 2
    assert len(flows.flows(then, ON, date(2022, 6, 19)).flows) == 1
    assert flows.flows(cast.stranger, ON, ON).sold == []


def test_the_page_says_each_count_with_its_base_and_the_file_says_the_same(cast, as_):
    lines.full_line(cast.analyst)
    address = reverse("force-flows")
    body = as_("officer").get(address).content.decode()
    assert "Every flow on" in body and "L-0001 Bracken" in body and "1 of 1" in body
    assert "There is a problem" in as_("officer").get(address, {"on": "2040-01-01"}).content.decode()
    given = as_("officer").get(reverse("force-flows-download"))
    assert "OFFICIAL-SENSITIVE.csv" in given["Content-Disposition"]
    assert given.content.decode().splitlines()[1].startswith("Merseyside,Barrow-in-Furness,1,1,L-0001,")
    assert "No flow on that day" in as_("stranger").get(address).content.decode()
