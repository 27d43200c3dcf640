"""Points into cells: squares of the British National Grid, Uber's H3 hexagons, and a smooth surface over squares.

`easting` and `northing` are metres of the British National Grid (EPSG:27700). A point on an edge belongs to the square
north and east of it, so a square holds its south-west corner.

>>> grid = osgb_grid([319_760, 319_770, 320_010], [469_260, 469_270, 469_260])
>>> grid.counts.tolist(), grid.corner(0, 1)
([[2.0, 1.0]], (320000.0, 469250.0))
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy import ndimage

from clearlines.analysis.hotspots.checks import counts_of
from clearlines.analysis.hotspots.neighbours import Neighbours

# Below this a square can be a handful of homes, and the publisher's points are not so exact.
SIZE = 250.0
# Beyond this many cells the points are not of one place, or are not metres.
MOST_CELLS = 50_000_000
METRES = 10_000_000.0


@dataclass(frozen=True)
class Grid:
    """`counts[row, column]`, row 0 the southernmost and column 0 the westernmost; `dropped` points had no place."""

    counts: np.ndarray = field(repr=False)
    west: float
    south: float
    size: float
    dropped: int

    def corner(self, row: int, column: int) -> tuple[float, float]:
        """Easting and northing of the south-west corner."""
        return self.west + column * self.size, self.south + row * self.size


def osgb_grid(easting: Any, northing: Any, *, size: float = SIZE, weights: Any = None) -> Grid:
    """Points counted by square. A point without a number is dropped and counted. `weights`: one each unless given."""
    x, y = np.asarray(easting, dtype=float), np.asarray(northing, dtype=float)
    if x.shape != y.shape or x.ndim != 1:
        raise ValueError("give as many northings as eastings")
    if size <= 0:
        raise ValueError(f"the size of a square must be above nought, not {size}")
    there = np.isfinite(x) & np.isfinite(y)
    if (np.abs(x[there]) > METRES).any() or (np.abs(y[there]) > METRES).any():
        raise ValueError("eastings and northings must be metres of the British National Grid")
    many = None if weights is None else counts_of(weights, what="a weight")[there]
    dropped = int((~there).sum())
    if not there.any():
        return Grid(np.zeros((0, 0)), 0.0, 0.0, size, dropped)
    column, row = np.floor(x[there] / size).astype(np.int64), np.floor(y[there] / size).astype(np.int64)
    west, south = column.min(), row.min()
    wide, tall = int(column.max() - west + 1), int(row.max() - south + 1)
    if wide * tall > MOST_CELLS:
        raise ValueError(f"the points span {wide * tall:,} squares: use a larger size, or fewer points")
    cells = np.bincount((row - south) * wide + (column - west), weights=many, minlength=wide * tall)
    return Grid(cells.reshape(tall, wide).astype(float), float(west * size), float(south * size), size, dropped)


def density(grid: Grid, *, bandwidth: float) -> np.ndarray:
    """Records for each square kilometre, smoothed: a Gaussian kernel over the squares, cut off at four bandwidths.

    `bandwidth` in metres, at least a square's half; beyond the edge of the grid there is taken to be nothing. Equal to
    the kernel at the points but for moving each to its square's middle: keep bandwidth at or above the size.
    """
    if bandwidth < grid.size / 2:
        raise ValueError(f"the bandwidth must be at least half a square, {grid.size / 2:g} metres, not {bandwidth:g}")
    if not grid.counts.size:
        return grid.counts
    surface = ndimage.gaussian_filter(grid.counts, bandwidth / grid.size, mode="constant", truncate=4.0)
    return surface / (grid.size / 1000) ** 2


def h3_of(latitude: Sequence[float], longitude: Sequence[float], *, resolution: int) -> list[str]:
    """The H3 cell of each point, in degrees; 7 is about five square kilometres, 9 about a tenth of one."""
    import h3

    if not 0 <= resolution <= 9:
        raise ValueError(f"the resolution must lie between 0 and 9, so that no cell is a home, not {resolution}")
    return [h3.latlng_to_cell(y, x, resolution) for y, x in zip(latitude, longitude, strict=True)]


def h3_neighbours(cells: Iterable[str]) -> Neighbours:
    """Which of these cells touch, in their order."""
    import h3

    at = {cell: place for place, cell in enumerate(cells)}
    pairs = [(place, at[near]) for cell, place in at.items() for near in h3.grid_disk(cell, 1) if near in at]
    return Neighbours.of(pairs, len(at))
