"""A line is read as somebody writes it, or refused with a sentence that says how to write it."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearlines.hotspots import lines_drawn
from clearlines.hotspots.police_uk import NotWhatItSays

SQUARE = [[-3.3, 54.0], [-3.1, 54.0], [-3.1, 54.2], [-3.3, 54.2], [-3.3, 54.0]]
HOLE = [[-3.25, 54.05], [-3.15, 54.05], [-3.15, 54.15], [-3.25, 54.15], [-3.25, 54.05]]


def geojson(*rings, kind="Polygon", **more):
    return json.dumps({"type": kind, "coordinates": list(rings)} | more)


def test_a_grid_reference_metres_and_degrees_name_the_same_place():
    """SD 195 695 is the square of a hundred metres whose middle is 319550 469550."""
    ways = ["SD 195 695\nSD 205 695\nSD 205 705", "sd195695\nsd205695\nsd205705",
            "319550 469550\n320550, 469550\n320550 470550"]  # fmt: skip
    read = [lines_drawn.read(each) for each in ways]
    assert read[0] == read[1] == read[2]
    assert read[0][0][0] == pytest.approx((-3.23, 54.11), abs=0.01)
    degrees = "\n".join(f"{y}, {x}" for x, y in read[0][0])
    assert lines_drawn.read(degrees) == read[0]


@pytest.mark.parametrize(
    ("reference", "metres"),
    [("NY 40 50", (340500, 550500)), ("TQ 30 80", (530500, 180500)), ("SV 90 10", (90500, 10500)),
     ("HU 40 40", (440500, 1140500))],
)  # fmt: skip
def test_the_letters_of_the_grid_are_those_of_the_ordnance_survey(reference, metres):
    found = lines_drawn.GRID.match(reference)
    assert lines_drawn._metres(1, found) == metres


def test_a_line_that_is_left_open_goes_back_to_where_it_began():
    ring = lines_drawn.read("54.0, -3.3\n\n54.0, -3.1\n54.2, -3.2")[0]
    assert ring[0] == ring[-1] == (-3.3, 54.0)
    assert lines_drawn.read("54.0 -3.3\n54.0 -3.1\n54.2 -3.2\n54.0 -3.3")[0] == ring


def test_geojson_is_read_alone_in_a_feature_in_a_collection_and_in_parts():
    alone = lines_drawn.read(geojson(SQUARE))
    feature = {"type": "Feature", "properties": {}, "geometry": json.loads(geojson(SQUARE))}
    assert lines_drawn.read(json.dumps(feature)) == alone
    assert lines_drawn.read(json.dumps({"type": "FeatureCollection", "features": [feature]})) == alone
    assert lines_drawn.read(geojson([SQUARE], kind="MultiPolygon")) == alone


def test_a_ring_within_another_is_a_hole():
    whole, holed = (lines_drawn.shape(lines_drawn.read(geojson(*each))) for each in ([SQUARE], [SQUARE, HOLE]))
    assert holed.area == pytest.approx(whole.area * 0.75)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("", "at least three points, one on each line"),
        ("54.1, -3.2\n54.2, -3.2\n54.1, -3.2", "at least three points"),
        ("Barrow\nKendal\nUlverston", "line 1 is no place"),
        ("SD 195 695\nSD 195 69\nSD 1 1", "line 2 has not as many figures"),
        ("SD 195\nSD 195695\nSD 1 1", "line 1 has not as many figures"),
        ("SD 195695195695\nSD 1 1\nSD 2 2", "line 1 has not as many figures"),
        ("-3.2, 54.1\n-3.1, 54.1\n-3.1, 54.2", "latitude comes before longitude"),
        ("48.8, 2.3\n48.9, 2.3\n48.9, 2.4", "leaves the United Kingdom"),
        ("54.0, -3.3\n54.2, -3.1\n54.0, -3.1\n54.2, -3.3", "crosses itself"),
        ("54.0, -3.3\n54.1, -3.2\n54.2, -3.1", "along one line"),
        ("{", "not GeoJSON of a polygon"),
        ("{}", "not GeoJSON of a polygon"),
        ('{"type": "Point", "coordinates": [-3, 54]}', "no polygon in this GeoJSON"),
        (geojson([[1, "x"]]), "not GeoJSON of a polygon"),
        (geojson(SQUARE[:2]), "at least three points"),
        (geojson(SQUARE[:4]), "not closed"),
        (geojson(SQUARE, SQUARE), "the same ground twice"),
        ("\n".join(f"54.{each:04}, -3.2" for each in range(2_001)), "more than 2,000 points"),
    ],
)
def test_what_is_no_line_is_refused_with_a_sentence(said, sentence):
    with pytest.raises(NotWhatItSays, match=sentence):
        lines_drawn.read(said)


KEYS = st.sampled_from(["type", "coordinates", "features", "geometry"])
LEAVES = st.none() | st.floats() | st.sampled_from(["Polygon", "Feature", "FeatureCollection", ""])
PASTED = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3))


@settings(max_examples=50)
@given(st.text(max_size=60) | PASTED.map(json.dumps))
def test_nothing_that_is_pasted_is_more_than_refused(said):
    try:
        assert lines_drawn.read(said)
    except NotWhatItSays as refused:
        assert str(refused)
