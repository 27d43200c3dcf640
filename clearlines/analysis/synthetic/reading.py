"""From a table of one row a unit and time to a panel: what is refused, and what is taken where there is a choice."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from clearlines.analysis.synthetic.panel import Panel

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


def read_panel(table: pd.DataFrame, columns: Columns, first: Any, last: Any) -> tuple[Panel, Any, Any]:
    """The panel up to `last`, with `first` and `last` as the panel writes its times.

    One row for each unit and time. The treated column is 0 or 1: either the same at all of a unit's times, or 0 until
    the work begins there and 1 from then on; a unit counts as treated throughout if it ever is. A covariate that
    varies in time is taken as it stood at the last time before `first`. Rows after `last` are not compared. A column
    that is not there, a value that is missing, a unit with a time missing or twice: ValueError, one sentence.

    >>> table = pd.DataFrame({"area": ["a", "a", "b", "b"], "month": [1, 2, 1, 2], "done": [0, 1, 0, 0],
    ...                       "thefts": [3, 1, 3, 2]})
    >>> panel, first, last = read_panel(table, Columns("area", "month", "done", ["thefts"]), "2", "2")
    >>> panel.treated.tolist(), panel.outcomes["thefts"].tolist(), first
    ([True, False], [[3.0, 1.0], [3.0, 2.0]], 2)
    """
    _reject_columns(table, columns)
    if not len(table):
        raise ValueError("the panel has no rows")
    table = table.reset_index(drop=True)
    times = _times(table[columns.time], columns.time)
    first, last = (_moment(each, times) for each in (first, last))
    units = _units(table[columns.unit], columns.unit)
    status = _status(table[columns.treated], columns.treated)
    ever, began, notes = _treated(units, times, status, first)
    within = times <= last
    if not within.any():
        raise ValueError(f"the panel has no time up to {last}: its times begin at {times.min()}")
    grid = _Grid.of(units[within], times[within])
    return (
        Panel(
            [_plain(each) for each in grid.units],
            [_plain(each) for each in grid.times],
            np.isin(grid.units, ever),
            {name: grid.spread(table.loc[within, name], name) for name in columns.outcomes},
            dict(_covariates(grid, table.loc[within], columns, first, notes)),
            tuple(notes),
        ),
        _plain(first),
        _plain(last),
    )


def _reject_columns(table: pd.DataFrame, columns: Columns) -> None:
    if not columns.outcomes:
        raise ValueError("name at least one outcome")
    for name in columns.all:
        if name not in table.columns:
            raise ValueError(f"the panel has no column {name}")
        if list(columns.all).count(name) > 1:
            raise ValueError(f"the column {name} is named twice: each column can be only one thing")


def _units(given: pd.Series, name: str) -> np.ndarray:
    if given.isna().any():
        raise ValueError(f"{_rows(given.isna())} no {name}, so nobody can say which unit they are about")
    return given.to_numpy() if pd.api.types.is_numeric_dtype(given) else given.astype(str).to_numpy(dtype=str)


def _times(given: pd.Series, name: str) -> np.ndarray:
    if given.isna().any():
        raise ValueError(f"{_rows(given.isna())} no {name}, so nobody can say when they are about")
    if pd.api.types.is_numeric_dtype(given) or pd.api.types.is_datetime64_any_dtype(given):
        return given.to_numpy()
    numbers = pd.to_numeric(given, errors="coerce")
    if numbers.notna().all():
        return numbers.to_numpy()
    words = given.astype(str).to_numpy(dtype=str)
    if any(IN_ORDER.fullmatch(each) is None for each in np.unique(words)):
        raise ValueError(f"{name} is in words that cannot be put in order: write times as numbers or as 2024-03")
    return words


def _moment(given: Any, times: np.ndarray) -> Any:
    """A time as the panel writes it, from a word typed at a prompt."""
    try:
        if times.dtype.kind == "M":
            return np.datetime64(given).astype(times.dtype)
        return times.dtype.type(given) if times.dtype.kind == "U" else float(given)
    except (TypeError, ValueError):
        raise ValueError(f"{given} is not a time of this panel, whose first is {_plain(times.min())}") from None


def _status(given: pd.Series, name: str) -> np.ndarray:
    numbers = pd.to_numeric(given, errors="coerce").to_numpy(dtype=float)
    if not np.isin(numbers, (0, 1)).all():
        raise ValueError(f"the column {name} must say 1 where the work was done and 0 elsewhere, and nothing else")
    return numbers == 1


def _treated(
    units: np.ndarray, times: np.ndarray, status: np.ndarray, first: Any
) -> tuple[np.ndarray, dict[Any, Any], list[str]]:
    """Units ever treated; when work began in each whose status changes; and what should be said of it."""
    marks = pd.DataFrame({"unit": units, "time": times, "on": status})
    ons = marks[marks["on"]].groupby("unit")["time"].agg(["min", "count"])
    offs = marks[~marks["on"]].groupby("unit")["time"].agg(["max"])
    changing = ons.join(offs, how="inner")
    back = changing[changing["max"] > changing["min"]]
    if len(back):
        unit, when = _plain(back.index[0]), _plain(back["max"].iloc[0])
        raise ValueError(
            f"unit {unit} is treated and at {when} no longer is: a unit where work began counts as treated from then on"
        )
    began = changing["min"].to_dict()
    return ons.index.to_numpy(), began, list(_of_beginnings(sorted(set(began.values())), first))


def _of_beginnings(began: Sequence[Any], first: Any) -> Iterator[str]:
    if not began:
        return
    if len(began) > 1:
        yield (
            f"The work began at different times, from {_plain(began[0])} to {_plain(began[-1])}: every treated unit is "
            f"compared from {_plain(first)} on, as if it had begun then."
        )
    if began[0] < first:
        yield (
            f"The work began at {_plain(began[0])}, before {_plain(first)}: some of the time before already holds its "
            "effect, so the difference is likely to be understated."
        )
    if began[0] > first:
        yield (
            f"The work began at {_plain(began[0])}, after {_plain(first)}: times in between are a placebo in time, in "
            "which nothing should be found."
        )


class _Grid(NamedTuple):
    """Where each row of the table stands: its unit's row and its time's column."""

    units: np.ndarray
    times: np.ndarray
    row: np.ndarray
    column: np.ndarray

    @classmethod
    def of(cls, units: np.ndarray, times: np.ndarray) -> "_Grid":
        column, labels_of_times = pd.factorize(times, sort=True)
        row, labels = pd.factorize(units, sort=True)
        grid = cls(np.asarray(labels), np.asarray(labels_of_times), row, column)
        place = row * len(labels_of_times) + column
        seen = np.bincount(place, minlength=len(labels) * len(labels_of_times))
        if (seen > 1).any():
            raise ValueError(f"{grid._at(int(seen.argmax()))} stands in more than one row")
        if (seen == 0).any():
            missing = int((seen == 0).sum())
            more = f", and {missing - 1} more" if missing > 1 else ""
            raise ValueError(f"{grid._at(int(seen.argmin()))} is missing{more}: every unit needs a row for every time")
        return grid

    def _at(self, place: int) -> str:
        unit, time = divmod(place, len(self.times))
        return f"unit {_plain(self.units[unit])} at time {_plain(self.times[time])}"

    def spread(self, given: pd.Series, name: str) -> np.ndarray:
        numbers = pd.to_numeric(given, errors="coerce").to_numpy(dtype=float)
        if not np.isfinite(numbers).all():
            wrong = int((~np.isfinite(numbers)).argmax())
            place = int(self.row[wrong]) * len(self.times) + int(self.column[wrong])
            raise ValueError(f"{name} has no ordinary number for {self._at(place)}")
        table = np.empty((len(self.units), len(self.times)))
        table[self.row, self.column] = numbers
        return table


def _covariates(
    grid: _Grid, table: pd.DataFrame, columns: Columns, first: Any, notes: list[str]
) -> Iterator[tuple[str, np.ndarray]]:
    before = np.flatnonzero(grid.times < first)
    at = int(before[-1]) if len(before) else 0
    for name in columns.covariates:
        table_of_it = grid.spread(table[name], name)
        if np.ptp(table_of_it[:, before], axis=1).any() if len(before) else False:
            notes.append(f"{name} varies in time and is taken as it stood at {_plain(grid.times[at])}.")
        yield name, table_of_it[:, at]


def _rows(missing: pd.Series) -> str:
    many = int(missing.sum())
    return f"{many} row has" if many == 1 else f"{many} rows have"


def _plain(value: Any) -> Any:
    """As one would write it: 13, not 13.0."""
    if isinstance(value, float | np.floating):
        return int(value) if float(value).is_integer() else float(value)
    if isinstance(value, np.datetime64 | pd.Timestamp):
        return str(pd.Timestamp(value).date())
    return value.item() if isinstance(value, np.generic) else value
