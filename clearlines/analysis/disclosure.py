"""Which counts of a table may be printed, so that nobody can work out one small enough to point at a person?

The question. A table of counts with its totals: hide every count from 1 to 4, and as few more as it takes that no
hidden count follows from the totals that are shown.

The method. Primary and complementary cell suppression (Willenborg and de Waal, Elements of Statistical Disclosure
Control, 2001, chapters 4 and 6; Office for National Statistics, Policy on protecting confidentiality in tables). A
hidden count is safe when it lies on a ring of hidden counts that can all move by one, up and down in turn, with every
shown total as true as before: somebody who knows the rule then still has at least two answers. For a table in two
directions a ring is a rectangle, whose corners may be totals; the rectangle that hides the least is chosen.

What the columns mean. A mapping or a frame of whole counts of people or events, each counted in one cell only. Totals
are worked out here. Noughts are shown: they are a count of nobody; whether that itself tells something is for the
person who approves the return.

When not to use it. On percentages or means (print them only where base and count are both shown). On several tables
of the same people: each is safe alone, and the difference of two may not be. On weighted or rounded figures.

A worked example. Three ages with a total of 19: the 3 is small; hiding it alone would leave 19 - 10 - 6 = 3, so the
next smallest goes too:

>>> answer = suppress({"under 16": 3, "16 to 17": 6, "over 18": 10})
>>> answer.cells
{'under 16': None, '16 to 17': None, 'over 18': 10}
>>> answer.total
19
>>> [str(each) for each in answer.hidden]
['under 16: fewer than 5', '16 to 17: so that totals do not reveal a small count']
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

# domain.md 2.18: suppress under five.
THRESHOLD = 5
# The Government Statistical Service's sign for a count that is kept back.
HIDDEN_SIGN = "[c]"
TOTAL = "Total"

# A cell of the table with its totals: row and column by place, the last of each being the total.
Spot = tuple[int, int]


class Why(StrEnum):
    SMALL = "fewer than {threshold}"
    WOULD_REVEAL = "so that totals do not reveal a small count"


@dataclass(frozen=True)
class Hidden:
    """One count kept back: where, and why."""

    where: Any
    why: Why
    threshold: int

    def __str__(self) -> str:
        where = self.where if isinstance(self.where, str) else ", ".join(str(each) for each in self.where)
        return f"{where}: {self.why.format(threshold=self.threshold)}"


@dataclass(frozen=True)
class Suppressed:
    """The table as it may be printed: None where a count is kept back, and for every None the reason in `hidden`.

    `cells` has the keys that came in: labels of a mapping, (row, column) of a frame. A mapping has no `row_totals` or
    `column_totals`.
    """

    cells: dict[Any, int | None]
    row_totals: dict[Any, int | None]
    column_totals: dict[Any, int | None]
    total: int | None
    hidden: tuple[Hidden, ...]
    threshold: int
    rounded_to: int | None

    def shown(self, key: Any) -> str:
        """A cell as it is printed: its count, or [c]."""
        return as_printed(self.cells[key])

    @property
    def note(self) -> str:
        """The sentence to print under the table."""
        said = f"{HIDDEN_SIGN} means kept back: fewer than {self.threshold}, or hidden so that totals do not reveal it."
        said = said if self.hidden else f"No count from 1 to {self.threshold - 1} had to be kept back."
        return f"{said} Counts are rounded to the nearest {self.rounded_to}." if self.rounded_to else said

    def frame(self) -> "pd.DataFrame":
        """The table with its totals as a frame of whole numbers and None. For tables that came in as a frame."""
        import pandas as pd

        columns = [*self.column_totals, TOTAL]
        body = [
            [*(self.cells[row, each] for each in self.column_totals), self.row_totals[row]] for row in self.row_totals
        ]
        body.append([*self.column_totals.values(), self.total])
        return pd.DataFrame(body, index=[*self.row_totals, TOTAL], columns=columns, dtype=object)


def as_printed(count: int | None) -> str:
    return HIDDEN_SIGN if count is None else f"{count:,}"


def suppress(
    table: "Mapping[Hashable, int] | pd.DataFrame", *, threshold: int = THRESHOLD, round_to: int | None = None
) -> Suppressed:
    """The table with small counts hidden, and enough more that its totals reveal none of them.

    `table`: a mapping from label to count, or a frame of counts (rows × columns) without totals. `round_to`: print
    what is shown rounded to the nearest multiple. ValueError for a count that is negative or not whole, a threshold
    under 2, or a label used twice. Source: see the module.
    """
    if threshold < 2 or (round_to is not None and round_to < 1):
        raise ValueError("the threshold must be at least 2, and rounding to at least 1")
    rows, columns, body = _taken_apart(table)
    full = _with_totals(body)
    small = {spot for spot, count in _spots(full) if 0 < count < threshold}
    hidden = _closed(full, small, is_flat=columns is None)
    return _Printer(full, small, hidden, threshold, round_to).answer(rows, columns)


def _taken_apart(table: Any) -> tuple[list[Any], list[Any] | None, list[list[int]]]:
    if hasattr(table, "columns"):
        rows, columns = list(table.index), list(table.columns)
        if len(set(rows)) < len(rows) or len(set(columns)) < len(columns):
            raise ValueError("a row or a column is there twice")
        return rows, columns, [[_whole(each) for each in row] for row in table.to_numpy().tolist()]
    return list(table), None, [[_whole(each)] for each in table.values()]


def _whole(count: Any) -> int:
    if not isinstance(count, int | float) or count != count or count < 0 or count != count // 1:
        raise ValueError(f"a count is a whole number of at least nought, not {count}")
    return int(count)


def _with_totals(body: Sequence[Sequence[int]]) -> list[list[int]]:
    full = [[*row, sum(row)] for row in body]
    width = len(full[0]) if full else 1
    return [*full, [sum(row[each] for row in full) for each in range(width)]]


def _spots(full: Sequence[Sequence[int]]) -> Iterator[tuple[Spot, int]]:
    for row, counts in enumerate(full):
        for column, count in enumerate(counts):
            yield (row, column), count


def _closed(full: list[list[int]], small: set[Spot], *, is_flat: bool) -> set[Spot]:
    """Every small spot, with a ring around each; the most constrained first, so that rings are shared."""
    hidden = set(small)
    for spot in sorted(small, key=lambda each: (full[each[0]][each[1]], each)):
        rings = _pairs if is_flat else _rectangles
        if any(_can_move(full, ring) for ring in rings(full, spot, hidden)):
            continue
        fit = (ring for ring in rings(full, spot, None) if _can_move(full, ring))
        hidden |= min(fit, key=lambda ring: _cost(full, ring, hidden)).spots
    return hidden


class _Ring(NamedTuple):
    """Spots that go up by one together, and spots that go down."""

    up: frozenset[Spot]
    down: frozenset[Spot]

    @property
    def spots(self) -> frozenset[Spot]:
        return self.up | self.down


def _pairs(full: list[list[int]], spot: Spot, among: set[Spot] | None) -> Iterator[_Ring]:
    """In a list with one total: this count and another, or this count and the total. Both columns say the same."""
    last = len(full) - 1
    for other in range(len(full)):
        if other == spot[0] or (among is not None and (other, 0) not in among):
            continue
        here, there = ({(each, 0), (each, 1)} for each in (spot[0], other))
        if last in (other, spot[0]):
            yield _Ring(frozenset(here | there), frozenset())
        else:
            yield _Ring(frozenset(here), frozenset(there))
            yield _Ring(frozenset(there), frozenset(here))


def _rectangles(full: list[list[int]], spot: Spot, among: set[Spot] | None) -> Iterator[_Ring]:
    """Every rectangle with this corner, moved either way. A total moves with its parts, so its sign is turned.

    `among`: only those whose corners are all hidden already.
    """
    bottom, right = len(full) - 1, len(full[0]) - 1
    row, column = spot
    rows = [each for each in range(bottom + 1) if each != row and (among is None or (each, column) in among)]
    columns = [each for each in range(right + 1) if each != column and (among is None or (row, each) in among)]
    for other_row in rows:
        for other_column in columns:
            if among is not None and (other_row, other_column) not in among:
                continue
            across, along = (-1 if bottom in (row, other_row) else 1), (-1 if right in (column, other_column) else 1)
            signs = {
                (row, column): 1,
                (row, other_column): -along,
                (other_row, column): -across,
                (other_row, other_column): across * along,
            }
            plus = frozenset(each for each, sign in signs.items() if sign > 0)
            minus = frozenset(signs) - plus
            yield _Ring(plus, minus)
            yield _Ring(minus, plus)


def _can_move(full: list[list[int]], ring: _Ring) -> bool:
    """Noughts are always shown, so whoever knows the rule knows that a hidden count is at least one, and stays so."""
    return all(full[row][column] >= 1 for row, column in ring.up) and all(
        full[row][column] >= 2 for row, column in ring.down
    )


def _cost(full: list[list[int]], ring: _Ring, hidden: set[Spot]) -> tuple[int, int, int, list[Spot]]:
    """How much more it hides: totals last, the whole table's total last of all; then counts; then place."""
    bottom, right = len(full) - 1, len(full[0]) - 1
    more = ring.spots - hidden
    totals = sum((row == bottom) + (column == right and right > 1) for row, column in more)
    return totals, sum(full[row][column] for row, column in more), len(more), sorted(more)


@dataclass(frozen=True)
class _Printer:
    full: list[list[int]]
    small: set[Spot]
    hidden: set[Spot]
    threshold: int
    round_to: int | None

    def answer(self, rows: list[Any], columns: list[Any] | None) -> Suppressed:
        bottom, right = len(rows), len(self.full[0]) - 1
        names = dict(self.named(rows, columns))
        total = self.printed((bottom, 0 if columns is None else right))
        if columns is None:
            cells = {label: self.printed((row, 0)) for row, label in enumerate(rows)}
            return self.put(cells, {}, {}, total, names)
        cells = {(a, b): self.printed((i, j)) for i, a in enumerate(rows) for j, b in enumerate(columns)}
        along = {label: self.printed((row, right)) for row, label in enumerate(rows)}
        down = {label: self.printed((bottom, column)) for column, label in enumerate(columns)}
        return self.put(cells, along, down, total, names)

    def named(self, rows: list[Any], columns: list[Any] | None) -> Iterable[tuple[Spot, Any]]:
        labels = [*rows, TOTAL]
        if columns is None:
            return (((row, 0), label) for row, label in enumerate(labels))
        return (((i, j), (a, b)) for i, a in enumerate(labels) for j, b in enumerate([*columns, TOTAL]))

    def put(self, cells: Any, along: Any, down: Any, total: int | None, names: dict[Spot, Any]) -> Suppressed:
        hidden = tuple(
            Hidden(name, Why.SMALL if spot in self.small else Why.WOULD_REVEAL, self.threshold)
            for spot, name in names.items()
            if spot in self.hidden
        )
        return Suppressed(cells, along, down, total, hidden, self.threshold, self.round_to)

    def printed(self, spot: Spot) -> int | None:
        if spot in self.hidden:
            return None
        count = self.full[spot[0]][spot[1]]
        return count if self.round_to is None else (count + self.round_to // 2) // self.round_to * self.round_to
