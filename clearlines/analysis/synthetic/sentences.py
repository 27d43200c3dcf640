"""What is said under an answer, in words that a reader who is no statistician can weigh."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from clearlines.analysis.figures import plain
from clearlines.analysis.synthetic.answer import Effect
from clearlines.analysis.synthetic.calibration import ALL_NEAR, COVARIATE, MET, Weights
from clearlines.analysis.synthetic.effects import TWO
from clearlines.analysis.synthetic.resampling import Jackknife, Placebos

# Fewer treated units than this, and an error worked out from how they vary among themselves is a guess.
FEW_TREATED = 10
# The share of all weight that one unit may carry before the comparison is largely that unit.
MUCH_OF_IT = 0.25

NO_BASELINE = "the treated had none before, so there is nothing that could have fallen"
NONE_IN_SYNTHETIC = "the synthetic comparison had none, and a share of nothing cannot be given"
NONE_IN_TREATED = "the treated had none after, and no interval can be put round a fall to nothing"
ONE_TREATED = (
    "There is one treated unit. How units vary cannot be seen from one, so no linearised, clustered or jackknife error "
    "is given: only placebo groups (permutations) can say how unusual its difference is."
)
PUBLISHED_LEVEL = (
    "Intervals are at {level}; the published tables of this method print 90 % intervals, which are narrower."
)
RULE = (
    "The placebo p is (1 + placebo groups at least as far out) / (1 + groups), where how far out is the difference "
    "over its linearised error."
)


def percent(share: float) -> str:
    return f"{100 * share:+.1f} %".replace("-", "−")


def of_an_effect(effect: Effect, level: float) -> str:
    """The totals first; a percentage only with both intervals."""
    totals = f"{plain(effect.treated)} in the treated, {plain(effect.synthetic)} in the synthetic comparison"
    seen = f"{effect.name}: {totals}"
    if effect.change is None:
        return f"{seen}; no percentage is given, because {effect.why_no_change}."
    if effect.low is None or effect.high is None or effect.clustered_low is None or effect.clustered_high is None:
        return f"{seen}; no percentage is given, because no interval can be worked out."
    linear = f"{percent(effect.low)} to {percent(effect.high)}"
    clustered = f"{percent(effect.clustered_low)} to {percent(effect.clustered_high)}"
    end = "cannot" if effect.clustered_low <= 0 <= effect.clustered_high else "can"
    return (
        f"{seen}, a difference of {percent(effect.change)} ({100 * level:.4g} % interval {linear}; {clustered} with a "
        f"unit's periods as one): by the second it {end} be told apart from no difference."
    )


def relaxations(labels: Sequence[tuple[int, str, Any]], found: Weights, totals: np.ndarray) -> Iterator[str]:
    """Each outcome or covariate that the weights could not meet exactly, with how far off the worst of it is."""
    if not found.tier:
        return
    order = "outcomes before" if found.tier < ALL_NEAR else "outcomes before, and then covariates too,"
    yield (
        f"No weights of at least nought meet every constraint, so {order} were matched as nearly as can be instead "
        "of exactly; the order is outcomes first, covariates next, the number of treated units never."
    )
    worst: dict[str, int] = {}
    for at, (_, name, _time) in enumerate(labels):
        far = abs(found.error[at])
        if far > MET * max(1, abs(totals[at])) and (name not in worst or far > abs(found.error[worst[name]])):
            worst[name] = at
    for name, at in worst.items():
        kind, _, time = labels[at]
        where = "" if kind == COVARIATE else f", at worst at time {time}"
        yield f"{name} is matched as nearly as can be{where}: {_pair(totals[at], found.error[at])}."


def _pair(total: float, error: float) -> str:
    return f"{plain(total)} in the treated, {total + error:,.2f} in the synthetic comparison"


def of_weights(weights: np.ndarray, units: Sequence[Any], treated: int) -> Iterator[str]:
    if treated == 1:
        yield ONE_TREATED
    elif treated < FEW_TREATED:
        yield f"Only {treated} units were treated: errors worked out from how so few vary are rough."
    largest = int(weights.argmax())
    if weights[largest] > MUCH_OF_IT * treated:
        share = weights[largest] / treated
        yield (
            f"One untreated unit, {units[largest]}, carries {100 * share:.0f} % of the weight: the comparison is "
            "largely that unit."
        )


def of_errors(effects: Sequence[Effect], periods: int, level: float) -> Iterator[str]:
    """Why two p-values stand side by side."""
    both = [each for each in effects if each.linear_p is not None and each.clustered_p is not None]
    if both and periods > 1:
        apart = max(both, key=lambda each: abs((each.clustered_p or 0) - (each.linear_p or 0)))
        yield (
            f"The linear p takes each of a unit's {periods} periods as if it were another unit, as the published "
            "method does; the clustered p counts a unit's periods as one, because a place that is busy in one period "
            f"is busy in the next. They differ most for {apart.name}: {apart.linear_p:.4f} becomes "
            f"{apart.clustered_p:.4f}. Where they differ, the clustered one is the safer."
        )
    if both and abs(level - 0.9) > MET:
        yield PUBLISHED_LEVEL.format(level=f"{100 * level:.4g} %")


def of_placebos(found: Placebos | None, side: str) -> Iterator[str]:
    if found is None:
        return
    done = found.asked - found.failed
    drawn = "every group there is" if found.is_every_group else "drawn at random"
    yield f"{done} placebo groups, {drawn}, of as many untreated units as were treated, each weighed anew. {RULE}"
    if side == TWO:
        yield "Far out is counted in both directions."
    if found.relaxed:
        yield f"{found.relaxed} of the placebo groups could be matched less exactly than the treated were."
    if found.failed:
        yield f"{found.failed} of {found.asked} placebo groups could not be matched at all and are left out."


def of_jackknife(found: Jackknife | None) -> Iterator[str]:
    if found is None:
        return
    yield f"The jackknife left out {found.groups} groups of units in turn, each time weighed anew."
    if found.relaxed:
        yield f"{found.relaxed} of the jackknife's groups could be matched less exactly than the whole."
    if found.failed:
        yield f"{found.failed} of the jackknife's groups could not be matched at all and are left out."
