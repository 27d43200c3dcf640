"""Run a before-and-after and keep its answer; run a kept one again; hold a claim against counts."""

import uuid
from typing import Any

from clearlines.access.acts import action, already, made_by
from clearlines.access.markings import Marking
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import refuse_if
from clearlines.access.scope import the_one
from clearlines.access.viewer import Viewer
from clearlines.evaluation import checks, extracts, queries, rules
from clearlines.evaluation.claims import Claim
from clearlines.evaluation.models import Run
from clearlines.evaluation.questions import KEPT, Question
from clearlines.hotspots import queries as hotspots
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind


@action(may=P.RUN_EVALUATIONS)
def run(*, by: Viewer, question: Question, new_id: uuid.UUID | None = None) -> Run:
    """The answer, kept with everything that is needed to find it again."""
    if (made := _pressed_before(by, new_id)) is not None:
        return made
    refuse_if(rules.reasons_not_to_run(question, loaded=hotspots.standing(by).months))
    return _kept(by, question, new_id=new_id)


@action(may=P.RUN_EVALUATIONS)
def run_again(*, by: Viewer, before: Run, new_id: uuid.UUID | None = None) -> Run:
    """The same question asked of today's rows; `drift` of the new row says what is different, if anything."""
    if (made := _pressed_before(by, new_id)) is not None:
        return made
    first = before.repeats or before
    question, loaded = Question.from_json(first.question), hotspots.standing(by).months
    if not first.claim:
        refuse_if(rules.reasons_not_to_run(question, loaded=loaded))
        return _kept(by, question, new_id=new_id, repeats=first)
    claim = Claim.from_json(first.result["claim"])
    refuse_if(rules.reasons_not_to_check(claim, question, loaded=loaded))
    return _kept(by, question, claim=claim, new_id=new_id, repeats=first)


@action(may=P.RUN_EVALUATIONS)
def check_claim(*, by: Viewer, claim: Claim, question: Question, new_id: uuid.UUID | None = None) -> Run:
    """What may be said of a claim, kept with the counts it was held against."""
    if (made := _pressed_before(by, new_id)) is not None:
        return made
    refuse_if(rules.reasons_not_to_check(claim, question, loaded=hotspots.standing(by).months))
    return _kept(by, question, claim=claim, new_id=new_id)


def _pressed_before(by: Viewer, new_id: uuid.UUID | None) -> Run | None:
    made = already(Run.objects.all(), new_id, by=by)
    if made is not None:
        ledger.record("evaluation.run_again_pressed", kind=Kind.OPERATION, by=by, about=[made])
    return made


def _kept(
    by: Viewer, question: Question, *, new_id: uuid.UUID | None, claim: Claim | None = None, repeats: Run | None = None
) -> Run:
    extract = extracts.taken(by, question)
    method, result = _answer(by, question, claim, extract.counts)
    kept = Run.objects.create(
        **made_by(by, new_id), marking=Marking.OFFICIAL,
        name=question.name, method=method, question=question.as_json(),
        counts=extract.counts, extract_hash=extract.hash, result=result, repeats=repeats,
        claim=claim.words if claim else "",
    )  # fmt: skip
    event = "evaluation.claim_checked" if claim else "evaluation.run"
    ledger.record(event, kind=Kind.OPERATION, by=by, about=[kept], note=f"method {method}")
    return kept


def _answer(
    by: Viewer, question: Question, claim: Claim | None, counts: dict[str, list[int]]
) -> tuple[str, dict[str, Any]]:
    if claim is None:
        return checks.METHOD, checks.worked_out(question, counts)
    if question.source == KEPT:
        result = the_one(queries.results(by), question.result)
        return result.main["impact"]["method"], checks.against_result(claim, question, result)
    return checks.method_of(counts), checks.held_against(claim, question, counts)
