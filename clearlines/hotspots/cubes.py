"""The one gate from standing rows to counts: nothing else in the house opens the Parquet files.

Everything of the months asked for is read once, a file at a time, into areas x months for each basket; what a page then
shows is slices of that.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from clearlines.hotspots import summaries
from clearlines.hotspots.columns import numbers
from clearlines.hotspots.summaries import CELL, LSOA, Outline, Placing

WORDS = ["code", "name", "month", "basket", "crime_type", "district"]


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
class Left:
    """Rows of the months asked for that are in no area's count, and those placed by their point alone."""

    nowhere: int
    outside: int
    by_point: int


@dataclass(frozen=True)
class Cube:
    """`counts[basket][area, month]`, of every area with a record, by code; `left` is what is in no area, by basket."""

    codes: tuple[str, ...] = field(repr=False)
    names: tuple[str, ...] = field(repr=False)
    months: tuple[str, ...]
    counts: Mapping[str, np.ndarray] = field(repr=False)
    left: Mapping[str, Left]

    def counts_of(self, basket: str) -> np.ndarray:
        return self.counts.get(basket, np.zeros((len(self.codes), len(self.months)), dtype=np.int32))


# A file in place never changes (standing.py), so what was counted from it once is true for as long as it stands.
@lru_cache(maxsize=8)
def cube(asked: Asked, types: tuple[str, ...] = ()) -> Cube:
    """Of these crime types, or of all of them."""
    gathered = _Gathered(asked.district, frozenset(types))
    # The newest first, by the month's folder: an area is called by its latest name.
    for path in sorted(summaries_of(asked), key=lambda path: path.split("/")[-3:], reverse=True):
        gathered.add(_File.read(path, without=gathered.unasked))
    return gathered.cube()


class _Gathered:
    """Files added up one at a time."""

    def __init__(self, district: str, types: frozenset[str]) -> None:
        self.district, self.types = district, types
        self.place: dict[str, int] = {}
        self.named: list[str] = []
        self.cells: dict[tuple[str, str], np.ndarray] = {}
        self.left = Counter[tuple[str, str]]()
        self.months: set[str] = set()

    @property
    def unasked(self) -> frozenset[str]:
        """Columns that this question does not look at."""
        asked = {"district": self.district, "crime_type": self.types}
        return frozenset(column for column, words in asked.items() if not words)

    def add(self, file: "_File") -> None:
        baskets, basket = file.words("basket")
        months, month = file.words("month")
        self.months.update(months)
        many, by_point = file.numbers("many"), file.numbers("is_by_point")
        codes, area = file.words("code")
        nowhere = np.array([not code for code in codes], dtype=bool)[area]
        is_wanted, outside = self._wanted(file), file.numbers("is_outside")
        placed = is_wanted & ~outside & ~nowhere
        to = self._places(file, placed)
        apart = {
            "nowhere": is_wanted & ~outside & nowhere,
            "outside": is_wanted & outside,
            "by_point": placed & by_point,
        }
        for at, said in enumerate(baskets):
            mine = basket == at
            for why, which in apart.items():
                self.left[said, why] += int(many[mine & which].sum())
            for when, called in enumerate(months):
                which = mine & placed & (month == when)
                self._add(said, called, np.bincount(to[area[which]], many[which], len(self.place)))

    def _wanted(self, file: "_File") -> np.ndarray:
        wanted = np.ones(len(file.table), dtype=bool)
        for column, words in [("district", {self.district} - {""}), ("crime_type", self.types)]:
            if words:
                values, at = file.words(column)
                wanted &= np.array([each in words for each in values], dtype=bool)[at]
        return wanted

    def _places(self, file: "_File", placed: np.ndarray) -> np.ndarray:
        """The file's codes → their places; a new one gets the next, and the name it has here."""
        (codes, area), (names, named) = file.words("code"), file.words("name")
        rows = np.flatnonzero(placed)[::-1]
        row_of = np.full(len(codes), -1, dtype=np.int64)
        row_of[area[rows]] = rows
        for code, row in zip(codes, row_of.tolist(), strict=True):
            if row >= 0 and code not in self.place:
                self.place[code] = len(self.place)
                self.named.append(names[named[row]])
        return np.array([self.place.get(code, 0) for code in codes], dtype=np.int64)

    def _add(self, basket: str, month: str, sums: np.ndarray) -> None:
        there = self.cells.get((basket, month))
        if there is not None:
            sums[: len(there)] += there
        self.cells[basket, month] = sums.astype(np.int32)

    def cube(self) -> Cube:
        codes, months = sorted(self.place), tuple(sorted(self.months))
        order = np.array([self.place[code] for code in codes], dtype=np.int64)
        counts: dict[str, np.ndarray] = {}
        for (basket, month), sums in self.cells.items():
            whole = counts.setdefault(basket, np.zeros((len(codes), len(months)), dtype=np.int32))
            whole[:, months.index(month)] = np.pad(sums, (0, len(codes) - len(sums)))[order]
        left = {
            each: Left(*(self.left[each, why] for why in ("nowhere", "outside", "by_point")))
            for each in {basket for basket, _ in self.left}
        }
        return Cube(tuple(codes), tuple(self.named[each] for each in order), months, counts, left)


@dataclass(frozen=True)
class _File:
    table: pa.Table

    @classmethod
    def read(cls, path: str, *, without: frozenset[str] = frozenset()) -> "_File":
        """On this thread alone: the files are small, and a pool is slower to wake than they are to read."""
        with pq.ParquetFile(path, read_dictionary=WORDS) as file:
            columns = [each for each in file.schema_arrow.names if each not in without]
            return cls(file.read(columns, use_threads=False).unify_dictionaries().combine_chunks())

    def words(self, column: str) -> tuple[list[str], np.ndarray]:
        """A column's words, and each row's place among them."""
        if not len(self.table):
            return [], np.zeros(0, dtype=np.int64)
        coded = self.table[column].chunk(0)
        return coded.dictionary.to_pylist(), numbers(coded.indices)

    def numbers(self, column: str) -> np.ndarray:
        return numbers(self.table[column])


def districts_in(path: str) -> set[str]:
    """Of rows inside the force."""
    file = _File.read(path)
    names, at = file.words("district")
    return {names[each] for each in np.unique(at[~file.numbers("is_outside")])} - {""}


def summaries_of(asked: Asked) -> list[str]:
    return [str(summaries.of(path, asked.placing)) for path in asked.paths]


def ask(asked: Asked, what: str, where: str, **more: Any) -> list[tuple[Any, ...]]:
    if not asked.paths:
        return []
    with summaries.engine().cursor() as rows:
        return rows.execute(
            f"SELECT {what} FROM read_parquet($paths) WHERE ($district = '' OR district = $district) AND {where}",
            {"paths": summaries_of(asked), "district": asked.district, **more},
        ).fetchall()
