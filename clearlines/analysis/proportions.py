"""A share with its interval, and when there are too few to give one.

Wilson's score interval, because it stays between 0 and 1 and holds for small bases (Wilson 1927; Newcombe 1998,
"Two-sided confidence intervals for the single proportion", Statistics in Medicine 17, 857-872, method 3).
"""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

# Below this base a percentage says more than the numbers do.
FEWEST_FOR_A_PERCENTAGE = 10


@dataclass(frozen=True)
class Share:
    """`part` of `whole`; `low` and `high` bound the share that chance alone would make ordinary."""

    part: int
    whole: int
    low: float
    high: float

    @property
    def estimate(self) -> float:
        return self.part / self.whole


def share(part: int, whole: int, level: float = 0.95) -> Share | None:
    """The share with its interval, or None where the base is too small to give a percentage.

    Newcombe's (1998) first two worked examples:

    >>> each = share(81, 263)
    >>> f"{each.low:.4f} {each.high:.4f}"
    '0.2553 0.3662'
    >>> each = share(15, 148)
    >>> f"{each.low:.4f} {each.high:.4f}"
    '0.0624 0.1605'
    >>> share(4, 9) is None
    True
    """
    if not 0 <= part <= whole:
        raise ValueError(f"{part} of {whole} is not a share")
    if whole < FEWEST_FOR_A_PERCENTAGE:
        return None
    return Share(part, whole, *wilson(part, whole, level))


def wilson(part: int, whole: int, level: float = 0.95) -> tuple[float, float]:
    z = NormalDist().inv_cdf(0.5 + level / 2)
    middle = (2 * part + z * z) / (2 * (whole + z * z))
    reach = z * sqrt(z * z + 4 * part * (whole - part) / whole) / (2 * (whole + z * z))
    return max(0.0, middle - reach), min(1.0, middle + reach)
