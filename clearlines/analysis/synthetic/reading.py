"""From a table of one row a unit and time to a panel: what is refused, and what is taken where there is a choice."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from clearlines.analysis.synthetic.panel import Panel, reject_backward

# 2024, 2024-03, 2024-03-31, 2024Q1, 2024-Q1: words that stand in order when they are sorted as words.
IN_ORDER = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?|\d{4}-?Q[1-4]")


class Columns(NamedTuple):
    """Which columns of a table hold what."""

    unit: str
    time: str
    treated: str
    outcomes: Sequence[str]
    covariates: Sequence[str] = ()

    @property
    def all(self) -> tuple[str, ...]:
        return self.unit, self.time, self.treated, *self.outcomes, *self.covariates


class Read(NamedTuple):
    """The panel, and the two times as the panel writes them."""

    panel: Panel
    first: Any
    last: Any


def read_panel(table: Mapping[str, Any], columns: Columns, first: Any, last: Any) -> Read:
    """The panel up to `last`, from a table: columns by name, or a data frame.

    One row for each unit and time. The treated column is 0 or 1: either the same at all of a unit's times, or 0 until
    the work begins there and 1 from then on; a unit counts as treated throughout if it ever is. A covariate that
    varies in time is taken as it stood at the last time before `first`. Rows after `last` are not compared. A column
    that is not there, a value that is missing, a unit with a time missing or twice: ValueError, one sentence.

    >>> table = {"area": ["a", "a", "b", "b"], "month": [1, 2, 1, 2], "done": [0, 1, 0, 0], "thefts": [3, 1, 3, 2]}
    >>> panel, first, last = read_panel(table, Columns("area", "month", "done", ["thefts"]), "2", "2")
    >>> panel.treated.tolist(), panel.outcomes["thefts"].tolist(), first
    ([True, False], [[3.0, 1.0], [3.0, 2.0]], 2)
    """
    _reject_columns(table, columns)
    moments = _times(np.asarray(table[columns.time]), columns.time)
    if not len(moments):
        raise ValueError("the panel has no rows")
    first, last = _moment(first, moments), _moment(last, moments)
    reject_backward(_plain(first), _plain(last))
    grid = _Grid.of(_units(np.asarray(table[columns.unit]), columns.unit), moments)
    treated, notes = _treated(grid, _status(table[columns.treated], columns.treated), first)
    grid = grid.up_to(last)
    outcomes = {name: grid.spread(table[name], name) for name in columns.outcomes}
    covariates = {name: _covariate(grid, grid.spread(table[name], name), first) for name in columns.covariates}
    notes += [
        f"{name} varies in time and is taken as it stood at the last time before {_plain(first)}."
        for name, (_, varies) in covariates.items()
        if varies
    ]
    panel = Panel(
        [_plain(each) for each in grid.units],
        [_plain(each) for each in grid.times],
        treated,
        outcomes,
        {name: values for name, (values, _) in covariates.items()},
        tuple(notes),
    )
    return Read(panel, _plain(first), _plain(last))


def _reject_columns(table: Mapping[str, Any], columns: Columns) -> None:
    if not columns.outcomes:
        raise ValueError("name at least one outcome")
    for name in columns.all:
        if name not in table:
            raise ValueError(f"the panel has no column {name}")
        if columns.all.count(name) > 1:
            raise ValueError(f"the column {name} is named twice: each column can be only one thing")


def _units(given: np.ndarray, name: str) -> np.ndarray:
    missing = _is_missing(given)
    if missing.any():
        raise ValueError(f"{_rows(missing)} no {name}, so nobody can say which unit they are about")
    return given.astype(str) if given.dtype.kind == "O" else given


def _times(given: np.ndarray, name: str) -> np.ndarray:
    missing = _is_missing(given)
    if missing.any():
        raise ValueError(f"{_rows(missing)} no {name}, so nobody can say when they are about")
    if given.dtype.kind in "iufM":
        return given
    numbers = _as_numbers(given)
    if np.isfinite(numbers).all():
        return numbers
    words = given.astype(str)
    if any(IN_ORDER.fullmatch(each) is None for each in set(words.tolist())):
        raise ValueError(f"{name} is in words that cannot be put in order: write times as numbers or as 2024-03")
    return words


def _moment(given: Any, times: np.ndarray) -> Any:
    """A time as the panel writes it, from a word typed at a prompt."""
    try:
        if times.dtype.kind == "M":
            return np.datetime64(given).astype(times.dtype)
        return str(given) if times.dtype.kind == "U" else float(given)
    except (TypeError, ValueError):
        raise ValueError(f"{given} is not a time of this panel, whose first is {_plain(times.min())}") from None


def _status(given: Any, name: str) -> np.ndarray:
    numbers = _as_numbers(np.asarray(given))
    if not np.isin(numbers, (0, 1)).all():
        raise ValueError(f"the column {name} must say 1 where the work was done and 0 elsewhere, and nothing else")
    return numbers == 1


def _treated(grid: "_Grid", status: np.ndarray, first: Any) -> tuple[np.ndarray, list[str]]:
    """Which units ever are, and what should be said of when the work began."""
    begins = np.full(len(grid.units), len(grid.times))
    np.minimum.at(begins, grid.row[status], grid.column[status])
    ends = np.full(len(grid.units), -1)
    np.maximum.at(ends, grid.row[~status], grid.column[~status])
    ever = begins < len(grid.times)
    back = ever & (ends > begins)
    if back.any():
        unit = int(back.argmax())
        raise ValueError(
            f"unit {_plain(grid.units[unit])} is treated and at {_plain(grid.times[ends[unit]])} no longer is: "
            "a unit where work began counts as treated from then on"
        )
    changing = ever & (ends >= 0)
    return ever, list(_of_beginnings(grid.times[np.unique(begins[changing])], first))


def _of_beginnings(began: np.ndarray, first: Any) -> Iterator[str]:
    if not len(began):
        return
    earliest, latest, at = _plain(began[0]), _plain(began[-1]), _plain(first)
    if len(began) > 1:
        yield (
            f"The work began at different times, from {earliest} to {latest}: every treated unit is compared from "
            f"{at} on, as if it had begun then."
        )
    if began[0] < first:
        yield (
            f"The work began at {earliest}, before {at}: some of the time before already holds its effect, so the "
            "difference is likely to be understated."
        )
    if began[0] > first:
        yield (
            f"The work began at {earliest}, after {at}: times in between are a placebo in time, in which nothing "
            "should be found."
        )


class _Grid(NamedTuple):
    """Where each row of the table stands: its unit's row and its time's column."""

    units: np.ndarray
    times: np.ndarray
    row: np.ndarray
    column: np.ndarray
    # Rows of the table that are read: all, until the grid is cut.
    within: np.ndarray

    @classmethod
    def of(cls, units: np.ndarray, times: np.ndarray) -> "_Grid":
        labels, row = np.unique(units, return_inverse=True)
        moments, column = np.unique(times, return_inverse=True)
        return cls(labels, moments, row, column, np.arange(len(row)))

    def up_to(self, last: Any) -> "_Grid":
        """Without times after `last`; every unit has every time that is left, once."""
        times = self.times[self.times <= last]
        if not len(times):
            raise ValueError(f"the panel has no time up to {_plain(last)}: its times begin at {_plain(self.times[0])}")
        within = np.flatnonzero(self.column < len(times))
        cut = _Grid(self.units, times, self.row[within], self.column[within], within)
        seen = np.bincount(cut.row * len(times) + cut.column, minlength=len(self.units) * len(times))
        if (seen > 1).any():
            raise ValueError(f"{cut._at(int(seen.argmax()))} stands in more than one row")
        if missing := int((seen == 0).sum()):
            more = f", and {missing - 1} more" if missing > 1 else ""
            raise ValueError(f"{cut._at(int(seen.argmin()))} is missing{more}: every unit needs a row for every time")
        return cut

    def _at(self, place: int) -> str:
        unit, time = divmod(place, len(self.times))
        return f"unit {_plain(self.units[unit])} at time {_plain(self.times[time])}"

    def spread(self, given: Any, name: str) -> np.ndarray:
        """A column of the table as units by times."""
        numbers = _as_numbers(np.asarray(given)[self.within])
        wrong = ~np.isfinite(numbers)
        if wrong.any():
            at = int(wrong.argmax())
            place = int(self.row[at]) * len(self.times) + int(self.column[at])
            raise ValueError(f"{name} has no ordinary number for {self._at(place)}")
        laid = np.empty((len(self.units), len(self.times)))
        laid[self.row, self.column] = numbers
        return laid


def _covariate(grid: _Grid, laid: np.ndarray, first: Any) -> tuple[np.ndarray, bool]:
    """As it stood at the last time before, and whether it had varied until then."""
    before = max(1, int((grid.times < first).sum()))
    return laid[:, before - 1], bool(np.ptp(laid[:, :before], axis=1).any())


def _is_missing(values: np.ndarray) -> np.ndarray:
    if values.dtype.kind == "f":
        return np.isnan(values)
    if values.dtype.kind == "M":
        return np.isnat(values)
    if values.dtype.kind == "O":
        return np.array([each is None or each != each or each == "" for each in values], dtype=bool)
    return np.asarray(values == "") if values.dtype.kind == "U" else np.zeros(len(values), dtype=bool)


def _as_numbers(values: np.ndarray) -> np.ndarray:
    """Not a number where there is none."""
    if values.dtype.kind in "iufb":
        return values.astype(float)
    return np.array([_number(each) for each in values], dtype=float)


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return np.nan


def _rows(missing: np.ndarray) -> str:
    many = int(missing.sum())
    return f"{many} row has" if many == 1 else f"{many} rows have"


def _plain(value: Any) -> Any:
    """As one would write it: 13, not 13.0; a day without its midnight."""
    if isinstance(value, np.datetime64):
        return str(value.astype("datetime64[D]"))
    plain = value.item() if isinstance(value, np.generic) else value
    return int(plain) if isinstance(plain, float) and plain.is_integer() else plain
