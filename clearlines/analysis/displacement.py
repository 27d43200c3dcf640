"""Did incidents fall where the work was done by more than elsewhere, and did they move next door?

The question. Counts before and after in a treated area, in a comparison area, and if wished in the ring around
each: how far did the treated area and its ring change beyond what the comparisons did, and could that be chance?

The method. The weighted displacement difference of Wheeler and Ratcliffe (2018), Crime Science 7:11,
doi:10.1186/s40163-018-0085-5: (treated change - control change) + (ring change - ring's control change), its
variance the sum of the counts, each divided by the square of its weight, taking counts as Poisson. Unequal periods
and areas: Wheeler (2021), as in ptools 2.0; harm: several kinds of incident, each estimate times its weight.
"Too few to tell" follows the paper's guidance: with 20 before, about 15 must be prevented for even weak evidence.

What the columns mean. `Counts(before, after)` are incidents, whole numbers of one thing counted the same way in both
windows. `time=(before, after)` are lengths of the windows, `area=(control, treated, disp_control, disp_treated)`
sizes of the areas, in any unit: with them the answer is incidents for each unit of time and area. `level` is the
confidence of the interval, 0.95 for 95 %.

When not to use it. When the treated area was chosen because its baseline was high: it will fall with nothing done
(see evaluation, which refuses such a baseline). For police-generated records, which rise because police work. For
counts that come in bursts, whose true interval is wider. For areas of very different counts, even weighted.

A worked example. The treated area goes from 20 to 10, its comparison from 20 to 20. The difference is -10; the
variance 20 + 10 + 20 + 20 = 70, its root 8.37; the 90 % interval -10 ± 1.645 × 8.37:

>>> answer = displacement(Counts(20, 20), Counts(20, 10), level=0.9)
>>> answer.estimate, round(answer.se, 4), round(answer.low, 2), round(answer.high, 2)
(-10.0, 8.3666, -23.76, 3.76)
>>> answer.too_few
True
>>> answer.sentences[0]
'Too few to tell: 20 before and 10 after in the treated area, against 20 and 20 in the comparison.'
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from statistics import NormalDist
from typing import NamedTuple

# What a kept result names, so that it can be run again by the same method or say that the method changed.
METHOD = "wdd 1"
# domain.md 2.17: with a baseline under twenty the report says too few to tell.
FEWEST_BEFORE = 20
# The largest fall a programme is likely to claim: if even a halving could hide in chance, there are too few.
LARGEST_LIKELY_FALL = 0.5
# Beyond this a count is a mistake of typing, and floats stop being exact.
MOST = 10**12
TO_THE_WORD = 1e-9

ASSUMPTIONS = (
    "Counts are taken as Poisson and independent: bursts, repeat callers or a change in recording make the true "
    "interval wider. Without the work the treated area would have changed by as many as its comparison did."
)


class Counts(NamedTuple):
    """How many incidents in an area, before and after."""

    before: float
    after: float


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
) -> Displacement:
    """The weighted displacement difference of one kind of incident.

    Counts are two numbers of at least nought; `time` two and `area` four numbers above nought, in the order control,
    treated, displacement control, displacement treated; `level` lies between 0 and 1. Anything else: ValueError,
    whose text is a sentence. Source: Wheeler and Ratcliffe 2018.
    """
    groups = _checked([control, treated, disp_control, disp_treated])
    time, area = _weights(time, 2, "time"), _weights(area, 4, "area")
    control_, treated_, beside_control, beside = (
        _change(each, time, size) for each, size in zip(groups, area, strict=True)
    )
    local = _Part(treated_.estimate - control_.estimate, treated_.variance + control_.variance)
    displaced = _Part(beside.estimate - beside_control.estimate, beside.variance + beside_control.variance)
    unchanged = _variance_if_nothing_changed(groups, time, area)
    words = _Words(groups[1], groups[0], _baseline(groups[1], time, area), any(map(any, groups[2:])))
    return _answer(local, displaced, unchanged, level, words, sum(map(sum, groups)))


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
    return _worded_as_harm(answer, [p for p, w in pairs if w])


def enough_before(level: float = 0.95) -> int:
    """How many before, in each of two like areas, for a halving to be told apart from chance.

    With n before in both, a difference of n / 2 must exceed the reach of the level times the root of 4n.
    """
    return math.ceil((2 / LARGEST_LIKELY_FALL) ** 2 * NormalDist().inv_cdf((1 + level) / 2) ** 2)


class _Part(NamedTuple):
    estimate: float
    variance: float


class _Words(NamedTuple):
    treated: Counts
    control: Counts
    baseline: float
    has_ring: bool


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


def _change(counts: Counts, time: Sequence[float], size: float) -> _Part:
    before, after = time[0] * size, time[1] * size
    estimate = counts.after / after - counts.before / before
    return _Part(estimate, counts.after / after**2 + counts.before / before**2)


def _baseline(treated: Counts, time: Sequence[float], area: Sequence[float]) -> float:
    return treated.before / (time[0] * area[1])


def _variance_if_nothing_changed(groups: Sequence[Counts], time: Sequence[float], area: Sequence[float]) -> float:
    """Had every rate stayed what it was before: what the test could have seen, whatever it then saw."""
    still = [Counts(each.before, each.before * time[1] / time[0]) for each in groups]
    return sum(_change(each, time, size).variance for each, size in zip(still, area, strict=True))


def _answer(
    local: _Part, displaced: _Part, unchanged: float, level: float, words: _Words | None, n: float
) -> Displacement:
    if not 0 < level < 1:
        raise ValueError(f"the level must lie between 0 and 1, such as 0.95, not {level}")
    reach = NormalDist().inv_cdf((1 + level) / 2)
    estimate, se = local.estimate + displaced.estimate, math.sqrt(local.variance + displaced.variance)
    low, high, smallest = estimate - reach * se, estimate + reach * se, reach * math.sqrt(unchanged)
    too_few = words is not None and _is_too_few(words, low, high, smallest)
    return Displacement(
        estimate=estimate,
        se=se,
        z=estimate / se if se else None,
        low=low,
        high=high,
        level=level,
        sentences=_sentences(words, estimate, _Interval(low, high, level), smallest, too_few) if words else (),
        too_few=too_few,
        local=local.estimate,
        local_se=math.sqrt(local.variance),
        displaced=displaced.estimate,
        displaced_se=math.sqrt(displaced.variance),
        smallest_seen=smallest,
        n=n,
    )


def _is_too_few(words: _Words, low: float, high: float, smallest: float) -> bool:
    if words.treated.before < FEWEST_BEFORE:
        return True
    return _spans_nought(low, high) and smallest > LARGEST_LIKELY_FALL * words.baseline


def _spans_nought(low: float, high: float) -> bool:
    return low <= TO_THE_WORD and high >= -TO_THE_WORD


class _Interval(NamedTuple):
    low: float
    high: float
    level: float

    def __str__(self) -> str:
        return f"{_plain(100 * self.level)} % interval {_signed(self.low)} to {_signed(self.high)}"


def _sentences(words: _Words, estimate: float, interval: _Interval, smallest: float, too_few: bool) -> tuple[str, ...]:
    seen = (
        f"{_plain(words.treated.before)} before and {_plain(words.treated.after)} after in the treated area, "
        f"against {_plain(words.control.before)} and {_plain(words.control.after)} in the comparison."
    )
    ring = ", with the areas beside them," if words.has_ring else ""
    measured = f"The difference{ring} is {_signed(estimate)} ({interval})"
    by_chance = _spans_nought(interval.low, interval.high)
    if too_few:
        return (
            f"Too few to tell: {seen}",
            f"{measured}: it cannot be told apart from chance."
            if by_chance
            else f"{measured}, but with fewer than {FEWEST_BEFORE} before, the interval cannot be trusted either.",
            f"Only a change of about {_plain(smallest)} or more could have been told apart from chance; "
            "do not state a percentage.",
        )
    if by_chance:
        return f"No change that can be told apart from chance: {seen}", f"{measured}."
    kind = "A fall" if estimate < 0 else "A rise"
    return f"{kind} beyond the comparison's, more than chance would give: {seen}", f"{measured}."


def _worded_as_harm(answer: Displacement, parts: Sequence[Displacement]) -> Displacement:
    few = any(part.too_few for part in parts) and _spans_nought(answer.low, answer.high)
    few = few or all(part.too_few for part in parts)
    interval = _Interval(answer.low, answer.high, answer.level)
    measured = f"The harm-weighted difference is {_signed(answer.estimate)} ({interval})."
    if few:
        start = "Too few to tell: the counts behind these weights are too small."
    elif _spans_nought(answer.low, answer.high):
        start = "No change in harm that can be told apart from chance."
    else:
        kind = "A fall" if answer.estimate < 0 else "A rise"
        start = f"{kind} in harm beyond the comparison's, more than chance would give."
    return replace(answer, sentences=(start, measured), too_few=few)


def _plain(number: float) -> str:
    return f"{number:,.1f}".removesuffix(".0")


def _signed(number: float) -> str:
    return f"{number:+,.1f}".removesuffix(".0").replace("-", "−") if round(number, 1) else "0"
