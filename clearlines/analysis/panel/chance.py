"""How often would areas picked at random differ as much?"""

from dataclasses import dataclass

import numpy as np

from clearlines.analysis.panel.counts import CountPanel

# Drawn so many at a time, so that memory does not grow with the draws.
AT_ONCE = 100
# Added to each corner, so that a random choice without an incident has a ratio too.
HALF = 0.5


@dataclass(frozen=True)
class Chance:
    """`p` is two-sided, `mc_error` its Monte-Carlo standard error: another seed would move it by about as much."""

    p: float
    mc_error: float
    draws: int


def by_chance(panel: CountPanel, *, rng: np.random.Generator, draws: int = 999) -> Chance:
    """The share of random choices of as many areas whose ratio of ratios is as far from 1 as the treated areas'.

    Randomisation inference (Fisher 1935; Young 2019, Quarterly Journal of Economics 134, 557-598), the observed choice
    counted among the draws. It needs no cluster to be many. Exact only had the areas been picked at random; where the
    treated ones are the busiest, a random choice has fewer incidents and varies more, so p is too high rather than too
    low. `draws` at least 1, else ValueError.
    """
    if draws < 1:
        raise ValueError(f"there must be at least one draw, not {draws}")
    before, after = panel.counts[:, ~panel.after].sum(axis=1), panel.counts[:, panel.after].sum(axis=1)
    seen = _log_ratio(panel.treated[None, :].astype(float), before, after)[0]
    size, as_far = int(panel.treated.sum()), 0
    for first in range(0, draws, AT_ONCE):
        keys = rng.random((min(AT_ONCE, draws - first), len(before)))
        chosen = np.zeros(keys.shape)
        np.put_along_axis(chosen, np.argpartition(keys, size - 1, axis=1)[:, :size], 1.0, axis=1)
        as_far += int((np.abs(_log_ratio(chosen, before, after)) >= abs(seen) - 1e-12).sum())
    p = (1 + as_far) / (1 + draws)
    return Chance(p, float(np.sqrt(p * (1 - p) / (1 + draws))), draws)


def _log_ratio(chosen: np.ndarray, before: np.ndarray, after: np.ndarray) -> np.ndarray:
    ours_before, ours_after = chosen @ before, chosen @ after
    others_before, others_after = before.sum() - ours_before, after.sum() - ours_after
    ours = np.log(ours_after + HALF) - np.log(ours_before + HALF)
    return ours - np.log(others_after + HALF) + np.log(others_before + HALF)
