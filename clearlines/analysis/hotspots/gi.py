"""Which areas are high together with their neighbours: Getis-Ord Gi*, and a decision that empty areas cannot make.

The study area is part of the question. Gi* compares a sum of neighbours with what areas drawn at random would give, so
every empty area that is let in lowers the average and makes others look high: sea, moor, another force's town. So the
decision (`found`) is taken over a study area that the caller fixes; left to itself it is the areas that have a record,
which can only make it harder to be called a hotspot. Adding empty areas to the list therefore never makes one, and
never changes a z. `gi_star`, which is only the number, takes every cell as the study area unless a mask says otherwise.

>>> row = Neighbours.of([(0, 1), (1, 2), (2, 3)], 4)
>>> [round(float(each), 3) for each in gi_star_of_areas([6, 5, 1, 0], row)]
[1.698, 1.177, -1.177, -1.698]
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from clearlines.analysis.hotspots.checks import counts_of, level_of, like
from clearlines.analysis.hotspots.neighbours import Neighbours
from clearlines.analysis.hotspots.rates import smoothed
from clearlines.analysis.hotspots.tails import beyond, discovered, skew_of_sums

# Decisions are taken at this share of false ones among those found.
FALSE_SHARE = 0.05
# An area is high itself if it is surely above this many times the average. Our own line: no study draws one.
HIGH = 2.0


def gi_star(counts: Any, study: Any = None) -> np.ndarray:
    """Gi* of every cell of a grid with the eight cells round it, as a z score.

    `counts`: rows x columns. `study`: cells that could have had a record, as booleans of the same shape; every cell
    unless given, and NaN outside it. NaN everywhere where all counts are the same. Equal to esda's
    `G_Local(y, queen weights, transform="B", star=True).Zs`. Source: Ord and Getis 1995, equation 14 with w in {0, 1}.
    """
    x = counts_of(counts, dimensions=2)
    if not x.size:
        return x
    if study is None:
        down, across = _reach(x.shape[0]), _reach(x.shape[1])
        return _z(_box(x), np.multiply.outer(down, across), _moments(x))
    inside = like(study, x, what="cells of the study area").astype(bool)
    z = _z(_box(x * inside), _box(inside.astype(float)), _moments(x[inside]))
    return np.where(inside, z, np.nan)


def gi_star_of_areas(counts: Any, neighbours: Neighbours) -> np.ndarray:
    """Gi* of every area with those that touch it, as a z score; an entry an area. Source: as `gi_star`."""
    x = counts_of(counts)
    _as_many(x, neighbours)
    return _z(neighbours.touching @ x, neighbours.touching.sum(axis=1), _moments(x))


class Label(StrEnum):
    """What is said of an area, in words."""

    HIGH = "High, like its neighbours"
    BESIDE = "Beside high ones"
    ABOVE = "High by itself"
    LOW = "Low, like its neighbours"
    LIKE = "Like the rest"
    OUTSIDE = "Not in the study area"


@dataclass(frozen=True)
class Found:
    """An entry an area. `z` is NaN outside the study area; `p` is of a sum as high (`p_low`: as low); `q` is p after
    the false discovery rate, so that among all areas with q below 0.05 at most 1 in 20 are expected to be false.
    `studied` areas were compared, of which `empty` had no record in the window.
    """

    z: np.ndarray
    p: np.ndarray
    q: np.ndarray
    q_low: np.ndarray
    labels: tuple[Label, ...]
    studied: int
    empty: int
    false_share: float

    @property
    def is_hot(self) -> np.ndarray:
        return np.array([each is Label.HIGH for each in self.labels], dtype=bool)


def found(
    counts: Any, neighbours: Neighbours, *, study: Any = None, base: Any = None, false_share: float = FALSE_SHARE
) -> Found:
    """Which areas are hotspots, and what is said of each.

    `counts`, `study` (booleans) and `base` (what each area holds, if they do not hold alike) have an entry an area.
    With a base, counts are compared as if every area held the average. `study` is the areas that have a record unless
    given; given, it must not be chosen by these counts. The high and the low side are two families of tests.
    """
    x = counts_of(counts)
    _as_many(x, neighbours)
    level_of(false_share)
    inside = x > 0 if study is None else like(study, x, what="areas of the study area").astype(bool)
    if not inside.any():
        nothing = np.full(len(x), np.nan)
        return Found(nothing, nothing, nothing, nothing, (Label.OUTSIDE,) * len(x), 0, 0, false_share)
    here, near = _for_alike(x, base, inside)[inside], neighbours.within(inside)
    near_sum, many = near.touching @ here, near.touching.sum(axis=1)
    z, p, p_low = _judged(near_sum, many, here)
    sides = _Sides(discovered(p), discovered(p_low), here > here.mean(), _is_high(x[inside], base, inside))
    spread = np.full((4, len(x)), np.nan)
    spread[:, inside] = z, p, sides.q, sides.q_low
    labels = np.full(len(x), Label.OUTSIDE, dtype=object)
    labels[inside] = sides.labels(false_share)
    empty = int((here == 0).sum())
    return Found(spread[0], spread[1], spread[2], spread[3], tuple(labels), len(here), empty, false_share)


@dataclass(frozen=True)
class _Sides:
    q: np.ndarray
    q_low: np.ndarray
    is_above: np.ndarray
    is_high: np.ndarray

    def labels(self, false_share: float) -> list[Label]:
        said = []
        for q, q_low, is_above, is_high in zip(self.q, self.q_low, self.is_above, self.is_high, strict=True):
            if q < false_share:
                said.append(Label.HIGH if is_above else Label.BESIDE)
            elif is_high:
                said.append(Label.ABOVE)
            else:
                said.append(Label.LOW if q_low < false_share else Label.LIKE)
        return said


def _as_many(x: np.ndarray, neighbours: Neighbours) -> None:
    if len(x) != len(neighbours):
        raise ValueError(f"there are {len(x)} counts and {len(neighbours)} areas with neighbours: give one for each")


def _for_alike(x: np.ndarray, base: Any, inside: np.ndarray) -> np.ndarray:
    if base is None:
        return x
    holds = counts_of(like(base, x, what="the base"), what="a base")
    if (holds[inside] <= 0).any():
        raise ValueError("every area of the study area needs a base above nought")
    return x * np.divide(holds[inside].mean(), holds, out=np.zeros_like(x), where=holds > 0)


def _is_high(x: np.ndarray, base: Any, inside: np.ndarray) -> np.ndarray:
    rates = smoothed(x, None if base is None else np.asarray(base, dtype=float)[inside])
    return np.asarray(rates.low > HIGH * rates.recorded.mean())


def _judged(near: np.ndarray, many: np.ndarray, x: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """z, and the share of sums of as many areas drawn without replacement that are as high, and as low."""
    z = _z(near, many, _moments(x))
    skew = skew_of_sums(many, x)
    high, low = beyond(z, skew), beyond(-z, -skew)
    unknown = np.isnan(z)
    return np.where(unknown, np.nan, z), np.where(unknown, 1.0, high), np.where(unknown, 1.0, low)


def _moments(x: np.ndarray) -> tuple[int, float, float]:
    many = x.size
    mean = x.sum() / many if many else 0.0
    return many, mean, float(np.vdot(x, x)) / many - mean**2 if many else 0.0


def _z(near: np.ndarray, weight: np.ndarray, moments: tuple[int, float, float]) -> np.ndarray:
    """Equation 14 of Ord and Getis 1995; NaN where every sum would be the same."""
    many, mean, variance = moments
    spread = weight * (many - weight)
    spread *= max(variance, 0.0) / max(many - 1, 1)
    np.sqrt(spread, out=spread)
    spread[spread <= 1e-12 * max(mean, 1.0)] = np.nan
    return (near - mean * weight) / spread


def _reach(many: int) -> np.ndarray:
    """How many of a line's cells a cell and its two neighbours are: three, less at an end."""
    ones = np.full(many, 3.0)
    ones[0] -= 1
    ones[-1] -= 1
    return ones


def _box(x: np.ndarray) -> np.ndarray:
    """The sum over each cell and the eight round it."""
    across = x.copy()
    across[:, 1:] += x[:, :-1]
    across[:, :-1] += x[:, 1:]
    box = across.copy()
    box[1:] += across[:-1]
    box[:-1] += across[1:]
    return box
