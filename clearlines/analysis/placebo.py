"""How often does a design say "a fall" where nobody did anything?

The question. On real months in which nothing was done: choose the hottest areas as a programme would, ask the default
design, and count how often it says they fell. And with records taken away on purpose: how often is that found?

The method. Placebo studies (Bertrand, Duflo and Mullainathan 2004, Q J Econ 119, 249-275). Each draw takes a random
half of the areas and treats its hottest in the chosen months. Every area not treated may be compared with: the other
half holds areas as hot, as another district would, and the rest of this half those that were not chosen. The test
is one-sided at 5 %. A planted fall removes each of the treated areas' records after with that chance. Beside it, on
the same draws, the usual ways: Poisson's test of before and after against the rest of the force, with the chosen
months as the baseline and with the months before (`apart`); and the weighted displacement difference of Wheeler and
Ratcliffe (2018) with the chosen months as the baseline, the rest of the force scaled to as many areas.

What the columns mean. Rates are shares of the draws. `false_verdict_rate` and `found_verdict_rate` are of what a page
would say: its interval lies below no change, which asks more than the test. `treated_before` is the median over draws.

When not to use it. As a promise for another force or year: draws of one force and kind share the same months and
mostly the same hot areas, so a rate moves by far more from force to force than its Monte-Carlo error says.

What was measured. Two forces (Merseyside, Cumbria), 14 kinds of crime, eight triples of windows, 5, 10 and 20 areas,
40 draws each, 557 rows with twenty records before or more: a fall was said in 5.4 % of draws with nothing done (4.0,
5.0 and 6.9 % with 5, 10 and 20 areas), and a planted halving found in 87 % (82, 86 and 91 %); in 91 % where the
treated had forty records before. The verdict of a page, which asks more, was false in 1.6 % and found 75 %. The usual
way was false in 52 %. It is still loose for theft from the person in Merseyside (12 %) and vehicle crime in Cumbria
(13 %, few records), and where the areas were chosen six years before (8 %). By force and kind:
`clearlines/evaluation/reference/known_rates.v1.toml`, made by `bench/evaluation_placebo.py`.

A worked example, the error of a share by hand: the root of .05 x .95 / 100:

>>> rate_error(0.05, 100)
0.0218
"""

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from clearlines.analysis.displacement import Counts, displacement
from clearlines.analysis.impact.answer import METHOD, as_low
from clearlines.analysis.impact.scores import Design, design, scores
from clearlines.analysis.impact.study import FEWEST_BEFORE, Months, Study, needed, windows

# One-sided, for a fall; a verdict of "a fall" asks half of it, as its interval is two-sided.
TESTED_AT = 0.05
# Groups in each draw: enough for a tail of 2.5 %.
INNER_DRAWS = 199
# The normal quantile of the one-sided test, for the usual ways.
USUAL_REACH = 1.645


@dataclass(frozen=True)
class Placebo:
    """Shares of the draws. `found` are None where no fall was planted; the `usual` rates are with nothing planted."""

    false_positive_rate: float
    false_positive_mc_error: float
    detection_rate: float | None
    detection_mc_error: float | None
    false_verdict_rate: float
    found_verdict_rate: float | None
    usual_false_positive_rate: float
    usual_wdd_false_positive_rate: float
    usual_apart_false_positive_rate: float
    treated_before: float
    too_few_rate: float
    plant: float | None
    areas: int
    top: int
    draws: int
    seed: int
    method: str = METHOD


def placebo(
    counts: np.ndarray,
    chosen: np.ndarray,
    before: np.ndarray,
    after: np.ndarray,
    *,
    top: int = 10,
    draws: int = 200,
    plant: float | None = None,
    seed: int = 0,
) -> Placebo:
    """Each draw takes a random half of the areas, treats its `top` hottest in the chosen months, and asks `impact`.

    Everything not treated may be compared with, the other half with the rest of this one. `plant` takes that share
    of the treated areas' records after away, each record by chance. ValueError, whose text is a sentence.
    """
    seen = _checked(counts, chosen, before, after, top, draws, plant)
    rng = np.random.default_rng(seed)
    said = []
    for _ in range(draws):
        treated = _hottest_of_a_half(seen.chosen, top, rng)
        said.append(_one(seen, treated, plant, rng))
    shares = np.array(said, dtype=float)
    rates = dict(zip(_Said._fields, shares.mean(0).tolist(), strict=True))
    has_plant = plant is not None
    return Placebo(
        false_positive_rate=rates["false"],
        false_positive_mc_error=rate_error(rates["false"], draws),
        detection_rate=rates["found"] if has_plant else None,
        detection_mc_error=rate_error(rates["found"], draws) if has_plant else None,
        false_verdict_rate=rates["false_verdict"],
        found_verdict_rate=rates["found_verdict"] if has_plant else None,
        usual_false_positive_rate=rates["usual"],
        usual_wdd_false_positive_rate=rates["usual_wdd"],
        usual_apart_false_positive_rate=rates["usual_apart"],
        treated_before=float(np.median(shares[:, _Said._fields.index("before")])),
        too_few_rate=float((shares[:, _Said._fields.index("before")] < FEWEST_BEFORE).mean()),
        plant=plant,
        areas=len(seen.chosen),
        top=top,
        draws=draws,
        seed=seed,
    )


def rate_error(rate: float, draws: int) -> float:
    """The Monte-Carlo error of a share of so many draws, to four places."""
    return round(math.sqrt(rate * (1 - rate) / draws), 4)


class _Said(NamedTuple):
    false: bool
    false_verdict: bool
    found: bool
    found_verdict: bool
    usual: bool
    usual_wdd: bool
    usual_apart: bool
    before: float


class _Seen(NamedTuple):
    chosen: np.ndarray
    before: np.ndarray
    after: np.ndarray
    months: Months


def _checked(
    counts: np.ndarray,
    chosen: np.ndarray,
    before: np.ndarray,
    after: np.ndarray,
    top: int,
    draws: int,
    plant: float | None,
) -> _Seen:
    if plant is not None and not 0 < plant < 1:
        raise ValueError(f"the planted fall must be a share between 0 and 1, such as 0.5, not {plant}")
    if draws < 1:
        raise ValueError(f"there must be at least one draw, not {draws}")
    if top < 1:
        raise ValueError(f"there must be at least one area to treat, not {top}")
    none = np.zeros(len(np.atleast_1d(counts)), dtype=bool)
    found = windows(Study(counts, none, ~none, chosen, before, after))
    if not found.months.chosen:
        raise ValueError("there must be at least one month on which the areas are chosen")
    told = found.eligible
    least = max(2 * top, top + needed(top))
    if told.sum() < least:
        raise ValueError(
            f"treating {top} of a half needs at least {least} areas with records, and there are {int(told.sum())}"
        )
    return _Seen(found.chosen[told], found.before[told], found.after[told], found.months)


def _hottest_of_a_half(chosen: np.ndarray, top: int, rng: np.random.Generator) -> np.ndarray:
    """Which areas: the hottest in the chosen months of a random half; ties by chance."""
    half = rng.permutation(len(chosen))[: max(top, len(chosen) // 2)]
    return half[np.argsort(-chosen[half], kind="stable")[:top]]


def _one(seen: _Seen, treated: np.ndarray, plant: float | None, rng: np.random.Generator) -> _Said:
    pool = np.setdiff1d(np.arange(len(seen.chosen)), treated)
    plan = design(seen.chosen, seen.before, seen.months, treated, pool, INNER_DRAWS, rng)
    found = [_p(plan, seen.after)]
    if plant is not None:
        thinned = seen.after.copy()
        thinned[treated] = rng.binomial(seen.after[treated].astype(np.int64), 1 - plant)
        found.append(_p(plan, thinned))
    (null, null_careful), (planted, planted_careful) = found[0], found[-1]
    months = seen.months
    usual = _log_ratio(seen.chosen, seen.after, treated) < -USUAL_REACH
    apart = _log_ratio(seen.before, seen.after, treated) < -USUAL_REACH
    wdd = _wdd(seen, treated, (months.chosen, months.after)) < -USUAL_REACH
    half = TESTED_AT / 2
    is_enough = bool(seen.before[treated].sum() >= FEWEST_BEFORE)
    return _Said(
        null <= TESTED_AT,
        is_enough and null_careful <= half,
        planted <= TESTED_AT,
        is_enough and planted_careful <= half,
        usual,
        wdd,
        apart,
        float(seen.before[treated].sum()),
    )


def _p(plan: Design, after: np.ndarray) -> tuple[float, float]:
    """The one-sided p, and the same of the statistic on which the interval stands."""
    found = scores(plan, after)
    return as_low(found.statistics[0], found.statistics[1:]), as_low(found.careful[0], found.careful[1:])


def _log_ratio(before: np.ndarray, after: np.ndarray, treated: np.ndarray) -> float:
    """Poisson's z of the treated areas' change against everybody else's; a count of nought is taken as a half."""
    first = np.array([after[treated].sum(), before[treated].sum()])
    rest = np.array([after.sum(), before.sum()]) - first
    first, rest = np.maximum(first, 0.5), np.maximum(rest, 0.5)
    return float(
        (math.log(first[0] / first[1]) - math.log(rest[0] / rest[1])) / math.sqrt((1 / first).sum() + (1 / rest).sum())
    )


def _wdd(seen: _Seen, treated: np.ndarray, time: tuple[float, float]) -> float:
    inside = Counts(float(seen.chosen[treated].sum()), float(seen.after[treated].sum()))
    rest = Counts(float(seen.chosen.sum()) - inside.before, float(seen.after.sum()) - inside.after)
    size = (len(seen.chosen) - len(treated)) / len(treated)
    found = displacement(rest, inside, time=time, area=(size, 1, 1, 1))
    return found.z or 0.0
