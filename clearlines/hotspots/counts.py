"""The one gate from standing rows to counts: nothing else in the house opens the Parquet files.

A neighbourhood (LSOA) is the one the publisher wrote on the row; a row whose code has no boundary here (codes of
another census) is placed by its point. A ward is found by the point, which the publisher has snapped to a nearby
place. Rows outside the force's districts are counted apart and never among an area's.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import numpy as np
import shapely

from clearlines.hotspots.measures import Measure

LSOA, WARD, CELL = "lsoa", "ward", "cell"
MEMORY = "256MB"


class Outline(NamedTuple):
    """A boundary as counting needs it. `wkb` is its shape in longitude and latitude."""

    code: str
    name: str
    wkb: bytes


@dataclass(frozen=True)
class Asked:
    """Which rows: the months' files, the kind of area, the areas' outlines if there are any, and perhaps a district."""

    paths: tuple[Path, ...]
    kind: str
    outlines: tuple[Outline, ...] = field(default=(), repr=False)
    district: str = ""


@dataclass(frozen=True)
class AreaCount:
    code: str
    name: str
    by_month: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.by_month.values())


@dataclass(frozen=True)
class Left:
    """Rows of the months asked for that are in no area's count, and those placed by their point alone."""

    nowhere: int
    outside: int
    by_point: int


@dataclass(frozen=True)
class Panel:
    """`counts[area, month]` are records; a month that is loaded and has none is 0, one that is not loaded is absent."""

    kind: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    months: tuple[str, ...]
    counts: np.ndarray = field(repr=False)

    def within(self, first: str, last: str) -> np.ndarray:
        """Which columns are months from first to last."""
        return np.array([first <= each <= last for each in self.months], dtype=bool)

    def rows(self, codes: Iterable[str]) -> np.ndarray:
        """Which rows are these areas."""
        wanted = frozenset(codes)
        return np.array([each in wanted for each in self.codes], dtype=bool)


class Group(NamedTuple):
    """Rows of one month that are alike. `code` is empty where no area holds them."""

    code: str
    name: str
    month: str
    basket: str
    crime_type: str
    district: str
    is_outside: bool
    is_by_point: bool
    many: int


def by_area(asked: Asked, basket: str) -> list[AreaCount]:
    """Every area with a record of this basket, most first; months without a record are absent from `by_month`."""
    areas: dict[str, AreaCount] = {}
    for each in groups(asked):
        if each.basket == basket and each.code and not each.is_outside:
            months = areas.setdefault(each.code, AreaCount(each.code, each.name, {})).by_month
            months[each.month] = months.get(each.month, 0) + each.many
    return sorted(areas.values(), key=lambda each: (-each.total, each.name))


def panel(asked: Asked, measure: Measure, months: Sequence[str]) -> Panel:
    """Every area with any record, by code, whether or not it has one of this measure."""
    names: dict[str, str] = {}
    found: Counter[tuple[str, str]] = Counter()
    for each in groups(asked):
        if each.code and not each.is_outside:
            names[each.code] = each.name
            if measure.holds(each.basket, each.crime_type):
                found[each.code, each.month] += each.many
    codes = tuple(sorted(names))
    counts = np.array([[found[code, month] for month in months] for code in codes], dtype=np.int64)
    return Panel(
        asked.kind, codes, tuple(names[code] for code in codes), tuple(months), counts.reshape(len(codes), len(months))
    )


def by_type(asked: Asked, codes: Iterable[str]) -> Counter[tuple[str, str, str]]:
    """(month, basket, crime type) → count, of the areas with these codes together."""
    wanted, found = frozenset(codes), Counter[tuple[str, str, str]]()
    for each in groups(asked):
        if each.code in wanted and not each.is_outside:
            found[each.month, each.basket, each.crime_type] += each.many
    return found


def left_out(asked: Asked, basket: str) -> Left:
    """What an honest table says under itself."""
    of_basket = [each for each in groups(asked) if each.basket == basket]
    inside = [each for each in of_basket if not each.is_outside]
    return Left(
        nowhere=sum(each.many for each in inside if not each.code),
        outside=sum(each.many for each in of_basket if each.is_outside),
        by_point=sum(each.many for each in inside if each.is_by_point and each.code),
    )


def names_of(asked: Asked) -> dict[str, str]:
    """code → name of every area with a record, by name: what a form offers."""
    found = {each.code: each.name for each in groups(asked) if each.code and not each.is_outside}
    return dict(sorted(found.items(), key=lambda pair: (pair[1], pair[0])))


def districts(asked: Asked) -> list[str]:
    """The force's own districts, by name."""
    return sorted({each.district for each in groups(asked) if each.district and not each.is_outside})


def groups(asked: Asked) -> Iterator[Group]:
    for path in asked.paths:
        for each in _of_month(path, asked.kind, asked.outlines):
            if not asked.district or each.district == asked.district:
                yield each


# A file in place never changes (standing.py), so what was counted from it once is true for as long as it stands.
@lru_cache(maxsize=600)
def _of_month(path: Path, kind: str, outlines: tuple[Outline, ...]) -> tuple[Group, ...]:
    rows = _read(path)
    known = frozenset(each.code for each in outlines) if kind == LSOA else frozenset()
    looked_up = sorted({(r[7], r[8]) for r in rows if r[7] is not None and r[4] not in known}) if outlines else []
    by_point = dict(zip(looked_up, _within(looked_up, outlines), strict=True))
    found: Counter[tuple[Any, ...]] = Counter()
    for month, basket, crime_type, district, code, name, cell, x, y, is_in_force, many in rows:
        area = by_point.get((x, y)) if code not in known else None
        if kind == CELL:
            code, name = cell or "", cell or ""
        elif area is not None:
            code, name = area.code, area.name
        elif kind == WARD:
            code, name = "", ""
        found[code, name, month, basket, crime_type, district, is_in_force is False, area is not None] += many
    return tuple(Group._make((*alike, many)) for alike, many in found.items())


def _read(path: Path) -> list[tuple[Any, ...]]:
    with _engine().cursor() as rows:
        return rows.execute(
            "SELECT month, basket, crime_type, district, area_code, area_name, cell, longitude, latitude, is_in_force, "
            "count(*) FROM read_parquet(?) GROUP BY ALL",
            [str(path)],
        ).fetchall()


@lru_cache(maxsize=1)
def _engine() -> duckdb.DuckDBPyConnection:
    """One for the process; each reading has a cursor of its own, which DuckDB asks of threads."""
    return duckdb.connect(config={"memory_limit": MEMORY, "threads": 2})


def _within(points: Sequence[tuple[float, float]], outlines: tuple[Outline, ...]) -> list[Outline | None]:
    """For each point the first outline that holds it."""
    placed: list[Outline | None] = [None] * len(points)
    if points:
        inside = _tree(outlines).query(shapely.points(points), predicate="intersects")
        for point, area in sorted(zip(*inside.tolist(), strict=True), reverse=True):
            placed[point] = outlines[area]
    return placed


@lru_cache(maxsize=8)
def _tree(outlines: tuple[Outline, ...]) -> shapely.STRtree:
    return shapely.STRtree([shapely.from_wkb(each.wkb) for each in outlines])
