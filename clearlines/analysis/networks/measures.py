"""Where nodes stand. The numbers order nodes for a removal; none is ever shown beside a person's name.

networkx works them out, and its floats are kept as they are: published tables of removals were made with it, and a
rounding of our own would order near-ties another way.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from clearlines.analysis.networks.network import Network

# What networkx takes, and published removals took with it.
USUAL_ALPHA = 0.1
# Above nine tenths of the limit only where the usual value still lies this far below it: nearer, the sum of walks is
# all rounding.
NEAREST, SAFE = 0.999, 0.9

Values = dict[int, float]


def graph(network: Network) -> Any:
    """The networkx graph, its nodes and neighbours in the order of the file: ties between equals are broken by it."""
    import networkx

    made = networkx.Graph()
    made.add_nodes_from(range(len(network.nodes)))
    made.add_edges_from(network.links)
    return made


def degree(network: Network) -> dict[str, float]:
    """Links of each node, as a share of the n - 1 it could have.

    >>> degree(Network.of([("a", "b"), ("b", "c")]))
    {'a': 0.5, 'b': 1.0, 'c': 0.5}
    """
    return _by_label(network, MEASURES["degree"](graph(network), USUAL_ALPHA))


def betweenness(network: Network) -> dict[str, float]:
    """The share of pairs of others whose shortest way runs through a node (Freeman 1977; Brandes 2001).

    Of a row of three, the middle stands between the one pair there is:

    >>> betweenness(Network.of([("a", "b"), ("b", "c")]))
    {'a': 0.0, 'b': 1.0, 'c': 0.0}
    """
    return _by_label(network, MEASURES["betweenness"](graph(network), USUAL_ALPHA))


def closeness(network: Network) -> dict[str, float]:
    """How few steps a node is from those it can reach, scaled by how many it can reach (Wasserman and Faust 1994)."""
    return _by_label(network, MEASURES["closeness"](graph(network), USUAL_ALPHA))


def katz(network: Network, alpha: float | None = None) -> dict[str, float]:
    """Walks of every length that end at a node, each step counting `alpha` of the one before (Katz 1953).

    `alpha` lies above nought and below one over the largest eigenvalue of the network, else the sum has no end:
    ValueError. Without it, `safe_alpha`. The values have length one together. Of a row of three with alpha 0.1, the
    middle has x = 1 + 0.2y and each end y = 1 + 0.1x, so x / y = 1.2 / 1.1:

    >>> found = katz(Network.of([("a", "b"), ("b", "c")]))
    >>> round(found["b"] / found["a"], 6) == round(1.2 / 1.1, 6)
    True
    """
    limit = _largest_alpha(network)
    if alpha is not None and not 0 < alpha < limit:
        raise ValueError(f"alpha must lie above 0 and below {limit:.4f}, which is one over the largest eigenvalue")
    return _by_label(network, MEASURES["katz"](graph(network), safe_alpha(network) if alpha is None else alpha))


def safe_alpha(network: Network) -> float:
    """0.1, which is usual, where the sum of walks then has an end; else nine tenths of the largest that gives it one.

    Taking nodes out only lowers the largest eigenvalue, so what is safe before a removal is safe after it.
    """
    limit = _largest_alpha(network)
    return USUAL_ALPHA if limit * NEAREST > USUAL_ALPHA else SAFE * limit


def _largest_alpha(network: Network) -> float:
    joined = np.zeros((len(network.nodes),) * 2)
    for one, other in network.links:
        joined[one, other] = joined[other, one] = 1
    largest = float(np.linalg.eigvalsh(joined)[-1]) if network.links else 0.0
    return 1 / largest if largest else float("inf")


def _by_label(network: Network, values: Values) -> dict[str, float]:
    return {network.nodes[place]: float(value) for place, value in values.items()}


def _katz(made: Any, alpha: float) -> Values:
    import networkx

    return networkx.katz_centrality_numpy(made, alpha=alpha)


def _plainly(name: str) -> Callable[[Any, float], Values]:
    def measured(made: Any, alpha: float) -> Values:
        import networkx

        return getattr(networkx, name)(made)

    return measured


MEASURES: dict[str, Callable[[Any, float], Values]] = {
    "degree": _plainly("degree_centrality"),
    "betweenness": _plainly("betweenness_centrality"),
    "closeness": _plainly("closeness_centrality"),
    "katz": _katz,
}


def ascending(values: Values) -> Sequence[int]:
    """The nodes from the lowest to the highest, equals in the order they stand in."""
    return sorted(values, key=values.__getitem__)
