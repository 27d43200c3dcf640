"""What would have been found where nothing was done (placebo groups), and without a part of the units (jackknife)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import NamedTuple

import numpy as np

from clearlines.analysis.synthetic.calibration import Balance
from clearlines.analysis.synthetic.effects import LOWER, compared, joined

# As many groups as there are treated units, as in R's microsynth, but no more than this: it is a reweighting each.
MOST_GROUPS = 200
TOGETHER = 16

# Rows taken as treated, and untreated rows left out of the comparison.
Chosen = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Resampling:
    """How many placebo groups, whether to leave out groups in turn, the caller's seeded generator, and processes.

    With `processes` above 1 the reweightings run side by side; the answer is the same.
    """

    permutations: int = 0
    jackknife: bool = False
    rng: np.random.Generator | None = None
    processes: int = 1


NONE = Resampling()


@dataclass(frozen=True)
class Design:
    """All that a reweighting needs: the constraints, the counts after (rows, outcomes, periods), and where to start."""

    balance: Balance
    counts: np.ndarray
    tier: int
    side: str = LOWER

    def tried(self, chosen: Sequence[Chosen]) -> "list[Try | None]":
        return [self._once(treated, left_out) for treated, left_out in chosen]

    def _once(self, treated: np.ndarray, left_out: np.ndarray) -> "Try | None":
        stays = np.ones(len(self.counts), dtype=bool)
        stays[left_out] = False
        controls = self.balance.controls[stays[self.balance.controls]]
        found = self.balance.weighed(treated, controls, self.tier)
        if found is None:
            return None
        seen = compared(self.counts, treated, found, len(treated) + len(controls))
        return Try(found.tier, seen.treated, seen.synthetic, seen.z, joined(seen.z, seen.joint, self.side).statistic)


class Try(NamedTuple):
    """One reweighting: which constraints it relaxed, and of each outcome the totals and the standardised difference."""

    tier: int
    treated: np.ndarray
    synthetic: np.ndarray
    z: np.ndarray
    joined: float


@dataclass(frozen=True)
class Placebos:
    """Of `asked` placebo groups those that could be weighed; `relaxed` of them met fewer constraints than the answer.

    `treated` and `synthetic` are (groups, outcomes), `z` too; `joined` is (groups). `is_every_group` says that there
    were no more groups to draw, so that no chance of drawing is left.
    """

    asked: int
    failed: int
    relaxed: int
    is_every_group: bool
    treated: np.ndarray
    synthetic: np.ndarray
    z: np.ndarray
    joined: np.ndarray


def placebos(design: Design, size: int, asked: Resampling) -> Placebos:
    """Groups of `size` drawn from the untreated, each weighed against the other untreated and compared."""
    controls = design.balance.controls
    if len(controls) < 2 * size:
        raise ValueError(
            f"placebo groups of {size} cannot be drawn from {len(controls)} untreated units and leave as many to "
            "compare them with: ask for no permutations"
        )
    if asked.rng is None:
        raise ValueError("permutations draw at random: give a seed")
    possible = comb(len(controls), size)
    is_every = possible <= asked.permutations
    groups = combinations(controls, size) if is_every else _drawn(controls, size, asked)
    tries = _run(design, [(chosen, chosen) for chosen in map(np.array, groups)], asked.processes)
    kept = [each for each in tries if each is not None]
    outcomes = design.counts.shape[1]
    return Placebos(
        asked=len(tries),
        failed=len(tries) - len(kept),
        relaxed=sum(each.tier > design.tier for each in kept),
        is_every_group=is_every,
        treated=np.array([each.treated for each in kept]).reshape(-1, outcomes),
        synthetic=np.array([each.synthetic for each in kept]).reshape(-1, outcomes),
        z=np.array([each.z for each in kept]).reshape(-1, outcomes),
        joined=np.array([each.joined for each in kept]),
    )


def _drawn(controls: np.ndarray, size: int, asked: Resampling) -> Iterator[np.ndarray]:
    assert asked.rng is not None
    for _ in range(asked.permutations):
        yield asked.rng.choice(controls, size, replace=False)


@dataclass(frozen=True)
class Jackknife:
    """Of `groups` left out in turn, those that could be weighed; errors of the difference and of the logarithm."""

    groups: int
    failed: int
    relaxed: int
    se: np.ndarray
    log_se: np.ndarray


def jackknife(design: Design, treated: np.ndarray, asked: Resampling) -> Jackknife:
    """Units of both kinds are dealt into as many groups as there are treated; each group is left out once.

    The variance is (g - 1) / g times the squared distances from the mean of the g answers.
    """
    controls = design.balance.controls
    groups = min(len(treated), len(controls), MOST_GROUPS)
    if groups < 2:
        raise ValueError("a jackknife leaves units out in turn, and needs two treated and two untreated")
    if asked.rng is None:
        raise ValueError("the jackknife deals units into groups at random: give a seed")
    ours, theirs = (_dealt(each, groups, asked.rng) for each in (treated, controls))
    without = [(treated[ours != at], controls[theirs == at]) for at in range(groups)]
    tries = _run(design, without, asked.processes)
    kept = [each for each in tries if each is not None]
    if len(kept) < 2:
        raise ValueError("no weights could be found with a part of the units left out: ask for no jackknife")
    totals = np.array([each.treated for each in kept]), np.array([each.synthetic for each in kept])
    sizes = np.array([len(some) for (some, _), each in zip(without, tries, strict=True) if each is not None])
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(totals[0]) - np.log(totals[1])
    differences = (totals[0] - totals[1]) / (sizes[:, None] * design.counts.shape[2])
    return Jackknife(
        groups,
        len(tries) - len(kept),
        sum(each.tier > design.tier for each in kept),
        se=_spread(differences),
        log_se=_spread(logs),
    )


def _dealt(rows: np.ndarray, groups: int, rng: np.random.Generator) -> np.ndarray:
    return rng.permutation(np.arange(len(rows)) % groups)


def _spread(answers: np.ndarray) -> np.ndarray:
    with np.errstate(invalid="ignore"):
        return np.sqrt((len(answers) - 1) * answers.var(axis=0))


def _run(design: Design, work: list[Chosen], processes: int) -> list[Try | None]:
    if processes < 2 or len(work) < 2 * TOGETHER:
        return design.tried(work)
    from clearlines.analysis.synthetic.processes import side_by_side

    parts = [work[at : at + TOGETHER] for at in range(0, len(work), TOGETHER)]
    return [each for part in side_by_side(design.tried, parts, processes) for each in part]
