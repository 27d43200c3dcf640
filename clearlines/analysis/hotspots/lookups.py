"""The same place under two names: neighbourhoods of the 2011 census and of the 2021 census.

The Office for National Statistics says of each change (CHGIND): U unchanged, S split, M merged, X complex. An
unchanged or merged area's counts carry over exactly. A split area's do not: nobody wrote down which part a record was
in, so they are shared out, by shares the caller gives or alike, and marked as estimated. `common` needs no estimate:
it counts together whatever was ever one area, so that both years mean the same ground.

>>> lookup = Lookup.of([("A", "A", "U"), ("B", "P", "S"), ("B", "Q", "S"), ("C", "R", "M"), ("D", "R", "M")])
>>> moved = lookup.to_new({"A": 4, "B": 10, "C": 1, "D": 2})
>>> moved.counts, sorted(moved.estimated)
({'A': 4, 'P': 5.0, 'Q': 5.0, 'R': 3}, ['P', 'Q'])
>>> lookup.common["P"], lookup.common["C"]
('B', 'R')
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

import numpy as np

from clearlines.analysis.hotspots.checks import counts_of

# A neighbourhood that is real has a record in at least half of the months; fewer months than three show nothing.
USUAL, FEWEST = 0.5, 3


class Change(StrEnum):
    UNCHANGED, SPLIT, MERGED, COMPLEX = "U", "S", "M", "X"


@dataclass(frozen=True)
class Moved:
    """Counts by new code. `estimated`: those with a share of a split area in them. `unknown`: codes of neither list,
    carried as they are.
    """

    counts: dict[str, float]
    estimated: frozenset[str]
    unknown: frozenset[str]

    @property
    def sentence(self) -> str:
        if not self.estimated:
            return "Every count was carried over exactly."
        return (
            f"{len(self.estimated)} areas hold a share of an area that was split: their counts are estimated, since "
            "nobody recorded in which part each record was."
        )


@dataclass(frozen=True)
class Lookup:
    """Which old area became which new one, and how: (old, new, change)."""

    rows: tuple[tuple[str, str, Change], ...]

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str, str]]) -> "Lookup":
        """ValueError for a change that is not U, S, M or X, or a row that is there twice."""
        made = []
        for old, new, change in rows:
            if change not in set(Change):
                raise ValueError(f"the change of {old} must be U, S, M or X, not '{change}'")
            made.append((old, new, Change(change)))
        if len({(old, new) for old, new, _ in made}) < len(made):
            raise ValueError("the look-up has a row twice")
        return cls(tuple(sorted(made)))

    @cached_property
    def _new_of(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for old, new, _ in self.rows:
            found[old].append(new)
        return dict(found)

    def to_new(self, counts: Mapping[str, Any], shares: Mapping[tuple[str, str], float] | None = None) -> Moved:
        """Counts of old codes (numbers, or arrays with an entry a month) by new code.

        `shares[old, new]`: what part of the old area's records lies in the new one, adding up to 1 for each old area
        that is given; areas that are not given are shared alike. A count that is already under a new code stays.
        """
        given = self._checked(shares or {})
        new_codes = {new for _, new, _ in self.rows}
        found: dict[str, Any] = {}
        estimated, unknown = set(), set()
        for code in sorted(counts):
            parts = self._new_of.get(code, [code])
            if code not in self._new_of and code not in new_codes:
                unknown.add(code)
            for new in parts:
                if len(parts) == 1:
                    part = counts[code]
                else:
                    part = counts[code] * given.get((code, new), 1 / len(parts))
                    estimated.add(new)
                found[new] = found[new] + part if new in found else part
        return Moved(dict(sorted(found.items())), frozenset(estimated), frozenset(unknown))

    def _checked(self, shares: Mapping[tuple[str, str], float]) -> Mapping[tuple[str, str], float]:
        totals: dict[str, float] = defaultdict(float)
        for (old, new), part in shares.items():
            if new not in self._new_of.get(old, ()) or not 0 <= part <= 1:
                raise ValueError(f"the share of {old} in {new} is not a share of a change in the look-up")
            totals[old] += part
        for old, total in totals.items():
            if abs(total - 1) > 1e-9 or any((old, new) not in shares for new in self._new_of[old]):
                raise ValueError(f"the shares of {old} must name each part and add up to 1")
        return shares

    @cached_property
    def common(self) -> dict[str, str]:
        """code, old or new → the code of the ground that is the same in both years, and so counted exactly.

        It is the one old code of a split area, the one new code of a merged or renamed one, else the first new code.
        """
        parts = _Together()
        for old, new, _ in self.rows:
            parts.join(("old", old), ("new", new))
        found: dict[str, str] = {}
        for members in parts.groups():
            olds = sorted(code for side, code in members if side == "old")
            news = sorted(code for side, code in members if side == "new")
            called = news[0] if len(news) == 1 or len(olds) > 1 else olds[0]
            found |= dict.fromkeys([*olds, *news], called)
        return found


class _Together:
    """Which things were ever joined, through whatever else."""

    def __init__(self) -> None:
        self.above: dict[Any, Any] = {}

    def top(self, thing: Any) -> Any:
        self.above.setdefault(thing, thing)
        while self.above[thing] != thing:
            self.above[thing] = self.above[self.above[thing]]
            thing = self.above[thing]
        return thing

    def join(self, one: Any, other: Any) -> None:
        self.above[self.top(one)] = self.top(other)

    def groups(self) -> Iterable[list[Any]]:
        found: dict[Any, list[Any]] = defaultdict(list)
        for thing in self.above:
            found[self.top(thing)].append(thing)
        return found.values()


@dataclass(frozen=True)
class Renamed:
    """Areas seen only until `until` and others seen only from `since`: most likely the same ground renamed."""

    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    until: str
    since: str


def renamed(counts: Any, codes: Sequence[str], months: Sequence[str]) -> Renamed | None:
    """Were areas renamed between two of these months? None when none seem to be.

    `counts`: areas x months, of everything recorded. Areas with a record in at least half of the months on one side
    and in none on the other are counted on each side of every gap; the gap with most on both sides is the one.
    """
    seen = counts_of(counts, dimensions=2) > 0
    if seen.shape != (len(codes), len(months)):
        raise ValueError("counts must have a row for each code and a column for each month")
    found: Renamed | None = None
    running = np.concatenate([np.zeros((len(codes), 1)), seen.cumsum(axis=1)], axis=1)
    for cut in range(FEWEST, len(months) - FEWEST + 1):
        before, after = running[:, cut], running[:, -1] - running[:, cut]
        old = (after == 0) & (before >= USUAL * cut)
        new = (before == 0) & (after >= USUAL * (len(months) - cut))
        if min(old.sum(), new.sum()) > (min(len(found.only_before), len(found.only_after)) if found else 0):
            found = Renamed(_named(codes, old), _named(codes, new), months[cut - 1], months[cut])
    return found


def _named(codes: Sequence[str], which: np.ndarray) -> tuple[str, ...]:
    return tuple(sorted(code for code, is_it in zip(codes, which, strict=True) if is_it))
