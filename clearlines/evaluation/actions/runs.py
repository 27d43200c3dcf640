"""Run a before-and-after and keep its answer; run a kept one again and say whether it still says the same."""

import uuid
from dataclasses import asdict
from typing import Any

from clearlines.access.acts import action, already
from clearlines.access.markings import Marking
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import refuse_if
from clearlines.access.viewer import Viewer
from clearlines.analysis.displacement import METHOD, Counts, displacement
from clearlines.evaluation import extracts, rules
from clearlines.evaluation.models import Run
from clearlines.evaluation.questions import Question
from clearlines.hotspots import queries as hotspots
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind


@action(may=P.RUN_EVALUATIONS)
def run(*, by: Viewer, question: Question, new_id: uuid.UUID | None = None) -> Run:
    """The answer, kept with everything that is needed to find it again."""
    if (made := already(Run.objects.all(), new_id, by=by)) is not None:
        ledger.record("evaluation.run_again_pressed", kind=Kind.OPERATION, by=by, about=[made])
        return made
    refuse_if(rules.reasons_not_to_run(question, loaded=hotspots.standing(by).months))
    return _kept(by, question, new_id=new_id or uuid.uuid4())


@action(may=P.RUN_EVALUATIONS)
def run_again(*, by: Viewer, before: Run, new_id: uuid.UUID | None = None) -> Run:
    """The same question asked of today's rows; `drift` of the new row says what is different, if anything."""
    if (made := already(Run.objects.all(), new_id, by=by)) is not None:
        ledger.record("evaluation.run_again_pressed", kind=Kind.OPERATION, by=by, about=[made])
        return made
    first = before.repeats or before
    question = Question.from_json(first.question)
    refuse_if(rules.reasons_not_to_run(question, loaded=hotspots.standing(by).months))
    return _kept(by, question, new_id=new_id or uuid.uuid4(), repeats=first)


def _kept(by: Viewer, question: Question, *, new_id: uuid.UUID, repeats: Run | None = None) -> Run:
    extract = extracts.taken(by, question)
    kept = Run.objects.create(
        id=new_id, owner=by.organisation, created_by=by.account, created_at=by.now, marking=Marking.OFFICIAL,
        name=question.name, method=METHOD, question=question.as_json(), counts=extract.counts,
        extract_hash=extract.hash, result=_worked_out(question, extract.counts), repeats=repeats,
    )  # fmt: skip
    ledger.record("evaluation.run", kind=Kind.OPERATION, by=by, about=[kept], note=f"method {METHOD}")
    return kept


def _worked_out(question: Question, counts: dict[str, list[int]]) -> dict[str, Any]:
    """The weighted displacement difference as it is kept. Periods of unequal length are weighed by their months."""
    months = question.before.months(), question.after.months()
    time = (1, 1) if months[0] == months[1] else months
    given = {place: Counts(*pair) for place, pair in counts.items()}
    found = asdict(displacement(**given, time=time, level=question.level, overdispersion=1))
    # The page says both of its own; results kept before they were there must still compare as the same.
    del found["overdispersion"], found["cautions"]
    return found | {"sentences": list(found["sentences"]), "time": list(time)}
