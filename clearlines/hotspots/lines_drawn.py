"""Reads a line that somebody drew round an area: GeoJSON, or points one a line as a map gives them.

A point is an Ordnance Survey grid reference (SD 195 695), an easting and northing in metres (319500 469500), or a
latitude and longitude (54.11, -3.22). Source of the lettering: Ordnance Survey, A guide to coordinate systems in
Great Britain.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import shapely
from pyproj import Transformer

from clearlines.hotspots.choosing import Rings
from clearlines.hotspots.police_uk import EAST, NORTH, SOUTH, WEST, NotWhatItSays

MOST_POINTS = 2_000
LETTERS = "ABCDEFGHJKLMNOPQRSTUVWXYZ"
GRID = re.compile(r"^([A-HJ-Z]{2})\s*(\d+)(?:\s+(\d+))?$", re.ASCII)
PAIR = re.compile(r"^([+-]?\d+(?:\.\d+)?)\s*[,;\s]\s*([+-]?\d+(?:\.\d+)?)$", re.ASCII)
FEWEST_POINTS = 3
# Square degrees: about the ground of one house.
LEAST_AREA = 2e-8
to_degrees = Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True).transform


def read(text: str) -> Rings:
    """Closed rings of (longitude, latitude), or NotWhatItSays with what to do about it."""
    said = text.strip()
    if not said:
        raise NotWhatItSays("draw a line: give at least three points, one on each line, or paste GeoJSON")
    rings = list(_of_geojson(said) if said.startswith("{") else [_closed(_points(said))])
    if sum(map(len, rings)) > MOST_POINTS:
        raise NotWhatItSays(f"the line has more than {MOST_POINTS:,} points: draw it more simply")
    return _sound(rings)


def _points(said: str) -> list[tuple[float, float]]:
    points = [_point(number, each.strip()) for number, each in enumerate(said.splitlines(), 1) if each.strip()]
    if len(set(points)) < FEWEST_POINTS:
        raise NotWhatItSays("a line round an area needs at least three points")
    return points


def _point(number: int, said: str) -> tuple[float, float]:
    words = said.upper()
    if grid := GRID.match(words):
        return _rounded(to_degrees(*_metres(number, grid)))
    if pair := PAIR.match(words):
        one, two = float(pair[1]), float(pair[2])
        is_metres = one > 1_000 and two >= 0
        return _rounded(to_degrees(one, two)) if is_metres else _rounded((two, one))
    raise NotWhatItSays(f"line {number} is no place: write it like SD 195 695, or 54.11, -3.22")


def _rounded(point: tuple[float, float]) -> tuple[float, float]:
    """To a tenth of a metre, so that the same line is always the same."""
    return round(point[0], 6), round(point[1], 6)


def _metres(number: int, grid: re.Match[str]) -> tuple[float, float]:
    """The middle of the square that the reference names."""
    digits = grid[2] + (grid[3] or "")
    if len(digits) % 2 or len(digits) > 10 or (grid[3] and len(grid[2]) != len(grid[3])):
        raise NotWhatItSays(f"line {number} has not as many figures east as north: write it like SD 195 695")
    half = len(digits) // 2
    size = 10 ** (5 - half)
    first, second = (LETTERS.index(each) for each in grid[1])
    east = ((first - 2) % 5) * 5 + second % 5
    north = 19 - (first // 5) * 5 - second // 5
    return east * 100_000 + (int(digits[:half]) + 0.5) * size, north * 100_000 + (int(digits[half:]) + 0.5) * size


def _closed(points: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Points that somebody tapped or typed go back to where they began."""
    return tuple(points if points[0] == points[-1] else [*points, points[0]])


def _of_geojson(said: str) -> Iterator[tuple[tuple[float, float], ...]]:
    try:
        shapes = list(_polygons(json.loads(said)))
        rings = [[_rounded((float(x), float(y))) for x, y, *_ in ring] for polygon in shapes for ring in polygon]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        raise NotWhatItSays("this is not GeoJSON of a polygon: paste one with its points in full") from None
    if not rings:
        raise NotWhatItSays("there is no polygon in this GeoJSON")
    for ring in rings:
        if len(set(ring)) < FEWEST_POINTS:
            raise NotWhatItSays("a line round an area needs at least three points")
        if ring[0] != ring[-1]:
            raise NotWhatItSays("the line is not closed: its last point must be its first")
        yield tuple(ring)


def _polygons(said: dict[str, Any]) -> Iterator[list[Any]]:
    kind = said["type"]
    if kind == "FeatureCollection":
        for each in said["features"]:
            yield from _polygons(each)
    elif kind == "Feature":
        yield from _polygons(said["geometry"])
    elif kind == "Polygon":
        yield said["coordinates"]
    elif kind == "MultiPolygon":
        yield from said["coordinates"]


def _sound(rings: list[tuple[tuple[float, float], ...]]) -> Rings:
    points = [point for ring in rings for point in ring]
    if not all(WEST <= x <= EAST and SOUTH <= y <= NORTH for x, y in points):
        raise NotWhatItSays("the line leaves the United Kingdom: check that latitude comes before longitude")
    if any(shapely.Polygon(ring).convex_hull.area < LEAST_AREA for ring in rings):
        raise NotWhatItSays("the line holds no area: its points lie on one another, or along one line")
    if not all(shapely.Polygon(ring).is_valid for ring in rings):
        raise NotWhatItSays("the line crosses itself: draw it so that it goes round once")
    if shape(tuple(rings)).is_empty:
        raise NotWhatItSays("the line holds no area: it goes round the same ground twice")
    return tuple(rings)


def shape(rings: Rings) -> Any:
    """What the rings hold together: a ring within another is a hole in it."""
    held = shapely.Polygon()
    for ring in rings:
        held = held.symmetric_difference(shapely.Polygon(ring))
    return held
