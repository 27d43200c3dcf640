"""Was an area among the highest only once, or month after month?

An area is among the K highest of a window if its count is at least the K-th highest and not nought; those that tie
are all among them, so that no order of rows decides. The expectation is what shuffling each window's counts over the
study area would give: the share of areas that were among its highest, added over the windows; `p` is the exact chance
of being among them in so many windows or more (the Poisson binomial), of one area looked at alone.

>>> answer = persistence([[5, 4], [1, 6], [0, 2], [2, 1]], top=1)
>>> answer.times.tolist(), answer.windows, answer.expected
([1, 1, 0, 0], 2, 0.5)
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from clearlines.analysis.hotspots.checks import counts_of


@dataclass(frozen=True)
class Persistence:
    """`times` an area was among the `top` highest, of `windows`; `expected` by chance; `p` of so many or more."""

    times: np.ndarray
    windows: int
    top: int
    expected: float
    p: np.ndarray


def persistence(counts: Any, *, top: int) -> Persistence:
    """`counts`: areas x windows, of the areas in the study area. `top` is at least 1."""
    x = counts_of(counts, dimensions=2)
    many, windows = x.shape
    if top < 1:
        raise ValueError(f"the number of highest areas must be at least 1, not {top}")
    if not many or not windows:
        return Persistence(np.zeros(many, dtype=int), windows, top, 0.0, np.ones(many))
    reach = min(top, many)
    edge = np.partition(x, many - reach, axis=0)[many - reach]
    among = (x >= edge) & (x > 0)
    times = among.sum(axis=1)
    chance = among.mean(axis=0)
    return Persistence(times, windows, top, float(chance.sum()), _or_more(chance)[times])


def _or_more(chances: np.ndarray) -> np.ndarray:
    """For 0, 1, … windows: the chance of at least so many."""
    exactly = np.ones(1)
    for chance in chances:
        exactly = np.convolve(exactly, [1 - chance, chance])
    return np.minimum(np.cumsum(exactly[::-1])[::-1], 1.0)
