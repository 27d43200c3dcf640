"""What may be said of an impact, in plain English; never a percentage without its base and interval."""

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from clearlines.analysis.figures import plain
from clearlines.analysis.impact.study import FEWEST_BEFORE, Study, Windows

# The matched areas have less than this share of the treated areas' records: they are not as hot.
AS_HOT = 0.75
# One area with more than this share of the treated areas' records decides the totals by itself.
OVERWHELMING = 0.5


class Interval(NamedTuple):
    low: float
    high: float
    level: float

    def __str__(self) -> str:
        high = "no upper end" if math.isinf(self.high) else f"{self.high:.2f}"
        return f"{plain(100 * self.level)} % interval {self.low:.2f} to {high}"


class Shown(NamedTuple):
    before: int
    after: int
    expected: float
    comparison_before: float
    comparison_after: float
    interval: Interval
    p: float
    mc_error: float
    draws: int
    as_low: int
    n_treated: int
    too_few: bool


def verdict(shown: Shown) -> str:
    low, high, _ = shown.interval
    base = f"(from a base of {shown.before:,} records before)"
    if shown.too_few:
        return "Too few to tell"
    if high < 1:
        return f"Consistent with a fall of {span(1 - high, 1 - low)} {base}"
    if low > 1:
        return f"Consistent with a rise of {span(low - 1, high - 1)} {base}"
    return "No evidence of a fall"


def span(least: float, most: float) -> str:
    """A range of percentages; an end that rounds to nought is no end."""
    if math.isinf(most):
        return f"{100 * least:,.0f} % or more"
    if round(100 * least) < 1:
        return f"up to {100 * most:,.0f} %"
    return f"{100 * least:,.0f}–{100 * most:,.0f} %"


def sentences(shown: Shown) -> tuple[str, ...]:
    areas = "area" if shown.n_treated == 1 else f"{shown.n_treated} areas"
    counted = (
        f"The treated {areas} had {shown.before:,} records before and {shown.after:,} after; "
        f"had they gone as areas like them went, about {plain(shown.expected)} would have come after."
    )
    matched = (
        f"As many areas matched to them went from {plain(shown.comparison_before)} to {plain(shown.comparison_after)}."
    )
    measured = (
        f"That is {shown.after / shown.expected:.2f} of what was expected ({shown.interval}, "
        f"from a base of {shown.before:,})."
    )
    groups = (
        f"Of {shown.draws:,} groups of like areas taken as if they had been treated, {shown.as_low:,} fell by as much "
        f"(p {shown.p:.3f}, give or take {shown.mc_error:.3f} by the number of draws)."
    )
    return (f"{verdict(shown)}.", counted, matched, measured, groups, *_more(shown))


def _more(shown: Shown) -> Iterator[str]:
    if shown.before < FEWEST_BEFORE:
        yield f"With fewer than {FEWEST_BEFORE} records before, no percentage should be stated."
    elif shown.too_few:
        yield "Both a halving and no change lie within the interval; no percentage should be stated."


def cautions(study: Study, seen: Windows, sets: np.ndarray, *, stretched: bool) -> tuple[str, ...]:
    """What a reader must know before repeating the answer."""
    return (*_of_the_areas(seen, sets), *_of_the_windows(study, seen), *_of_the_interval(stretched))


def _of_the_areas(seen: Windows, sets: np.ndarray) -> Iterator[str]:
    hot = (seen.chosen + seen.before)[sets]
    if len(sets) == 1:
        yield "One treated area: whatever else happened there is in the answer, and only a very large change shows."
    if hot[:, 1:].mean(1).sum() < AS_HOT * hot[:, 0].sum():
        yield (
            f"The treated areas are hotter than any like them: {plain(hot[:, 0].sum())} records up to the end of the "
            f"months before, against {plain(hot[:, 1:].mean(1).sum())} in those matched to them. What was expected "
            "reaches beyond what was seen."
        )
    if len(sets) > 1 and seen.before[sets[:, 0]].max() > OVERWHELMING * seen.before[sets[:, 0]].sum():
        yield "One area has more than half of the treated areas' records before: the totals are mostly its own."


def _of_the_windows(study: Study, seen: Windows) -> Iterator[str]:
    if not seen.months.chosen:
        yield (
            "The areas are taken as not chosen by their counts. If they were, they would have fallen with nothing "
            "done: give the months on which they were chosen."
        )
    if seen.months.before != seen.months.after:
        yield (
            f"The windows are unequal, {seen.months.before} months before and {seen.months.after} after: counts are "
            "compared by the month."
        )
    if study.labels:
        yield from _of_the_calendar(study)


def _of_the_calendar(study: Study) -> Iterator[str]:
    labels = np.array(study.labels)
    for name, window in (("chosen on", study.chosen), ("before", study.before), ("after", study.after)):
        missing = _missing(labels[window])
        if missing:
            yield f"The months {name} are not whole: {', '.join(missing[:6])} missing."
    if {each[5:7] for each in labels[study.before]} != {each[5:7] for each in labels[study.after]}:
        yield "The months before and after are of different seasons: the comparison takes out only what areas share."


def _missing(labels: np.ndarray) -> list[str]:
    at = sorted(int(each[:4]) * 12 + int(each[5:7]) - 1 for each in labels)
    held = set(at)
    return [f"{each // 12}-{each % 12 + 1:02}" for each in range(at[0], at[-1]) if each not in held] if at else []


def _of_the_interval(stretched: bool) -> Iterator[str]:
    if stretched:
        yield "The areas changed very differently: the interval was widened to hold the plain ratio."


def dropped(seen: Windows) -> tuple[str, ...]:
    """What was left out, and why."""
    said = []
    if seen.empty:
        left = "1 area was" if seen.empty == 1 else f"{seen.empty:,} areas were"
        said.append(f"{left} left out of the comparison: no record before the months after.")
    if seen.set_aside:
        aside = "1 area is" if seen.set_aside == 1 else f"{seen.set_aside:,} areas are"
        said.append(f"{aside} neither treated nor may be compared with.")
    return tuple(said)
