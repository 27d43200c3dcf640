"""Treated against synthetic: totals, and how far chance alone could have moved them (linearised).

The recipe is that of the published tables: one row for each unit and period after, a weighted least squares of the
outcome on treatment and one dummy a period with no intercept, and the sandwich variance that takes every row as
independent, times rows / (rows - 1), rows of weight nought counted. Because the weights of either side add up to the
number of the treated, n, that regression has a closed form: over q periods the coefficient is (T - C) / (n q), and
each row pulls on it by its weight times its residual / (n q), with a minus sign for the untreated. The same pulls
over T and over C are those on the logarithm of T / C (delta method), whose interval becomes that of the change.
"""

import math
from dataclasses import dataclass
from functools import cached_property
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from clearlines.analysis.synthetic.calibration import Weights

LOWER, UPPER, TWO = SIDES = "lower", "upper", "two"
NORMAL = NormalDist()


@dataclass(frozen=True)
class Comparison:
    """Of every outcome (k): totals of treated and synthetic, the difference a unit and period, and its variances.

    `pulls` (rows that weigh, k, periods) are how far each row pulls on the difference, the `many` treated first.
    """

    treated: np.ndarray
    synthetic: np.ndarray
    difference: np.ndarray
    pulls: np.ndarray
    many: int
    units: int

    @cached_property
    def joint(self) -> np.ndarray:
        """Variances and covariances (k, k) of the differences, every row taken as independent."""
        rows = self.units * self.pulls.shape[2]
        return np.tensordot(self.pulls, self.pulls, ([0, 2], [0, 2])) * rows / (rows - 1)

    @cached_property
    def joint_clustered(self) -> np.ndarray:
        """The same, a unit's periods taken as one."""
        summed = self.pulls.sum(axis=2)
        return summed.T @ summed * self.units / (self.units - 1)

    @property
    def log_variance(self) -> np.ndarray:
        """Of the logarithm of T / C, every row independent; not a number where a total is nought."""
        rows = self.units * self.pulls.shape[2]
        return (self._log_pulls**2).sum(axis=(0, 2)) * rows / (rows - 1)

    @property
    def log_clustered(self) -> np.ndarray:
        return (self._log_pulls.sum(axis=2) ** 2).sum(axis=0) * self.units / (self.units - 1)

    @cached_property
    def _log_pulls(self) -> np.ndarray:
        ours, theirs = (np.where(total > 0, total, np.nan)[:, None] for total in (self.treated, self.synthetic))
        on_totals = self.pulls * self.many * self.pulls.shape[2]
        return np.concatenate([on_totals[: self.many] / ours, on_totals[self.many :] / theirs])

    @property
    def variance(self) -> np.ndarray:
        return np.diag(self.joint)

    @property
    def clustered(self) -> np.ndarray:
        return np.diag(self.joint_clustered)

    @property
    def z(self) -> np.ndarray:
        """The difference over its linearised error; nought where neither side had anything."""
        return over(self.difference, np.sqrt(self.variance))

    @property
    def z_clustered(self) -> np.ndarray:
        return over(self.difference, np.sqrt(self.clustered))


def compared(counts: np.ndarray, treated: np.ndarray, found: Weights, units: int) -> Comparison:
    """`counts` (rows, outcomes, periods) after the work; `treated` the treated rows; `units` how many took part.

    Source: Robbins, Saunders and Kilmer 2017, section 4.2; the multiplier rows / (rows - 1) as R's survey package.
    """
    weighs = found.weights > 0
    weighs[treated] = False
    weighing = np.flatnonzero(weighs)
    weights, ours, theirs = found.weights[weighing], counts[treated], counts[weighing]
    many, periods = len(treated), counts.shape[2]
    totals, sums = ours.sum(axis=0), np.tensordot(weights, theirs, 1)
    difference = (totals - sums).sum(axis=1) / (many * periods)
    level = (totals + sums) / (2 * many) - difference[:, None] / 2
    pulls = np.concatenate([ours - level - difference[:, None], weights[:, None, None] * (level - theirs)])
    return Comparison(totals.sum(axis=1), sums.sum(axis=1), difference, pulls / (many * periods), many, units)


def over(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Divided, and nought over nought is nought: where nothing happened on either side there is no difference."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(one == 0, 0.0, one / other)


class Joined(NamedTuple):
    """All outcomes as one: a number, and how often chance would give one as far out (None where it cannot be said)."""

    statistic: float
    p: float | None


def joined(z: np.ndarray, joint: np.ndarray, side: str) -> Joined:
    """The omnibus test over the outcomes whose differences stand at `z` errors, with their variances together.

    One-sided: the z added, over the error of that sum, so that several outcomes moving one way count together
    (O'Brien 1984, Biometrics 40, 1079-1087). Two-sided: Wald's quadratic form against chi-squared.
    """
    scale = np.sqrt(np.diag(joint))
    told = scale > 0
    if not told.any():
        return Joined(0.0, None)
    alike = joint[np.ix_(told, told)] / np.outer(scale[told], scale[told])
    if side == TWO:
        from scipy.special import chdtrc

        wald = float(z[told] @ np.linalg.pinv(alike, rcond=1e-9, hermitian=True) @ z[told])
        return Joined(wald, float(chdtrc(np.linalg.matrix_rank(alike, tol=1e-9, hermitian=True), wald)))
    together = alike.sum()
    if together <= 1e-12 * len(alike):
        return Joined(0.0, None)
    statistic = float(z[told].sum() / math.sqrt(together))
    return Joined(statistic, p_value(statistic, side))


def p_value(z: float, side: str) -> float:
    """How often chance alone would go as far: down, up, or either way."""
    if side == TWO:
        return 2 * NORMAL.cdf(-abs(z))
    return NORMAL.cdf(z if side == LOWER else -z)


def interval(ratio: float, log_se: float, level: float) -> tuple[float, float]:
    """The two-sided interval of the change, T / C - 1, from the error of its logarithm (delta method).

    >>> tuple(round(each, 4) for each in interval(0.5, 0.2, 0.9))
    (-0.6402, -0.3052)
    """
    reach = NORMAL.inv_cdf((1 + level) / 2) * log_se
    return ratio * math.exp(-reach) - 1, ratio * math.exp(reach) - 1
