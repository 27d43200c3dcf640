"""Which areas touch, by their outlines; water and gaps between them are not bridged."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import shapely

# Two thirds of a metre, in degrees of latitude: edges drawn twice seldom meet exactly.
SLACK = 6e-6


@lru_cache(maxsize=16)
def pairs(shapes: tuple[bytes, ...]) -> tuple[tuple[int, int], ...]:
    """Pairs of places in the list of shapes (WKB in longitude and latitude) that touch, each once."""
    return tuple(map(tuple, pairs_of(shapely.from_wkb(list(shapes))).tolist()))


def pairs_of(shapes: Sequence[shapely.Geometry]) -> np.ndarray:
    """As pairs x 2, each pair once with the smaller place first."""
    if not len(shapes):
        return np.zeros((0, 2), dtype=np.int64)
    one, other = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=SLACK)
    return np.stack([one, other], axis=1)[one < other]
