"""Poisson and negative-binomial regression with an effect for every area and every month, for as many as there are.

The areas' effects are taken out of each Newton step by hand (their block of the information is a diagonal), so that
only months and effects are solved for: the same estimate as a dummy for each area, to the last digit that counts, and
for Poisson the same as the conditional likelihood of Hausman, Hall and Griliches (1984), Econometrica 52, 909-938.
"""

from dataclasses import dataclass, field

import numpy as np

STEPS = 100
CLOSE = 1e-9
# One step moves no effect by more than this, so that a first guess far off does not run away.
LONGEST_STEP = 5.0
ROUNDS = 60
NOT_FOUND = "the fit did not settle: there are too few incidents, or an effect that knows no bound"


@dataclass(frozen=True)
class Fit:
    """`effects` are log ratios of the columns asked for; `means` as fitted. `clustered` is their usual covariance,
    clustered by area, and `covariance` the one that allows for few or unequal areas on a side. `alpha` is 0 for
    Poisson: the variance is mean + alpha x mean²."""

    effects: np.ndarray
    covariance: np.ndarray
    clustered: np.ndarray
    means: np.ndarray = field(repr=False)
    alpha: float
    areas: int
    months: int


def fit(counts: np.ndarray, columns: np.ndarray, sides: np.ndarray, *, negative_binomial: bool = False) -> Fit:
    """log mean = area + month + columns x effects, with errors clustered by area.

    `counts[area, month]`, every area and month with at least one incident; `columns[area, month, effect]` floats;
    `sides[area]` is treated or not. `clustered` is the sandwich of Liang and Zeger (1986) times G / (G - 1) times
    (n - 1) / (n - k), where k counts months and effects but not areas, since each area lies within its own cluster
    (Cameron and Miller 2015, Journal of Human Resources 50, 317-372, II.D). In `covariance` each area's score is
    divided by 1 - h, h its share of the information of its side: the jackknife that leaves out an area at a time, to
    first order, as MacKinnon, Nielsen and Webb (2023, Journal of Econometrics 232, 272-299) advise where a side has
    few areas or one that is much the largest, with (G - 1) / G for its G areas. The dispersion of the negative
    binomial is Breslow's (1984) moment estimate: Pearson's statistic equals its degrees of freedom, areas and months
    counted, which a likelihood with hundreds of area effects would put too low. Does not settle: ValueError, a
    sentence.
    """
    counts = counts.astype(float)
    found = _settled(counts, columns, 0.0, _Start.of(counts, columns.shape[2]))
    alpha = 0.0
    if negative_binomial:
        found, alpha = _with_dispersion(counts, columns, found)
    both = _covariances(counts, columns, sides, found, alpha)
    return Fit(found.effects, *both, found.means, alpha, *counts.shape)


@dataclass(frozen=True)
class _Start:
    """Where the effects of areas, months (but the first) and columns stand; `means` follow from them."""

    areas: np.ndarray
    rest: np.ndarray
    months: int
    means: np.ndarray

    @classmethod
    def of(cls, counts: np.ndarray, effects: int) -> "_Start":
        by_month = np.log(counts.sum(axis=0))
        areas = np.log(counts.sum(axis=1) / counts.sum() * counts[:, 0].sum())
        rest = np.concatenate([by_month[1:] - by_month[0], np.zeros(effects)])
        means = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
        return cls(areas, rest, counts.shape[1], means)

    @property
    def effects(self) -> np.ndarray:
        return self.rest[self.months - 1 :]

    def moved(self, areas: np.ndarray, rest: np.ndarray, columns: np.ndarray) -> "_Start":
        areas, rest = self.areas + areas, self.rest + rest
        months = np.concatenate([[0.0], rest[: self.months - 1]])
        linear = areas[:, None] + months[None, :] + columns @ rest[self.months - 1 :]
        if np.abs(linear).max() > 50:
            raise ValueError(NOT_FOUND)
        return _Start(areas, rest, self.months, np.exp(linear))


@dataclass(frozen=True)
class _Information:
    """Fisher's, the areas' block taken out: `of_area` its diagonal, `across[area, rest]`, `rest` what is left."""

    of_area: np.ndarray
    across: np.ndarray
    rest: np.ndarray

    @classmethod
    def of(cls, weights: np.ndarray, columns: np.ndarray) -> "_Information":
        of_area = weights.sum(axis=1)
        weighted = weights[:, :, None] * columns
        across = np.concatenate([weights[:, 1:], weighted.sum(axis=1)], axis=1)
        by_month = np.diag(weights.sum(axis=0)[1:])
        between = weighted.sum(axis=0)[1:]
        own = np.einsum("itk,itl->kl", weighted, columns)
        whole = np.block([[by_month, between], [between.T, own]])
        return cls(of_area, across, whole - across.T @ (across / of_area[:, None]))

    def solved(self, right: np.ndarray) -> np.ndarray:
        try:
            return np.linalg.solve(self.rest, right)
        except np.linalg.LinAlgError:
            raise ValueError(NOT_FOUND) from None


def _settled(counts: np.ndarray, columns: np.ndarray, alpha: float, at: _Start) -> _Start:
    for _ in range(STEPS):
        spread = 1 + alpha * at.means
        information = _Information.of(at.means / spread, columns)
        left = (counts - at.means) / spread
        by_area, by_rest = left.sum(axis=1), _scores(left, columns).sum(axis=0)
        rest = information.solved(by_rest - information.across.T @ (by_area / information.of_area))
        areas = (by_area - information.across @ rest) / information.of_area
        longest = max(np.abs(rest).max(), np.abs(areas).max())
        short = min(1.0, LONGEST_STEP / longest) if longest else 1.0
        at = at.moved(areas * short, rest * short, columns)
        if longest < CLOSE:
            return at
    raise ValueError(NOT_FOUND)


def _scores(left: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Each area's part of the score of months and effects."""
    return np.concatenate([left[:, 1:], np.einsum("it,itk->ik", left, columns)], axis=1)


def _with_dispersion(counts: np.ndarray, columns: np.ndarray, at: _Start) -> tuple[_Start, float]:
    free = counts.size - counts.shape[0] - at.rest.size
    alpha = 0.0
    for _ in range(ROUNDS):
        before, alpha = alpha, _moment(counts, at.means, free)
        at = _settled(counts, columns, alpha, at)
        if abs(alpha - before) <= 1e-8 * max(alpha, 1e-3):
            return at, alpha
    raise ValueError(NOT_FOUND)


def _moment(counts: np.ndarray, means: np.ndarray, free: int) -> float:
    """The alpha at which the sum of (count - mean)² / (mean + alpha mean²) is its degrees of freedom."""
    from scipy.optimize import brentq

    squares = (counts - means) ** 2

    def beyond(alpha: float) -> float:
        return float((squares / (means + alpha * means**2)).sum()) - free

    if beyond(0.0) <= 0:
        return 0.0
    high = 1.0
    while beyond(high) > 0:
        high *= 4
    return float(brentq(beyond, 0.0, high, xtol=1e-12))


def _covariances(
    counts: np.ndarray, columns: np.ndarray, sides: np.ndarray, at: _Start, alpha: float
) -> tuple[np.ndarray, np.ndarray]:
    """The one for few areas, then the usual one."""
    spread = 1 + alpha * at.means
    # The observed information, which for Poisson is the expected one too.
    information = _Information.of(at.means * (1 + alpha * counts) / spread**2, columns)
    # At the maximum each area's own score is nought, so what is left needs no projecting.
    scores = _scores((counts - at.means) / spread, columns)
    inner = information.solved(scores.T)[at.months - 1 :]
    many, n, k = len(counts), counts.size, at.rest.size
    wider = inner * _widened(information.of_area, sides)
    return wider @ wider.T, inner @ inner.T * many / (many - 1) * (n - 1) / (n - k)


def _widened(of_area: np.ndarray, sides: np.ndarray) -> np.ndarray:
    by = np.ones(len(of_area))
    for side in (sides, ~sides):
        share = of_area[side] / of_area[side].sum()
        # An area alone on its side has no other to be held against: its callers refuse that.
        by[side] = np.sqrt((side.sum() - 1) / side.sum()) / np.maximum(1 - share, 1e-9)
    return by
