"""A link chart as plain facts: what stands round one thing, so many steps away, and no more than can be read.

Nothing is drawn here, and nothing is read. People who are exploited come first and are a kind of their own: they are
never in one list with those who are suspected (domain 3.8).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

# More than this is a hairball, and no page of it can be read.
MOST = 60


class Kind(StrEnum):
    """In the order in which they are drawn and listed."""

    EXPLOITED = "exploited"
    LINE = "line"
    GROUP = "group"
    TOWN = "town"
    AREA = "area"
    NUMBER = "number"
    SUSPECTED = "suspected"
    NEITHER = "neither"

    @property
    def heading(self) -> str:
        return TITLES[self]

    @property
    def is_person(self) -> bool:
        return self in PEOPLE


PEOPLE = frozenset({Kind.EXPLOITED, Kind.SUSPECTED, Kind.NEITHER})
ORDER = {kind: place for place, kind in enumerate(Kind)}
TITLES = {
    Kind.EXPLOITED: "People who are exploited",
    Kind.LINE: "Lines",
    Kind.GROUP: "Groups",
    Kind.TOWN: "Towns where a line sells",
    Kind.AREA: "Areas a line comes from",
    Kind.NUMBER: "Numbers, handsets and names",
    Kind.SUSPECTED: "People who run, sell or carry",
    Kind.NEITHER: "People who buy, or whose part is not known",
}


@dataclass(frozen=True)
class Node:
    """One thing on the chart. `key` is its kind of row and the row's own key; `row` is for the ledger alone."""

    key: str
    kind: Kind
    label: str
    words: str = ""
    shape: str = "plain"
    row: Any = field(default=None, compare=False, repr=False)

    @property
    def order(self) -> tuple[int, str, str]:
        return ORDER[self.kind], self.label.casefold(), self.key


@dataclass(frozen=True)
class Edge:
    """What one thing has to do with another, from one day until another, and how sure that is."""

    source: str
    target: str
    words: str
    kind: Kind
    since: date | None = None
    until: date | None = None
    grade: str = ""

    def other(self, key: str) -> str:
        return self.target if key == self.source else self.source


@dataclass(frozen=True)
class Network:
    """Everything that one viewer may see on one day, as known on another."""

    nodes: dict[str, Node]
    edges: list[Edge]

    def without(self, kinds: frozenset[Kind], *, but: str = "") -> "Network":
        """Without these kinds of thing, unless it is the one in the middle. Links to what is gone are never drawn."""
        return Network(
            {key: node for key, node in self.nodes.items() if node.kind not in kinds or key == but}, self.edges
        )

    def between(self, keys: Iterable[str]) -> list[Edge]:
        """The links whose two ends are both among these: nothing dangles."""
        there = set(keys) & set(self.nodes)
        return [each for each in self.edges if each.source in there and each.target in there]


@dataclass(frozen=True)
class Placed:
    """A thing on the chart: how many steps from the middle, and what it was reached from."""

    node: Node
    step: int
    parent: str = ""


@dataclass(frozen=True)
class Link:
    """An edge with its two ends, as the table and the files say it."""

    edge: Edge
    source: Node
    target: Node


@dataclass(frozen=True)
class Chart:
    middle: Node
    placed: list[Placed]
    links: list[Link]
    left_out: list[Node]

    @property
    def nodes(self) -> list[Node]:
        return [each.node for each in self.placed]

    @property
    def rows(self) -> list[Any]:
        """Every row that is shown, for the ledger."""
        return [node.row for node in (*self.nodes, *self.left_out) if node.row is not None]

    @property
    def sections(self) -> list[tuple[str, list[Link]]]:
        """The links by what they are about: whoever is exploited first, and never among the suspected."""
        titles = {kind: kind.heading for kind in PEOPLE}
        found: dict[str, list[Link]] = {}
        for kind in (Kind.EXPLOITED, Kind.LINE, Kind.SUSPECTED, Kind.NEITHER):
            mine = [link for link in self.links if (link.edge.kind if link.edge.kind in PEOPLE else Kind.LINE) == kind]
            if mine:
                found[titles.get(kind, "Lines, groups and what they are linked by")] = mine
        return list(found.items())

    @property
    def left_out_by_kind(self) -> list[tuple[str, list[Node]]]:
        return [
            (kind.heading, mine) for kind in Kind if (mine := [each for each in self.left_out if each.kind == kind])
        ]


def around(network: Network, middle: Node, *, steps: int, most: int = MOST) -> Chart:
    """What stands within so many steps of the middle, nearest first; what there is no room for is named apart."""
    nodes = network.nodes | {middle.key: middle}
    network = Network(nodes, network.edges)
    placed = _reached(network, middle, steps)
    drawn, left = placed[:most], placed[most:]
    links = [Link(each, nodes[each.source], nodes[each.target]) for each in network.between(p.node.key for p in drawn)]
    links.sort(key=lambda each: (ORDER[each.edge.kind], each.source.order, each.target.order, each.edge.words))
    return Chart(middle, drawn, links, [each.node for each in left])


def _reached(network: Network, middle: Node, steps: int) -> list[Placed]:
    """Breadth first. Of the things one step further, the order is that of kinds and names, whatever led to them."""
    beside: dict[str, set[str]] = {}
    for edge in network.between(network.nodes):
        beside.setdefault(edge.source, set()).add(edge.target)
        beside.setdefault(edge.target, set()).add(edge.source)
    found = {middle.key: Placed(middle, 0)}
    fringe = [middle]
    for step in range(1, steps + 1):
        new: dict[str, Placed] = {}
        for node in fringe:
            for key in beside.get(node.key, set()) - set(found) - set(new):
                new[key] = Placed(network.nodes[key], step, node.key)
        fringe = sorted((each.node for each in new.values()), key=lambda node: node.order)
        found |= {node.key: new[node.key] for node in fringe}
    return list(found.values())
