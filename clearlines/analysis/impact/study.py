"""What is asked of one study: counts, who was treated, who may be compared, and the three windows of months."""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

# domain.md 2.17: with a baseline under twenty the report says too few to tell.
FEWEST_BEFORE = 20
# Under ten areas three coefficients cannot be had from the comparison.
FEWEST_COMPARED = 10
# A one-sided test at 2.5 % needs at least this many ways in which the treated areas could have been drawn.
FEWEST_WAYS = 40


@dataclass(frozen=True)
class Study:
    """`counts[area, month]` are whole records; the rest are truths, one an area or one a month.

    `eligible` areas may be a comparison: never treated and never in the ring around the treated. `chosen` marks the
    months on whose counts the areas were chosen; all False where they were not chosen by counts. `labels` are the
    months as 2024-05, if known: then months that are missing and seasons that differ are seen.
    """

    counts: np.ndarray = field(repr=False)
    treated: np.ndarray = field(repr=False)
    eligible: np.ndarray = field(repr=False)
    chosen: np.ndarray
    before: np.ndarray
    after: np.ndarray
    labels: tuple[str, ...] = ()


class Months(NamedTuple):
    """How many months each window has."""

    chosen: int
    before: int
    after: int


class Windows(NamedTuple):
    """Records of each area in each window. Areas stand in an order that does not depend on the rows' order."""

    chosen: np.ndarray
    before: np.ndarray
    after: np.ndarray
    treated: np.ndarray
    eligible: np.ndarray
    months: Months
    empty: int
    set_aside: int


def windows(study: Study) -> Windows:
    """The study's counts by window, refused in a sentence if it cannot be asked.

    Areas without a record in the chosen and before windows are taken out of the comparison: they say nothing of hot
    ones, and however many are added, nothing changes.
    """
    counts = checked_counts(study.counts)
    treated, eligible = _truths(study.treated, len(counts), "treated"), _truths(study.eligible, len(counts), "eligible")
    chosen, before, after = (
        _truths(each, counts.shape[1], name)
        for each, name in ((study.chosen, "chosen"), (study.before, "before"), (study.after, "after"))
    )
    if study.labels and len(study.labels) != counts.shape[1]:
        raise ValueError(f"{counts.shape[1]} months need {counts.shape[1]} labels, not {len(study.labels)}")
    _refuse_windows(chosen, before, after)
    if (treated & eligible).any():
        raise ValueError("an area cannot be treated and be its own comparison")
    # Ties are rows alike in everything, so that whichever comes first the answer is the same.
    order = np.lexsort((*counts.T[::-1], eligible, treated))
    counts, treated, eligible = counts[order], treated[order], eligible[order]
    told = counts[:, chosen].sum(1) + counts[:, before].sum(1) > 0
    return Windows(
        counts[:, chosen].sum(1),
        counts[:, before].sum(1),
        counts[:, after].sum(1),
        treated,
        eligible & told,
        Months(int(chosen.sum()), int(before.sum()), int(after.sum())),
        int((eligible & ~told).sum()),
        int((~eligible & ~treated).sum()),
    )


def checked_counts(counts: np.ndarray) -> np.ndarray:
    """Whole records, areas by months, as floats; else a sentence."""
    made = np.asarray(counts, dtype=float)
    if made.ndim != 2 or not made.size:
        raise ValueError("counts must be a table of areas by months, with at least one of each")
    if not np.isfinite(made).all():
        raise ValueError(
            "a month without a count is not a month with none: leave out the month everywhere, or the area"
        )
    if (made < 0).any() or (made != np.floor(made)).any():
        raise ValueError("counts must be whole records, none of them negative")
    return made


def _truths(given: np.ndarray, many: int, name: str) -> np.ndarray:
    made = np.asarray(given)
    if made.dtype != bool or made.shape != (many,):
        raise ValueError(f"'{name}' must be {many} truths")
    return made


def _refuse_windows(chosen: np.ndarray, before: np.ndarray, after: np.ndarray) -> None:
    if not before.any() or not after.any():
        raise ValueError("there must be at least one month before and one after")
    if (chosen & (before | after)).any():
        raise ValueError(
            "the months on which the areas were chosen overlap the months before or after: areas chosen when their "
            "count was high fall back with nothing done, and the fall would be taken for an effect"
        )
    if np.flatnonzero(before)[-1] >= np.flatnonzero(after)[0]:
        raise ValueError("the months before must all come before the months after")
    if chosen.any() and np.flatnonzero(chosen)[-1] >= np.flatnonzero(before)[0]:
        raise ValueError("the areas must have been chosen on months that come before the months before")


def needed(n_treated: int) -> int:
    """How many areas to compare with are needed, for so many treated."""
    sets = 1
    while (1 + sets) ** n_treated < FEWEST_WAYS:
        sets += 1
    return max(FEWEST_COMPARED, sets * n_treated)
