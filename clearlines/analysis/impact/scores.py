"""How far a group's counts lie from what areas like it, outside the group, say they should be."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from clearlines.analysis.impact.matching import groups, learnt_from, matched_sets, place
from clearlines.analysis.impact.study import Months

# An area further out than this counts as this far out: one city centre shall not decide for ten areas.
FURTHEST = 2.5
# Larger areas vary by more than chance: less weight than Poisson's 1 / size when the coefficients are learnt.
WEIGHT_POWER = 1.0
# No area is expected to have less than this share of what it had, nor less than this many records.
LEAST_SHARE, LEAST = 0.1, 0.1
# Squared misses beyond this quantile are taken as this, so that one area does not set the spread of all.
SPREAD_QUANTILE = 0.95


@dataclass(frozen=True)
class Design:
    """All that is settled before the counts after are looked at."""

    sets: np.ndarray
    learnt: np.ndarray
    groups: np.ndarray
    columns: np.ndarray
    weights: np.ndarray
    floor: np.ndarray


class Scores(NamedTuple):
    """The statistic of each group, the treated first; and for the treated, area by area, the records expected.

    `careful` is the statistic divided by more: what not knowing the coefficients adds to each group's chance.
    """

    statistics: np.ndarray
    careful: np.ndarray
    expected: np.ndarray


def design(
    chosen: np.ndarray,
    before: np.ndarray,
    months: Months,
    treated: np.ndarray,
    pool: np.ndarray,
    draws: int,
    rng: np.random.Generator,
) -> Design:
    """Match, draw the groups and set up what is learnt. `treated` and `pool` are numbers of areas."""
    where = place(chosen, before)
    sets = matched_sets(where, treated, pool)
    was = before * months.after / months.before
    columns = [np.ones_like(was), was]
    if months.chosen:
        columns.append(chosen * months.after / months.chosen)
    size = (chosen + before) * months.after / (months.chosen + months.before)
    return Design(
        sets,
        learnt_from(where, sets, pool),
        groups(sets, draws, rng),
        np.column_stack(columns),
        (1 + size) ** -WEIGHT_POWER,
        LEAST_SHARE * was + LEAST,
    )


def scores(plan: Design, after: np.ndarray, ratio: float = 1.0) -> Scores:
    """Every group by the same rule, had the work multiplied the treated areas' records by `ratio`.

    For each group the coefficients are learnt anew without it. What the treated would have had is their count over
    `ratio`, whose chance is that of the smaller count.
    """
    treated, learnt = plan.sets[:, 0], plan.learnt
    without = after.astype(float)
    without[treated] /= ratio
    products, targets = _sums(plan, without)
    whole = _solve(products[learnt].sum(0), targets[learnt].sum(0))
    fitted = np.maximum(plan.columns @ whole, plan.floor)
    plain, extra = _spread(without[learnt] - fitted[learnt], fitted[learnt])
    variance = plain * fitted + extra * fitted**2
    variance[treated] += plain * fitted[treated] * (1 / ratio - 1)

    left_out_products = products[learnt].sum(0) - products[plan.groups].sum(1)
    left_out = _solve(left_out_products, targets[learnt].sum(0) - targets[plan.groups].sum(1))
    expected = np.einsum("gkc,gc->gk", plan.columns[plan.groups], left_out)
    expected = np.maximum(expected, plan.floor[plan.groups])
    deviation = np.sqrt(variance)
    missed = _within((without - fitted) / deviation)
    beside = (missed[plan.sets].sum(1) - missed[plan.groups]) / (plan.sets.shape[1] - 1)
    off = _within((without[plan.groups] - expected) / deviation[plan.groups]) - beside
    weight = (fitted / deviation)[plan.groups]
    learning = _learning_variance(plan, variance, left_out_products, weight / deviation[plan.groups])
    total, known = (weight * off).sum(1), (weight**2).sum(1)
    return Scores(
        total / np.sqrt(known), total / np.sqrt(known + learning), _expected(plan, without, left_out[0], deviation)
    )


def _expected(plan: Design, counts: np.ndarray, coefficients: np.ndarray, deviation: np.ndarray) -> np.ndarray:
    """Of each treated area: what the others say, and as far off as its matches lie from that."""
    said = np.maximum(plan.columns[plan.sets] @ coefficients, plan.floor[plan.sets])
    missed = _within((counts[plan.sets] - said) / deviation[plan.sets])[:, 1:].mean(1)
    treated = plan.sets[:, 0]
    return np.maximum(said[:, 0] + missed * deviation[treated], plan.floor[treated])


def _sums(plan: Design, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    weighted = plan.columns * plan.weights[:, None]
    return weighted[:, :, None] * plan.columns[:, None, :], weighted * counts[:, None]


def _solve(products: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Coefficients, one set for each leading index; a hair is added to the diagonal so that twins can be solved."""
    size = products.shape[-1]
    hair = 1e-9 * np.trace(products, axis1=-2, axis2=-1)[..., None, None] * np.eye(size)
    return np.linalg.solve(products + hair, targets[..., None])[..., 0]


def _learning_variance(plan: Design, variance: np.ndarray, products: np.ndarray, pull: np.ndarray) -> np.ndarray:
    """What not knowing the coefficients adds to a group's variance: most where the group lies beyond the others."""
    spread = (plan.weights**2 * variance)[:, None, None] * plan.columns[:, :, None] * plan.columns[:, None, :]
    spread = spread[plan.learnt].sum(0) - spread[plan.groups].sum(1)
    toward = np.einsum("gk,gkc->gc", pull, plan.columns[plan.groups])
    by = _solve(products, toward)
    return np.maximum(np.einsum("gc,gcd,gd->g", by, spread, by), 0)


def _within(standardised: np.ndarray) -> np.ndarray:
    return np.clip(standardised, -FURTHEST, FURTHEST)


def _spread(missed: np.ndarray, fitted: np.ndarray) -> tuple[float, float]:
    """The variance as `plain` × expected + `extra` × expected², by moments, never under Poisson's."""
    squared = missed**2 / fitted
    squared = np.minimum(squared, np.quantile(squared, SPREAD_QUANTILE))
    weight = 1 / (1 + 0.1 * fitted) ** 2
    centred = fitted - np.average(fitted, weights=weight)
    by_size = float((weight * centred * squared).sum() / max((weight * centred**2).sum(), 1e-12))
    mean = float(np.average(squared, weights=weight))
    if by_size <= 0:
        return max(1.0, float(squared.mean())), 0.0
    plain = max(1.0, mean - by_size * float(np.average(fitted, weights=weight)))
    extra = max(0.0, mean - plain) / float(np.average(fitted, weights=weight))
    return plain, extra


def learnt_spread(plan: Design, chosen: np.ndarray, before: np.ndarray, months: Months) -> tuple[float, float]:
    """How the counts before lay about what those of the chosen months said: `plain` and `extra`, as in `_spread`."""
    columns = np.column_stack([np.ones(len(chosen)), chosen * months.before / months.chosen])[plan.learnt]
    weighted = columns / (1 + columns[:, 1:]) ** WEIGHT_POWER
    fitted = columns @ _solve(weighted.T @ columns, weighted.T @ before[plan.learnt])
    fitted = np.maximum(fitted, LEAST_SHARE * columns[:, 1] + LEAST)
    return _spread(before[plan.learnt] - fitted, fitted)
