"""A map as numbers for a template to draw: shapes in steps of five, names of towns, and what each step means.

Drawn on British National Grid, north up, a thousand units wide. Each step has a pattern as well as a colour. The
table beside the map says the same, so the map is never the only way to read a count.
"""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import h3
from pyproj import Transformer

from clearlines.analysis.hotspots import Label
from clearlines.hotspots import reference

Rings = Sequence[Sequence[Sequence[float]]]
WIDE = 1000
MARGIN = 20
STEPS = 5
to_metres = Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True).transform


@dataclass(frozen=True)
class Shape:
    """One area: its outline as an SVG path, and 0 for no record or a step from 1 to 5."""

    code: str
    name: str
    count: int
    step: int
    path: str


@dataclass(frozen=True)
class Town:
    name: str
    x: int
    y: int
    # Of the picture: a tall county's is narrower than a wide one's.
    width: int

    @property
    def is_at_edge(self) -> bool:
        """Its name would leave the picture, so it is written to the left."""
        return self.x > self.width - 14 * len(self.name)

    @property
    def label_x(self) -> int:
        return self.x - 8 if self.is_at_edge else self.x + 8


@dataclass(frozen=True)
class Step:
    number: int
    means: str


@dataclass(frozen=True)
class Map:
    width: int
    height: int
    shapes: list[Shape]
    towns: list[Town]
    steps: list[Step]


@dataclass(frozen=True)
class Outlines:
    """What to draw. `key` names exactly these rings, so that they are laid out once for many pages."""

    key: Hashable
    rings: Mapping[str, Rings] = field(compare=False, repr=False)


def drawn(outlines: Outlines, names: Mapping[str, str], counts: Mapping[str, int]) -> Map | None:
    """Every area with rings, shaded by its count; None when there is nothing to draw."""
    layout = _laid_out(outlines)
    if layout is None:
        return None
    tops = _tops([counts.get(code, 0) for code in layout.paths])
    shapes = [
        Shape(code, names.get(code, code), counts.get(code, 0), _step(counts.get(code, 0), tops), path)
        for code, path in layout.paths.items()
    ]
    return Map(layout.width, layout.height, shapes, layout.towns, _meanings(tops))


# What is said of an area → its step; what is not named here is white.
SAID = {
    Label.LOW: 1,
    Label.BESIDE: 2,
    Label.ABOVE: 4,
    "High": 4,
    Label.HIGH: 5,
}


def shaded(
    outlines: Outlines, names: Mapping[str, str], counts: Mapping[str, int], said: Mapping[str, str]
) -> Map | None:
    """Every area with rings, shaded by what is said of it."""
    layout = _laid_out(outlines)
    if layout is None:
        return None
    shapes = [
        Shape(code, f"{names.get(code, code)}, {said.get(code, 'no record').lower()}", counts.get(code, 0), step, path)
        for code, path in layout.paths.items()
        for step in [SAID.get(said.get(code, ""), 0)]
    ]
    there = frozenset(said.values())
    steps = [Step(step, str(means)) for means, step in SAID.items() if means in there]
    return Map(layout.width, layout.height, shapes, layout.towns, [Step(0, "Like the rest, or no record"), *steps])


@dataclass(frozen=True)
class _Layout:
    width: int
    height: int
    paths: dict[str, str]
    towns: list[Town]
    frame: "Frame"


@lru_cache(maxsize=32)
def _laid_out(outlines: Outlines) -> _Layout | None:
    points = [point for each in outlines.rings.values() for ring in each for point in ring]
    if not points:
        return None
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    frame = Frame(west, north, (WIDE - 2 * MARGIN) / max(east - west, (north - south) / 1.4, 1))
    width, height = (each + MARGIN for each in frame.of(east, south))
    paths = {code: frame.path(each) for code, each in outlines.rings.items()}
    return _Layout(width, height, paths, _towns(frame, (west, south, east, north), width), frame)


def frame_of(outlines: Outlines) -> "Frame | None":
    """How the picture of these outlines is measured, for what else is drawn on it; None when there is none."""
    layout = _laid_out(outlines)
    return layout.frame if layout else None


@dataclass(frozen=True)
class Frame:
    """Metres to units of the picture: `west` and `north` are at its margin, `scale` is units a metre."""

    west: float
    north: float
    scale: float

    def of(self, x: float, y: float) -> tuple[int, int]:
        return MARGIN + round((x - self.west) * self.scale), MARGIN + round((self.north - y) * self.scale)

    def path(self, rings: Rings) -> str:
        """Points that fall on the one before are left out: a phone need not be sent what it cannot show."""
        drawn = []
        for ring in rings:
            spots = list(dict.fromkeys(self.of(x, y) for x, y in ring))
            drawn.append("M" + "L".join(f"{x} {y}" for x, y in spots) + "Z")
        return "".join(drawn)


def _tops(counts: Sequence[int]) -> list[int]:
    """The largest count of each step: a fifth of the areas with a record in each, as near as ties allow."""
    some = sorted(each for each in counts if each)
    return sorted({some[(len(some) * step - 1) // STEPS] for step in range(1, STEPS + 1)}) if some else []


def _step(count: int, tops: Sequence[int]) -> int:
    return 0 if not count else next(step for step, top in enumerate(tops, STEPS - len(tops) + 1) if count <= top)


def _meanings(tops: Sequence[int]) -> list[Step]:
    lows = [1, *(top + 1 for top in tops)]
    numbers = range(STEPS - len(tops) + 1, STEPS + 1)
    said = [f"{low:,}" if low == top else f"{low:,} to {top:,}" for low, top in zip(lows, tops, strict=False)]
    return [Step(0, "none"), *(Step(number, means) for number, means in zip(numbers, said, strict=True))]


def _towns(frame: Frame, bounds: tuple[float, float, float, float], width: int) -> list[Town]:
    west, south, east, north = bounds
    found = []
    for name, (x, y) in _towns_in_metres().items():
        if west <= x <= east and south <= y <= north:
            found.append(Town(name, *frame.of(x, y), width))
    return found


@lru_cache(maxsize=1)
def _towns_in_metres() -> dict[str, tuple[float, float]]:
    return {name: to_metres(longitude, latitude) for name, (latitude, longitude) in reference.towns().items()}


@lru_cache(maxsize=20_000)
def cell_rings(cell: str) -> Rings:
    """The outline of an H3 cell in metres."""
    return ((tuple(to_metres(longitude, latitude) for latitude, longitude in h3.cell_to_boundary(cell))),)


WINDS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")


@lru_cache(maxsize=20_000)
def cell_name(cell: str) -> str:
    """Where an H3 cell is, by the nearest town: '4 km north-east of Kendal', or 'Kendal' itself."""
    latitude, longitude = h3.cell_to_latlng(cell)
    x, y = to_metres(longitude, latitude)
    towns = _towns_in_metres()
    name = min(towns, key=lambda each: math.dist((x, y), towns[each]))
    away = math.dist((x, y), towns[name]) / 1000
    wind = WINDS[round(math.degrees(math.atan2(x - towns[name][0], y - towns[name][1])) / 45) % 8]
    return name if away < 1.2 else f"{away:.0f} km {wind} of {name}"
