"""The flows on paper: a map for a screen and for print, and two columns for a phone. The template only draws.

The map is British National Grid, north up, with no ground drawn: points, ribbons, a scale and an arrow. Names stand in
two columns beside it, each tied to its point, so that no two can meet however close the towns are.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from clearlines.desk.force.flows import End, Flow, Flows
from clearlines.desk.force.flows_places import Atlas

WIDTH, LEFT, RIGHT, TOP, TALL = 980, 250, 730, 40, 640
LEAST_METRES = 20_000
LABEL = 46
THICK = 5.0
SCALES = (100, 50, 20, 10, 5, 2)
NARROW, BAR_LEFT, BAR_RIGHT, UNIT, GAP = 340, 138, 202, 9, 50


@dataclass(frozen=True)
class Ribbon:
    path: str
    width: float
    is_active: bool
    title: str


@dataclass(frozen=True)
class Point:
    """A place: its point, and its name in the column beside the map."""

    end: End
    x: float
    y: float
    label_x: float
    label_y: float
    is_town: bool
    height: float = 0  # of its bar, in two columns

    @property
    def anchor(self) -> str:
        return "end" if self.label_x < WIDTH / 2 else "start"

    @property
    def tie_x(self) -> float:
        return self.label_x + (6 if self.anchor == "end" else -6)


@dataclass(frozen=True)
class Scale:
    kilometres: int
    width: float


@dataclass
class Picture:
    width: float
    height: float
    points: list[Point] = field(default_factory=list)
    ribbons: list[Ribbon] = field(default_factory=list)
    scale: Scale | None = None
    left: int = LEFT


def on_the_map(found: Flows, atlas: Atlas) -> Picture | None:
    """None where no flow has two ends that are known."""
    exporters, towns = ([end for end in ends if atlas.of(end.name)] for ends in (found.exporters, found.towns))
    drawn = [flow for flow in found.flows if atlas.of(flow.exporter) and atlas.of(flow.town)]
    if not drawn:
        return None
    frame = _Frame.round(atlas.spots[end.name.strip().casefold()] for end in (*exporters, *towns))
    tall = max(frame.height, LABEL * max(len(exporters), len(towns)))
    picture = Picture(WIDTH, tall + 2 * TOP + 30, scale=frame.bar)
    for ends, is_town in ((towns, True), (exporters, False)):
        picture.points += _named(ends, frame, atlas, tall, is_town=is_town)
    at = {(point.end.name, point.is_town): point for point in picture.points}
    thick = _thickness(drawn)
    bends = _bends([point for point in picture.points if not point.is_town], WIDTH / 2)
    for flow in drawn:
        one, other = at[flow.exporter, False], at[flow.town, True]
        bend = bends[flow.exporter]
        picture.ribbons += _ribbons(flow, thick, lambda shift, a=one, b=other, c=bend: _bent(a, b, c + shift))
    return picture


def not_on_the_map(found: Flows, atlas: Atlas) -> list[str]:
    """Places that nobody has written down, each once."""
    ends = (*found.exporters, *found.towns)
    return list(dict.fromkeys(end.name for end in ends if not atlas.of(end.name)))


@dataclass(frozen=True)
class _Frame:
    west: float
    north: float
    scale: float  # units a metre
    height: float
    begins: float

    @classmethod
    def round(cls, spots: Iterable[tuple[float, float]]) -> "_Frame":
        """As large as the room allows, with the points in the middle of it."""
        east, north = zip(*spots, strict=True)
        wide, tall = (max(max(each) - min(each), LEAST_METRES) for each in (east, north))
        scale = min((RIGHT - LEFT) / wide, TALL / tall)
        margin = (RIGHT - LEFT - (max(east) - min(east)) * scale) / 2
        return cls(min(east), max(north), scale, (max(north) - min(north)) * scale, LEFT + margin)

    def of(self, spot: tuple[float, float]) -> tuple[float, float]:
        return (
            round(self.begins + (spot[0] - self.west) * self.scale, 1),
            round(TOP + (self.north - spot[1]) * self.scale, 1),
        )

    @property
    def bar(self) -> Scale:
        kilometres = next((each for each in SCALES if each * 1000 * self.scale <= 130), SCALES[-1])
        return Scale(kilometres, round(kilometres * 1000 * self.scale, 1))


def _named(ends: list[End], frame: _Frame, atlas: Atlas, tall: float, *, is_town: bool) -> list[Point]:
    """Towns on the left and where they come from on the right, each name as near its point as the others allow."""
    spots = sorted((frame.of(atlas.spots[end.name.strip().casefold()]), end) for end in ends)
    spots.sort(key=lambda each: (each[0][1], each[0][0], each[1].name))
    heights = apart([y for (_, y), _ in spots], first=TOP, last=TOP + tall)
    x = LEFT - 50 if is_town else RIGHT + 50
    return [
        Point(end, *spot, x, height, is_town) for (spot, end), height in zip(spots, heights, strict=True)
    ]  # fmt: skip


def apart(wanted: list[float], *, first: float, last: float, room: float = LABEL) -> list[float]:
    """The same heights in the same order, each at least a label from the next: pushed down, then back up."""
    found: list[float] = []
    for each in wanted:
        found.append(max(each, first, found[-1] + room if found else first))
    below = max(last, first + room * (len(found) - 1))
    for place in range(len(found) - 1, -1, -1):
        found[place] = min(found[place], below)
        below = found[place] - room
    return [round(each, 1) for each in found]


def _bends(exporters: list[Point], middle: float) -> dict[str, float]:
    """Ribbons from the west bend west and those from the east bend east, the farther the more, so that few cross."""
    found: dict[str, float] = {}
    for is_east in (False, True):
        mine = sorted((p for p in exporters if (p.x >= middle) == is_east), key=lambda p: (p.y, p.x, p.end.name))
        found |= {p.end.name: (0.1 + 0.2 * place) * (1 if is_east else -1) for place, p in enumerate(mine)}
    return found


def _thickness(flows: list[Flow]) -> float:
    return min(THICK, 22 / max(flow.known for flow in flows))


def _ribbons(flow: Flow, thick: float, path) -> list[Ribbon]:  # type: ignore[no-untyped-def]
    """One for the lines that were active, solid; one for those known and not active, dashed."""
    title = f"{flow.exporter} to {flow.town}: {flow.active} of {flow.known} active"
    parts = [(flow.active, True, 0.0), (flow.known - flow.active, False, 0.03 if flow.active else 0.0)]
    return [Ribbon(path(shift), round(many * thick, 1), is_active, title) for many, is_active, shift in parts if many]


def _bent(one: Point, other: Point, bend: float) -> str:
    """A curve to one side of the straight way, that ends just short of the town."""
    across, down = other.x - one.x, other.y - one.y
    middle_x, middle_y = (one.x + other.x) / 2 - down * bend, (one.y + other.y) / 2 + across * bend
    away = math.dist((middle_x, middle_y), (other.x, other.y)) or 1
    end_x, end_y = other.x + (middle_x - other.x) * 12 / away, other.y + (middle_y - other.y) * 12 / away
    return f"M{one.x} {one.y}Q{middle_x:.1f} {middle_y:.1f} {end_x:.1f} {end_y:.1f}"


def in_two_columns(found: Flows) -> Picture | None:
    """Where they come from on the left, where they sell on the right; every name, placed or not."""
    drawn = found.flows
    if not drawn:
        return None
    left, right = _column(found.exporters, drawn, is_town=False), _column(found.towns, drawn, is_town=True)
    picture = Picture(NARROW, max(point.y + point.height for point in (*left, *right)) + 24, [*left, *right])
    used: dict[tuple[str, bool], float] = {}
    at = {(point.end.name, point.is_town): point for point in picture.points}
    for flow in drawn:
        sides = [(flow.exporter, False), (flow.town, True)]
        begins = [at[side].y + used.get(side, 0) for side in sides]
        for side in sides:
            used[side] = used.get(side, 0) + flow.known * UNIT
        picture.ribbons += _across(flow, *begins)
    return picture


def _column(ends: list[End], flows: list[Flow], *, is_town: bool) -> list[Point]:
    points, y = [], 14.0
    for end in ends:
        many = sum(flow.known for flow in flows if end.name == (flow.town if is_town else flow.exporter))
        x, label_x = (BAR_RIGHT, BAR_RIGHT + 10) if is_town else (BAR_LEFT, BAR_LEFT - 4)
        points.append(Point(end, x, y, label_x, y + 12, is_town, many * UNIT))
        y += max(many * UNIT + 14, GAP)
    return points


def _across(flow: Flow, left: float, right: float) -> list[Ribbon]:
    """Solid for the active, dashed for the rest, one beneath the other and as thick as there are lines."""
    title = f"{flow.exporter} to {flow.town}: {flow.active} of {flow.known} active"
    ribbons, done = [], 0
    middle = (BAR_LEFT + 6 + BAR_RIGHT) / 2
    for many, is_active in ((flow.active, True), (flow.known - flow.active, False)):
        if many:
            one, other = (y + (done + many / 2) * UNIT for y in (left, right))
            path = f"M{BAR_LEFT + 6} {one}C{middle} {one} {middle} {other} {BAR_RIGHT} {other}"
            ribbons.append(Ribbon(path, many * UNIT - 3, is_active, title))
        done += many
    return ribbons
