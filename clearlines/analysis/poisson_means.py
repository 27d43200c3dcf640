"""Could two counts have come from the same rate?

The question. So many before and so many after, nothing compared with them: is that more of a change than two Poisson
counts of one rate would show? A check to print beside a before and after, never an evaluation.

The method. The e-test of Krishnamoorthy and Thomson (2004), "A more powerful test for comparing two Poisson means",
Journal of Statistical Planning and Inference 119, 23-35, doi:10.1016/S0378-3758(02)00408-1, as statsmodels has it: the
probability, under the pooled rate, of any pair of counts at least as far apart as these, each pair weighed by its own
spread. Over `MOST_EXACT` in either count the same statistic is held against the normal curve, which by then is equal
to three decimals.

What the columns mean. `before` and `after` are whole incidents, `exposure` the lengths of the two periods, in any
unit. `p` is two-sided. `ratio` is after over before, each for its length, None when there is nothing before.

When not to use it. To say that something worked: it has no comparison, so season, recording and the return of a high
month to its usual level all count as change. For police-generated records. For counts that come in bursts, whose p is
really higher. For an area chosen because its count before was high.

A worked example. 6 before and 2 after differ by 4, with a spread of the root of 6 + 2, 2.83: the statistic is 1.41.
ptools prints 0.1748748 for it:

>>> found = e_test(6, 2)
>>> round(found.statistic, 4), round(found.p, 7)
(1.4142, 0.1748748)
>>> found.sentence
'6 before and 2 after: two counts of one unchanged rate would lie this far apart about 17 times in 100.'
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

# The exact sum is over every pair of counts: the square of this many, some 20 MB.
MOST_EXACT = 1_000
MOST = 10**12


@dataclass(frozen=True)
class TwoMeans:
    """The difference of two rates as a statistic, its two-sided p, and a sentence that claims no cause."""

    before: int
    after: int
    exposure: tuple[float, float]
    statistic: float
    p: float
    ratio: float | None
    exact: bool
    sentence: str


def e_test(before: int, after: int, *, exposure: Sequence[float] = (1, 1)) -> TwoMeans:
    """The e-test of two Poisson counts over periods of these lengths.

    Counts are whole numbers of at least nought, lengths two numbers above nought, else ValueError, a sentence. With
    no incident at all there is nothing to tell apart: p is 1. Source: Krishnamoorthy and Thomson 2004.
    """
    before, after = _whole(before), _whole(after)
    lengths = _lengths(exposure)
    if not before and not after:
        return TwoMeans(0, 0, lengths, 0.0, 1.0, None, True, "No incident before or after: there is nothing to tell.")
    spread = math.sqrt(before / lengths[0] ** 2 + after / lengths[1] ** 2)
    statistic = (before / lengths[0] - after / lengths[1]) / spread
    exact = max(before, after) <= MOST_EXACT
    p = _summed(before, after, lengths) if exact else 2 * NormalDist().cdf(-abs(statistic))
    ratio = (after / lengths[1]) / (before / lengths[0]) if before else None
    return TwoMeans(before, after, lengths, statistic, p, ratio, exact, _sentence(before, after, lengths, p))


def _summed(before: int, after: int, lengths: tuple[float, float]) -> float:
    # Named "wald" there: the statistic of the paper, with the counts' own variance.
    from statsmodels.stats.rates import etest_poisson_2indep

    _, p = etest_poisson_2indep(before, lengths[0], after, lengths[1], method="wald")
    return min(1.0, float(p))


def _sentence(before: int, after: int, lengths: tuple[float, float], p: float) -> str:
    periods = "" if lengths[0] == lengths[1] else f" over periods of {lengths[0]:g} and {lengths[1]:g}"
    often = "fewer than 1 time in 100" if p < 0.01 else f"about {100 * p:.0f} times in 100"
    return (
        f"{before:,} before and {after:,} after{periods}: two counts of one unchanged rate would lie this far apart "
        f"{often}."
    )


def _whole(count: float) -> int:
    if not math.isfinite(count) or count < 0 or count != int(count) or count > MOST:
        raise ValueError(f"a count must be a whole number of at least nought, not {count}")
    return int(count)


def _lengths(exposure: Sequence[float]) -> tuple[float, float]:
    if len(exposure) != 2 or not all(math.isfinite(each) and each > 0 for each in exposure):
        raise ValueError("the lengths of the two periods must be two numbers above nought")
    return float(exposure[0]), float(exposure[1])
