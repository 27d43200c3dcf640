"""The difference and its variance; the words for it stand in words.py."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from statistics import NormalDist
from typing import NamedTuple

from clearlines.analysis.displacement.words import (
    LARGEST_LIKELY_FALL,
    Counts,
    Interval,
    Words,
    is_too_few,
    sentences_for,
    signed,
    spans_nought,
)

# What a kept result names, so that it can be run again by the same method or say that the method changed.
METHOD = "wdd 1"
# Beyond this a count is a mistake of typing, and floats stop being exact.
MOST = 10**12

ASSUMPTIONS = (
    "Counts are taken as Poisson and independent: bursts, repeat callers or a change in recording make the true "
    "interval wider. Without the work the treated area would have changed by as many as its comparison did."
)


NONE = Counts(0, 0)


@dataclass(frozen=True)
class Displacement:
    """The difference with its interval; negative is a fall beyond the comparison's. `sentences` may be said."""

    estimate: float
    se: float
    z: float | None
    low: float
    high: float
    level: float
    sentences: tuple[str, ...]
    too_few: bool
    local: float
    local_se: float
    displaced: float
    displaced_se: float
    smallest_seen: float
    n: float
    assumptions: str = field(default=ASSUMPTIONS, repr=False)
    overdispersion: float = 1
    cautions: tuple[str, ...] = ()

    @property
    def verdict(self) -> str:
        return " ".join(self.sentences)


def displacement(
    control: Counts,
    treated: Counts,
    disp_control: Counts = NONE,
    disp_treated: Counts = NONE,
    *,
    time: Sequence[float] = (1, 1),
    area: Sequence[float] = (1, 1, 1, 1),
    level: float = 0.95,
    overdispersion: float = 1,
) -> Displacement:
    """The weighted displacement difference of one kind of incident.

    Counts are two numbers of at least nought; `time` two and `area` four numbers above nought, in the order control,
    treated, displacement control, displacement treated; `level` lies between 0 and 1; `overdispersion`, at least 1,
    multiplies the variance. Anything else: ValueError, whose text is a sentence. Source: Wheeler and Ratcliffe 2018.
    """
    groups = _checked([control, treated, disp_control, disp_treated])
    time, area = _weights(time, 2, "time"), _weights(area, 4, "area")
    factor = _factor(overdispersion)
    control_, treated_, beside_control, beside = (
        _change(each, time, size, factor) for each, size in zip(groups, area, strict=True)
    )
    local = _Part(treated_.estimate - control_.estimate, treated_.variance + control_.variance)
    displaced = _Part(beside.estimate - beside_control.estimate, beside.variance + beside_control.variance)
    unchanged = _variance_if_nothing_changed(groups, time, area, factor)
    words = Words(groups[1], groups[0], _baseline(groups[1], time, area), any(map(any, groups[2:])))
    answer = _answer(local, displaced, unchanged, level, words, sum(map(sum, groups)))
    return replace(answer, overdispersion=factor, cautions=_cautions(time, factor))


def harm(parts: Iterable[Displacement], weights: Sequence[float], *, level: float = 0.95) -> Displacement:
    """Several kinds of incident as one: each estimate times its harm weight, added; variances times its square.

    As many weights as parts, each at least nought and one above it, else ValueError. The unit is that of the weights
    (days of imprisonment, say). Use for victim-based crime only. Source: ptools 2.0, wdd_harm.
    """
    parts = list(parts)
    weights = [_number(each, "a harm weight") for each in weights]
    if len(parts) != len(weights):
        raise ValueError(f"there are {len(parts)} kinds of incident and {len(weights)} harm weights: give one for each")
    if not any(weights) or min(weights) < 0:
        raise ValueError("harm weights must not be negative, and one must be above nought")
    pairs = list(zip(parts, weights, strict=True))
    local = _Part(sum(p.local * w for p, w in pairs), sum((p.local_se * w) ** 2 for p, w in pairs))
    displaced = _Part(sum(p.displaced * w for p, w in pairs), sum((p.displaced_se * w) ** 2 for p, w in pairs))
    answer = _answer(local, displaced, local.variance + displaced.variance, level, None, sum(p.n for p in parts))
    cautions = tuple(dict.fromkeys(each for part in parts for each in part.cautions))
    return replace(_worded_as_harm(answer, [p for p, w in pairs if w]), cautions=cautions)


def enough_before(level: float = 0.95, overdispersion: float = 1) -> int:
    """How many before, in each of two like areas, for a halving to be told apart from chance.

    With n before in both, a difference of n / 2 must exceed the reach of the level times the root of 4n, and of the
    overdispersion.
    """
    reach = NormalDist().inv_cdf((1 + level) / 2)
    return math.ceil((2 / LARGEST_LIKELY_FALL) ** 2 * reach**2 * _factor(overdispersion))


class _Part(NamedTuple):
    estimate: float
    variance: float


def _checked(groups: list[Counts]) -> list[Counts]:
    checked = []
    for group in groups:
        if len(group) != 2:
            raise ValueError("each area needs two counts: before and after")
        before, after = (_number(each, "a count") for each in group)
        if before < 0 or after < 0:
            raise ValueError("a count cannot be negative")
        checked.append(Counts(before, after))
    return checked


def _number(value: float, what: str) -> float:
    number = float(value)
    if not math.isfinite(number) or abs(number) > MOST:
        raise ValueError(f"{what} must be an ordinary number, not {value}")
    return number


def _weights(weights: Sequence[float], many: int, what: str) -> list[float]:
    numbers = [_number(each, f"each {what} weight") for each in weights]
    if len(numbers) != many:
        raise ValueError(f"there must be {many} {what} weights, not {len(numbers)}")
    if min(numbers) <= 0:
        raise ValueError(f"{what} weights must be above nought")
    return numbers


def _factor(overdispersion: float) -> float:
    factor = _number(overdispersion, "the overdispersion")
    if factor < 1:
        raise ValueError(f"the overdispersion must be at least 1, as of independent incidents, not {overdispersion}")
    return factor


def _cautions(time: Sequence[float], factor: float) -> tuple[str, ...]:
    said = []
    if time[0] != time[1]:
        said.append(
            f"The periods are of unequal length ({time[0]:g} before and {time[1]:g} after): the difference is in "
            "incidents for each unit of time, and a season that is in only one of them may be part of it."
        )
    if factor > 1:
        said.append(f"The variance is taken as {factor:.3g} times that of incidents that come one by one.")
    return tuple(said)


def _change(counts: Counts, time: Sequence[float], size: float, factor: float) -> _Part:
    before, after = time[0] * size, time[1] * size
    estimate = counts.after / after - counts.before / before
    return _Part(estimate, factor * (counts.after / after**2 + counts.before / before**2))


def _baseline(treated: Counts, time: Sequence[float], area: Sequence[float]) -> float:
    return treated.before / (time[0] * area[1])


def _variance_if_nothing_changed(
    groups: Sequence[Counts], time: Sequence[float], area: Sequence[float], factor: float
) -> float:
    """Had every rate stayed what it was before: what the test could have seen, whatever it then saw."""
    still = [Counts(each.before, each.before * time[1] / time[0]) for each in groups]
    return sum(_change(each, time, size, factor).variance for each, size in zip(still, area, strict=True))


def _answer(
    local: _Part, displaced: _Part, unchanged: float, level: float, words: Words | None, n: float
) -> Displacement:
    if not 0 < level < 1:
        raise ValueError(f"the level must lie between 0 and 1, such as 0.95, not {level}")
    reach = NormalDist().inv_cdf((1 + level) / 2)
    estimate, se = local.estimate + displaced.estimate, math.sqrt(local.variance + displaced.variance)
    low, high, smallest = estimate - reach * se, estimate + reach * se, reach * math.sqrt(unchanged)
    too_few = words is not None and is_too_few(words, low, high, smallest)
    return Displacement(
        estimate=estimate,
        se=se,
        z=estimate / se if se else None,
        low=low,
        high=high,
        level=level,
        sentences=sentences_for(words, estimate, Interval(low, high, level), smallest, too_few) if words else (),
        too_few=too_few,
        local=local.estimate,
        local_se=math.sqrt(local.variance),
        displaced=displaced.estimate,
        displaced_se=math.sqrt(displaced.variance),
        smallest_seen=smallest,
        n=n,
    )


def _worded_as_harm(answer: Displacement, parts: Sequence[Displacement]) -> Displacement:
    few = any(part.too_few for part in parts) and spans_nought(answer.low, answer.high)
    few = few or all(part.too_few for part in parts)
    interval = Interval(answer.low, answer.high, answer.level)
    measured = f"The harm-weighted difference is {signed(answer.estimate)} ({interval})."
    if few:
        start = "Too few to tell: the counts behind these weights are too small."
    elif spans_nought(answer.low, answer.high):
        start = "No change in harm that can be told apart from chance."
    else:
        kind = "A fall" if answer.estimate < 0 else "A rise"
        start = f"{kind} in harm beyond the comparison's, more than chance would give."
    return replace(answer, sentences=(start, measured), too_few=few)
