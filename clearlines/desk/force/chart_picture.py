"""Where each thing of a chart stands on paper, so that no two labels meet. The template only draws.

Two drawings: arcs to the left and right of the middle for a screen and for print, and a list with branches for a
phone. On the arcs those who are exploited stand on the left and the suspected on the right, whatever led to them.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from clearlines.desk.force.chart import Chart, Edge, Kind, Placed

ROW, LETTER = 54, 8.6
# How far from the middle each ring begins, and how far it bulges.
RINGS = {1: (150, 56), 2: (404, 44)}
LABEL = 216
NARROW_WIDTH, NARROW_ROW, INDENT = 340, 52, 26
LONGEST = {"wide": 24, "narrow": 29}


@dataclass(frozen=True)
class Spot:
    placed: Placed
    x: float
    y: float
    side: int  # -1 its words stand to the left of it, 1 to the right, 0 beneath
    label: str
    words: str
    query: str = ""

    @property
    def node(self) -> Any:
        return self.placed.node

    @property
    def anchor(self) -> str:
        return {-1: "end", 0: "middle", 1: "start"}[self.side]

    @property
    def label_x(self) -> float:
        return self.x + (20 if self.placed.step else 27) * self.side

    @property
    def label_y(self) -> float:
        return self.y + (-2 if self.side else 39)


@dataclass(frozen=True)
class Line:
    """A link as a path; `is_arrow` where it leads from one line to another."""

    path: str
    edge: Edge
    control: tuple[float, float] | None = None

    @property
    def is_arrow(self) -> bool:
        return self.edge.kind == Kind.LINE


@dataclass
class Picture:
    width: float
    height: float
    spots: list[Spot] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def left(self) -> float:
        return -self.width / 2

    @property
    def top(self) -> float:
        return -self.height / 2


def wide(chart: Chart) -> Picture:
    """The middle in the middle, and an arc of each step on either side of it."""
    sides = _sides(chart.placed)
    steps = max(each.step for each in chart.placed)
    most = max([len(each) for each in sides.values()] or [1])
    reach = sum(RINGS[steps]) if steps else 0
    picture = Picture(2 * (reach + LABEL + 24), max(most * ROW, 3 * ROW) + 40)
    picture.spots.append(_spot(chart.placed[0], 0, 0, 0))
    for (step, side), there in sides.items():
        begins, bulge = RINGS[step]
        for place, each in enumerate(there):
            y = (place - (len(there) - 1) / 2) * ROW
            picture.spots.append(_spot(each, side * (begins + bulge * _roundness(y, most)), y, side))
    at = {spot.node.key: spot for spot in picture.spots}
    for link in chart.links:
        one, other = at[link.edge.source], at[link.edge.target]
        control = _control(one, other, picture.height)
        picture.lines.append(Line(_path(one, other, control), link.edge, control))
    return picture


def _roundness(y: float, most: int) -> float:
    """1 beside the middle, 0 at the ends of the longest arc."""
    half = max(most * ROW / 2, ROW)
    return round((1 - (y / half) ** 2) ** 0.5, 3)


def _sides(placed: list[Placed]) -> dict[tuple[int, int], list[Placed]]:
    """Which side of the middle each thing stands on. People by what they are; the rest where there is most room,
    or beside what led to it."""
    found: dict[tuple[int, int], list[Placed]] = defaultdict(list)
    side_of: dict[str, int] = {}
    for people_first in (True, False):
        for each in placed[1:]:
            if each.node.kind.is_person == people_first:
                side = _side(each, found, side_of)
                side_of[each.node.key] = side
                found[each.step, side].append(each)
    return {key: sorted(there, key=_as_listed(side_of)) for key, there in sorted(found.items())}


def _side(each: Placed, found: dict[tuple[int, int], list[Placed]], side_of: dict[str, int]) -> int:
    if each.node.kind.is_person:
        return -1 if each.node.kind == Kind.EXPLOITED else 1
    if each.step > 1 and each.parent in side_of:
        return side_of[each.parent]
    return -1 if len(found[each.step, -1]) <= len(found[each.step, 1]) else 1


def _as_listed(side_of: dict[str, int]) -> Any:
    """Those with the same parent stand together; people before the rest."""
    order = {key: place for place, key in enumerate(side_of)}
    return lambda each: (
        not each.node.kind.is_person, order.get(each.parent, -1) if each.step > 1 else 0, each.node.order
    )  # fmt: skip


def _spot(each: Placed, x: float, y: float, side: int, most: int = LONGEST["wide"]) -> Spot:
    return Spot(each, round(x, 1), round(y, 1), side, cut(each.node.label, most), cut(each.node.words, most + 4))


def _control(one: Spot, other: Spot, height: float) -> tuple[float, float] | None:
    """Towards what a link bends: none to and from the middle; over or under it from one side to the other."""
    if not (one.side and other.side):
        return None
    x, y = (one.x + other.x) / 2, (one.y + other.y) / 2
    if one.side != other.side:
        return 0, round((1 if y > ROW / 2 else -1) * (height / 2 + ROW), 1)
    return round(x * (0.45 if one.placed.step == other.placed.step else 0.9), 1), round(y, 1)


def _path(one: Spot, other: Spot, control: tuple[float, float] | None) -> str:
    bend = f"Q{control[0]} {control[1]} " if control else "L"
    return f"M{one.x} {one.y}{bend}{other.x} {other.y}"


def narrow(chart: Chart) -> Picture:
    """A list with branches: each thing beneath what led to it. Other links are in the table alone."""
    under: dict[str, list[Placed]] = defaultdict(list)
    for each in chart.placed[1:]:
        under[each.parent].append(each)
    picture = Picture(NARROW_WIDTH, len(chart.placed) * NARROW_ROW + 8)
    edges = {frozenset((link.edge.source, link.edge.target)): link.edge for link in reversed(chart.links)}

    def put(each: Placed, above: Spot | None) -> None:
        y = picture.top + len(picture.spots) * NARROW_ROW + NARROW_ROW / 2
        spot = _spot(each, picture.left + 18 + each.step * INDENT, y, 1, LONGEST["narrow"] - 3 * each.step)
        picture.spots.append(spot)
        if above:
            edge = edges[frozenset((each.node.key, above.node.key))]
            picture.lines.append(Line(f"M{above.x} {above.y + 14}V{spot.y}H{spot.x - 14}", edge))
        for child in under[each.node.key]:
            put(child, spot)

    put(chart.placed[0], None)
    return picture


def cut(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
