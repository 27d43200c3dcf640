"""Where are incidents recorded more than chance and the size of the place would give, and how sure is that?

The question. Given counts by area or by cell of a grid: which are high together with their neighbours, which would
stay high if counts were not so small, which were among the highest month after month, how much of what came after lay
in the areas that were picked, and is an area high only where officers looked?

The method. `gi_star` is Getis and Ord's Gi* (Ord and Getis 1995, Geographical Analysis 27, 286-306) with binary
weights in closed form. `found` turns it into a decision. Its p is of a Pearson type III curve with the first three
moments of the same sum over areas drawn at random (as Kazi-Aoual and others 1995, Computational Statistics and Data
Analysis 20, 643-656), because counts are too skewed for a normal curve: of 400 areas with nothing hot among them and
counts as skewed as real ones, a normal p called something a hotspot in 42 of 100 worlds, this one in 1. Many areas are
tested, so p becomes q by the false discovery rate of Benjamini and Hochberg (1995), Journal of the Royal Statistical
Society B 57, 289-300. `smoothed` is the empirical Bayes rate of Marshall (1991), Applied Statistics 40, 283-294.
`density` is a binned Gaussian kernel. `accuracy` is the prediction accuracy index of Chainey, Tompson and Uhlig (2008),
Security Journal 21, 4-28, and the efficiency index of Hunt (2016). `persistence` counts the windows in which an area
was among the highest. `effort` compares what people reported with what police found by looking. `control` draws the
limits of a run chart. `Lookup` carries counts from the areas of one census to another's.

What the columns mean. Counts are whole records of one thing in one window, an entry an area, in the order of the
caller's codes. A *study area* is the set of areas that could have had a record: it is fixed by the caller, never by
the map. `base` is what the area holds: households or residents, or 1 for areas that were drawn to hold alike.

When not to use it. On police-generated records, to say that crime is high: they are high where police searched. To
place a person, or anybody's home. To say that something worked: areas picked because they are high fall with nothing
done (`evaluation`). On a grid finer than the publisher's points.

A worked example. Four cells in a row, one window, counts 6, 5, 1, 0: mean 3, mean of squares 15.5, so s² = 6.5. The
first cell and its one neighbour have 11 of an expected 6, and the variance of such a sum is 6.5 x 2 x (4 - 2) / 3:

>>> import numpy as np
>>> z = gi_star(np.array([[6, 5, 1, 0]]))
>>> round(float(z[0, 0]), 6) == round((11 - 6) / (6.5 * 2 * 2 / 3) ** 0.5, 6)
True
"""

from clearlines.analysis.hotspots.control import Limits, control
from clearlines.analysis.hotspots.effort import Effort, effort
from clearlines.analysis.hotspots.gi import Found, Label, found, gi_star, gi_star_of_areas
from clearlines.analysis.hotspots.grids import Grid, density, h3_neighbours, h3_of, osgb_grid
from clearlines.analysis.hotspots.lookups import Change, Lookup, Moved, Renamed, renamed
from clearlines.analysis.hotspots.neighbours import Neighbours
from clearlines.analysis.hotspots.persistence import Persistence, persistence
from clearlines.analysis.hotspots.picked import Accuracy, Share, accuracy, foreseen, share
from clearlines.analysis.hotspots.rates import Smoothed, smoothed

__all__ = [
    "Accuracy", "Change", "Effort", "Found", "Grid", "Label", "Limits", "Lookup", "Moved", "Neighbours", "Persistence",
    "Renamed", "Share", "Smoothed", "accuracy", "control", "density", "effort", "foreseen", "found",
    "gi_star", "gi_star_of_areas",
    "h3_neighbours", "h3_of", "osgb_grid", "persistence", "renamed", "share", "smoothed",
]  # fmt: skip
