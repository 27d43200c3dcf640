"""A claim that was checked, as a page shows it: the headline, the reasons, what may be said instead."""

from dataclasses import dataclass
from typing import Any

from clearlines.access.refusals import refuse_if
from clearlines.evaluation import answers, checks, rules
from clearlines.evaluation.answers import CountRow, Interval
from clearlines.evaluation.claims import Claim
from clearlines.evaluation.models import Run
from clearlines.evaluation.questions import OUTCOMES, PLACES, Question
from clearlines.evaluation.verdicts import Kind


@dataclass(frozen=True)
class ClaimAnswer:
    claim: str
    read_as: str
    headline: str
    sentences: list[str]
    suggested: str
    is_too_few: bool
    cautions: list[str]
    rows: list[CountRow]
    interval: Interval | None
    outcome: str
    before: str
    after: str
    chosen_how: str
    chosen_on: str
    areas: list[tuple[str, str]]


def kept(run: Run) -> ClaimAnswer:
    return _answer(Question.from_json(run.question), run.result, run.counts)


def unkept(claim: Claim, question: Question) -> ClaimAnswer:
    """For whoever may not keep one. Typed counts alone: no row is read."""
    refuse_if(rules.reasons_not_to_check(claim, question, loaded=()))
    counts = {place: pair for place, pair in question.counts.items() if pair}
    return _answer(question, checks.held_against(claim, question, counts), counts)


def _answer(question: Question, result: dict[str, Any], counts: dict[str, list[int]]) -> ClaimAnswer:
    claim, said = Claim.from_json(result["claim"]), result["said"]
    is_compared = "se" in result and said["kind"] != Kind.OF_POLICE
    return ClaimAnswer(
        claim=claim.words,
        read_as=_read_as(claim),
        headline=said["headline"],
        sentences=said["sentences"],
        suggested=said["suggested"],
        is_too_few=said["kind"] == Kind.TOO_FEW,
        cautions=answers.cautions(question),
        rows=[CountRow(label, *counts[place]) for place, label in PLACES.items() if place in counts],
        interval=answers.interval(result) if is_compared else None,
        outcome=OUTCOMES.get(question.outcome, question.outcome),
        before=question.before.in_words,
        after=question.after.in_words,
        chosen_how=question.chosen_how,
        chosen_on=question.chosen_on.in_words if question.chosen_on else "not chosen by counts",
        areas=[
            (label, ", ".join(question.areas[place])) for place, label in PLACES.items() if question.areas.get(place)
        ],
    )


def _read_as(claim: Claim) -> str:
    which = "fewer" if claim.direction == "fall" else "more"
    where = f" in {claim.where}" if claim.where else ""
    return f"{claim.size} {which} {claim.what or 'recorded incidents'}{where}"
