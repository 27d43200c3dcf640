"""A kept result as a page shows it: the verdict in words, the interval as a picture, and what would be enough."""

from dataclasses import dataclass
from typing import Any

from clearlines.analysis.displacement import ASSUMPTIONS, enough_before
from clearlines.evaluation import traps
from clearlines.evaluation.models import Run
from clearlines.evaluation.questions import OUTCOMES, PLACES, Question

# Narrow, so that its words can be read on a phone.
WIDE, EDGE = 320, 42


@dataclass(frozen=True)
class CountRow:
    place: str
    before: int
    after: int

    @property
    def change(self) -> str:
        return f"{self.after - self.before:+d}".replace("-", "−") if self.after != self.before else "0"


@dataclass(frozen=True)
class Interval:
    """Where things stand across the picture, in its own units. Nought is always in it."""

    low: int
    estimate: int
    high: int
    nought: int
    words: str


@dataclass(frozen=True)
class Answer:
    """Everything the page of one run says."""

    is_too_few: bool
    headline: str
    more: list[str]
    suggested: str
    enough: int
    rows: list[CountRow]
    interval: Interval
    outcome: str
    before: str
    after: str
    chosen_on: str
    cautions: list[str]
    areas: list[tuple[str, str]]
    assumptions: str = ASSUMPTIONS


def answer(run: Run) -> Answer:
    question, result = Question.from_json(run.question), run.result
    rows = [CountRow(label, *run.counts[place]) for place, label in PLACES.items() if place in run.counts]
    return Answer(
        is_too_few=result["too_few"],
        headline=result["sentences"][0].partition(":")[0],
        more=result["sentences"],
        suggested=_suggested(run, result),
        enough=enough_before(question.level),
        rows=rows,
        interval=interval(result),
        outcome=OUTCOMES[question.outcome],
        before=question.before.in_words,
        after=question.after.in_words,
        chosen_on=question.chosen_on.in_words if question.chosen_on else "not chosen by counts",
        cautions=cautions(question),
        areas=[
            (label, ", ".join(question.areas[place])) for place, label in PLACES.items() if question.areas.get(place)
        ],
    )


def _suggested(run: Run, result: dict[str, Any]) -> str:
    """A sentence that may be said in public."""
    treated, control = run.counts["treated"], run.counts["control"]
    compared = "stayed at" if control[0] == control[1] else f"went from {control[0]:,} to"
    seen = (
        f"Recorded incidents went from {treated[0]:,} to {treated[1]:,}; a comparison area {compared} {control[1]:,}."
    )
    if result["too_few"]:
        return f"{seen} With numbers this small the difference could be chance."
    if result["low"] <= 0 <= result["high"]:
        return f"{seen} The difference is no more than chance would give."
    low, high = sorted((abs(result["low"]), abs(result["high"])))
    fewer = "fewer" if result["estimate"] < 0 else "more"
    each = " a month" if result["time"] != [1, 1] else ""
    return f"{seen} That is between {low:,.0f} and {high:,.0f} {fewer} than expected{each}."


def interval(result: dict[str, Any]) -> Interval:
    ends = min(result["low"], 0.0), max(result["high"], 0.0)
    scale = (WIDE - 2 * EDGE) / ((ends[1] - ends[0]) or 1)
    spots = {"low": result["low"], "estimate": result["estimate"], "high": result["high"], "nought": 0.0}
    at = {name: round(EDGE + (value - ends[0]) * scale) for name, value in spots.items()}
    words = f"{result['estimate']:,.1f}, {result['level']:.0%} interval {result['low']:,.1f} to {result['high']:,.1f}"
    return Interval(at["low"], at["estimate"], at["high"], at["nought"], words.replace("-", "−"))


def cautions(question: Question) -> list[str]:
    warned = list(traps.warnings(question))
    if question.before.months() != question.after.months():
        warned.append("The two periods are not of the same length: counts are compared for each month.")
    if not question.is_same_season:
        warned.append("The two periods are not the same months of the year: season may be part of the difference.")
    return warned
