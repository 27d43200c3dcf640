"""What is compared: units by times, who was treated, what was counted and what each unit is like."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Panel:
    """Every unit at every time, with no gap.

    `units` (n) are labels, each once; `times` (t) rise; `treated` (n) is true of a unit where the work was done at any
    time. `outcomes` holds for each name an array (n, t) of counts, at least nought, of one thing counted the same way
    throughout. `covariates` holds for each name an array (n) of what a unit was like before the work. `notes` are what
    the reader of the panel should be told. Anything else: ValueError, whose text is a sentence.

    >>> Panel(["a", "b"], [1, 2], [True, False], {"thefts": [[3, 1], [2, 2]]}).shape
    (2, 2)
    """

    units: Sequence[Any] = field(repr=False)
    times: Sequence[Any]
    treated: Any = field(repr=False)
    outcomes: Mapping[str, Any] = field(repr=False)
    covariates: Mapping[str, Any] = field(default_factory=dict, repr=False)
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        units, times = list(self.units), list(self.times)
        if len(set(units)) != len(units):
            raise ValueError("a unit stands twice in the panel: give each unit one row of every array")
        if any(not one < other for one, other in pairwise(times)):
            raise ValueError("the times of a panel must rise, each once")
        treated = np.asarray(self.treated)
        if treated.shape != (len(units),) or treated.dtype != bool:
            raise ValueError("treated must say true or false for each unit")
        if not self.outcomes:
            raise ValueError("name at least one outcome")
        if both := sorted(set(self.outcomes) & set(self.covariates)):
            raise ValueError(f"{both[0]} is named as an outcome and as a covariate: leave it among the outcomes")
        outcomes = {name: _numbers(name, given, (len(units), len(times))) for name, given in self.outcomes.items()}
        for name, counts in outcomes.items():
            if (counts < 0).any():
                raise ValueError(f"{name} has a negative count, and an outcome counts what happened")
        covariates = {name: _numbers(name, given, (len(units),)) for name, given in self.covariates.items()}
        for name, value in [("treated", treated), ("outcomes", outcomes), ("covariates", covariates)]:
            object.__setattr__(self, name, value)

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.units), len(self.times)

    def between(self, first: Any, last: Any) -> tuple[np.ndarray, np.ndarray]:
        """Which columns are before `first`, and which are from `first` to `last`. ValueError where either is none."""
        for each in (first, last):
            if each not in self.times:
                raise ValueError(
                    f"the panel has no time {each}: its times run from {self.times[0]} to {self.times[-1]}"
                )
        reject_backward(first, last)
        before = np.array([each < first for each in self.times], dtype=bool)
        if not before.any():
            raise ValueError(
                f"there is no time before {first}: without a period before, nothing says which units are alike"
            )
        return before, np.array([first <= each <= last for each in self.times], dtype=bool)

    def sorted_by_unit(self) -> "Panel":
        """The same panel in the order of its units' labels, so that the order of the rows given never matters."""
        units = list(self.units)
        order = sorted(range(len(units)), key=lambda at: (str(type(units[at])), units[at]))
        return Panel(
            [units[at] for at in order],
            self.times,
            self.treated[order],
            {name: counts[order] for name, counts in self.outcomes.items()},
            {name: values[order] for name, values in self.covariates.items()},
            self.notes,
        )


def reject_backward(first: Any, last: Any) -> None:
    if last < first:
        raise ValueError(f"the period after cannot end at {last} before it begins at {first}")


def _numbers(name: str, given: Any, shape: tuple[int, ...]) -> np.ndarray:
    try:
        numbers = np.array(given, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(f"{name} holds something that is not a number") from None
    if numbers.shape != shape:
        raise ValueError(f"{name} must be an array of {' by '.join(map(str, shape))}, not {numbers.shape}")
    if not np.isfinite(numbers).all():
        raise ValueError(f"{name} has a value that is missing or not an ordinary number")
    return numbers
