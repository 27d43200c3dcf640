"""What is handed back: an effect for each outcome, with every error beside it, and what was relaxed to get there."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from clearlines.analysis.synthetic.resampling import Jackknife, Placebos

# What a kept result names, so that it can be run again by the same method or say that the method changed.
METHOD = "synth 1"

ASSUMPTIONS = (
    "The untreated units, weighed to have had the same past, stand for what the treated would have had without the "
    "work. That is not proved by a good match: something else that happened to the treated alone, or work that spilled "
    "over to the others, would look the same."
)


@dataclass(frozen=True)
class Period:
    """One time: totals of the treated and of the synthetic comparison; `is_after` says whether it was after."""

    time: Any
    treated: float
    synthetic: float
    is_after: bool
    change: float | None = None
    low: float | None = None
    high: float | None = None
    linear_p: float | None = None


@dataclass(frozen=True)
class Effect:
    """One outcome over all the time after. `change` is a fraction of synthetic; None where `why_no_change` says why.

    `linear_p`, `low` and `high` take every unit and period as independent, as the published method does; `clustered_…`
    take a unit's periods as one. `perm_p` is the rank among placebo groups, known to ± `perm_mc_error`.
    """

    name: str
    treated: float
    synthetic: float
    change: float | None
    why_no_change: str
    linear_p: float | None
    low: float | None
    high: float | None
    clustered_p: float | None
    clustered_low: float | None
    clustered_high: float | None
    perm_p: float | None
    perm_mc_error: float | None
    jackknife_p: float | None
    jackknife_low: float | None
    jackknife_high: float | None
    sentence: str
    periods: tuple[Period, ...] = field(repr=False)
    # T - C of each placebo group, for a picture of what happens where nothing was done.
    placebo_differences: np.ndarray = field(repr=False)

    @property
    def by_period(self) -> tuple[Period, ...]:
        """The periods after."""
        return tuple(each for each in self.periods if each.is_after)


@dataclass(frozen=True)
class Omnibus:
    """All outcomes as one, by each of the errors."""

    linear_p: float | None
    clustered_p: float | None
    perm_p: float | None
    perm_mc_error: float | None


@dataclass(frozen=True)
class Synthetic:
    """`outcomes` by name. `weights` stand beside `units`: 1 for a treated unit, at least nought for the others.

    `balance_error` is the largest difference between the two sides over every constraint, in that constraint's own
    unit; `relaxed` says in a sentence each constraint that could not be met. `notes` belong under the answer.
    """

    outcomes: dict[str, Effect]
    omnibus: Omnibus
    balance_error: float
    weights_nonzero: int
    weights_effective: float
    treated_units: int
    untreated_units: int
    before: tuple[Any, Any]
    after: tuple[Any, Any]
    level: float
    side: str
    placebos: Placebos | None = field(repr=False)
    jackknife: Jackknife | None = field(repr=False)
    relaxed: tuple[str, ...]
    notes: tuple[str, ...]
    units: tuple[Any, ...] = field(repr=False)
    weights: np.ndarray = field(repr=False)
    assumptions: str = field(default=ASSUMPTIONS, repr=False)
    method: str = METHOD
