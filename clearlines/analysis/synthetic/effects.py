"""Treated against synthetic: totals, and how far chance alone could have moved them (linearised).

The recipe is that of the published tables: one row for each unit and period after, a weighted least squares of the
outcome on treatment and one dummy a period with no intercept, and the sandwich variance that takes every row as
independent, times rows / (rows - 1), rows of weight nought counted. Because the weights of either side add up to the
number of the treated, n, that regression has a closed form: over q periods the coefficient is (T - C) / (n q), and
each row pulls on it by its weight times its residual / (n q), with a minus sign for the untreated. The same pulls
over T and over C are those on the logarithm of T / C (delta method), whose interval becomes that of the change.
"""

import math
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from scipy.special import chdtrc

from clearlines.analysis.synthetic.calibration import Weights

LOWER, UPPER, TWO = SIDES = "lower", "upper", "two"
NORMAL = NormalDist()


class Comparison(NamedTuple):
    """Of every outcome (k): totals of treated and synthetic, the difference a unit and period, and variances.

    `variance` and `log_variance` take every row as independent; `clustered` and `log_clustered` take a unit's periods
    as one. `joint` and `joint_clustered` (k, k) are the variances of all outcomes' differences together.
    """

    treated: np.ndarray
    synthetic: np.ndarray
    difference: np.ndarray
    joint: np.ndarray
    joint_clustered: np.ndarray
    log_variance: np.ndarray
    log_clustered: np.ndarray

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
    weighing = np.setdiff1d(np.flatnonzero(found.weights), treated)
    weights = found.weights[weighing]
    ours, theirs = counts[treated], counts[weighing]
    many, periods = len(treated), counts.shape[2]
    totals, sums = ours.sum(axis=0), np.tensordot(weights, theirs, 1)
    treated_total, synthetic = totals.sum(axis=1), sums.sum(axis=1)
    difference = (treated_total - synthetic) / (many * periods)
    level = (totals + sums) / (2 * many) - difference[:, None] / 2
    pulls = np.concatenate([ours - level - difference[:, None], -weights[:, None, None] * (theirs - level)])
    pulls /= many * periods
    logs = _on_the_logarithm(pulls, many, treated_total, synthetic) * many * periods
    rows = units * periods
    by_row, by_unit = rows / (rows - 1), units / (units - 1)
    summed, logs_summed = pulls.sum(axis=2), logs.sum(axis=2)
    return Comparison(
        treated_total,
        synthetic,
        difference,
        joint=np.einsum("ukt,ult->kl", pulls, pulls) * by_row,
        joint_clustered=summed.T @ summed * by_unit,
        log_variance=(logs**2).sum(axis=(0, 2)) * by_row,
        log_clustered=(logs_summed**2).sum(axis=0) * by_unit,
    )


def _on_the_logarithm(pulls: np.ndarray, many: int, treated: np.ndarray, synthetic: np.ndarray) -> np.ndarray:
    """Each row's pull on log(T / C); not a number where a total is nought."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.concatenate([pulls[:many] / treated[:, None], pulls[many:] / synthetic[:, None]])


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
