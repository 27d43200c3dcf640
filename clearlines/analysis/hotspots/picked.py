"""How much of what was recorded lies in the areas that were picked, and was picking them any good?

`share` is a part of a whole with its exact binomial interval (Clopper and Pearson 1934). Of the window that the areas
were picked on it flatters: they were picked for being high then. `accuracy` therefore takes counts of a later window:
PAI = (records in the areas / all records) / (their size / the whole size), 1 when picking was no better than at random
(Chainey, Tompson and Uhlig 2008); PEI is PAI over the best that any areas of the same number could have had (Hunt
2016). PAI's interval is the exact binomial's, which takes records as independent; PEI's, and `pai_low_by_area` and
`pai_high_by_area`, come from drawing areas with replacement, which does not: where they differ, believe the wider.

Two of four like areas, with 30 of 40 later records, where the best two had 32:

>>> answer = accuracy([20, 10, 2, 8], [True, True, False, False], rng=np.random.default_rng(1), draws=50)
>>> answer.pai, round(answer.pei, 3)
(1.5, 1.0)
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import special

from clearlines.analysis.hotspots.checks import counts_of, level_of, like


@dataclass(frozen=True)
class Share:
    """`part` of `whole` records, as a share with its exact interval; None of nothing."""

    part: int
    whole: int
    share: float | None
    low: float
    high: float
    level: float


@dataclass(frozen=True)
class Accuracy:
    """Of areas picked before these counts. None where nothing was recorded or nothing picked."""

    inside: Share
    size: float
    pai: float | None
    pai_low: float | None
    pai_high: float | None
    pai_low_by_area: float | None
    pai_high_by_area: float | None
    pei: float | None
    pei_low: float | None
    pei_high: float | None
    draws: int


def share(part: int, whole: int, *, level: float = 0.95) -> Share:
    """ValueError unless nought ≤ part ≤ whole."""
    if not 0 <= part <= whole:
        raise ValueError(f"the part must lie between nought and the whole: {part} of {whole}")
    tail = (1 - level_of(level)) / 2
    low = float(special.betaincinv(part, whole - part + 1, tail)) if part else 0.0
    high = float(special.betainccinv(part + 1, whole - part, tail)) if part < whole else 1.0
    return Share(part, whole, part / whole if whole else None, low, high, level)


def accuracy(
    counts: Any, picked: Any, *, rng: np.random.Generator, size: Any = None, level: float = 0.95, draws: int = 1000
) -> Accuracy:
    """PAI and PEI of areas picked on an earlier window.

    `counts` (of the later window), `picked` (booleans) and `size` (1 each unless given: square kilometres, or the base
    that the areas hold) have an entry an area of the study area. `rng` draws areas for the second interval.
    """
    x = counts_of(counts)
    chosen = like(picked, x, what="the picked").astype(bool)
    sizes = np.ones(len(x)) if size is None else counts_of(like(size, x, what="sizes"), what="a size")
    part = share(round(x[chosen].sum()), round(x.sum()), level=level)
    held = float(sizes[chosen].sum() / sizes.sum()) if sizes.sum() else 0.0
    if not part.whole or not held:
        return Accuracy(part, held, None, None, None, None, None, None, None, None, 0)
    drawn = rng.integers(0, len(x), (draws, len(x)))
    pai, pei = _of_draws(x[drawn], chosen[drawn], sizes[drawn])
    by_area, of_best = _ends(pai, level), _ends(pei, level)
    best = _of_draws(x[None], chosen[None], sizes[None])[1][0]
    assert part.share is not None
    return Accuracy(
        part, held, part.share / held, part.low / held, part.high / held, *by_area, float(best), *of_best, draws
    )


def foreseen(
    counts: Any, *, top: int, rng: np.random.Generator, size: Any = None, draws: int = 1000
) -> Accuracy | None:
    """Of the `top` areas of the first half of the windows, how accurate they were for the second half.

    `counts`: areas x windows, of the study area, in an order that decides between areas that tie. None of one window.
    """
    x = counts_of(counts, dimensions=2)
    half = x.shape[1] // 2
    if not half or not len(x):
        return None
    picked = np.zeros(len(x), dtype=bool)
    picked[np.argsort(-x[:, :half].sum(axis=1), kind="stable")[:top]] = True
    return accuracy(x[:, half:].sum(axis=1), picked, rng=rng, size=size, draws=draws)


def _of_draws(x: np.ndarray, chosen: np.ndarray, sizes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    inside, held = (x * chosen).sum(axis=1), (sizes * chosen).sum(axis=1)
    ordered = np.sort(x, axis=1)[:, ::-1].cumsum(axis=1)
    best = ordered[np.arange(len(x)), np.maximum(chosen.sum(axis=1) - 1, 0)]
    with np.errstate(invalid="ignore", divide="ignore"):
        return (inside / x.sum(axis=1)) / (held / sizes.sum(axis=1)), inside / best


def _ends(drawn: np.ndarray, level: float) -> tuple[float | None, float | None]:
    """Of the draws that held a picked area and a record."""
    whole = drawn[np.isfinite(drawn)]
    if not len(whole):
        return None, None
    low, high = np.quantile(whole, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
