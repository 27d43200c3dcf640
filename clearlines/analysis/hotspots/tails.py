"""How often chance gives as much: sums of areas drawn at random, and many tests at once.

>>> import numpy as np
>>> discovered(np.array([0.01, 0.04, 0.03])).round(3).tolist()
[0.03, 0.04, 0.04]
"""

import numpy as np
from scipy import special

NO_SKEW = 1e-6


def skew_of_sums(many: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Skewness of the sum of so many values drawn without replacement from x: moments of a simple random sample."""
    size, gap = len(x), x - x.mean()
    second, third = (gap**2).mean(), (gap**3).mean()
    if size < 3 or second == 0:
        return np.zeros(len(many))
    top = third * many * (size - many) * (size - 2 * many) / ((size - 1) * (size - 2))
    bottom = (second * many * (size - many) / (size - 1)) ** 1.5
    return np.divide(top, bottom, out=np.zeros(len(many)), where=bottom > 0)


def beyond(z: np.ndarray, skew: np.ndarray) -> np.ndarray:
    """The upper tail of the Pearson type III curve with mean 0, variance 1 and this skewness, at z."""
    plain = np.abs(skew) < NO_SKEW
    safe = np.where(plain, 1.0, skew)
    shape = 4 / safe**2
    at = np.maximum(shape + 2 * z / safe, 0.0)
    curved = np.where(safe > 0, special.gammaincc(shape, at), special.gammainc(shape, at))
    return np.where(plain, special.ndtr(-z), curved)


def discovered(p: np.ndarray) -> np.ndarray:
    """Benjamini and Hochberg's adjusted p. Sums of neighbours rise together, for which it still holds."""
    order = np.argsort(p, kind="stable")[::-1]
    steps = p[order] * len(p) / np.arange(len(p), 0, -1)
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(np.minimum.accumulate(steps), 1.0)
    return adjusted
