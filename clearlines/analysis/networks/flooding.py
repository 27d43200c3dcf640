"""How many pairs stay connected when each of many sets of nodes is taken out: all sets at once, a bit for each set.

For each node one row of bits says in which sets it is left, and another in which it has been reached. A part is
flooded in every set together: a node is reached where it is left and a neighbour is reached. This is the flooding of
many searches at a time of Then and others (2014), "The more the merrier: efficient multi-source graph traversal",
PVLDB 8(4), 449-460, with 64 sets to a word.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

WORD = 64
Bits = np.ndarray[Any, np.dtype[np.uint64]]
Neighbours = Sequence[Sequence[int]]


def pairs_left(neighbours: Neighbours, sets: np.ndarray) -> np.ndarray:
    """For each row of `sets`, places of nodes to take out, the ordered pairs that stay connected.

    A row of three without its middle has no pair left; without an end, the two ways of one:

    >>> pairs_left([[1], [0, 2], [1]], np.array([[1], [2]])).tolist()
    [0, 2]
    """
    many = len(sets)
    words = -(-many // WORD)
    order = outward(neighbours)
    unseen = _left(len(neighbours), sets, words)
    _drop_lone(unseen, neighbours)
    pairs, still_open = np.zeros((words, WORD), np.int64), np.arange(words)
    while True:
        live = unseen.any(axis=0)
        if not live.any():
            return pairs.reshape(-1)[:many]
        if not live.all():
            unseen, still_open = np.ascontiguousarray(unseen[:, live]), still_open[live]
        reached = _first_of_each(unseen, order)
        _flood(reached, unseen, neighbours, order)
        sizes = counted(list(reached))
        pairs[still_open] += (sizes * (sizes - 1)).reshape(-1, WORD)
        unseen &= ~reached


def outward(neighbours: Neighbours) -> list[int]:
    """The nodes in rings around the one with most links, then around what it does not reach: floods end sooner."""
    order: list[int] = []
    seen: set[int] = set()
    for start in sorted(range(len(neighbours)), key=lambda each: -len(neighbours[each])):
        ring = [start] if start not in seen else []
        seen.update(ring)
        for node in ring:
            new = [each for each in neighbours[node] if each not in seen]
            seen.update(new)
            ring += new
        order += ring
    return order


def counted(rows: list[Bits]) -> np.ndarray:
    """In how many rows each bit is set: three bits of one weight become a bit and a carry until none are left."""
    totals = np.zeros(rows[0].size * WORD, np.int64)
    weight = 1
    while rows:
        carries = []
        while len(rows) > 1:
            one, other = rows.pop(), rows.pop()
            third = rows.pop() if rows else np.zeros_like(one)
            half = one ^ other
            carries.append(one & other | half & third)
            rows.append(half ^ third)
        totals += weight * np.unpackbits(rows.pop().view(np.uint8), bitorder="little").astype(np.int64)
        rows, weight = carries, weight * 2
    return totals


def _left(nodes: int, sets: np.ndarray, words: int) -> Bits:
    """Bits of the sets in which each node is left. Where there is no set, nobody is."""
    left = np.zeros((nodes, words * WORD), bool)
    left[:, : len(sets)] = True
    left[sets.T, np.arange(len(sets))] = False
    return np.packbits(left, axis=1, bitorder="little").view(np.uint64)


def _drop_lone(unseen: Bits, neighbours: Neighbours) -> None:
    """Nodes that no neighbour is left to are parts of one, and parts of one have no pairs."""
    for node, beside in enumerate(neighbours):
        unseen[node] &= np.bitwise_or.reduce(unseen[list(beside)], axis=0) if beside else np.uint64(0)


def _first_of_each(unseen: Bits, order: list[int]) -> Bits:
    """In each set the first unseen node, where a flood begins."""
    upto = np.bitwise_or.accumulate(unseen[order], axis=0)
    begun = np.zeros_like(unseen)
    begun[order[0]] = upto[0]
    begun[order[1:]] = upto[1:] & ~upto[:-1]
    return begun


def _flood(reached: Bits, unseen: Bits, neighbours: Neighbours, order: list[int]) -> None:
    beside = [list(each) for each in neighbours]
    walk = [node for node in order if beside[node]]
    while True:
        before = reached.copy()
        for node in walk:
            reached[node] |= np.bitwise_or.reduce(reached[beside[node]], axis=0) & unseen[node]
        if np.array_equal(before, reached):
            return
        walk.reverse()
