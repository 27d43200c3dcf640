"""Areas that began at different times, each held against areas that never began."""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from clearlines.analysis.panel.counts import label, table_of
from clearlines.analysis.panel.effect import FEW_CLUSTERS, FEWEST_BEFORE, reach_of, two_sided

METHOD = "panel staggered 1, diff-diff 3"
NEVER = {"", "0", "never", "nan", "none", "nat", "<na>", "inf"}
BASELINE = (
    "Each area's baseline is the {} before it began, as the method has it: few incidents in it make a wide interval, "
    "and longer periods a narrower one."
)

ASSUMPTIONS = (
    "Without the work, the treated areas' counts would have changed by as many a month as those of areas that never "
    "began: by number, not by share, so areas of very different counts do not compare. Areas do not move each other."
)


@dataclass(frozen=True)
class Since:
    """`period` 0 is the first of work, -1 the one before it, whose effect is nought by definition."""

    period: int
    effect: float
    low: float
    high: float
    cohorts: int


@dataclass(frozen=True)
class Cohort:
    """Areas that began in one month. A single area shows nothing of how areas vary, so it has no interval."""

    first: str
    areas: int
    effect: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Staggered:
    """`effect` is incidents for each treated area and month, negative a fall; `baseline` is what those areas had in a
    month before they began, on average."""

    effect: float
    se: float
    low: float
    high: float
    level: float
    p: float
    df: int
    baseline: float
    treated_before: int
    treated_areas: int
    never_areas: int
    since: tuple[Since, ...]
    cohorts: tuple[Cohort, ...]
    every: int
    dropped_areas: int
    dropped_months: int
    too_few: bool
    sentences: tuple[str, ...]
    cautions: tuple[str, ...]
    assumptions: str = field(default=ASSUMPTIONS, repr=False)

    @property
    def verdict(self) -> str:
        return " ".join(self.sentences)


def staggered(
    frame: Any, *, unit: str, time: str, first: str, outcome: str, every: int = 1, level: float = 0.95
) -> Staggered:
    """Callaway and Sant'Anna's (2021) average effect on the treated, Journal of Econometrics 225, 200-230.

    The frame has one row for each area and month; column `first` holds the area's first month of work, on every row
    alike, and is empty, 0 or never for areas that never began. The estimate is that of the library diff-diff, with its
    standard errors by area, times the root of N / (N - C) for N treated areas of C first months, whose own mean is
    estimated too; intervals take t with the fewer of treated and other areas, less one, degrees of freedom.
    `every` adds up so many months to a period, every first month the first of one; months at either end that fill none
    are dropped. Areas that began in the first period have no before and are dropped, counted. No area that began
    later, fewer than two on either side, every area in a first month of its own, a first month within a period, or a
    table that is none: ValueError, a sentence.
    """
    if not 0 < level < 1:
        raise ValueError(f"the level must lie between 0 and 1, such as 0.95, not {level}")
    areas, months, counts = table_of(frame, unit=unit, time=time, outcome=outcome, more=(first,))
    table = _Table.of(counts, _began(frame, unit, first, areas, months), months, every)
    found, notes = _estimated(table, level)
    ever, never = int((table.began > 0).sum()), int((table.began < 0).sum())
    df = min(ever, never) - 1
    t = reach_of(level, df) / every
    wider = float(np.sqrt(ever / (ever - len({*table.began.tolist()} - {-1}))))
    before = [table.counts[at, : table.began[at]] for at in np.flatnonzero(table.began > 0)]
    total = int(sum(each.sum() for each in before))
    answer = _answered(found, every, t, wider, df) | {"baseline": total / sum(each.size for each in before) / every}
    too_few = total < FEWEST_BEFORE
    return Staggered(
        **answer, level=level, df=df, treated_before=total, treated_areas=ever, never_areas=never,
        since=_since(found, every, t * wider), cohorts=_cohorts(found, every, t, table), every=every,
        dropped_areas=len(areas) - len(table.counts), dropped_months=len(months) - every * table.counts.shape[1],
        too_few=too_few, sentences=_sentences(answer, level, ever, never, too_few),
        cautions=(*notes, *_cautions(table.began, every)),
    )  # fmt: skip


@dataclass(frozen=True)
class _Table:
    """`counts[area, period]`; `began` is each area's first period of work, -1 for never; `starts` its first month."""

    counts: np.ndarray
    began: np.ndarray
    starts: tuple[str, ...]

    @classmethod
    def of(cls, counts: np.ndarray, began: np.ndarray, months: tuple[str, ...], every: int) -> "_Table":
        if every < 1:
            raise ValueError(f"a period holds one month or more, not {every}")
        later = began[began > 0]
        if not later.size:
            raise ValueError("no area began after the first month, so there is no before to compare with")
        left = int(later.min()) % every
        if (within := later[(later - left) % every != 0]).size:
            raise ValueError(
                f"{months[within[0]]} is not the first month of a period of {every}, counted from "
                f"{months[later.min()]}: take another length of period"
            )
        periods = (len(months) - left) // every
        summed = counts[:, left : left + periods * every].reshape(len(counts), periods, every).sum(axis=2)
        period = np.where(began < 0, -1, (began - left) // every)
        kept = (period != 0) & ~((began >= 0) & (period < 0)) & (period < periods)
        if (period[kept] > 0).sum() < 2 or (period[kept] < 0).sum() < 2:
            raise ValueError("staggered adoption needs at least two areas that began and two that never did")
        if len({*period[kept].tolist()} - {-1}) == (period[kept] > 0).sum():
            raise ValueError("every area began in a month of its own, so nothing shows how much such areas vary")
        return cls(summed[kept], period[kept], months[left : left + periods * every : every])


def _began(frame: Any, unit: str, first: str, areas: tuple[str, ...], months: tuple[str, ...]) -> np.ndarray:
    """Each area's first month of work as a place among the months, -1 for never."""
    said: dict[str, set[str]] = {}
    for area, value in zip(frame[unit], frame[first].astype(object), strict=True):
        said.setdefault(label(area), set()).add(_first(value))
    places = {month: place for place, month in enumerate(months)} | {"": -1}
    began = []
    for area in areas:
        firsts = said[area]
        if len(firsts) > 1:
            raise ValueError(f"{area} has more than one first month: {', '.join(sorted(firsts))}")
        [named] = firsts
        if named not in places:
            raise ValueError(f"{area} began in {named}, which is not among the months {months[0]} to {months[-1]}")
        began.append(places[named])
    return np.array(began)


def _first(value: Any) -> str:
    text = label(value)
    return "" if text.casefold() in NEVER else text


def _estimated(table: _Table, level: float) -> tuple[dict[str, Any], list[str]]:
    """The library's overall effect, by month since and by cohort; and what it warned of, once each."""
    import pandas as pd
    from diff_diff import CallawaySantAnna

    areas, periods = table.counts.shape
    # Periods count from 1 there, and 0 is never.
    frame = pd.DataFrame({
        "area": np.repeat(np.arange(areas), periods),
        "period": np.tile(np.arange(1, periods + 1), areas),
        "count": table.counts.ravel().astype(float),
        "first": np.repeat(table.began + 1, periods),
    })  # fmt: skip
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        found = CallawaySantAnna(base_period="universal", alpha=1 - level).fit(
            frame, outcome="count", unit="area", time="period", first_treat="first"
        )
        parts = {"overall": found, "since": found.aggregate("event_study"), "cohorts": found.aggregate("group")}
    notes = dict.fromkeys(f"The library says: {' '.join(str(each.message).split()).rstrip('.')}." for each in warned)
    return parts, list(notes)


def _answered(found: Mapping[str, Any], every: int, t: float, wider: float, df: int) -> dict[str, Any]:
    effect, se = float(found["overall"].overall_att), float(found["overall"].overall_se) * wider
    low, high = effect / every - t * se, effect / every + t * se
    p = two_sided(effect, se, df)
    return {"effect": effect / every, "se": se / every, "low": low, "high": high, "p": p}


def _since(found: Mapping[str, Any], every: int, reach: float) -> tuple[Since, ...]:
    each = found["since"]
    rows = zip(each.event_time.tolist(), each.att.tolist(), each.se.tolist(), each.n.tolist(), strict=True)
    return tuple(
        Since(period, 0.0, 0.0, 0.0, 0)
        if period == -1
        else Since(period, effect / every, effect / every - reach * se, effect / every + reach * se, int(many))
        for period, effect, se, many in rows
    )


def _cohorts(found: Mapping[str, Any], every: int, t: float, table: _Table) -> tuple[Cohort, ...]:
    each = found["cohorts"]
    rows = zip(each.label.tolist(), each.att.tolist(), each.se.tolist(), strict=True)
    return tuple(_cohort(table, first - 1, effect / every, t * se) for first, effect, se in rows)


def _cohort(table: _Table, period: int, effect: float, reach: float) -> Cohort:
    areas = int((table.began == period).sum())
    if areas == 1:
        return Cohort(table.starts[period], 1, effect, None, None)
    reach *= float(np.sqrt(areas / (areas - 1)))
    return Cohort(table.starts[period], areas, effect, effect - reach, effect + reach)


def _cautions(began: np.ndarray, every: int) -> list[str]:
    said = [BASELINE.format("single month" if every == 1 else f"{every} months")]
    fewest = int(min((began > 0).sum(), (began < 0).sum()))
    if fewest < FEW_CLUSTERS:
        said.append(f"There are only {fewest} areas on one side, so the interval is a rough one though widened for it.")
    if alone := sum(int((began == first).sum() == 1) for first in {*began[began > 0].tolist()}):
        said.append(
            f"{alone} of the first months {'has' if alone == 1 else 'have'} a single area, which has no interval "
            "of its own."
        )
    return said


def _sentences(found: Mapping[str, Any], level: float, treated: int, never: int, too_few: bool) -> tuple[str, ...]:
    seen = (
        f"{found['effect']:+.2f} incidents for each area and month (from {found['baseline']:.2f} before; "
        f"{100 * level:g} % interval {found['low']:+.2f} to {found['high']:+.2f}), {treated} areas that began against "
        f"{never} that never did"
    ).replace("-", "−")
    if too_few:
        return (f"Too few to tell: {seen}, with fewer than {FEWEST_BEFORE} incidents before in all.",)
    if found["low"] <= 0 <= found["high"]:
        return (f"No evidence of a change: {seen}.",)
    return (f"Consistent with a {'fall' if found['effect'] < 0 else 'rise'}: {seen}.",)
