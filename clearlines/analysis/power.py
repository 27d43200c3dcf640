"""How large a fall could be told from chance, before anyone starts?

The question. With these areas, these months before and so many months after: how often would `impact` call a fall of
10 %, 20 % … a fall, and which is the smallest it would find four times in five?

The method. Simulation (Gelman and Hill 2007, chapter 20). Each area is likely to have after what its months have shown,
drawn toward the mean of all by a gamma prior (Robbins 1956), and varies by Poisson's chance, by not knowing its
rate, and by as much as the months before differed from what the months chosen on said of them. Counts are drawn, the
fall is taken out of the treated record by record, and the design is asked as it will be asked; the same draws serve
every fall. "Found" is the verdict a page would give: the interval lies below no change. No month after those before
is looked at, so it may be asked when the protocol is registered.

What the columns mean. `falls` are triples: the fall as a share, the share of draws in which it was found, and the
Monte-Carlo error of that. `before_total` are records of the treated areas in the months before.

When not to use it. After the answer is known, to explain it ("observed power"). Where recording is about to change.

A worked example, of reading the answer: 20 % is found in .4, 40 % in .8, so .6 is reached half way between:

>>> round(smallest_found([(0.2, 0.4), (0.4, 0.8), (0.6, 1.0)], 0.6), 6)
0.3
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from clearlines.analysis.impact.answer import as_low, checked_draws, checked_level, planned
from clearlines.analysis.impact.scores import Design, learnt_spread, scores
from clearlines.analysis.impact.study import FEWEST_BEFORE, Study, Windows, windows

FALLS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
# Groups in each simulated evaluation: enough for a tail of 2.5 %.
INNER_DRAWS = 199


@dataclass(frozen=True)
class Power:
    """`falls`: for each fall, how often it would be found and the Monte-Carlo error of that."""

    falls: tuple[tuple[float, float, float], ...]
    smallest: float | None
    chance: float
    before_total: int
    level: float
    draws: int
    seed: int
    sentences: tuple[str, ...]


def power(  # noqa: PLR0913 - a study, taken apart, and how to ask it
    counts: np.ndarray,
    treated: np.ndarray,
    eligible: np.ndarray,
    chosen: np.ndarray,
    before: np.ndarray,
    months_after: int,
    *,
    level: float = 0.95,
    draws: int = 200,
    seed: int = 0,
    falls: Sequence[float] = FALLS,
    chance: float = 0.8,
) -> Power:
    """How often `impact` would call each fall a fall, using no month later than those before."""
    checked_level(level)
    checked_draws(draws)
    wanted = _checked(falls, chance, months_after)
    seen = _until_before(counts, treated, eligible, chosen, before, months_after)
    total = int(seen.before[seen.treated].sum())
    found = np.zeros(len(wanted)) if total < FEWEST_BEFORE else _found(seen, wanted, (1 - level) / 2, draws, seed)
    shares = found / draws
    told = tuple(
        (fall, float(share), math.sqrt(share * (1 - share) / draws)) for fall, share in zip(wanted, shares, strict=True)
    )
    smallest = smallest_found([each[:2] for each in told], chance)
    return Power(told, smallest, chance, total, level, draws, seed, _sentences(told, smallest, chance, total))


def smallest_found(falls: Sequence[tuple[float, float]], chance: float) -> float | None:
    """Between the falls tried, the smallest found at least `chance` of the time; None if none was."""
    last: tuple[float, float] | None = None
    for fall, share in falls:
        if share >= chance:
            if last is None or share == last[1]:
                return fall
            return last[0] + (fall - last[0]) * (chance - last[1]) / (share - last[1])
        last = (fall, share)
    return None


def _checked(falls: Sequence[float], chance: float, months_after: int) -> list[float]:
    wanted = sorted(float(each) for each in falls)
    if not wanted or not all(0 < each <= 1 for each in wanted):
        raise ValueError("falls must be shares above 0 and up to 1, such as 0.3")
    if not 0 < chance < 1:
        raise ValueError(f"the chance of finding a fall must lie between 0 and 1, such as 0.8, not {chance}")
    if months_after < 1:
        raise ValueError("there must be at least one month after")
    return wanted


def _until_before(
    counts: np.ndarray, treated: np.ndarray, eligible: np.ndarray, chosen: np.ndarray, before: np.ndarray, many: int
) -> Windows:
    """The windows with months after that hold nothing yet; whatever later months are in `counts` are not looked at."""
    counts, before, chosen = np.asarray(counts), np.asarray(before), np.asarray(chosen)
    if before.dtype != bool or not before.any():
        raise ValueError("there must be at least one month before")
    until = int(np.flatnonzero(before)[-1]) + 1
    if chosen[until:].any():
        raise ValueError("the areas must have been chosen on months that come before the months before")
    made = np.hstack([counts[:, :until], np.zeros((len(counts), many))])
    none = np.zeros(many, dtype=bool)
    return windows(
        Study(
            made,
            treated,
            eligible,
            np.append(chosen[:until], none),
            np.append(before[:until], none),
            np.append(np.zeros(until, dtype=bool), ~none),
        )
    )


def _found(seen: Windows, falls: list[float], tail: float, draws: int, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    found = np.zeros(len(falls))
    plan = planned(seen._replace(after=np.ones_like(seen.before)), INNER_DRAWS, seed)
    expected, variance = _coming(seen, plan)
    for _ in range(draws):
        after = _records(expected, variance, rng)
        left = after[seen.treated]
        stays = rng.random((int(left.sum()),))
        area = np.repeat(np.arange(len(left)), left.astype(int))
        for which, fall in enumerate(falls):
            after[seen.treated] = np.bincount(area[stays >= fall], minlength=len(left))
            careful = scores(plan, after).careful
            found[which] += as_low(careful[0], careful[1:]) <= tail
    return found


def _coming(seen: Windows, plan: Design) -> tuple[np.ndarray, np.ndarray]:
    """What each area is likely to have after with nothing done, and its variance: see the module's method."""
    months, told = seen.months, seen.eligible | seen.treated
    earlier = seen.chosen.astype(float)
    known = months.before
    if months.chosen and earlier[told].sum():
        trend = (seen.before[told].sum() / months.before) / (earlier[told].sum() / months.chosen)
        earlier = earlier * trend
        known += months.chosen
    rate = (earlier + seen.before) / known
    mean = rate[told].mean()
    between = max(rate[told].var() - mean / known, 1e-9)
    # Robbins's shrinkage with a gamma prior: mean²/between records are as good as already seen in every area.
    likely = (mean**2 / between + earlier + seen.before) / (mean / between + known)
    expected = likely * months.after
    plain, extra = 1.0, 0.0
    if months.chosen:
        plain, extra = learnt_spread(plan, seen.chosen, seen.before, months)
        plain = max(1.0, plain / (1 + months.before / months.chosen))
    return expected, plain * expected * (1 + months.after / known) + extra * expected**2


def _records(expected: np.ndarray, variance: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Counts of this mean and variance: Poisson of a gamma."""
    shape = expected**2 / np.maximum(variance - expected, 1e-9)
    return rng.poisson(expected * rng.gamma(shape) / shape).astype(float)


def _sentences(
    falls: tuple[tuple[float, float, float], ...], smallest: float | None, chance: float, total: int
) -> tuple[str, ...]:
    base = f"from a base of {total:,} records before"
    if total < FEWEST_BEFORE:
        return (f"Too few to tell: {total} records before, and under {FEWEST_BEFORE} no fall would be called one.",)
    if smallest is None:
        return (f"No fall of up to {100 * falls[-1][0]:.0f} % would be found {100 * chance:.0f} times in 100, {base}.",)
    return (f"A fall of about {100 * smallest:.0f} % or more would be found {100 * chance:.0f} times in 100, {base}.",)
