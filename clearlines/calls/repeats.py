"""Which calls are of one incident. The answer never depends on the order of the rows.

First what the rows say themselves: the same reference twice, or a row that names the one it repeats. Then what they
look like: the same category, within so many metres (or in the same area, where there is no point) and minutes of the
first call. Measured from the first call, so that a bad evening of calls ten minutes apart is not one endless incident.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from clearlines.calls.reference import Repeats

SAME, NAMED, ALIKE = "same_reference", "named", "alike"


@dataclass(frozen=True)
class Calls:
    """Rows to fold, as columns. `reference` and `repeat_of` are hashes (0: none named), `minute` since 1970; `area` is
    0 where none is written, `easting` and `northing` are not-a-number where there is no point. All equal in length.
    """

    reference: np.ndarray
    repeat_of: np.ndarray
    minute: np.ndarray
    has_time: np.ndarray
    category: np.ndarray
    easting: np.ndarray
    northing: np.ndarray
    area: np.ndarray

    def __len__(self) -> int:
        return len(self.reference)


@dataclass(frozen=True)
class Folded:
    """`first[i]` is the row that stands for the incident of row i: itself where it is used. `how[i]`: why it is not."""

    first: np.ndarray
    how: list[str]

    @property
    def is_used(self) -> np.ndarray:
        return self.first == np.arange(len(self.first))

    @property
    def calls(self) -> np.ndarray:
        """How many calls each row stands for; 0 for a repeat."""
        return np.bincount(self.first, minlength=len(self.first))


def fold(calls: Calls, within: Repeats) -> Folded:
    """Every row's incident."""
    first, how = np.arange(len(calls)), [""] * len(calls)
    heads: list[int] = []
    for members in _said_to_be_one(calls):
        head, *rest = members
        heads.append(head)
        for row in rest:
            first[row] = head
            how[row] = SAME if calls.reference[row] == calls.reference[head] else NAMED
    stands_for = np.arange(len(calls))
    for head, anchor in _look_alike(calls, heads, within):
        how[head], stands_for[head] = ALIKE, anchor
    return Folded(stands_for[first], how)


def in_order(calls: Calls) -> np.ndarray:
    """Earliest first; rows of one minute by what they say, so that their place in the file is no matter."""
    said = [calls.repeat_of, calls.area, calls.northing, calls.easting, calls.reference, calls.category]
    return np.lexsort([*(np.nan_to_num(each, nan=-1.0) if each.dtype.kind == "f" else each for each in said),
                       ~calls.has_time, calls.minute])  # fmt: skip


def _said_to_be_one(calls: Calls) -> Iterator[list[int]]:
    """Rows that share a reference or name each other's, each company in order, the companies in order."""
    parent: dict[int, int] = {}

    def root(node: int) -> int:
        while (above := parent.get(node, node)) != node:
            parent[node] = parent.get(above, above)
            node = above
        return node

    named = np.flatnonzero(calls.repeat_of)
    for one, other in zip(calls.reference[named].tolist(), calls.repeat_of[named].tolist(), strict=True):
        parent[root(one)] = root(other)
    companies: dict[int, list[int]] = {}
    references = calls.reference.tolist()
    for row in in_order(calls).tolist():
        companies.setdefault(root(references[row]), []).append(row)
    yield from companies.values()


def _look_alike(calls: Calls, heads: list[int], within: Repeats) -> Iterator[tuple[int, int]]:
    """(row, the earlier row it is of one incident with). `heads` are in order."""
    near, same_area = _Near(calls, within), _SameArea(calls, within)
    for head in heads:
        if calls.has_time[head]:
            where = near if not np.isnan(calls.easting[head]) else same_area if calls.area[head] else None
            anchor = where.anchor(head) if where else None
            if anchor is not None:
                yield head, anchor


class _Near:
    """First calls of the last minutes, by category and square of the grid."""

    def __init__(self, calls: Calls, within: Repeats) -> None:
        self.within, self.squares = within, dict[tuple[int, int, int], list[tuple[int, int, float, float]]]()
        self.columns = [each.tolist() for each in (calls.category, calls.minute, calls.easting, calls.northing)]

    def anchor(self, row: int) -> int | None:
        """The earliest first call that is near enough; or this becomes one."""
        category, minute, x, y = (each[row] for each in self.columns)
        side = self.within.metres
        column, line = int(x // side), int(y // side)
        found = [
            (then, other)
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for other, then, ox, oy in self._still(category, column + dx, line + dy, minute)
            if (ox - x) ** 2 + (oy - y) ** 2 <= side * side
        ]
        if found:
            return min(found, key=lambda each: each[0])[1]
        self.squares.setdefault((category, column, line), []).append((row, minute, x, y))
        return None

    def _still(self, category: int, column: int, line: int, minute: int) -> list[tuple[int, int, float, float]]:
        square = self.squares.get((category, column, line), [])
        square[:] = [each for each in square if minute - each[1] <= self.within.minutes]
        return square


class _SameArea:
    """The first call of the last minutes in each area, by category."""

    def __init__(self, calls: Calls, within: Repeats) -> None:
        self.minutes, self.begun = within.area_minutes, dict[tuple[int, int], tuple[int, int]]()
        self.columns = [each.tolist() for each in (calls.category, calls.area, calls.minute)]

    def anchor(self, row: int) -> int | None:
        category, area, minute = (each[row] for each in self.columns)
        other, then = self.begun.get((category, area), (row, minute))
        if other != row and minute - then <= self.minutes:
            return other
        self.begun[category, area] = (row, minute)
        return None
