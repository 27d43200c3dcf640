"""Write what happened, put it right and lose nothing, and decide after three visits without an answer."""

import uuid
from datetime import date, datetime
from typing import Any

from clearlines.access.acts import action, already
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import refuse_if
from clearlines.access.viewer import Viewer
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.visits import rules
from clearlines.visits.models import Appointment, FollowUp, NoAnswerDecision, VisitAccount
from clearlines.visits.moving import held
from clearlines.visits.queries import outcomes_at_this_door
from clearlines.visits.states import State


@action(may=P.RECORD_VISITS)
def record(
    *, by: Viewer, appointment: Appointment, outcome: str, arrived_at: datetime, entry: str,
    new_id: uuid.UUID | None = None, promise: tuple[str, date | None] = ("", None), **said: Any,
) -> VisitAccount:  # fmt: skip
    """The account of the viewer's own organisation; nobody else's is touched or seen.

    `said`: left_at, who_was_there, children, facts, opinion, kit, earshot. `promise`: what will be done, and by when.
    """
    if account := already(VisitAccount.objects.all(), new_id, by=by):
        ledger.record("visits.recorded_again", kind=Kind.COLLECTION, by=by, about=[account])
        return account
    appointment = held(by, Appointment.objects.all(), appointment)
    written = appointment.accounts.filter(replaced_at=None).exists()
    refuse_if(rules.reasons_not_to_record(appointment, arrived_at=arrived_at, now=by.now, already_written=written))
    _refuse_words(by, appointment, outcome=outcome, arrived_at=arrived_at, entry=entry, **said)
    words, by_on = promise
    refuse_if(rules.reasons_not_to_promise(words=words, by_on=by_on, today=by.today))
    account = _write(
        by, appointment, id=new_id or uuid.uuid4(), outcome=outcome, arrived_at=arrived_at, entry=entry, **said
    )
    if words.strip():
        _promise(by, appointment, words, by_on)
    appointment.state, appointment.version = State.DONE, appointment.version + 1
    appointment.save()
    about = [row for row in (account, appointment, appointment.person) if row]
    ledger.record("visits.recorded", kind=Kind.COLLECTION, by=by, about=about)
    return account


@action(may=P.RECORD_VISITS)
def correct(
    *, by: Viewer, account: VisitAccount, why: str, outcome: str, arrived_at: datetime, entry: str, **said: Any
) -> VisitAccount:
    """A new account that stands in place of the old one; the old one stays, and says why it was replaced."""
    account = held(by, VisitAccount.objects.all(), account)
    refuse_if(
        rules.reasons_not_to_correct(
            replaced=account.replaced_at is not None, why=why, arrived_at=arrived_at, now=by.now
        )
    )
    _refuse_words(by, account.appointment, outcome=outcome, arrived_at=arrived_at, entry=entry, **said)
    account.replaced_at = by.now
    account.save()
    newer = _write(
        by, account.appointment, replaces=account, why_corrected=why[:300], version=account.version + 1,
        outcome=outcome, arrived_at=arrived_at, entry=entry, **said,
    )  # fmt: skip
    ledger.record("visits.account_corrected", kind=Kind.ALTERATION, by=by, about=[newer, account, account.appointment])
    return newer


@action(may=P.RECORD_VISITS)
def keep_promise(*, by: Viewer, follow_up: FollowUp) -> FollowUp:
    """What was promised at the door has been done."""
    follow_up = held(by, FollowUp.objects.all(), follow_up)
    if follow_up.done_at is None:
        follow_up.done_at, follow_up.done_by = by.now, by.account
        follow_up.version += 1
        follow_up.save()
    ledger.record("visits.promise_kept", kind=Kind.ALTERATION, by=by, about=[follow_up])
    return follow_up


@action(may=P.SUPERVISE_VISITS)
def decide_after_no_answer(*, by: Viewer, appointment: Appointment, decision: str, why: str) -> NoAnswerDecision:
    """A supervisor says what is tried next. Nothing closes by itself."""
    appointment = held(by, Appointment.objects.all(), appointment)
    decided = NoAnswerDecision.objects.filter(appointment=appointment).exists()
    is_due = rules.is_decision_due(outcomes_at_this_door(by, appointment))
    refuse_if(rules.reasons_not_to_decide(is_due=is_due, decided=decided, why=why))
    made = NoAnswerDecision.objects.create(
        owner=by.organisation, created_by=by.account, created_at=by.now,
        appointment=appointment, decision=NoAnswerDecision.Decision(decision), why=why[:300],
    )  # fmt: skip
    ledger.record("visits.decided_after_no_answer", kind=Kind.ALTERATION, by=by, about=[made, appointment])
    return made


def _refuse_words(by: Viewer, appointment: Appointment, *, outcome: str, **said: Any) -> None:
    refuse_if(
        [
            *rules.reasons_not_to_write(
                outcome=outcome, arrived_at=said["arrived_at"], left_at=said.get("left_at"), now=by.now,
                entry=said["entry"], kind=by.kind,
            ),
            *rules.reasons_not_to_say_of_the_meeting(
                outcome=outcome, kit=said.get("kit", []), earshot=said.get("earshot", ""),
                is_joint=appointment.is_joint, kind=by.kind,
            ),
        ]
    )  # fmt: skip


def _write(by: Viewer, appointment: Appointment, **said: Any) -> VisitAccount:
    return VisitAccount.objects.create(
        owner=by.organisation, created_by=by.account, created_at=by.now, appointment=appointment, **said
    )


def _promise(by: Viewer, appointment: Appointment, words: str, by_on: date | None) -> None:
    assert by_on is not None
    FollowUp.objects.create(
        owner=by.organisation, created_by=by.account, created_at=by.now,
        appointment=appointment, words=words, by_on=by_on,
    )  # fmt: skip
