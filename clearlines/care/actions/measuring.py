"""Record how life is, by a questionnaire, and put a wrong one right without losing it."""

import uuid
from collections.abc import Mapping
from datetime import date

from django.utils.text import Truncator

from clearlines.access.acts import action, already, made_by
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import Refused, refuse_if
from clearlines.access.viewer import Viewer
from clearlines.care import rules
from clearlines.care.instruments import instrument
from clearlines.care.models import Case, OutcomeMeasure
from clearlines.care.moving import held
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind


@action(may=P.KEEP_CARE)
def measure(
    *, by: Viewer, case: Case, stage: str, answers: Mapping[str, int | None], taken_on: date | None = None,
    new_id: uuid.UUID | None = None,
) -> OutcomeMeasure:  # fmt: skip
    """BARC-10, ten answers of 1 to 6. A question left blank is kept as blank, and then there is no total."""
    if done := already(OutcomeMeasure.objects.all(), new_id, by=by):
        ledger.record("care.measured_again", kind=Kind.COLLECTION, by=by, about=[done])
        return done
    case = held(by, Case.objects.all(), case)
    taken_on = taken_on or by.today
    _refuse_answers(by, answers, taken_on)
    if OutcomeMeasure.objects.filter(case=case, taken_on=taken_on, replaced_at=None).exists():
        raise Refused([f"it was already answered on {taken_on:%-d %B %Y}: correct that one"])
    done = _write(by, case, new_id=new_id, stage=stage, answers=answers, taken_on=taken_on)
    ledger.record("care.measured", kind=Kind.COLLECTION, by=by, about=[done, case, case.person])
    return done


@action(may=P.KEEP_CARE)
def correct_measure(
    *, by: Viewer, measure: OutcomeMeasure, answers: Mapping[str, int | None], stage: str, taken_on: date, why: str
) -> OutcomeMeasure:
    """A new row stands in place of the old one; the old one stays, and says why."""
    measure = held(by, OutcomeMeasure.objects.all(), measure)
    refuse_if(rules.reasons_not_to_correct_measure(replaced=measure.replaced_at is not None, why=why))
    _refuse_answers(by, answers, taken_on)
    measure.replaced_at = by.now
    measure.save()
    if OutcomeMeasure.objects.filter(case=measure.case, taken_on=taken_on, replaced_at=None).exists():
        raise Refused([f"another was answered on {taken_on:%-d %B %Y}: correct that one"])
    newer = _write(
        by, measure.case, stage=stage, answers=answers, taken_on=taken_on, replaces=measure,
        why_corrected=Truncator(why).chars(300), version=measure.version + 1,
    )  # fmt: skip
    ledger.record("care.measure_corrected", kind=Kind.ALTERATION, by=by, about=[newer, measure, measure.case])
    return newer


def _refuse_answers(by: Viewer, answers: Mapping[str, int | None], taken_on: date) -> None:
    asked = instrument()
    refuse_if(
        rules.reasons_not_to_measure(
            answers, items=[item.key for item in asked.items], low=asked.low, high=asked.high,
            taken_on=taken_on, today=by.today,
        )
    )  # fmt: skip


def _write(
    by: Viewer, case: Case, *, answers: Mapping[str, int | None], new_id: uuid.UUID | None = None, **said: object
) -> OutcomeMeasure:
    asked = instrument()
    kept = {item.key: answers.get(item.key) for item in asked.items}
    return OutcomeMeasure.objects.create(
        **made_by(by, new_id), case=case, instrument=asked.key, instrument_version=asked.version,
        answers=kept, total=asked.total(kept), **said,
    )  # fmt: skip
