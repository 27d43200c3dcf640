"""The question put: the ratio, its interval by inversion, and how often chance does as much."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from clearlines.analysis.impact import words
from clearlines.analysis.impact.scores import Design, Scores, design, scores
from clearlines.analysis.impact.study import FEWEST_BEFORE, Study, Windows, needed, windows

# What a kept result names, so that it can be run again by the same method or say that the method changed.
METHOD = "impact 1"
# The largest fall a programme is likely to claim: if that and no change are both within the interval, too few.
LARGEST_LIKELY_FALL = 0.5
# Effects outside these are not looked for: the interval then begins at nought or has no end.
LEAST_RATIO, MOST_RATIO = 1e-3, 1e3
# An end of the interval is found to a tenth of a per cent.
CLOSE_ENOUGH = 1e-3
# Two statistics closer than this are equal.
TIE = 1e-9


@dataclass(frozen=True)
class Impact:
    """Records after over records expected, with its interval; below 1 is a fall. `sentences` may be said."""

    method: str
    treated_before: int
    treated_after: int
    expected: float
    comparison_before: float
    comparison_after: float
    ratio: float
    low: float
    high: float
    level: float
    p: float
    mc_error: float
    statistic: float
    placebo: tuple[float, ...] = field(repr=False)
    n_treated: int
    n_pool: int
    draws: int
    seed: int
    too_few: bool
    is_fall: bool
    verdict: str
    sentences: tuple[str, ...]
    cautions: tuple[str, ...]
    dropped: tuple[str, ...]


def impact(study: Study, *, level: float = 0.95, draws: int = 999, seed: int = 0) -> Impact:
    """Did the treated areas' records fall by more than those of areas like them?

    `level` lies between 0.5 and 1 and is that of the two-sided interval; `p` is one-sided, for a fall. `draws` groups
    of areas are taken as if treated, at least 99. ValueError, whose text is a sentence, for a study that cannot be
    asked. Method and sources: the package's docstring.
    """
    checked_level(level)
    checked_draws(draws)
    seen = windows(study)
    plan = planned(seen, draws, seed)
    found = scores(plan, seen.after)
    shown, stretched = _measured(seen, plan, found, level)
    return Impact(
        METHOD,
        shown.before,
        shown.after,
        shown.expected,
        shown.comparison_before,
        shown.comparison_after,
        shown.after / shown.expected,
        shown.interval.low,
        shown.interval.high,
        level,
        shown.p,
        shown.mc_error,
        float(found.statistics[0]),
        tuple(found.statistics[1:].tolist()),
        shown.n_treated,
        int(seen.eligible.sum()),
        draws,
        seed,
        shown.too_few,
        is_fall=not shown.too_few and shown.interval.high < 1,
        verdict=words.verdict(shown),
        sentences=words.sentences(shown),
        cautions=words.cautions(study, seen, plan.sets, stretched=stretched),
        dropped=words.dropped(seen),
    )


def _measured(seen: Windows, plan: Design, found: Scores, level: float) -> tuple[words.Shown, bool]:
    """The numbers a reader is shown, and whether the interval had to be stretched."""
    before, after = (int(each[seen.treated].sum()) for each in (seen.before, seen.after))
    expected = float(found.expected.sum())
    ratio = after / expected
    low, high = interval(plan, seen.after, ratio, level)
    # Where areas differ much the weighted interval may miss the plain ratio: then it is made wide enough to hold it.
    stretched = not low <= ratio <= high
    low, high = min(low, ratio), max(high, ratio)
    statistic, placebo = found.statistics[0], found.statistics[1:]
    p, others = as_low(statistic, placebo), plan.sets[:, 1:]
    return words.Shown(
        before,
        after,
        expected,
        float(seen.before[others].mean(1).sum()),
        float(seen.after[others].mean(1).sum()),
        words.Interval(low, high, level),
        p,
        math.sqrt(p * (1 - p) / len(placebo)),
        len(placebo),
        int((placebo <= statistic + TIE).sum()),
        len(plan.sets),
        bool(before < FEWEST_BEFORE or (low <= LARGEST_LIKELY_FALL and high >= 1)),
    ), stretched


def checked_level(level: float) -> None:
    if not 0.5 <= level < 1:
        raise ValueError(f"the level must be at least 0.5 and under 1, such as 0.95, not {level}")


def checked_draws(draws: int) -> None:
    if draws < 99:
        raise ValueError(f"there must be at least 99 draws, not {draws}")


def planned(seen: Windows, draws: int, seed: int) -> Design:
    """The design of this study, or a sentence saying why it cannot be asked."""
    treated, pool = np.flatnonzero(seen.treated), np.flatnonzero(seen.eligible)
    if not len(treated):
        raise ValueError("no area is marked as treated")
    least = needed(len(treated))
    if len(pool) < least:
        raise ValueError(
            f"{len(treated)} treated areas need at least {least} areas with records to compare with, "
            f"and there are {len(pool)}"
        )
    if not seen.after[pool].any():
        raise ValueError("the areas to compare with have no record after, so nothing can be expected of the treated")
    return design(seen.chosen, seen.before, seen.months, treated, pool, draws, np.random.default_rng(seed))


def as_low(statistic: float, placebo: np.ndarray) -> float:
    """The share of groups that fell by as much or more, the treated themselves counted among them."""
    return float((1 + (placebo <= statistic + TIE).sum()) / (1 + len(placebo)))


def interval(plan: Design, after: np.ndarray, ratio: float, level: float) -> tuple[float, float]:
    """Every ratio that a two-sided test at `level` would not refuse."""
    tail = (1 - level) / 2

    def too_small(guess: float) -> bool:
        found = scores(plan, after, guess).careful
        return as_low(-found[0], -found[1:]) <= tail

    def too_large(guess: float) -> bool:
        found = scores(plan, after, guess).careful
        return as_low(found[0], found[1:]) <= tail

    start = min(max(ratio, 0.01), 100.0)
    low = _edge(too_small, start, LEAST_RATIO) if ratio > 0 else 0.0
    return (0.0 if low is None else low), (_edge(too_large, start, MOST_RATIO) or math.inf)


def _edge(refused: Callable[[float], bool], inside: float, outside: float) -> float | None:
    """Between a ratio that stands and one that is refused, where the refusing begins; None if it never does."""
    if not refused(outside):
        return None
    if refused(inside):
        # The weighted estimate lies away from the plain ratio: begin from the other end.
        inside = LEAST_RATIO if outside > 1 else MOST_RATIO
        if refused(inside):
            return inside
    stands, falls = math.log(inside), math.log(outside)
    while abs(falls - stands) > CLOSE_ENOUGH:
        middle = (stands + falls) / 2
        stands, falls = (stands, middle) if refused(math.exp(middle)) else (middle, falls)
    return math.exp(stands)
