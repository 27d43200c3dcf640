"""Open a case, close it for a reason, open it again; and let the person read their own plan."""

import uuid
from datetime import date
from typing import Any

from clearlines.access.acts import action, already, made_by
from clearlines.access.models import Account, Tie
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import Refused, refuse_if
from clearlines.access.ties import tie, untie
from clearlines.access.viewer import Viewer
from clearlines.care import rules
from clearlines.care.models import Case, Consent, Goal, OwnPlanAccess, Plan
from clearlines.care.moving import changed, held, moved
from clearlines.care.states import CaseState, PlanState
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.people.models import Person


@action(may=P.KEEP_CARE)
def open_case(
    *, by: Viewer, person: Person, worker: Account, opened_on: date | None = None,
    new_id: uuid.UUID | None = None, **details: Any,
) -> Case:  # fmt: skip
    """Somebody joins the caseload. `details`: letter_number, consent_to_support, lawful_basis."""
    if case := already(Case.objects.all(), new_id, by=by):
        ledger.record("care.case_opened_again", kind=Kind.COLLECTION, by=by, about=[case])
        return case
    opened_on = opened_on or by.today
    refuse_if(
        rules.reasons_not_to_open(
            already_open=Case.objects.filter(person=person, state=CaseState.OPEN).exists(),
            worker_organisation=worker.organisation_id, organisation=by.organisation_key,
            person_owner=person.owner_id, opened_on=opened_on, today=by.today,
        )
    )  # fmt: skip
    consent = details.get("consent_to_support", Consent.NOT_ASKED)
    asked_on = None if consent == Consent.NOT_ASKED else opened_on
    case = Case.objects.create(
        **made_by(by, new_id), person=person, worker=worker, opened_on=opened_on,
        consent_on=asked_on, **details,
    )  # fmt: skip
    tie(worker, person, Tie.Kind.ALLOCATED, by=by)
    moved(by, case, was="", on=opened_on)
    ledger.record("care.case_opened", kind=Kind.COLLECTION, by=by, about=[case, person])
    return case


@action(may=P.KEEP_CARE)
def record_consent(*, by: Viewer, case: Case, seen: int, consent: str) -> Case:
    """What the person says of support. The lawful basis for keeping a record is another field and does not move."""
    case = held(by, Case.objects.all(), case, seen)
    case.consent_to_support, case.consent_on = Consent(consent), by.today
    changed(case)
    ledger.record("care.consent_recorded", kind=Kind.ALTERATION, by=by, about=[case, case.person])
    return case


@action(may=P.KEEP_CARE)
def close(
    *,
    by: Viewer,
    case: Case,
    seen: int,
    reason: str,
    closed_on: date | None = None,
    words: str = "",
    attempts: str = "",
) -> Case:
    """Support ends, for one of seven reasons. Refused while a goal about somebody's safety is open."""
    case = held(by, Case.objects.all(), case, seen)
    closed_on = closed_on or by.today
    goals = list(Goal.objects.filter(plan__case=case, plan__state__in=["draft", "agreed", "reviewed"]))
    refuse_if(
        rules.reasons_not_to_close(
            case.state, reason=reason, attempts=attempts, goals=goals,
            closed_on=closed_on, opened_on=case.opened_on, today=by.today,
        )
    )  # fmt: skip
    was = case.state
    case.state, case.closed_on, case.closed_reason = CaseState.CLOSED, closed_on, reason
    changed(case)
    for plan in Plan.objects.select_for_update().filter(case=case).exclude(state=PlanState.CLOSED):
        plan.state, plan.closed_on, plan.closed_why = PlanState.CLOSED, closed_on, case.get_closed_reason_display()
        changed(plan)
    untie(case.person, Tie.Kind.ALLOCATED, by=by)
    moved(by, case, was=was, on=closed_on, reason=reason, words=words, attempts=attempts)
    ledger.record("care.case_closed", kind=Kind.ALTERATION, by=by, about=[case, case.person])
    return case


@action(may=P.KEEP_CARE)
def reopen(*, by: Viewer, case: Case, seen: int, why: str) -> Case:
    """It was closed too soon, or they have come back. The closing stays in the story; a new plan is needed."""
    case = held(by, Case.objects.all(), case, seen)
    another = Case.objects.filter(person=case.person, state=CaseState.OPEN).exists()
    refuse_if(rules.reasons_not_to_reopen(case.state, why=why, another_open=another))
    was = case.state
    case.state, case.closed_on, case.closed_reason = CaseState.OPEN, None, ""
    changed(case)
    tie(case.worker, case.person, Tie.Kind.ALLOCATED, by=by)
    moved(by, case, was=was, on=by.today, words=why)
    ledger.record("care.case_reopened", kind=Kind.ALTERATION, by=by, about=[case, case.person])
    return case


@action(may=P.KEEP_CARE)
def give_own_plan(*, by: Viewer, case: Case, account: Account) -> OwnPlanAccess:
    """This account may read this person's plan, and nothing else here."""
    if account.organisation_id != by.organisation_key or "supported_person" not in account.roles_on(by.today):
        raise Refused(["that account is not one of a person you support"])
    if OwnPlanAccess.objects.filter(account=account, ended_at=None).exclude(person=case.person).exists():
        raise Refused(["that account already belongs to somebody else"])
    given, _ = OwnPlanAccess.objects.get_or_create(
        account=account, person=case.person, ended_at=None, defaults=made_by(by)
    )
    tie(account, case.person, Tie.Kind.THEMSELVES, by=by)
    ledger.record("care.own_plan_given", kind=Kind.ALTERATION, by=by, about=[given, case, case.person])
    return given


@action(may=P.KEEP_CARE)
def end_own_plan(*, by: Viewer, access: OwnPlanAccess) -> OwnPlanAccess:
    """The account no longer opens the plan: the handset may be in somebody else's hand."""
    access = held(by, OwnPlanAccess.objects.all(), access)
    access.ended_at = access.ended_at or by.now
    untie(access.person, Tie.Kind.THEMSELVES, by=by, account=access.account)
    changed(access)
    ledger.record("care.own_plan_ended", kind=Kind.ALTERATION, by=by, about=[access, access.person])
    return access
