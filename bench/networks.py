"""The best three to take out of 54 nodes: every triple tried, ours beside a plain networkx search, in one run.

    .venv/bin/python bench/networks.py [--runs 9] [--share 20]

The network is made (54 nodes, 90 links, seed 54) and has nobody in it. Ours is the median of `runs`. The plain search
copies the graph, takes three out and asks networkx for the parts, for one triple in `share` spread evenly over all;
its time is multiplied by `share`, and printed as that. Where the sample meets our answer's triples, both must count
the same pairs. Then two larger networks, ours alone. Times are this machine's; compare ratios. The bound is 0.5 s.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import networkx
import numpy as np

from clearlines.analysis.networks import Network, best_removal
from clearlines.analysis.networks.flooding import pairs_left

NODES, LINKS, K = 54, 90, 3
LARGER = [(110, 205, 5), (150, 250, 3)]


def a_network(nodes: int, links: int) -> Network:
    made = networkx.gnm_random_graph(nodes, links, seed=nodes)
    return Network.of([(str(one), str(other)) for one, other in made.edges()], more=map(str, range(nodes)))


def timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def plainly(network: Network, sets: list[tuple[int, ...]]) -> list[int]:
    """What one would write first: for each set a copy, a removal, and the parts that are left."""
    whole = networkx.Graph(network.links)
    whole.add_nodes_from(range(len(network.nodes)))
    found = []
    for some in sets:
        left = whole.copy()
        left.remove_nodes_from(some)
        found.append(sum(len(part) * (len(part) - 1) for part in networkx.connected_components(left)))
    return found


def compare(runs: int, share: int) -> None:
    network = a_network(NODES, LINKS)
    triples = list(combinations(range(NODES), K))
    sample = triples[::share]
    ours = statistics.median(timed(lambda: best_removal(network, K)) for _ in range(runs))
    began = time.perf_counter()
    counted = plainly(network, sample)
    theirs = (time.perf_counter() - began) * len(triples) / len(sample)
    assert counted == pairs_left(network.neighbours, np.array(sample)).tolist()
    print(f"{NODES} nodes, {len(network.links)} links, {len(triples):,} triples")
    print(f"  ours       {ours:8.3f} s   all of them, median of {runs}")
    print(f"  networkx   {theirs:8.1f} s   worked out from {len(sample):,} of them, which both counted alike")
    print(f"  ratio      {theirs / ours:8.0f}")


def larger() -> None:
    for nodes, links, k in LARGER:
        network = a_network(nodes, links)
        until = time.perf_counter() + 30
        began = time.perf_counter()
        found = best_removal(network, k, stop=lambda until=until: time.perf_counter() > until)
        took = time.perf_counter() - began
        proved = "exact" if found.exact else f"stopped: F {found.fragmentation:.4f} to {found.upper:.4f}"
        print(f"{nodes} nodes, {links} links, k = {k}: {took:.2f} s, {found.tried:,} sets tried, {proved}")


def main() -> None:
    said = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    said.add_argument("--runs", type=int, default=9)
    said.add_argument("--share", type=int, default=20)
    given = said.parse_args()
    compare(given.runs, given.share)
    larger()


if __name__ == "__main__":
    main()
