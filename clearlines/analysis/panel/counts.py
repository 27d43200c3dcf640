"""Counts of many areas over many months, checked, and which of the areas were treated from when."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

YES, NO = {"1", "1.0", "true", "yes", "treated"}, {"0", "0.0", "false", "no", "control", ""}
# Beyond this a count is a mistake of typing.
MOST = 10**9


@dataclass(frozen=True)
class CountPanel:
    """`counts[area, month]` are incidents, `treated[area]` is where work was done from `months[start]` on."""

    areas: tuple[str, ...]
    months: tuple[str, ...]
    counts: np.ndarray = field(repr=False)
    treated: np.ndarray = field(repr=False)
    start: int
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0 < self.start < len(self.months):
            raise ValueError("the panel needs at least one month before the start and one from it on")
        if not self.treated.any() or self.treated.all():
            raise ValueError("the panel needs areas that were treated and areas that were not")

    @property
    def after(self) -> np.ndarray:
        """Which months are from the start on."""
        return np.arange(len(self.months)) >= self.start

    def total(self, *, treated: bool, after: bool) -> int:
        return int(self.counts[self.treated == treated][:, self.after == after].sum())

    def of_areas(self, kept: np.ndarray) -> "CountPanel":
        areas = tuple(np.array(self.areas, dtype=object)[kept].tolist())
        return replace(self, areas=areas, counts=self.counts[kept], treated=self.treated[kept])


def panel_of(frame: Any, *, unit: str, time: str, treated: str, outcome: str, start: Any) -> CountPanel:
    """The panel in a frame of one row for each area and month, in any order.

    Column `unit` names the area, `time` the month (any labels that sort: 2022-02, or numbers), `treated` says 1 or 0
    of the area: on every row alike, or on from `start`; `outcome` is the count, whole and at least nought. `start` is
    the first month that counts as after. A column that is not there, a month or area without a row, two rows for one,
    a count that is none, or areas that began at different times: ValueError, whose text is a sentence. Months that no
    area has are told in `notes`.
    """
    areas, months, counts = table_of(frame, unit=unit, time=time, outcome=outcome, more=(treated,))
    began = months.index(label(start)) if label(start) in months else _missing(start, months)
    marked, _, _ = spread(frame, unit, time, [_said_yes(each, treated) for each in frame[treated]])
    where = _treated_areas(marked, began, areas)
    return CountPanel(areas, months, counts, where, began, _gaps(months))


def table_of(
    frame: Any, *, unit: str, time: str, outcome: str, more: Sequence[str] = ()
) -> tuple[tuple[str, ...], tuple[str, ...], np.ndarray]:
    """Areas, months in order, and counts[area, month]. Errors as for `panel_of`."""
    missing = [name for name in (unit, time, outcome, *more) if name not in frame.columns]
    if missing:
        raise ValueError(f"there is no column {missing[0]}; there are {', '.join(map(str, frame.columns[:12]))}")
    if not len(frame):
        raise ValueError("there is no row in it")
    values, areas, months = spread(frame, unit, time, _counts(frame[outcome], outcome))
    return areas, months, values.astype(np.int64)


def spread(
    frame: Any, unit: str, time: str, values: Sequence[float] | np.ndarray
) -> tuple[np.ndarray, tuple[str, ...], tuple[str, ...]]:
    """One value for each area and month as a table, every place filled."""
    import pandas as pd

    for name in (unit, time):
        if frame[name].isna().any():
            raise ValueError(f"a row has no {name}")
    codes, areas = pd.factorize(frame[unit], sort=True)
    places, months = pd.factorize(frame[time], sort=True)
    table = np.full((len(areas), len(months)), np.nan)
    table[codes, places] = values
    if len({*zip(codes.tolist(), places.tolist(), strict=True)}) < len(frame):
        twice = frame[frame.duplicated([unit, time])].iloc[0]
        raise ValueError(f"there are two rows for {twice[unit]} in {twice[time]}: add them up, or keep one")
    if (empty := np.argwhere(np.isnan(table))).size:
        area, month = areas[empty[0][0]], months[empty[0][1]]
        raise ValueError(
            f"{len(empty)} of {table.size} counts are missing, the first of {area} in {month}: write 0 where nothing "
            "happened, and leave out areas or months that were not recorded"
        )
    return table, tuple(map(label, areas)), tuple(map(label, months))


def label(value: Any) -> str:
    """What an area or month is called: 13 of a column of broken numbers is 13, not 13.0."""
    return str(value).strip().removesuffix(".0")


def _counts(column: Any, outcome: str) -> np.ndarray:
    import pandas as pd

    numbers = pd.to_numeric(column, errors="coerce").to_numpy(dtype=float)
    wrong = ~np.isfinite(numbers) | (numbers < 0) | (numbers != np.floor(numbers)) | (numbers > MOST)
    if wrong.any():
        said = column.iloc[int(np.argmax(wrong))]
        raise ValueError(f"{outcome} must hold whole counts of at least nought, and one is {said}")
    return numbers


def _said_yes(value: Any, name: str) -> bool:
    said = str(value).strip().casefold()
    if said not in YES | NO:
        raise ValueError(f"{name} must say 1 or 0 of each area, and one row says {str(value)[:40]}")
    return said in YES


def _missing(start: Any, months: Sequence[str]) -> int:
    raise ValueError(f"{start} is not among the months, which run from {months[0]} to {months[-1]}")


def _treated_areas(marked: np.ndarray, began: int, areas: Sequence[str]) -> np.ndarray:
    ever = np.asarray(marked.any(axis=1))
    always = marked.all(axis=1)
    from_start = ~marked[:, :began].any(axis=1) & marked[:, began:].all(axis=1)
    if (other := ever & ~always & ~from_start).any():
        name = areas[int(np.argmax(other))]
        raise ValueError(
            f"{name} is not treated exactly from the start on: areas that began at other times are staggered"
        )
    return ever


def _gaps(months: Sequence[str]) -> tuple[str, ...]:
    """Months of the calendar between the first and the last that no row has."""
    if not all(re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month) for month in months):
        return ()
    first, last = (int(month[:4]) * 12 + int(month[5:]) for month in (months[0], months[-1]))
    if missing := last - first + 1 - len(months):
        are = "month is" if missing == 1 else "months are"
        return (f"{missing} {are} missing between {months[0]} and {months[-1]}: each month that is there counts once.",)
    return ()
