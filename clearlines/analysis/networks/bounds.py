"""The fewest pairs that can stay connected once some nodes are kept: what a search may leave without trying it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Split:
    """Nodes taken out, nodes kept, and the rest undecided; sets of nodes are the bits of whole numbers."""

    beside: tuple[int, ...]
    taken: tuple[int, ...]
    undecided: int
    kept: int

    @classmethod
    def of(cls, neighbours: Sequence[Sequence[int]]) -> "Split":
        beside = tuple(sum(1 << each for each in some) for some in neighbours)
        return cls(beside, (), (1 << len(beside)) - 1, 0)

    def taking(self, node: int) -> "Split":
        return replace(self, taken=(*self.taken, node), undecided=self.undecided & ~(1 << node))

    def keeping(self, node: int) -> "Split":
        return replace(self, kept=self.kept | 1 << node, undecided=self.undecided & ~(1 << node))


def fewest_pairs(split: Split, left: int) -> int:
    """No set that takes `left` more of the undecided leaves fewer ordered pairs connected than this.

    The kept nodes hang together in cores, whatever else goes. Each undecided node beside a core stays with it unless
    it is taken: it is counted with one core only. Taking always from the largest costs the most pairs, because
    s(s - 1) bends upwards; and what stands beside no core is counted as no pair at all.

    A star whose middle is kept: of its four others two are taken, and three stay together, 3 x 2.

    >>> star = Split.of([[1, 2, 3, 4], [0], [0], [0], [0]]).keeping(0)
    >>> fewest_pairs(star, 2)
    6
    """
    cores = []
    unplaced = split.kept
    while unplaced:
        core = _core(split.beside, unplaced)
        unplaced &= ~core
        cores.append(core)
    cores.sort(key=int.bit_count, reverse=True)
    free, parts = split.undecided, list[list[int]]()
    for core in cores:
        joined = _around(split.beside, core) & free
        free &= ~joined
        parts.append([core.bit_count() + joined.bit_count(), joined.bit_count()])
    for _ in range(left):
        largest = max((part for part in parts if part[1]), default=None)
        if largest is None:
            break
        largest[0], largest[1] = largest[0] - 1, largest[1] - 1
    return sum(size * (size - 1) for size, _ in parts)


def _core(beside: tuple[int, ...], among: int) -> int:
    """The part of `among` that its lowest node belongs to."""
    core = fresh = among & -among
    while fresh:
        fresh = _around(beside, fresh) & among & ~core
        core |= fresh
    return core


def _around(beside: tuple[int, ...], nodes: int) -> int:
    found = 0
    while nodes:
        lowest = nodes & -nodes
        found |= beside[lowest.bit_length() - 1]
        nodes ^= lowest
    return found
