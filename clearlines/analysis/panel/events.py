"""Period by period: did the areas move alike before the start, and when do they part?"""

from dataclasses import dataclass, field, replace

import numpy as np

from clearlines.analysis.panel.counts import CountPanel
from clearlines.analysis.panel.effect import (
    ASSUMPTIONS,
    NEGBIN,
    POISSON,
    cautions,
    check,
    degrees,
    ratio_of,
    reach_of,
    usable,
)
from clearlines.analysis.panel.fitting import fit

METHOD = "panel event study 1"
WEAK = "a passed pre-trend test is weak evidence"
EACH_ALONE = "Each interval stands alone: of twenty, one misses by chance."


@dataclass(frozen=True)
class Period:
    """`number` 0 is the first from the start on, -1 the one before it, against which the others are held."""

    number: int
    first: str
    last: str
    ratio: float
    low: float
    high: float
    treated: int
    others: int


@dataclass(frozen=True)
class PreTrend:
    """The joint test that every ratio before the start is 1; None where there is nothing to test or too few areas."""

    f: float | None
    p: float | None
    periods: int
    df: int
    sentence: str


@dataclass(frozen=True)
class EventStudy:
    periods: tuple[Period, ...]
    pre_trend: PreTrend
    every: int
    level: float
    family: str
    treated_areas: int
    other_areas: int
    dropped_areas: int
    dropped_months: int
    cautions: tuple[str, ...]
    assumptions: str = field(default=ASSUMPTIONS, repr=False)


def event_study(panel: CountPanel, *, every: int = 1, family: str = POISSON, level: float = 0.95) -> EventStudy:
    """The ratio of treated to other areas in each period of `every` months over that in the last one before the start.

    Months that do not fill a period at either end are left out, and counted in `dropped_months`. A period without an
    incident in the treated or in the other areas has no ratio: ValueError that asks for longer periods. Errors else as
    for `difference_in_differences`.
    """
    check(family, level)
    whole, numbers = _whole_periods(panel, every)
    kept, dropped_areas, empty_months = usable(whole)
    numbers = numbers[whole.counts.sum(axis=0) > 0]
    names = sorted({*numbers.tolist()})
    _refuse(kept, numbers, every)
    asked = [number for number in names if number != -1]
    columns = kept.treated[:, None, None] & (numbers[None, :, None] == np.array(asked)[None, None, :])
    found = fit(kept.counts, columns.astype(float), kept.treated, negative_binomial=family == NEGBIN)
    df = degrees(kept)
    reach = reach_of(level, df)
    logs = dict(zip(asked, found.effects.tolist(), strict=True))
    errors = dict(zip(asked, np.sqrt(np.diag(found.covariance)).tolist(), strict=True))
    periods = tuple(
        _period(kept, numbers, number, logs.get(number, 0.0), reach * errors.get(number, 0.0)) for number in names
    )
    before = [place for place, number in enumerate(asked) if number < 0]
    return EventStudy(
        periods,
        _pre_trend(found.effects[before], found.covariance[np.ix_(before, before)], df, reach),
        every, level, family, int(kept.treated.sum()), int((~kept.treated).sum()), dropped_areas,
        len(panel.months) - len(whole.months) + empty_months, (*cautions(kept), EACH_ALONE),
    )  # fmt: skip


def _whole_periods(panel: CountPanel, every: int) -> tuple[CountPanel, np.ndarray]:
    """The panel without months that fill no period, and each month's period, 0 the first from the start on."""
    if every < 1:
        raise ValueError(f"a period holds one month or more, not {every}")
    first = panel.start % every
    last = len(panel.months) - (len(panel.months) - panel.start) % every
    if not first < panel.start < last:
        raise ValueError(f"there is no whole period of {every} months on each side of the start")
    months = slice(first, last)
    whole = replace(panel, months=panel.months[months], counts=panel.counts[:, months], start=panel.start - first)
    return whole, (np.arange(last - first) - whole.start) // every


def _refuse(panel: CountPanel, numbers: np.ndarray, every: int) -> None:
    if degrees(panel) < 1:
        raise ValueError("an event study needs at least two treated areas with incidents, and two others")
    for number in range(int(numbers.min()), int(numbers.max()) + 1):
        for which, what in ((panel.treated, "treated"), (~panel.treated, "other")):
            if not panel.counts[which][:, numbers == number].sum():
                raise ValueError(
                    f"there is no incident in the {what} areas in one of the periods, number {number}: take periods "
                    f"longer than {every} {'month' if every == 1 else 'months'}"
                )


def _period(panel: CountPanel, numbers: np.ndarray, number: int, log: float, reach: float) -> Period:
    months = np.flatnonzero(numbers == number)
    ratio, low, high = (ratio_of(log + turn * reach) for turn in (0, -1, 1))
    treated, others = (int(panel.counts[which][:, months].sum()) for which in (panel.treated, ~panel.treated))
    return Period(number, panel.months[months[0]], panel.months[months[-1]], ratio, low, high, treated, others)


def _pre_trend(logs: np.ndarray, covariance: np.ndarray, df: int, reach: float) -> PreTrend:
    """Hotelling's form of the Wald test, for few clusters (Pustejovsky and Tipton 2018, Journal of Business and
    Economic Statistics 36, 672-683); what passing is worth: Roth (2022), American Economic Review: Insights 4, 305."""
    many = len(logs)
    if not many:
        return PreTrend(None, None, 0, df, "There is one period before the start, so no trend before it can be seen.")
    left = df - many + 1
    if left < 1:
        return PreTrend(
            None, None, many, df,
            f"{many} periods before the start cannot be tested jointly with only {df + 1} areas on one side: take "
            "longer periods.",
        )  # fmt: skip
    from scipy.special import fdtrc

    f = float(logs @ np.linalg.pinv(covariance) @ logs) * left / (df * many)
    p = float(fdtrc(many, left, f))
    return PreTrend(
        f, p, many, left, _trend_sentence(p, float(np.exp(reach * np.median(np.sqrt(np.diag(covariance))))))
    )


def _trend_sentence(p: float, seen: float) -> str:
    if p < 0.05:
        return (
            f"The treated areas already moved apart from the others before the start (p = {p:.2g}), so what came after "
            "cannot be told from what was under way."
        )
    return (
        f"No difference before the start was found (p = {p:.2g}), but {WEAK}: in a usual period the ratio had to be "
        f"above {seen:.2f} or below {1 / seen:.2f} to be seen."
    )
