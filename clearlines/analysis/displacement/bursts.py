"""How much more do counts vary than independent incidents would?"""

from dataclasses import dataclass
from typing import Any

# Pearson's statistic over fewer pieces than this says little; the factor is then printed with its warning.
FEW_PIECES = 30
FEW = "Estimated from few months and areas, so the factor itself is uncertain."


@dataclass(frozen=True)
class Overdispersion:
    """`factor` multiplies a variance: `raw` as it was estimated, or 1 where that is less. `pieces` are its degrees of
    freedom; `dropped_areas` and `dropped_months` had no incident at all, so they say nothing."""

    factor: float
    raw: float
    pieces: int
    areas: int
    months: int
    dropped_areas: int
    dropped_months: int
    together: int
    notes: tuple[str, ...] = ()


def overdispersion(counts: Any, *, together: int = 1) -> Overdispersion:
    """The variance-to-mean factor of a table of incidents, `counts[area, month]`, where nothing was done.

    Pearson's statistic over its degrees of freedom (McCullagh and Nelder 1989, Generalized Linear Models, 4.5 and
    9.2): each count is expected to be its area's total times its month's, over the total of all, so that areas may
    differ and a season that all share is no overdispersion. Of a single area every change from month to month counts,
    season too, which errs on the side of a wider interval.

    `together` adds up so many months before the estimate, the last incomplete group left out. Use 3 or 12 where areas
    drift for longer than a month: bursts that last make sums over a window vary more than months do.

    Use comparison areas, never the treated ones: an effect is not noise. Not for a single month, nor where areas
    differ in trend, which this would call noise. No incident, fewer than two months, a negative or broken count, or
    no table: ValueError, whose text is a sentence.

    Two areas over two months, 10 and 20, then 20 and 10. All totals are 30, so each cell expects 15 and is 5 away:
    4 x 25 / 15 = 6.67, over (2 - 1)(2 - 1) = 1 degree of freedom:

    >>> found = overdispersion([[10, 20], [20, 10]])
    >>> round(found.factor, 2), found.pieces
    (6.67, 1)

    One area with 4, 6 and 8: the mean is 6, (4 + 0 + 4) / 6 over 2 is 0.67, and less than 1 is taken as 1:

    >>> found = overdispersion([[4, 6, 8]])
    >>> round(found.raw, 2), found.factor
    (0.67, 1.0)
    """
    import numpy as np

    table = _summed(_checked(counts), together)
    rows, columns = table.sum(axis=1) > 0, table.sum(axis=0) > 0
    kept = table[rows][:, columns]
    areas, months = kept.shape
    if not kept.size:
        raise ValueError("there is no incident in these areas, so nothing to estimate the overdispersion from")
    pieces = (areas - 1 or 1) * (months - 1)
    if not pieces:
        raise ValueError("overdispersion needs at least two months with incidents")
    expected = (
        np.outer(kept.sum(axis=1), kept.sum(axis=0)) / kept.sum() if areas > 1 else np.full(kept.shape, kept.mean())
    )
    raw = float(((kept - expected) ** 2 / expected).sum() / pieces)
    return Overdispersion(
        max(1.0, raw), raw, pieces, areas, months, int((~rows).sum()), int((~columns).sum()), together,
        (FEW,) if pieces < FEW_PIECES else (),
    )  # fmt: skip


def _checked(counts: Any) -> Any:
    import numpy as np

    table = np.asarray(counts, dtype=float)
    if table.ndim != 2 or not table.size:
        raise ValueError("overdispersion needs a table of counts: a row for each area, a column for each month")
    if not np.isfinite(table).all() or (table < 0).any():
        raise ValueError("every count must be an ordinary number of at least nought")
    return table


def _summed(table: Any, together: int) -> Any:
    if together < 1:
        raise ValueError(f"months are added up one or more together, not {together}")
    groups = table.shape[1] // together
    if groups < 2:
        raise ValueError(f"overdispersion needs at least two groups of {together} months; there are {groups}")
    return table[:, : groups * together].reshape(len(table), groups, together).sum(axis=2)
