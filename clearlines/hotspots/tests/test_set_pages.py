"""Choosing areas, looking at them, and fixing exactly those."""

import re

import pytest

from clearlines.hotspots import queries, set_maps
from clearlines.hotspots.models import HotspotSet
from clearlines.hotspots.tests import build
from clearlines.hotspots.tests.build import HERE, THERE

pytestmark = pytest.mark.django_db

NEW = "/hotspots/sets/new/"
KEY = "6f0b8a52-6d4b-4a53-9d0f-0c7b6f8f2a21"
HOTTEST = {
    "how": "hottest", "top": "1", "kind": "lsoa", "district": "", "basket": "victims", "first": "2021-08",
    "last": "2021-09",
}  # fmt: skip
WORDS = {"name": "The hottest", "why": "Where visits begin", "new_id": KEY}
LINE = "54.08, -3.26\n54.08, -3.19\n54.14, -3.19\n54.14, -3.26"


@pytest.fixture
def client(cast, as_):
    build.loaded(cast.analyst, **build.CHOSEN_ON)
    build.drawn(cast.analyst)
    return as_("analyst")


def text(response):
    return response.content.decode()


def shown(client, **asked):
    return text(client.post(NEW, asked | {"press": "show"}))


def fixed(client, **asked):
    """Shown first, then fixed, as a browser would."""
    seen = re.search(r'name="seen" value="(\w+)"', shown(client, **asked))
    assert seen
    return client.post(NEW, asked | WORDS | {"press": "fix", "seen": seen[1]}, follow=True)


def test_without_a_month_there_is_nothing_to_choose_on(cast, as_):
    assert "No incidents are loaded yet" in text(as_("analyst").get(NEW))


def test_the_page_begins_with_what_the_page_of_counts_was_showing(client):
    asked = {"first": "2021-08", "last": "2021-08", "basket": "victims", "kind": "ward", "top": "1"}
    page = text(client.get(NEW, asked))
    assert "1 of 2 areas, with 30 records" in page
    assert "Barrow Island: in the set" in page
    assert "never be the period before" in page
    assert f'href="{NEW}?first=2021-08' in text(client.get("/hotspots/"))


def test_the_hottest_are_shown_then_fixed_and_stand_with_who_and_on_what(client):
    page = text(fixed(client, **HOTTEST))
    assert "1 area, fixed on" in page
    assert "chosen on August 2021 to September 2021" in page
    assert f"{HERE[1]}: in the set" in page
    assert "Write a protocol for it" in page
    assert "The hottest" in text(client.get("/hotspots/sets/"))


def test_areas_are_named_or_ticked_without_looking_at_counts(client):
    named = HOTTEST | {"how": "named", "first": "", "last": "", "names": HERE[1].upper(), "codes": THERE[0]}
    page = text(fixed(client, **named))
    assert "2 areas, fixed on" in page
    assert "not looked at" in page
    assert "Counts were not looked at" in page
    assert "checked" in shown(client, **named)


def test_a_line_holds_the_areas_that_are_mostly_within_it(client):
    page = text(client.get(NEW, {"how": "drawn"}))
    assert "more than half of its ground" in page
    assert "There is a problem" not in page
    page = text(fixed(client, **(HOTTEST | {"how": "drawn", "line": LINE})))
    assert "Areas with more than half of their ground within the line" in page
    assert "the line that was drawn" in page
    assert HotspotSet.objects.get().codes == [HERE[0]]


def test_no_part_of_a_line_leaves_the_picture(cast):
    build.drawn(cast.analyst)
    line = (((-3.6, 54.0), (-3.1, 54.0), (-3.1, 54.3), (-3.6, 54.0)),)
    drawn = set_maps.picture(queries.boundaries(cast.analyst, "lsoa"), (HERE[0],), line=line)
    spots = [[int(each) for each in spot.split()] for spot in re.findall(r"\d+ \d+", drawn.line)]
    assert all(0 <= x <= drawn.map.width and 0 <= y <= drawn.map.height for x, y in spots)
    assert HERE[0] in [each.code for each in drawn.map.shapes]
    assert "" not in [each.code for each in drawn.map.shapes]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"basket": "enforcement"}, "it shows where officers looked"),
        ({"basket": "other"}, "part of this is what police found"),
        ({"kind": "cell"}, "never anything smaller"),
        ({"top": "9"}, "2 of 2 have any record"),
        ({"top": "0"}, "greater than or equal to 1"),
        ({"top": "many"}, "must be a whole number"),
        ({"first": "2021-09", "last": "2021-08"}, "must not be after the last"),
        ({"how": "named", "names": "Atlantis"}, "No area is called Atlantis"),
        ({"how": "named", "names": "", "first": ""}, "both the first and the last month"),
        ({"how": "drawn", "line": "54.1, -3.2"}, "at least three points"),
        ({"how": "drawn", "line": ""}, "Enter the line"),
        ({"how": "drawn", "line": LINE.replace("-3", "-2")}, "draw it wider"),
    ],
)
def test_what_would_mislead_is_refused_with_a_sentence_and_cannot_be_fixed(client, asked, sentence):
    page = shown(client, **(HOTTEST | asked))
    assert sentence.casefold() in page.casefold()
    assert "Fix this set" not in page
    client.post(NEW, HOTTEST | asked | WORDS | {"press": "fix", "seen": "x"})
    assert not HotspotSet.objects.exists()


def test_only_areas_that_were_shown_can_be_fixed(client):
    seen = re.search(r'name="seen" value="(\w+)"', shown(client, **HOTTEST))[1]
    other = HOTTEST | {"top": "2"}
    page = text(client.post(NEW, other | WORDS | {"press": "fix", "seen": seen}))
    assert "These are not the areas you were shown" in page
    assert "Where visits begin" in page
    assert not HotspotSet.objects.exists()
    page = text(client.post(NEW, HOTTEST | {"press": "fix", "seen": seen, "new_id": KEY}))
    assert "Answer “What is this set called?”" in page
    assert not HotspotSet.objects.exists()


def test_another_months_count_is_another_sets_areas_and_pressing_twice_makes_one(client):
    seen = re.search(r'name="seen" value="(\w+)"', shown(client, **HOTTEST))[1]
    for _ in range(2):
        client.post(NEW, HOTTEST | WORDS | {"press": "fix", "seen": seen})
    assert HotspotSet.objects.count() == 1


def test_a_set_asks_little_of_the_database(cast, client, django_assert_max_num_queries):
    key = build.hotspot_set(cast.analyst).pk
    client.get(f"/hotspots/sets/{key}/")
    with django_assert_max_num_queries(12):
        client.get(f"/hotspots/sets/{key}/")
    with django_assert_max_num_queries(13):
        client.get(NEW)
