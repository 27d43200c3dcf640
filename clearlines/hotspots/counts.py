"""Counts of standing rows, by area, month and what is counted: what every page and every evaluation asks.

A neighbourhood (LSOA) is the one the publisher wrote on the row; a row whose code has no boundary here (codes of
another census) is placed by its point. A ward is found by the point, which the publisher has snapped to a nearby
place. Rows outside the force's districts are counted apart and never among an area's. The rows themselves
are read by cubes.py and summaries.py alone.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from clearlines.hotspots.cubes import Asked, Left, ask, cube, districts_in, summaries_of
from clearlines.hotspots.measures import Measure
from clearlines.hotspots.summaries import CELL, LSOA, WARD, Outline

__all__ = ["CELL", "LSOA", "WARD", "Asked", "Left", "Outline"]


@dataclass(frozen=True)
class AreaCount:
    code: str
    name: str
    by_month: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.by_month.values())


@dataclass(frozen=True)
class Panel:
    """`counts[area, month]` are records; a month that is loaded and has none is 0, one that is not loaded is absent.

    `withheld` are areas that are left out, because a count of theirs was withheld or not supplied.
    """

    kind: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    months: tuple[str, ...]
    counts: np.ndarray = field(repr=False)
    withheld: tuple[str, ...] = ()

    def within(self, first: str, last: str) -> np.ndarray:
        """Which columns are months from first to last."""
        return np.array([first <= each <= last for each in self.months], dtype=bool)

    def rows(self, codes: Iterable[str]) -> np.ndarray:
        """Which rows are these areas."""
        wanted = frozenset(codes)
        return np.array([each in wanted for each in self.codes], dtype=bool)


def by_area(asked: Asked, basket: str) -> list[AreaCount]:
    """Every area with a record of this basket, most first; months without a record are absent from `by_month`."""
    found = panel(asked, Measure(basket), cube(asked).months)
    areas = [
        AreaCount(code, name, {month: many for month, many in zip(found.months, row, strict=True) if many})
        for code, name, row in zip(found.codes, found.names, found.counts.tolist(), strict=True)
        if any(row)
    ]
    return sorted(areas, key=lambda each: (-each.total, each.name))


def panel(asked: Asked, measure: Measure, months: Sequence[str]) -> Panel:
    """Every area with any record, by code, whether or not it has one of this measure."""
    everything = cube(asked)
    found = cube(asked, measure.types) if measure.types else everything
    # The areas of some types are among those of all types.
    rows = np.searchsorted(everything.codes, found.codes) if found.codes else np.zeros(0, dtype=np.int64)
    counts = np.zeros((len(everything.codes), len(months)), dtype=np.int64)
    for at, month in enumerate(months):
        if month in found.months:
            counts[rows, at] = found.counts_of(measure.basket)[:, found.months.index(month)]
    counts.flags.writeable = False
    return Panel(asked.kind, everything.codes, everything.names, tuple(months), counts)


def by_type(asked: Asked, codes: Iterable[str]) -> Counter[tuple[str, str, str]]:
    """(month, basket, crime type) → count, of the areas with these codes together."""
    wanted = sorted(set(codes))
    found = ask(
        asked, "month, basket, crime_type, sum(many)::BIGINT", "NOT is_outside AND code <> '' AND code IN "
        "(SELECT unnest($codes)) GROUP BY ALL", codes=wanted,
    ) if wanted else []  # fmt: skip
    return Counter({(month, basket, crime_type): many for month, basket, crime_type, many in found})


def by_area_and_type(asked: Asked, basket: str) -> dict[tuple[str, str], Counter[str]]:
    """(code, name) → crime type → count, of every area with a record of this basket."""
    rows = ask(
        asked, "code, crime_type, sum(many)::BIGINT", "NOT is_outside AND code <> '' AND basket = $basket GROUP BY ALL",
        basket=basket,
    )  # fmt: skip
    names, found = names_of(asked), dict[tuple[str, str], Counter[str]]()
    for code, crime_type, many in rows:
        found.setdefault((code, names[code]), Counter())[crime_type] += many
    return found


def left_out(asked: Asked, basket: str) -> Left:
    """What an honest table says under itself."""
    return cube(asked).left.get(basket, Left(0, 0, 0))


def names_of(asked: Asked) -> dict[str, str]:
    """code → name of every area with a record, by name: what a form offers."""
    found = cube(asked)
    return dict(sorted(zip(found.codes, found.names, strict=True), key=lambda pair: (pair[1], pair[0])))


@lru_cache(maxsize=64)
def districts(asked: Asked) -> list[str]:
    """The force's own districts, by name."""
    return sorted({each for path in summaries_of(asked) for each in districts_in(path)})


def prepare(asked: Asked) -> None:
    """Write what is not yet written, so that the first page is as quick as the next."""
    summaries_of(asked)
