"""Which few, taken out together, leave the fewest pairs connected: every set that could, or a bound on the rest."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations, islice
from math import comb

import numpy as np

from clearlines.analysis.networks.bounds import Split, fewest_pairs
from clearlines.analysis.networks.flooding import pairs_left
from clearlines.analysis.networks.network import Network, connected_pairs, parts_of

# How many sets are flooded together, and below how many a branch is tried whole rather than split.
TOGETHER, WHOLE = 1 << 16, 1 << 18
MOST_TIED = 20


@dataclass(frozen=True)
class BestRemoval:
    """`best` is the set found, of the `ties` that do as well the first by the order of the nodes; `tied` lists 20.

    No set of k has a higher F than `upper`. `exact` says that every set was seen that could do as well, so that `upper`
    is `fragmentation` and `ties` is complete. `pairs` of the `pairs_before` ordered pairs there could be stay
    connected; `before` is F with nobody taken out.
    """

    best: tuple[str, ...]
    tied: tuple[tuple[str, ...], ...]
    ties: int
    k: int
    fragmentation: float
    upper: float
    exact: bool
    before: float
    pairs: int
    pairs_before: int
    nodes: int
    links: int
    tried: int


def best_removal(network: Network, k: int, *, stop: Callable[[], bool] = lambda: False) -> BestRemoval:
    """The k nodes without which F is highest (Borgatti 2006, KPP-Neg), or the best found before `stop()` says true.

    The problem is NP-hard (Arulselvan and others 2009, Computers and Operations Research 36, 2193-2200). A set grown
    one by one and bettered by exchanges is the first answer. Then nodes are kept or taken in turn, those with most
    links first; a branch is left when what it keeps together (`bounds.fewest_pairs`) already has more pairs than the
    best, and the sets of a small branch are tried all at once (`flooding.pairs_left`). Sets that tie are never left.

    `k` from 1 to the number of nodes, and at least two nodes, else ValueError. `stop` is asked between batches of
    65,536 sets. Not for directed or weighted links, and not for what happens after the removal.
    """
    if len(network.nodes) < 2:
        raise ValueError("a network of fewer than two has no pairs that could be parted")
    if not 1 <= k <= len(network.nodes):
        raise ValueError(
            f"how many are taken out must lie between 1 and the {len(network.nodes)} nodes there are, not {k}"
        )
    search = _Search(network.neighbours, k, stop)
    search.grow()
    search.branch(Split.of(network.neighbours), by_links(network.neighbours), k)
    return _answer(network, k, search)


def by_links(neighbours: Sequence[Sequence[int]]) -> list[int]:
    return sorted(range(len(neighbours)), key=lambda node: -len(neighbours[node]))


@dataclass
class _Search:
    neighbours: Sequence[Sequence[int]]
    k: int
    stop: Callable[[], bool]
    fewest: int = 0
    # Sets that do as well, each in the order of the nodes: at most MOST_TIED of them, and how many there were.
    tied: list[tuple[int, ...]] = field(default_factory=list)
    ties: int = 0
    tried: int = 0
    # The fewest pairs that a set never tried could leave, where the search was stopped.
    untried: int | None = None

    def grow(self) -> None:
        """A first answer: one by one, then exchanges while any betters it. It is only a mark to beat, not a tie."""
        everyone = range(len(self.neighbours))
        chosen: list[int] = []
        for _ in range(self.k):
            chosen, self.fewest = self._least([[*chosen, each] for each in everyone if each not in chosen])
        while len(chosen) < len(self.neighbours):
            others = [each for each in everyone if each not in chosen]
            swaps = [[*chosen[:at], *chosen[at + 1 :], each] for at in range(self.k) for each in others]
            better, pairs = self._least(swaps)
            if pairs >= self.fewest:
                break
            chosen, self.fewest = better, pairs
        self.tied = [tuple(sorted(chosen))]

    def _least(self, sets: list[list[int]]) -> tuple[list[int], int]:
        pairs = pairs_left(self.neighbours, np.array(sets))
        return sets[int(pairs.argmin())], int(pairs.min())

    def branch(self, split: Split, rest: list[int], left: int) -> None:
        """Every set that takes what `split` has taken and `left` more of `rest`."""
        if comb(len(rest), left) <= WHOLE or left == 1:
            self._try(split, rest, left)
            return
        for at in range(len(rest) - left + 1):
            if self._may_leave(split, left):
                return
            self.branch(split.taking(rest[at]), rest[at + 1 :], left - 1)
            split = split.keeping(rest[at])

    def _may_leave(self, split: Split, left: int) -> bool:
        bound = fewest_pairs(split, left)
        if bound > self.fewest:
            return True
        if self.stop():
            self.untried = bound if self.untried is None else min(bound, self.untried)
            return True
        return False

    def _try(self, split: Split, rest: list[int], left: int) -> None:
        taken = np.array(split.taken, np.int64)
        for some in _batches(rest, left):
            if self._may_leave(split, left):
                return
            sets = np.hstack([np.broadcast_to(taken, (len(some), len(taken))), some])
            self._note(sets, pairs_left(self.neighbours, sets))

    def _note(self, sets: np.ndarray, pairs: np.ndarray) -> None:
        self.tried += len(sets)
        least = int(pairs.min())
        if least > self.fewest:
            return
        if least < self.fewest or not self.ties:
            self.fewest, self.ties, self.tied = least, 0, []
        equal = np.sort(sets[pairs == least], axis=1)
        first = equal[np.lexsort(equal.T[::-1])][:MOST_TIED]
        self.ties += len(equal)
        self.tied = sorted([*self.tied, *map(tuple, first.tolist())])[:MOST_TIED]


def _batches(rest: list[int], left: int) -> Iterator[np.ndarray]:
    sets = combinations(rest, left)
    while True:
        some = np.fromiter(chain.from_iterable(islice(sets, TOGETHER)), np.int64)
        if not some.size:
            return
        yield some.reshape(-1, left)


def _answer(network: Network, k: int, search: _Search) -> BestRemoval:
    n = len(network.nodes)
    whole = n * (n - 1)
    before = connected_pairs(map(len, parts_of(network.neighbours, set())))
    fewest = search.fewest if search.untried is None else min(search.fewest, search.untried)
    exact = search.untried is None or search.untried > search.fewest
    tied = tuple(tuple(network.nodes[each] for each in some) for some in search.tied)
    return BestRemoval(
        best=tied[0], tied=tied, ties=max(1, search.ties), k=k, fragmentation=1 - search.fewest / whole,
        upper=1 - fewest / whole, exact=exact, before=1 - before / whole,
        pairs=search.fewest, pairs_before=whole, nodes=n, links=len(network.links), tried=search.tried,
    )  # fmt: skip
