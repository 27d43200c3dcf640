"""One comparison is a choice, and a choice can be made until it suits: several, side by side, none picked."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import NormalDist

from clearlines.analysis.displacement.difference import NONE, Displacement, displacement
from clearlines.analysis.displacement.words import Counts, Interval, spans_nought
from clearlines.analysis.figures import plain, signed


@dataclass(frozen=True)
class Gap:
    """How far two comparisons' own changes lie apart: `apart` is the first's less the second's, with its interval at
    the level, widened for as many pairs as there are (Bonferroni)."""

    first: str
    second: str
    apart: float
    se: float
    low: float
    high: float


@dataclass(frozen=True)
class SideBySide:
    """`answers` by control, in the order given. `agree` when all say a fall, all a rise, or all neither."""

    answers: dict[str, Displacement]
    gaps: tuple[Gap, ...]
    agree: bool
    sentences: tuple[str, ...]

    @property
    def widest(self) -> Gap:
        return max(self.gaps, key=lambda gap: abs(gap.apart))

    @property
    def verdict(self) -> str:
        return " ".join(self.sentences)


def side_by_side(
    treated: Counts,
    controls: Mapping[str, Counts],
    disp_treated: Counts = NONE,
    disp_controls: Mapping[str, Counts] | None = None,
    *,
    time: Sequence[float] = (1, 1),
    areas: Mapping[str, Sequence[float]] | None = None,
    level: float = 0.95,
    overdispersion: float = 1,
) -> SideBySide:
    """The difference against each of two or more controls, and how far the controls differ from one another.

    `controls` and `disp_controls` (where there is a ring) are by the control's name, `areas` the four sizes for each.
    The answers share the treated area, so two of them differ by exactly as much as their controls do: a gap that
    chance would not give means that at least one of them is no fair comparison. None is picked, and a fall may be
    claimed only when all of them show it. Fewer than two, or a ring for one and not another: ValueError.

    Against a control that stayed at 20, 20 to 10 is -10; against one that fell by 6, -4. They differ by 6, with the
    variance of the controls alone, 20 + 20 + 20 + 14 = 74:

    >>> found = side_by_side(Counts(20, 10), {"Town": Counts(20, 20), "Port": Counts(20, 14)})
    >>> [answer.estimate for answer in found.answers.values()], found.widest.apart, round(found.widest.se, 3)
    ([-10.0, -4.0], 6.0, 8.602)
    >>> found.sentences[-1]
    'The comparisons differ from each other by up to 6, which chance alone could give.'
    """
    if len(controls) < 2:
        raise ValueError("side by side needs at least two controls")
    rings = disp_controls or {}
    if rings and set(rings) != set(controls):
        raise ValueError("give every control its own ring, or none")
    sizes = areas or {}
    answers = {
        name: displacement(
            control, treated, rings.get(name, NONE), disp_treated, time=time, area=sizes.get(name, (1, 1, 1, 1)),
            level=level, overdispersion=overdispersion,
        )
        for name, control in controls.items()
    }  # fmt: skip
    alone = {
        name: displacement(
            control, NONE, rings.get(name, NONE), time=time, area=sizes.get(name, (1, 1, 1, 1)), level=level,
            overdispersion=overdispersion,
        )
        for name, control in controls.items()
    }  # fmt: skip
    gaps = _gaps(alone, level)
    said = {_says(answer) for answer in answers.values()}
    return SideBySide(answers, gaps, len(said) == 1, _sentences(answers, gaps, said))


def _gaps(alone: Mapping[str, Displacement], level: float) -> tuple[Gap, ...]:
    pairs = list(combinations(alone, 2))
    reach = NormalDist().inv_cdf(1 - (1 - level) / 2 / len(pairs))
    return tuple(_gap(first, second, alone, reach) for first, second in pairs)


def _gap(first: str, second: str, alone: Mapping[str, Displacement], reach: float) -> Gap:
    # Each is nought less the control's change, so that the order turns.
    apart = alone[second].estimate - alone[first].estimate
    se = math.hypot(alone[first].se, alone[second].se)
    return Gap(first, second, apart, se, apart - reach * se, apart + reach * se)


def _says(answer: Displacement) -> str:
    if answer.too_few or spans_nought(answer.low, answer.high):
        return "neither"
    return "a fall" if answer.estimate < 0 else "a rise"


def _sentences(answers: Mapping[str, Displacement], gaps: Sequence[Gap], said: set[str]) -> tuple[str, ...]:
    each = [
        f"Against {name} the difference is {signed(answer.estimate)} "
        f"({Interval(answer.low, answer.high, answer.level)})."
        for name, answer in answers.items()
    ]
    many = "both" if len(answers) == 2 else f"all {len(answers)}"
    if len(said) > 1:
        together = "The comparisons do not agree, so no change may be claimed: picking one that suits is no answer."
    elif said == {"neither"}:
        together = f"Against {many} it cannot be told apart from chance, or there are too few to tell."
    else:
        together = f"Against {many} it is {said.pop()} of more than chance would give."
    return (*each, together, _how_far_apart(gaps))


def _how_far_apart(gaps: Sequence[Gap]) -> str:
    up_to = plain(max(abs(gap.apart) for gap in gaps))
    if all(spans_nought(gap.low, gap.high) for gap in gaps):
        return f"The comparisons differ from each other by up to {up_to}, which chance alone could give."
    return (
        f"The comparisons differ from each other by up to {up_to}, more than chance would give: at least one is not a "
        "fair comparison."
    )
