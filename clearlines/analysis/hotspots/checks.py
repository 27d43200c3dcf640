"""What every question of this folder refuses: numbers that are no counts, lists of different lengths."""

from typing import Any

import numpy as np

# Of whole numbers below this a float holds every sum and square exactly.
MOST = 10**9


def counts_of(given: Any, *, what: str = "a count", dimensions: int = 1) -> np.ndarray:
    """The counts as floats, or ValueError."""
    try:
        counts = np.asarray(given, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(f"{what} must be a number") from None
    if counts.ndim != dimensions:
        raise ValueError(f"counts must have {dimensions} dimension{'s' * (dimensions > 1)}, not {counts.ndim}")
    if not np.isfinite(counts).all() or (counts < 0).any() or (counts > MOST).any():
        raise ValueError(f"{what} must be an ordinary number of at least nought")
    return counts


def like(given: Any, counts: np.ndarray, *, what: str) -> np.ndarray:
    """As many as there are counts, or ValueError."""
    array = np.asarray(given)
    if array.shape != counts.shape:
        raise ValueError(f"there must be as many of {what} as of counts: {counts.shape}, not {array.shape}")
    return array


def level_of(level: float) -> float:
    if not 0 < level < 1:
        raise ValueError(f"the level must lie between 0 and 1, such as 0.95, not {level}")
    return level
