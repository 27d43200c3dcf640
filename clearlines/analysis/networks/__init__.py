"""How do some people stand to each other, and what would be left of a network if some of them were taken out?

The question. Given who is linked to whom: which parts hang together, who stands between the others, which few taken
out together would leave the fewest pairs connected, and how the largest part shrinks as nodes are taken one by one.

The method. `fragmentation` is F of Borgatti (2006), "Identifying sets of key players in a social network",
Computational and Mathematical Organization Theory 12, 21-34, doi:10.1007/s10588-006-7084-x. `best_removal` finds the
set of k with the highest F by trying every set that could reach it. `removal_curve` is the sequential and block
removal of Cavallaro and others (2020), "Disrupting resilient criminal networks through data analysis: the case of
Sicilian Mafia", PLOS ONE 15(8) e0236476. `betweenness` is Freeman (1977), Sociometry 40, 35-41, by Brandes (2001);
`katz` is Katz (1953), Psychometrika 18, 39-43.

What the columns mean. A `Network` has nodes, by their labels as the file has them, and links between two of them:
undirected, unweighted, each pair once. Everything ends at labels in the order in which they were first seen.

When not to use it. To decide that somebody is guilty, or whom to arrest: where somebody stands in a chart is where
the recording stood, and links that nobody saw are not in it. To promise that a line will end: after a removal those
who are left find each other anew, and the network may be the more efficient for it (`WARNING`; Duijn, Kashirin and
Sloot 2014, "The relative ineffectiveness of criminal network disruption", Scientific Reports 4, 4238). On anybody
under 18, anybody whose home was taken over, who carries or is held by a debt, or who is or may be a recognised
victim: whoever calls this takes them out first. It gives no person a number that may be shown beside their name.

A worked example. Two pairs that only `m` holds together, as in a bow tie. Of 5 x 4 = 20 ordered pairs all are
connected; without `m` each pair has 2 x 1, so 4 are left and F = 1 - 4/20:

>>> bow_tie = Network.of([("a", "b"), ("a", "m"), ("b", "m"), ("m", "c"), ("m", "d"), ("c", "d")])
>>> found = best_removal(bow_tie, 1)
>>> found.best, found.fragmentation, found.before, found.exact, found.ties
(('m',), 0.8, 0.0, True, 1)
>>> components(bow_tie, without=["m"])
[('a', 'b'), ('c', 'd')]
>>> removal_curve(bow_tie, by="betweenness", mode="sequential", size=1).lcc_fraction
(1.0, 0.4, 0.4, 0.4)
"""

from clearlines.analysis.networks.best import BestRemoval, best_removal
from clearlines.analysis.networks.curve import MODES, RemovalCurve, removal_curve
from clearlines.analysis.networks.measures import MEASURES, betweenness, closeness, degree, katz, safe_alpha
from clearlines.analysis.networks.network import Network, components, connected_pairs, fragmentation
from clearlines.analysis.networks.reading import read_edges

WARNING = (
    "Taking people out of a network can make it more efficient: those who are left find each other anew. "
    "Where somebody stands in a chart is not guilt, and nothing here says whom to arrest."
)

__all__ = [
    "MEASURES",
    "MODES",
    "WARNING",
    "BestRemoval",
    "Network",
    "RemovalCurve",
    "best_removal",
    "betweenness",
    "closeness",
    "components",
    "connected_pairs",
    "degree",
    "fragmentation",
    "katz",
    "read_edges",
    "removal_curve",
    "safe_alpha",
]
