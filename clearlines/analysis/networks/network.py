"""A network, the parts it hangs together in, and how broken up it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Network:
    """Labels in the order first seen, and links as pairs of places in that order. `notes` say what was left out."""

    nodes: tuple[str, ...]
    links: tuple[tuple[int, int], ...]
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]], more: Iterable[str] = ()) -> "Network":
        """From pairs of labels, and labels that may have no link. A pair twice, either way round, is one link; a label
        linked to itself is a node and no link.

        >>> Network.of([("b", "a"), ("a", "b"), ("c", "c")], more=["d"])
        Network(nodes=('b', 'a', 'c', 'd'), links=((0, 1),), notes=())
        """
        place: dict[str, int] = {}
        links: dict[frozenset[int], tuple[int, int]] = {}
        for one, other in pairs:
            ends = place.setdefault(one, len(place)), place.setdefault(other, len(place))
            if ends[0] != ends[1]:
                links.setdefault(frozenset(ends), ends)
        for label in more:
            place.setdefault(label, len(place))
        return cls(tuple(place), tuple(links.values()))

    @cached_property
    def neighbours(self) -> tuple[tuple[int, ...], ...]:
        """For each node the places of those it is linked to, in the order of the links."""
        found: list[list[int]] = [[] for _ in self.nodes]
        for one, other in self.links:
            found[one].append(other)
            found[other].append(one)
        return tuple(map(tuple, found))


def components(network: Network, *, without: Iterable[str] = ()) -> list[tuple[str, ...]]:
    """The parts that hang together once `without` are taken out: largest first, then in the order first seen.

    A label that is not in the network: ValueError.
    """
    taken = {_place(network, label) for label in without}
    parts = parts_of(network.neighbours, taken)
    return [tuple(network.nodes[each] for each in sorted(part)) for part in sorted(parts, key=len, reverse=True)]


def parts_of(neighbours: Sequence[Sequence[int]], taken: set[int]) -> list[list[int]]:
    parts, seen = [], set(taken)
    for start in range(len(neighbours)):
        if start in seen:
            continue
        seen.add(start)
        part = [start]
        for node in part:
            new = [each for each in neighbours[node] if each not in seen]
            seen.update(new)
            part += new
        parts.append(part)
    return parts


def connected_pairs(sizes: Iterable[int]) -> int:
    """Ordered pairs of nodes that can reach each other: the sum of s(s - 1) over the sizes of the parts."""
    return sum(size * (size - 1) for size in sizes)


def fragmentation(sizes: Iterable[int], n: int) -> float:
    """Borgatti's F = 1 - sum of s(s - 1) / (n(n - 1)): 0 where all are connected, 1 where nobody is.

    `sizes` are those of the parts that are left, `n` the number of nodes *before* anybody was taken out, at least 2,
    else ValueError. Of six in a row, the third taken out leaves parts of 2 and 3: 1 - (2 + 6) / 30.

    >>> round(fragmentation([2, 3], n=6), 4)
    0.7333
    """
    if n < 2:
        raise ValueError("a network of fewer than two has no pairs that could be parted")
    return 1 - connected_pairs(sizes) / (n * (n - 1))


def _place(network: Network, label: str) -> int:
    try:
        return network.nodes.index(label)
    except ValueError:
        raise ValueError(f"'{label}' is not in the network") from None
