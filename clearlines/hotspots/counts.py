"""The one gate from standing rows to counts: nothing else in the house opens the Parquet files.

A neighbourhood (LSOA) is the one the publisher wrote on the row; a row whose code has no boundary here (codes of
another census) is placed by its point. A ward is found by the point, which the publisher has snapped to a nearby
place. Rows outside the force's districts are counted apart and never among an area's. Every question is one DuckDB
query over the months' summaries (summaries.py).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from clearlines.hotspots import summaries
from clearlines.hotspots.measures import Measure
from clearlines.hotspots.summaries import CELL, LSOA, WARD, Outline, Placing

__all__ = ["CELL", "LSOA", "WARD", "Outline"]

# Files read together: a country's fifteen years would otherwise need more memory than a laptop gives.
TOGETHER = 24


@dataclass(frozen=True)
class Asked:
    """Which rows: the months' files, the kind of area, the areas' outlines if there are any, and perhaps a district."""

    paths: tuple[Path, ...]
    kind: str
    outlines: tuple[Outline, ...] = field(default=(), repr=False)
    district: str = ""
    joins: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    @property
    def placing(self) -> Placing:
        outlines = () if self.kind == CELL else self.outlines
        return Placing(self.kind, outlines, self.joins if self.kind == LSOA and not outlines else ())


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


def by_area(asked: Asked, basket: str) -> list[AreaCount]:
    """Every area with a record of this basket, most first; months without a record are absent from `by_month`."""
    found = panel(asked, Measure(basket), _months(asked))
    areas = [
        AreaCount(code, name, {month: many for month, many in zip(found.months, row, strict=True) if many})
        for code, name, row in zip(found.codes, found.names, found.counts.tolist(), strict=True)
        if any(row)
    ]
    return sorted(areas, key=lambda each: (-each.total, each.name))


def panel(asked: Asked, measure: Measure, months: Sequence[str]) -> Panel:
    """Every area with any record, by code, whether or not it has one of this measure."""
    return _panel(asked, measure, tuple(months))


CELLS = """
    SELECT area_at, month_at, sum(many)::BIGINT AS many
    FROM read_parquet($paths) JOIN area_places USING (code) JOIN month_places USING (month)
    WHERE NOT is_outside AND basket = $basket AND ($district = '' OR district = $district)
        AND (len($types) = 0 OR crime_type IN (SELECT unnest($types)))
    GROUP BY ALL
"""


# A file in place never changes (standing.py), so what was counted from it once is true for as long as it stands.
@lru_cache(maxsize=48)
def _panel(asked: Asked, measure: Measure, months: tuple[str, ...]) -> Panel:
    codes, names = _areas(asked)
    counts = np.zeros((len(codes), len(months)), dtype=np.int64)
    places = {
        "area_places": pa.table({"code": pa.array(codes, pa.string()), "area_at": np.arange(len(codes))}),
        "month_places": pa.table({"month": pa.array(months, pa.string()), "month_at": np.arange(len(months))}),
    }
    asking = {"basket": measure.basket, "types": list(measure.types), "district": asked.district}
    files = _summaries(asked)
    for start in range(0, len(files), TOGETHER):
        with summaries.engine().cursor() as rows:
            for name, table in places.items():
                rows.register(name, table)
            found = rows.execute(CELLS, asking | {"paths": files[start : start + TOGETHER]}).fetchnumpy()
        # Two files may hold the same month, of two forces.
        np.add.at(counts, (found["area_at"], found["month_at"]), found["many"])
    counts.flags.writeable = False
    return Panel(asked.kind, codes, names, months, counts)


def by_type(asked: Asked, codes: Iterable[str]) -> Counter[tuple[str, str, str]]:
    """(month, basket, crime type) → count, of the areas with these codes together."""
    wanted = sorted(set(codes))
    found = _ask(
        asked, "month, basket, crime_type, sum(many)::BIGINT", "NOT is_outside AND code <> '' AND code IN "
        "(SELECT unnest($codes)) GROUP BY ALL", codes=wanted,
    ) if wanted else []  # fmt: skip
    return Counter({(month, basket, crime_type): many for month, basket, crime_type, many in found})


def left_out(asked: Asked, basket: str) -> Left:
    """What an honest table says under itself."""
    return Left(*_left_out(asked, basket))


@lru_cache(maxsize=64)
def _left_out(asked: Asked, basket: str) -> tuple[int, int, int]:
    sums = [
        f"coalesce(sum(many) FILTER ({which}), 0)::BIGINT"
        for which in ("NOT is_outside AND code = ''", "is_outside", "NOT is_outside AND is_by_point AND code <> ''")
    ]
    [found] = _ask(asked, ", ".join(sums), "basket = $basket", basket=basket) or [(0, 0, 0)]
    return found


def names_of(asked: Asked) -> dict[str, str]:
    """code → name of every area with a record, by name: what a form offers."""
    return dict(sorted(zip(*_areas(asked), strict=True), key=lambda pair: (pair[1], pair[0])))


@lru_cache(maxsize=64)
def districts(asked: Asked) -> list[str]:
    """The force's own districts, by name."""
    return [each for [each] in _ask(asked, "DISTINCT district", "district <> '' AND NOT is_outside ORDER BY 1")]


def prepare(asked: Asked) -> None:
    """Write what is not yet written, so that the first page is as quick as the next."""
    _summaries(asked)


@lru_cache(maxsize=64)
def _areas(asked: Asked) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Codes and names of every area with a record; its latest name, if it was renamed."""
    found = _ask(
        asked, "code, arg_max(name, month)", "code <> '' AND NOT is_outside GROUP BY code ORDER BY code"
    )  # fmt: skip
    return tuple(code for code, _ in found), tuple(name for _, name in found)


@lru_cache(maxsize=64)
def _months(asked: Asked) -> tuple[str, ...]:
    return tuple(month for [month] in _ask(asked, "DISTINCT month", "true ORDER BY 1"))


def _summaries(asked: Asked) -> list[str]:
    return [str(summaries.of(path, asked.placing)) for path in asked.paths]


def _ask(asked: Asked, what: str, where: str, **more: Any) -> list[tuple[Any, ...]]:
    if not asked.paths:
        return []
    with summaries.engine().cursor() as rows:
        return rows.execute(
            f"SELECT {what} FROM read_parquet($paths) WHERE ($district = '' OR district = $district) AND {where}",
            {"paths": _summaries(asked), "district": asked.district, **more},
        ).fetchall()
