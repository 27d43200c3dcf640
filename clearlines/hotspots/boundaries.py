"""Reads boundaries from GeoJSON as the Office for National Statistics publishes them.

A file must be a FeatureCollection of polygons in longitude and latitude, with a code and a name for each: properties
such as LSOA11CD and LSOA11NM, LSOA21CD, WD13CD, WD24CD. Anything else is refused whole, with a sentence.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from pyproj import Transformer
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from clearlines.hotspots.police_uk import EAST, NORTH, SOUTH, WEST, NotWhatItSays

CODE_PROPERTY = re.compile(r"^(?P<kind>LSOA|WD)(?P<year>\d\d)CD$")
KINDS = {"LSOA": "lsoa", "WD": "ward"}
# Metres. Finer than a line on a screen shows a county, coarse enough to send to a phone.
SIMPLEST = 60
_to_metres = Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True).transform


@dataclass(frozen=True)
class Area:
    """One boundary: its shape in longitude and latitude, and rings of metres to draw it by."""

    kind: str
    code: str
    name: str
    shape: BaseGeometry
    outline: list[list[list[int]]]


def read(path: Path) -> list[Area]:
    """Every area in the file, or NotWhatItSays."""
    try:
        said = json.loads(path.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise NotWhatItSays(f"{path.name} is not GeoJSON: it cannot be read as JSON") from None
    features = said.get("features") if isinstance(said, dict) else None
    if not isinstance(features, list):
        raise NotWhatItSays(f"{path.name} is not GeoJSON: it has no list of features")
    return [_area(path.name, number, each) for number, each in enumerate(features, 1)]


def _area(file_name: str, number: int, feature: Any) -> Area:
    where = f"{file_name}, feature {number}"
    properties = (feature.get("properties") or {}) if isinstance(feature, dict) else {}
    code_property = next((each for each in map(CODE_PROPERTY.match, properties) if each), None)
    if code_property is None:
        raise NotWhatItSays(f"{where}: there is no code such as LSOA11CD or WD13CD")
    code = str(properties[code_property.string])
    name = str(properties.get(code_property.string.removesuffix("CD") + "NM") or code)
    geometry = _geometry(where, feature.get("geometry"))
    return Area(KINDS[code_property["kind"]], code[:12], name[:120], geometry, _outline(geometry))


def _geometry(where: str, said: Any) -> BaseGeometry:
    try:
        geometry = shapely.make_valid(shape(said))
    except (TypeError, ValueError, KeyError, AttributeError, shapely.errors.ShapelyError):
        raise NotWhatItSays(f"{where}: its outline cannot be read") from None
    if geometry.is_empty or geometry.area == 0:
        raise NotWhatItSays(f"{where}: it has no area")
    west, south, east, north = geometry.bounds
    if west < WEST or east > EAST or south < SOUTH or north > NORTH:
        raise NotWhatItSays(
            f"{where}: its points are not longitude and latitude in the United Kingdom; download it as WGS 84"
        )
    return geometry


def _outline(geometry: BaseGeometry) -> list[list[list[int]]]:
    drawn = shapely.transform(geometry, _to_metres, interleaved=False)
    simple = drawn.simplify(SIMPLEST, preserve_topology=True)
    rings = [[[round(x), round(y)] for x, y in ring.coords] for ring in _rings(simple)]
    return rings or [[[round(x), round(y)] for x, y in drawn.envelope.exterior.coords]]


def _rings(geometry: BaseGeometry) -> Iterator[Any]:
    for part in shapely.get_parts(geometry):
        if part.geom_type == "Polygon" and not part.is_empty:
            yield part.exterior
            yield from part.interiors
        elif part.geom_type in ("MultiPolygon", "GeometryCollection"):
            yield from _rings(part)
