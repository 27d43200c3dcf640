"""A median with its interval, and a paired change with its interval: no shape of the distribution is assumed for
the first; Student's t is used for the second, and only where there are enough pairs to use it at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb
from statistics import mean, median, stdev

# Under ten pairs a change is described, never called real (domain.md scenario 33).
FEWEST_FOR_A_CLAIM = 10


@dataclass(frozen=True)
class Summary:
    """`low` and `high` are None where there are too few for an interval."""

    value: float
    n: int
    low: float | None = None
    high: float | None = None


def middle(values: Sequence[float], level: float = 0.95) -> Summary | None:
    """The median, with the interval between two of the values that covers it at least at the level.

    With ten values the second and the ninth cover the median 97.9 % of the time (Conover 1999, table A3):

    >>> middle([3, 1, 2, 4, 5, 6, 7, 8, 9, 10])
    Summary(value=5.5, n=10, low=2, high=9)
    >>> middle([1, 2, 3])
    Summary(value=2, n=3, low=None, high=None)
    """
    if not values:
        return None
    ordered, n = sorted(values), len(values)
    rank = _rank(n, (1 - level) / 2)
    if rank < 1 or n < FEWEST_FOR_A_CLAIM:
        return Summary(median(ordered), n)
    return Summary(median(ordered), n, ordered[rank - 1], ordered[n - rank])


def _rank(n: int, tail: float) -> int:
    """How many of n values may lie below the interval: the most that half a chance each leaves under the tail."""
    below, rank = 0, 0
    while (below + comb(n, rank)) / 2**n < tail:
        below, rank = below + comb(n, rank), rank + 1
    return rank


def paired_change(pairs: Sequence[tuple[float, float]], level: float = 0.95) -> Summary | None:
    """The mean of (after − before), with its interval where there are ten pairs or more.

    "Student" (1908), The probable error of a mean: extra hours of sleep under two drugs, ten patients.

    >>> first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    >>> second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    >>> change = paired_change(list(zip(first, second)))
    >>> f"{change.value:.2f} {change.low:.4f} {change.high:.4f}"
    '1.58 0.7001 2.4599'
    """
    # scipy.special alone loads in a tenth of the time of scipy.stats.
    from scipy.special import stdtrit

    if not pairs:
        return None
    changes = [after - before for before, after in pairs]
    n = len(changes)
    if n < FEWEST_FOR_A_CLAIM:
        return Summary(mean(changes), n)
    reach = float(stdtrit(n - 1, 0.5 + level / 2)) * stdev(changes) / n**0.5
    return Summary(mean(changes), n, mean(changes) - reach, mean(changes) + reach)
