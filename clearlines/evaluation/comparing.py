"""The areas where the work was done beside each comparison, side by side, none picked; and the ring around them.

Each comparison is weighed to the size the treated areas had before (its weight is its own count before, over theirs),
so that its change is asked of as many incidents as there were: a plain difference between ten hot areas and three
hundred quiet ones would be a difference of size. The method is the weighted displacement difference (Wheeler and
Ratcliffe 2018), its variance widened by how much counts of the comparison areas vary from month to month.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from clearlines.analysis.displacement import (
    Counts,
    Displacement,
    SideBySide,
    displacement,
    overdispersion,
    side_by_side,
)

CALLED = {
    "alike": "Areas as hot in the same months",
    "rest": "Every other area",
    "named": "Areas that were named",
}

ONE_ALONE = "There is only one comparison here, so nothing shows whether it is a fair one."


class Pair(NamedTuple):
    before: int
    after: int
    areas: int


class Sides(NamedTuple):
    """`controls` by their key; `months` of the two periods; `spread` is the factor the variance is widened by."""

    treated: Pair
    controls: dict[str, Pair]
    months: tuple[int, int]
    spread: float


def pair(counts: np.ndarray, rows: np.ndarray, before: np.ndarray, after: np.ndarray) -> Pair:
    of_rows = counts[rows]
    return Pair(int(of_rows[:, before].sum()), int(of_rows[:, after].sum()), int(rows.sum()))


def spread(counts: np.ndarray) -> float:
    """How much more than chance counts vary, from areas where nothing was done; 1 where it cannot be told."""
    try:
        return overdispersion(counts).factor
    except ValueError:
        return 1.0


def compared(sides: Sides, *, level: float) -> dict[str, Any]:
    """Every comparison that had any records before, as it is kept; and how far they differ from one another."""
    usable = {key: each for key, each in sides.controls.items() if each.before and sides.treated.before}
    empty = [CALLED[key] for key in sides.controls if key not in usable]
    answers, beside = _answers(sides, usable, level)
    sentences = list(beside.sentences[-2:]) if beside else [ONE_ALONE]
    return {
        "answers": [_kept(key, usable[key], answers[key], sides) for key in usable],
        "agree": beside.agree if beside else None,
        "is_apart": any(gap.low > 0 or gap.high < 0 for gap in beside.gaps) if beside else False,
        "sentences": sentences + [f"{each}: none were recorded before, so it compares nothing." for each in empty],
        "spread": round(sides.spread, 3),
    }


def _answers(
    sides: Sides, usable: Mapping[str, Pair], level: float
) -> tuple[dict[str, Displacement], SideBySide | None]:
    given: dict[str, Any] = {"time": _time(sides.months), "level": level, "overdispersion": sides.spread}
    treated = Counts(*sides.treated[:2])
    sizes = {key: (each.before / sides.treated.before, 1, 1, 1) for key, each in usable.items()}
    if len(usable) < 2:
        alone = {
            key: displacement(Counts(*each[:2]), treated, area=sizes[key], **given) for key, each in usable.items()
        }
        return alone, None
    named = {CALLED[key].lower(): key for key in usable}
    controls = {name: Counts(*usable[key][:2]) for name, key in named.items()}
    found = side_by_side(treated, controls, areas={name: sizes[key] for name, key in named.items()}, **given)
    return {key: found.answers[name] for name, key in named.items()}, found


def _kept(key: str, control: Pair, answer: Displacement, sides: Sides) -> dict[str, Any]:
    """The difference in incidents, and as a ratio of what was expected of the treated areas."""
    after = sides.treated.after / _time(sides.months)[1]
    expected = after - answer.estimate
    return {
        "key": key, "name": CALLED[key], "areas": control.areas, "before": control.before, "after": control.after,
        "expected": round(expected, 2), "estimate": answer.estimate, "estimate_low": answer.low,
        "estimate_high": answer.high, "too_few": answer.too_few,
        **{
            name: round(1 + each / expected, 4) if expected > 0 else None
            for name, each in (("ratio", answer.estimate), ("low", answer.low), ("high", answer.high))
        },
    }  # fmt: skip


def ring(beside: Pair, control: Pair, *, months: tuple[int, int], level: float) -> dict[str, Any]:
    """Whether the areas around rose beyond their own comparison by more than chance would give."""
    if not beside.before or not control.before:
        return {"why_not": "None were recorded before in the ring or in what it is compared with."}
    size = (control.before / beside.before, 1, 1, 1)
    found = displacement(
        Counts(*control[:2]), Counts(*beside[:2]), area=size, time=_time(months), level=level, overdispersion=1
    )
    return {
        "areas": beside.areas, "before": beside.before, "after": beside.after,
        "control_areas": control.areas, "control_before": control.before, "control_after": control.after,
        "estimate": found.estimate, "low": found.low, "high": found.high, "too_few": found.too_few,
        "sentence": _of_ring(found),
    }  # fmt: skip


def _of_ring(found: Displacement) -> str:
    if found.too_few:
        return "Too few around it to tell whether anything moved there."
    if found.low > 0:
        return "More around it than expected: what was stopped may have moved next door."
    if found.high < 0:
        return "Fewer around it than expected: nothing moved there that shows, and the fall may have spread."
    return "No change around it beyond what chance would give: nothing shows that it moved next door."


def _time(months: tuple[int, int]) -> tuple[int, int]:
    return (1, 1) if months[0] == months[1] else months
