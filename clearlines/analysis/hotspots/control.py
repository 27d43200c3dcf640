"""Is a month out of the ordinary for this place, or is it the ordinary going up and down?

A run chart with control limits: the mean of the months, and round it what a count with that mean would reach in all
but about three months in a thousand. Counts that come in bursts vary more than chance alone, so the limits are made as
much wider as the months are apart from each other (Laney's u' chart: Laney 2002, Quality Engineering 14, 531-537).
Eight months in a row on one side of the mean are a signal too (Western Electric's fourth rule).

>>> answer = control([4, 6, 5, 3, 7, 5, 4, 6, 5, 30])
>>> answer.beyond
(9,)
"""

import math
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np

from clearlines.analysis.hotspots.checks import counts_of

# The mean moving range of two neighbouring months, in standard deviations (d2 for n = 2).
MOVING_RANGE = 1.128
WIDE = 3
RUN = 8
# Fewer months say nothing about what is ordinary.
FEWEST = 8


@dataclass(frozen=True)
class Limits:
    """`beyond`: places of months outside low…high; `runs`: (first, last) of eight or more on one side of the mean.
    `widened` is how many times chance alone the months vary; 1 where no more than chance.
    """

    mean: float
    low: float
    high: float
    widened: float
    beyond: tuple[int, ...]
    runs: tuple[tuple[int, int], ...]
    months: int

    @property
    def is_enough(self) -> bool:
        return self.months >= FEWEST


def control(counts: Any) -> Limits:
    """`counts`: an entry a month of equal length, in order."""
    x = counts_of(counts)
    if not len(x):
        raise ValueError("there is no month")
    mean = float(x.mean())
    chance = math.sqrt(mean)
    moved = float(np.abs(np.diff(x)).mean()) / MOVING_RANGE if len(x) > 1 else 0.0
    widened = max(moved / chance, 1.0) if chance else 1.0
    reach = WIDE * widened * chance
    low, high = max(mean - reach, 0.0), mean + reach
    beyond = tuple(int(each) for each in np.flatnonzero((x < low) | (x > high)))
    return Limits(mean, low, high, widened, beyond, _runs(x - mean), len(x))


def _runs(gaps: np.ndarray) -> tuple[tuple[int, int], ...]:
    found, at = [], 0
    for side, months in groupby(np.sign(gaps)):
        many = len(list(months))
        if side and many >= RUN:
            found.append((at, at + many - 1))
        at += many
    return tuple(found)
