"""Calls for service and health counts by area and month: what an organisation supplied itself, beside published crime.

An incident is in the neighbourhood that its extract named, or else where the middle of its square of a hundred metres
lies. Only whole months count. A health count that was withheld, or was not supplied, is not a nought: an area with one
in the months asked for is left out of a panel, and named in it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

import h3
import numpy as np
import shapely

from clearlines.access.viewer import Viewer
from clearlines.calls import queries as calls
from clearlines.calls.queries import Covered, Piece
from clearlines.hotspots.counts import CELL, LSOA, WARD, AreaCount, Left, Outline, Panel
from clearlines.hotspots.measures import CALLS, HEALTH, Measure
from clearlines.hotspots.standing import CELL_RESOLUTION

SUPPLIED = (CALLS, HEALTH)
# The beginnings of the codes that the Office for National Statistics gives to areas of each kind.
BEGIN = {LSOA: ("E01", "W01"), WARD: ("E05", "W05"), CELL: ()}


class Alike(NamedTuple):
    """Distinct incidents of one area, month and kind. `code` is empty where no area holds them."""

    code: str
    month: str
    kind: str
    is_by_point: bool
    many: int


@dataclass(frozen=True)
class Supplied:
    """What a viewer's organisation supplied of calls: the whole months, where they stand, the areas to count by."""

    months: tuple[str, ...]
    pieces: tuple[Piece, ...] = field(repr=False)
    kind: str
    outlines: tuple[Outline, ...] = field(repr=False)
    names: dict[str, str] = field(repr=False)

    @classmethod
    def of(cls, found: Covered, kind: str, outlines: tuple[Outline, ...], names: dict[str, str]) -> "Supplied":
        return cls(found.months, found.pieces, kind, outlines, names)

    def of_kind(self, kind: str) -> "Supplied":
        return replace(self, kind=kind)

    def by_area(self, first: str, last: str) -> list[AreaCount]:
        """Every area with an incident that is demand, most first."""
        found: dict[str, AreaCount] = {}
        for each in self._alike(first, last):
            if each.code and each.kind in calls.kinds():
                area = found.setdefault(each.code, AreaCount(each.code, self.named(each.code), {}))
                area.by_month[each.month] = area.by_month.get(each.month, 0) + each.many
        return sorted(found.values(), key=lambda each: (-each.total, each.name))

    def by_type(self, code: str) -> Counter[tuple[str, str]]:
        """(month, what the kind of demand is called) → distinct incidents of one area, over every whole month."""
        titles, found = calls.kinds(), Counter[tuple[str, str]]()
        for each in self._alike("", "9999-12"):
            if each.code == code and each.kind in titles:
                found[each.month, titles[each.kind]] += each.many
        return found

    def left(self, first: str, last: str) -> Left:
        found = [each for each in self._alike(first, last) if each.kind in calls.kinds()]
        return Left(
            nowhere=sum(each.many for each in found if not each.code), outside=0,
            by_point=sum(each.many for each in found if each.code and each.is_by_point),
        )  # fmt: skip

    def panel(self, measure: Measure, first: str, last: str) -> Panel:
        """`measure.types` are what kinds of demand are called; none is all of them."""
        months = [each for each in self.months if first <= each <= last]
        wanted = {key for key, title in calls.kinds().items() if not measure.types or title in measure.types}
        # An extract is of the whole force: an area from which nobody rang is a nought.
        codes, found = set() if self.kind == CELL else set(self.names), Counter[tuple[str, str]]()
        for each in self._alike(first, last):
            if each.code:
                codes.add(each.code)
                found[each.code, each.month] += each.many if each.kind in wanted else 0
        return _panel(self.kind, {code: self.named(code) for code in codes}, months, found)

    def named(self, code: str) -> str:
        return self.names.get(code, code)

    def _alike(self, first: str, last: str) -> Iterator[Alike]:
        months = {each for each in self.months if first <= each <= last}
        for piece in self.pieces:
            yield from (each for each in _placed(piece, self.kind, self.outlines) if each.month in months)


def health_panel(viewer: Viewer, kind: str, measure: Measure, names: dict[str, str], first: str, last: str) -> Panel:
    """Areas whose every count in these months was supplied and not withheld; the others are in `withheld`."""
    titles = calls.health_measures()
    cells = [
        each for each in calls.health_cells(viewer)
        if first <= each.month <= last and each.area.startswith(BEGIN[kind] or ("\0",))
        and (not measure.types or titles[each.measure] in measure.types)
    ]  # fmt: skip
    months, measures = sorted({each.month for each in cells}), {each.measure for each in cells}
    there = Counter(each.area for each in cells if each.many is not None)
    whole = {area for area, many in there.items() if many == len(months) * len(measures)}
    found = Counter[tuple[str, str]]()
    for each in cells:
        found[each.area, each.month] += each.many or 0
    said = {each.area: names.get(each.area) or each.name or each.area for each in cells}
    withheld = tuple(sorted(set(said) - whole))
    return _panel(kind, {code: said[code] for code in whole}, months, found, withheld)


def _panel(
    kind: str, names: dict[str, str], months: Sequence[str], found: Counter[tuple[str, str]],
    withheld: tuple[str, ...] = (),
) -> Panel:  # fmt: skip
    codes = tuple(sorted(names))
    counts = np.array([[found[code, month] for month in months] for code in codes], dtype=np.int64)
    counts = counts.reshape(len(codes), len(months))
    return Panel(kind, codes, tuple(names[code] for code in codes), tuple(months), counts, withheld)


# What a piece holds never changes (calls/standing.py), so where its incidents lie is worked out once.
@lru_cache(maxsize=100)
def _placed(piece: Piece, kind: str, outlines: tuple[Outline, ...]) -> tuple[Alike, ...]:
    rows = calls.places(piece)
    known = {each.code for each in outlines}
    points = sorted({(r.longitude, r.latitude) for r in rows if r.longitude is not None and r.latitude is not None})
    by_point = dict(zip(points, _areas_at(points, kind, outlines), strict=True))
    found = Counter[tuple[str, str, str, bool]]()
    for row in rows:
        named = row.area if row.area.startswith(BEGIN[kind] or ("\0",)) else ""
        at = "" if row.longitude is None or row.latitude is None else by_point[row.longitude, row.latitude]
        code = named if named and (named in known or not at) else at
        found[code, row.month, row.kind, code == at and code != named] += row.many
    return tuple(Alike(*alike, many) for alike, many in found.items())


def _areas_at(points: list[tuple[float, float]], kind: str, outlines: tuple[Outline, ...]) -> list[str]:
    """For each point the code of the first outline, or of the cell, that holds it."""
    if kind == CELL:
        return [h3.latlng_to_cell(latitude, longitude, CELL_RESOLUTION) for longitude, latitude in points]
    codes = [""] * len(points)
    if points and outlines:
        tree = shapely.STRtree([shapely.from_wkb(each.wkb) for each in outlines])
        inside = tree.query(shapely.points(points), predicate="intersects")
        for point, area in sorted(zip(*inside.tolist(), strict=True), reverse=True):
            codes[point] = outlines[area].code
    return codes
