"""What would an area's rate be if its count were not so small: drawn towards its fellows, by as much as it is unsure.

Empirical Bayes of Marshall (1991). The mean rate and how far true rates differ are estimated from all areas together
(`around=None`) or from each area with its neighbours; each recorded rate keeps the share `kept` of its distance from
that mean. The interval is that of the gamma curve with the same mean and spread, given the count (Clayton and Kaldor
1987, Biometrics 43, 671-681). It takes the spread between areas as known, so it is a little too narrow for few areas.

Two areas that hold 100 and 300, with 10 and 10 records. The mean rate is 20/400 = 0.05, the spread between areas
(100 x 0.05² + 300 x (1/30 - 0.05)²) / 400 - 0.05/200 = 0.000583; the first area keeps 0.000583 / (0.000583 + 0.0005):

>>> answer = smoothed([10, 10], [100, 300])
>>> round(float(answer.kept[0]), 3), round(float(answer.rate[0]), 4)
(0.538, 0.0769)
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import special

from clearlines.analysis.hotspots.checks import counts_of, level_of, like
from clearlines.analysis.hotspots.neighbours import Neighbours


@dataclass(frozen=True)
class Smoothed:
    """An entry an area, in records for one unit of base. `kept` is 1 where the recorded rate stands and 0 where it is
    drawn all the way to the mean. `shape` and `scale` are of the gamma curve that says how sure each rate is.
    """

    rate: np.ndarray
    low: np.ndarray
    high: np.ndarray
    recorded: np.ndarray
    kept: np.ndarray
    mean: np.ndarray
    shape: np.ndarray
    scale: np.ndarray
    level: float

    def ranks(self, chosen: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """(best, expected, worst) rank of the chosen areas (places in the list), 1 for the highest rate.

        The best is the rank the area would have if its own rate stood at the upper end of its interval, the worst at
        the lower end, the others' being as likely as they are. By Wilson and Hilferty's cube root for the gamma curve.
        """
        places = np.atleast_1d(np.asarray(chosen, dtype=np.int64))
        ends = [self._above(places, end[places]) for end in (self.high, self.rate, self.low)]
        return tuple(np.clip(1 + np.rint(each), 1, len(self.rate)).astype(int) for each in ends)  # type: ignore[return-value]

    def _above(self, places: np.ndarray, rate: np.ndarray) -> np.ndarray:
        """How many of the other areas are expected to have a rate above this one."""
        step = np.sqrt(1 / (9 * self.shape))
        beyond = np.empty(len(places))
        for at, (place, mine) in enumerate(zip(places, rate, strict=True)):
            root = np.cbrt(mine / (self.shape * self.scale))
            others = special.ndtr(-(root - 1 + step**2) / step)
            beyond[at] = others.sum() - others[place]
        return beyond


def smoothed(counts: Any, base: Any = None, *, around: Neighbours | None = None, level: float = 0.95) -> Smoothed:
    """Empirical Bayes rates of areas.

    `counts` and `base` have an entry an area; base is 1 for each unless given, and above nought. `around`: smooth to
    the mean of each area and its neighbours, not of all. Where areas differ by no more than chance would give, `kept`
    is 0 and every rate is the mean. Source: Marshall 1991, equations 2 to 5.
    """
    x = counts_of(counts)
    if not len(x):
        raise ValueError("there is no area to smooth")
    holds = np.ones(len(x)) if base is None else counts_of(like(base, x, what="the base"), what="a base")
    if (holds <= 0).any():
        raise ValueError("every area needs a base above nought")
    level_of(level)
    mean, spread = _of_all(x, holds) if around is None else _of_each(x, holds, around)
    return _drawn_in(x, holds, mean, spread, level)


def _of_all(x: np.ndarray, holds: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    mean = x.sum() / holds.sum()
    spread = (holds * (x / holds - mean) ** 2).sum() / holds.sum() - mean / holds.mean()
    return np.full(len(x), mean), np.full(len(x), max(spread, 0.0))


def _of_each(x: np.ndarray, holds: np.ndarray, around: Neighbours) -> tuple[np.ndarray, np.ndarray]:
    if len(around) != len(x):
        raise ValueError(f"there are {len(x)} counts and {len(around)} areas with neighbours: give one for each")
    near, many = around.touching, around.touching.sum(axis=1)
    total = near @ holds
    mean = (near @ x) / total
    # The square about each area's own mean, opened out so that it stays a product of matrices.
    square = near @ (x**2 / holds) - 2 * mean * (near @ x) + mean**2 * total
    return mean, np.maximum(square / total - mean / (total / many), 0.0)


def _drawn_in(x: np.ndarray, holds: np.ndarray, mean: np.ndarray, spread: np.ndarray, level: float) -> Smoothed:
    recorded = x / holds
    kept = np.divide(spread, spread + mean / holds, out=np.zeros(len(x)), where=spread > 0)
    # Where areas do not differ, the mean is as sure as all the records behind it.
    alike = spread <= 0
    safe = np.where(alike, 1.0, spread)
    shape = np.where(alike, max(x.sum(), 0.5), x + mean**2 / safe)
    rate = mean + kept * (recorded - mean)
    scale = np.where(alike, mean / shape, safe / (holds * safe + mean))
    shape, scale = np.maximum(shape, 1e-9), np.maximum(scale, 1e-300)
    tail = (1 - level) / 2
    low, high = special.gammaincinv(shape, tail) * scale, special.gammainccinv(shape, tail) * scale
    return Smoothed(rate, low, high, recorded, kept, mean, shape, scale, level)
