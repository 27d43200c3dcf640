"""How the largest part shrinks as nodes are taken out, always those that a measure puts last."""

from dataclasses import dataclass
from typing import Any

from clearlines.analysis.networks.measures import MEASURES, USUAL_ALPHA, ascending, graph, safe_alpha
from clearlines.analysis.networks.network import Network

MODES = ("sequential", "block")


@dataclass(frozen=True)
class RemovalCurve:
    """`lcc_fraction[0]` is 1, before anybody is taken out; each later entry follows one step. `order` is who went.

    `taken` says beside each entry how many were out by then, `largest` how many the largest part then held. `alpha` is
    Katz's, else None.
    """

    lcc_fraction: tuple[float, ...]
    taken: tuple[int, ...]
    largest: tuple[int, ...]
    order: tuple[str, ...]
    by: str
    mode: str
    size: int
    nodes: int
    alpha: float | None = None


def removal_curve(network: Network, *, by: str, mode: str, size: int = 5) -> RemovalCurve:
    """The size of the largest part over its size before any removal, step by step.

    The measure is sorted ascending, stably, in the order of the file, and nodes are taken from its end. `sequential`
    takes one, and measures again after each; `block` takes `size`, the last first, and measures again after each
    block. As in the tables of Cavallaro and others (2020), the first entry is the 1 before any removal, so that entry
    i stands after i nodes, or i blocks; and both end with the last step that leaves more than `size` nodes. Give
    `size` 1 to see a sequence down to its last two.

    An unknown measure or mode, a size below 1, or a network without a link: ValueError.

    In a row of four the two in the middle are equal and the later is taken; of the row of two and the one that are
    left, all stand between nobody, and the last goes. Of a row of five, two at once leaves two and one:

    >>> row = [("a", "b"), ("b", "c"), ("c", "d"), ("d", "e")]
    >>> curve = removal_curve(Network.of(row[:3]), by="betweenness", mode="sequential", size=1)
    >>> curve.lcc_fraction, curve.order
    ((1.0, 0.5, 0.5), ('c', 'd'))
    >>> removal_curve(Network.of(row), by="betweenness", mode="block", size=2).lcc_fraction
    (1.0, 0.4)
    """
    _refuse(network, by, mode, size)
    made, alpha = graph(network), safe_alpha(network) if by == "katz" else USUAL_ALPHA
    sizes, taken, order = [largest_part(made)], [0], list[int]()
    step = 1 if mode == "sequential" else size
    while len(made) - step > size:
        block = ascending(MEASURES[by](made, alpha))[: -step - 1 : -1]
        made.remove_nodes_from(block)
        order += block
        sizes.append(largest_part(made))
        taken.append(len(order))
    labels = tuple(network.nodes[place] for place in order)
    return RemovalCurve(
        tuple(each / sizes[0] for each in sizes), tuple(taken), tuple(sizes), labels, by, mode, size,
        len(network.nodes), alpha if by == "katz" else None,
    )  # fmt: skip


def largest_part(made: Any) -> int:
    import networkx

    return max(map(len, networkx.connected_components(made)), default=0)


def _refuse(network: Network, by: str, mode: str, size: int) -> None:
    if by not in MEASURES:
        raise ValueError(f"'{by}' is no measure: choose {', '.join(MEASURES)}")
    if mode not in MODES:
        raise ValueError(f"'{mode}' is no way of removing: choose {' or '.join(MODES)}")
    if size < 1:
        raise ValueError(f"the size of a block must be at least 1, not {size}")
    if not network.links:
        raise ValueError("a network without a link has nothing to break up")
