"""Weights at least nought with which the untreated, added up, equal the treated (Deville and Särndal 1992).

Of all weights w that meet the constraints, those nearest to the same weight for everybody: the least
sum of (w - d)² with w >= 0. The dual of that problem has one unknown a constraint and no bounds: the weights are
max(0, d + Zλ), and λ makes a convex function least, whose second derivative is that of the rows above nought alone.
Damped Newton steps from the solution without bounds (GREG) reach it in about ten (semismooth: Qi and Sun 1993).

A constraint that is relaxed is not dropped: the squared difference between the two sides, in standard deviations of
the untreated, is made as small as it can be. In the dual that is a small number added to its own second derivative.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np

# In the order in which constraints are given up where no weights meet them (microsynth's `match.out.min`, then
# `match.covar.min`): the number of the treated is always met.
NUMBER, COVARIATE, OUTCOME = 0, 1, 2
ALL_EXACT, OUTCOMES_NEAR, ALL_NEAR = 0, 1, 2
RELAXED: tuple[tuple[int, ...], ...] = ((), (OUTCOME,), (COVARIATE, OUTCOME))

MOST_STEPS, MOST_HALVINGS = 80, 40
# Of the totals; what is left after the last step is about its square.
CLOSE = 1e-9
# A constraint is met when the two sides differ by less than this share of its total (or of one, if that is more).
MET = 1e-7
# Softness of a relaxed constraint, stepped down so that each solution starts the next.
SOFTNESS = (1e-2, 1e-4, 1e-6, 1e-8)
# Of a step's equations: how small a pivot, of their usual size, still says how far to go.
TOLD_APART = 1e-9
# Their size where hardly a row is above nought; it is about one where every row is.
SMALLEST = 1e-9
# A column whose length is mostly explained by those before it says nothing of its own.
DEPENDENT = 1e-8


class Weights(NamedTuple):
    """`weights` of every row: 1 for the treated, 0 for those left out. `tier` says which constraints were relaxed."""

    weights: np.ndarray
    tier: int
    error: np.ndarray
    steps: int


@dataclass(frozen=True)
class Balance:
    """The constraints as columns over all units, `kinds` saying what each is; `controls` are the untreated rows."""

    columns: np.ndarray = field(repr=False)
    kinds: np.ndarray = field(repr=False)
    controls: np.ndarray = field(repr=False)

    def weighed(self, treated: np.ndarray, controls: np.ndarray, tier: int = ALL_EXACT) -> Weights | None:
        """Weights for these control rows to equal the sum of these treated rows, or None where none could be found.

        Starts at `tier` and relaxes in the stated order; no tier is left until the one before has failed.
        """
        totals = self.columns[treated].sum(axis=0)
        for each in range(tier, len(RELAXED)):
            exact = ~np.isin(self.kinds, RELAXED[each])
            allowed = self._that_may_weigh(controls, totals, exact)
            found = self._basis(each).weighed(treated, allowed) if len(allowed) else None
            if found is None:
                continue
            weights, steps = found
            error = weights @ self.columns - totals
            if (np.abs(error) <= MET * np.maximum(1, np.abs(totals)))[exact].all():
                weights[treated] = 1
                return Weights(weights, each, error, steps)
        return None

    def _that_may_weigh(self, controls: np.ndarray, totals: np.ndarray, exact: np.ndarray) -> np.ndarray:
        """Where the treated had none of something that is never negative, whoever had any must weigh nothing.

        Said beforehand, because the multipliers that would say it are infinite.
        """
        none = np.asarray(exact & self._never_negative & (totals == 0))
        if not none.any():
            return controls
        had_any = np.asarray(self._positive[:, none].any(axis=1))
        return np.asarray(controls[~had_any[controls]])

    @cached_property
    def _positive(self) -> np.ndarray:
        return self.columns > 0

    @cached_property
    def _never_negative(self) -> np.ndarray:
        return np.asarray((self.columns >= 0).all(axis=0))

    def _basis(self, tier: int) -> "_Basis":
        return (self._all_exact, self._outcomes_near, self._all_near)[tier]

    @cached_property
    def _all_exact(self) -> "_Basis":
        return _Basis.of(self, RELAXED[ALL_EXACT])

    @cached_property
    def _outcomes_near(self) -> "_Basis":
        return _Basis.of(self, RELAXED[OUTCOMES_NEAR])

    @cached_property
    def _all_near(self) -> "_Basis":
        return _Basis.of(self, RELAXED[ALL_NEAR])


@dataclass(frozen=True)
class _Basis:
    """The same constraints in columns that are easy to solve: the exact ones at right angles, the others to scale."""

    rows: np.ndarray
    soft: np.ndarray
    controls: np.ndarray
    # The second derivative with every untreated row above nought, and its inverse.
    whole: np.ndarray
    inverse: np.ndarray

    @classmethod
    def of(cls, balance: Balance, relaxed: Sequence[int]) -> "_Basis":
        standard = _standardised(balance.columns, balance.controls)
        soft = np.isin(balance.kinds, relaxed)
        exact = _at_right_angles(standard[:, ~soft], balance.controls)
        rows = np.ascontiguousarray(np.hstack([exact, standard[:, soft]]))
        among = rows[balance.controls]
        whole = among.T @ among
        is_soft = np.arange(rows.shape[1]) >= exact.shape[1]
        return cls(rows, is_soft, balance.controls, whole, np.linalg.pinv(whole, hermitian=True))

    def weighed(self, treated: np.ndarray, controls: np.ndarray) -> tuple[np.ndarray, int] | None:
        totals, alike = self.rows[treated].sum(axis=0), len(treated) / len(controls)
        start = np.full(len(self.rows), -np.inf)
        start[controls] = alike
        multipliers = self.inverse @ (totals - np.where(start > 0, alike, 0.0) @ self.rows)
        found, steps = None, 0
        for softness in SOFTNESS if self.soft.any() else SOFTNESS[-1:]:
            solved = self._solved(totals, start, multipliers, softness * self.soft)
            if solved is None:
                break
            multipliers, weights, took = solved
            steps += took
            found = weights, steps
        return found

    def _solved(
        self, totals: np.ndarray, start: np.ndarray, multipliers: np.ndarray, softness: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, int] | None:
        """Multipliers, weights and how many steps; None where no weights meet the constraints.

        Where a row's `start` is minus infinity its weight stays nought.
        """
        moved = self.rows @ multipliers
        enough = CLOSE * max(1.0, float(np.abs(totals).max()))
        second = _Second.of(self)
        for step in range(1, MOST_STEPS + 1):
            before = start + moved
            slope = np.maximum(before, 0) @ self.rows - totals + softness * multipliers
            if not softness.any() and _cannot_be_met(moved, start, totals @ multipliers):
                return None
            direction = -_solve(second.with_above(before > 0) + np.diag(softness), slope)
            along = self.rows @ direction
            if np.abs(slope).max() <= enough:
                return *self._nearer(totals, (multipliers, before), (multipliers + direction, before + along)), step
            dual = _Dual(before, along, (totals - softness * multipliers) @ direction, softness @ direction**2)
            length = dual.length(slope @ direction)
            if length is None:
                return None
            multipliers, moved = multipliers + length * direction, moved + length * along
        return None

    def _nearer(self, totals: np.ndarray, *ends: tuple[np.ndarray, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        """Where the slope was nought to the eye, or one step on, which mostly squares the error: the better of them."""
        weighed = [(multipliers, np.maximum(before, 0)) for multipliers, before in ends]
        return min(weighed, key=lambda each: float(np.abs(each[1] @ self.rows - totals).max()))


@dataclass
class _Second:
    """The second derivative for the rows above nought, kept up as rows come and go."""

    rows: np.ndarray
    above: np.ndarray
    sum: np.ndarray

    @classmethod
    def of(cls, basis: _Basis) -> "_Second":
        above = np.zeros(len(basis.rows), dtype=bool)
        above[basis.controls] = True
        return cls(basis.rows, above, basis.whole)

    def with_above(self, above: np.ndarray) -> np.ndarray:
        come, gone = np.flatnonzero(above & ~self.above), np.flatnonzero(self.above & ~above)
        # Taking many away from much would leave little but rounding.
        if 2 * (len(come) + len(gone)) > np.count_nonzero(above):
            self.sum = self._squared(np.flatnonzero(above))
        else:
            self.sum = self.sum + self._squared(come) - self._squared(gone)
        self.above = above
        return self.sum

    def _squared(self, which: np.ndarray) -> np.ndarray:
        some = self.rows.take(which, axis=0)
        return some.T @ some


def _cannot_be_met(moved: np.ndarray, start: np.ndarray, gain: float) -> bool:
    """Weights of at least nought that add up to the number of the treated cannot bring more than that many times the
    most that any row brings (Farkas): if the totals need more, there are no such weights."""
    allowed = start > 0
    most = start[allowed].sum() * moved[allowed].max()
    return bool(gain - most > MET * (1 + abs(gain)))


def _solve(second: np.ndarray, slope: np.ndarray) -> np.ndarray:
    """The step, shorter in directions in which too few rows are above nought to say how far to go."""
    size = max(float(np.trace(second)) / len(second), SMALLEST)
    for ridge in (0.0, 1e-8, 1e-5):
        lifted = second + ridge * size * np.eye(len(second))
        try:
            least = np.diag(np.linalg.cholesky(lifted)).min() ** 2
        except np.linalg.LinAlgError:
            continue
        if least > TOLD_APART * size:
            return np.linalg.solve(lifted, slope)
    return slope / size


class _Dual(NamedTuple):
    """What is made least, along one direction."""

    before: np.ndarray
    along: np.ndarray
    gain: float
    bend: float

    def at(self, length: float) -> float:
        weights = np.maximum(self.before + length * self.along, 0)
        return float(0.5 * weights @ weights - length * self.gain + 0.5 * length**2 * self.bend)

    def length(self, slope: float) -> float | None:
        """The longest of 1, 1/2, 1/4 … that goes down as far as a straight line says it should (Armijo)."""
        here, length = self.at(0), 1.0
        rounding = 1e-13 * (1 + abs(here))
        for _ in range(MOST_HALVINGS):
            if self.at(length) <= here + 1e-4 * length * slope + rounding:
                return length
            length /= 2
        return None


def _standardised(columns: np.ndarray, controls: np.ndarray) -> np.ndarray:
    """Less the mean and over the spread of the untreated, and of length one among them; the first column is of ones."""
    among = columns[controls]
    spread = among.std(axis=0)
    spread[spread <= DEPENDENT * np.maximum(1, np.abs(among).max(axis=0))] = 1
    standard = (columns - among.mean(axis=0)) / spread
    standard[:, 0] = 1
    return standard / np.sqrt(len(controls))


def _at_right_angles(standard: np.ndarray, controls: np.ndarray) -> np.ndarray:
    """The same constraints turned so that the untreated rows' columns are at right angles, each of length one.

    Columns that others settle are left out: whether the treated agree with them is seen afterwards, when every
    constraint is added up as it was given.
    """
    among = standard[controls]
    turned, triangle = np.linalg.qr(among)
    kept = np.flatnonzero(np.abs(np.diag(triangle)) > DEPENDENT)
    if len(kept) == standard.shape[1]:
        return np.asarray(standard @ np.linalg.inv(triangle))
    while True:
        turned, triangle = np.linalg.qr(among[:, kept])
        # What is left of each column beside those kept: rounding may have hidden one behind one that was left out.
        left = np.linalg.norm(among - turned @ (turned.T @ among), axis=0)
        left[kept] = 0
        if (left <= DEPENDENT).all():
            return np.asarray(standard[:, kept] @ np.linalg.inv(triangle))
        kept = np.sort(np.append(kept, left.argmax()))
