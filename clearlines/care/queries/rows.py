"""The charity's caseload, plans and measures; and one person's own plan, for themselves."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from clearlines.access.models import Account
from clearlines.access.permissions import Permission as P
from clearlines.access.scope import own, the_one
from clearlines.access.viewer import Viewer
from clearlines.care import rules
from clearlines.care.models import Case, CaseMove, Goal, OutcomeMeasure, OwnPlanAccess, Plan, Review
from clearlines.care.states import STANDING, CaseState, GoalState, PlanState
from clearlines.people.models import Person
from clearlines.referrals import queries as referrals
from clearlines.referrals.models import Received
from clearlines.visits import queries as visits
from clearlines.web.due import Due


def cases(viewer: Viewer) -> QuerySet[Case]:
    rows = Case.objects.select_related("person__home", "worker")
    return own(viewer, rows, needs=P.SEE_CARE).order_by("person__family_name", "person__given_name", "pk")


def case(viewer: Viewer, key: uuid.UUID) -> Case:
    return the_one(cases(viewer), key)


def caseload(viewer: Viewer) -> QuerySet[Case]:
    return cases(viewer).filter(state=CaseState.OPEN)


def my_people(viewer: Viewer) -> QuerySet[Case]:
    return caseload(viewer).filter(worker=viewer.account)


def plans(viewer: Viewer) -> QuerySet[Plan]:
    rows = Plan.objects.select_related("case__person").prefetch_related("goals")
    return own(viewer, rows, needs=P.SEE_CARE).order_by("-created_at", "pk")


def plan(viewer: Viewer, key: uuid.UUID) -> Plan:
    return the_one(plans(viewer), key)


def plans_of(viewer: Viewer, case: Case) -> QuerySet[Plan]:
    return (
        plans(viewer)
        .filter(case=case)
        .prefetch_related(Prefetch("reviews", Review.objects.select_related("created_by")))
    )


def current_plan(viewer: Viewer, person: Person) -> Plan | None:
    """The plan that stands today: agreed, and its review not missed."""
    found = plans(viewer).filter(case__person=person, case__state=CaseState.OPEN, state__in=STANDING)
    return found.filter(review_on__gte=viewer.today).first()


def goal(viewer: Viewer, key: uuid.UUID) -> Goal:
    rows = Goal.objects.select_related("plan__case__person")
    return the_one(own(viewer, rows, needs=P.SEE_CARE), key)


def moves(viewer: Viewer, case: Case) -> QuerySet[CaseMove]:
    rows = CaseMove.objects.filter(case=case).select_related("created_by")
    return own(viewer, rows, needs=P.SEE_CARE).order_by("on", "created_at")


@dataclass(frozen=True)
class WithoutPlan:
    """A case with no plan that stands today, and why, in words. `is_late` after two weeks without one."""

    case: Case
    words: str
    is_late: bool


def without_current_plan(viewer: Viewer, today: date) -> list[WithoutPlan]:
    """Every open case without a current plan; the longest open first."""
    open_then = caseload(viewer).filter(opened_on__lte=today).order_by("opened_on", "pk")
    found = with_plans(open_then)
    return [missing for each in found if (missing := _missing(each, today))]


def _missing(case: Case, today: date) -> WithoutPlan | None:
    plan = live(case.live_plans)  # type: ignore[attr-defined]
    if plan is not None and rules.is_current(plan.state, plan.review_on, today=today):
        return None
    if plan is not None and plan.review_on is not None and plan.state in STANDING:
        return WithoutPlan(case, f"review was due on {plan.review_on:%-d %B %Y}", is_late=True)
    days = (today - case.opened_on).days
    said = "a draft, not agreed" if plan else "no plan"
    return WithoutPlan(
        case, f"{said}, {days} day{'s' if days != 1 else ''} after opening", today > case.opened_on + rules.PLAN_WITHIN
    )


def standing_measures(viewer: Viewer) -> QuerySet[OutcomeMeasure]:
    rows = OutcomeMeasure.objects.filter(replaced_at=None).select_related("case__person", "created_by")
    return own(viewer, rows, needs=P.SEE_CARE).order_by("taken_on", "created_at")


def measures(viewer: Viewer, person: Person) -> QuerySet[OutcomeMeasure]:
    """Every measure of one person that stands, oldest first; corrected ones are kept elsewhere."""
    return standing_measures(viewer).filter(case__person=person)


def measure(viewer: Viewer, key: uuid.UUID) -> OutcomeMeasure:
    return the_one(standing_measures(viewer), key)


def last_seen(viewer: Viewer, people: set[uuid.UUID]) -> dict[uuid.UUID, date]:
    """When each of these people was last seen on a visit."""
    seen = visits.accounts(viewer).filter(outcome="seen", appointment__person__in=people)
    latest: dict[uuid.UUID, date] = {}
    for key, at in seen.values_list("appointment__person", "arrived_at"):
        latest.setdefault(key, timezone.localtime(at).date())
    return latest


def own_plan(viewer: Viewer) -> Plan | None:
    """The plan of the person whose account this is, and no other row of the house."""
    given = own(viewer, OwnPlanAccess.objects.filter(ended_at=None, account=viewer.account), needs=P.SEE_OWN_PLAN)
    mine = Plan.objects.filter(case__person__in=given.values("person"), case__state=CaseState.OPEN, state__in=STANDING)
    rows = mine.select_related("case__person", "case__worker").prefetch_related("goals")
    return own(viewer, rows, needs=P.SEE_OWN_PLAN).order_by("-agreed_on").first()


def live(plans: Iterable[Plan]) -> Plan | None:
    """The plan that was agreed, or failing that the one that is being written."""
    unclosed = sorted(
        (each for each in plans if each.state != PlanState.CLOSED), key=lambda each: each.state not in STANDING
    )
    return next(iter(unclosed), None)


def draft_of(viewer: Viewer, case: Case) -> Plan | None:
    return plans(viewer).filter(case=case, state=PlanState.DRAFT).first()


def workers(viewer: Viewer) -> QuerySet[Account]:
    return referrals.workers(viewer)


def accepted_without_case(viewer: Viewer) -> QuerySet[Received]:
    """People whose letter was accepted and for whom nobody has opened a case."""
    accepted = referrals.received(viewer).filter(state__in=["accepted", "contacted"], person__isnull=False)
    return accepted.exclude(person__in=_people_with_a_case(viewer))


def _people_with_a_case(viewer: Viewer) -> QuerySet[Case, uuid.UUID]:
    """Near or far: a colleague's case is not shown, and nobody is told that there is none."""
    return Case.objects.filter(owner=viewer.organisation_key).values_list("person", flat=True)


def letter_number_of(viewer: Viewer, person: Person) -> str:
    newest = referrals.for_person(viewer, person).first()
    return newest.letter_number if newest else ""


def ways_in(viewer: Viewer, person: Person) -> QuerySet[OwnPlanAccess]:
    rows = OwnPlanAccess.objects.filter(person=person, ended_at=None).select_related("account")
    return own(viewer, rows, needs=P.SEE_CARE)


def way_in(viewer: Viewer, key: uuid.UUID) -> OwnPlanAccess:
    return the_one(own(viewer, OwnPlanAccess.objects.select_related("person"), needs=P.SEE_CARE), key)


def accounts_of_the_supported(viewer: Viewer) -> QuerySet[Account]:
    if not viewer.may(P.KEEP_CARE):
        return Account.objects.none()
    return Account.objects.filter(
        organisation=viewer.organisation_key, is_active=True, held__role="supported_person"
    ).distinct()


def due(viewer: Viewer, now: datetime) -> list[Due]:
    """Reviews, goals and first plans of the viewer's own people."""
    return due_of(my_people_with_plans(viewer), timezone.localtime(now).date())


def my_people_with_plans(viewer: Viewer) -> QuerySet[Case]:
    goals = Goal.objects.filter(state=GoalState.OPEN, by_on__isnull=False)
    return with_plans(my_people(viewer), Plan.objects.prefetch_related(Prefetch("goals", goals, to_attr="open_goals")))


def with_plans(cases: QuerySet[Case], plans: QuerySet[Plan] | None = None) -> QuerySet[Case]:
    """Each with its plans that are not closed, as `live_plans`."""
    unclosed = (Plan.objects.all() if plans is None else plans).exclude(state=PlanState.CLOSED)
    return cases.prefetch_related(Prefetch("plans", queryset=unclosed, to_attr="live_plans"))


def due_of(people: Iterable[Case], today: date) -> list[Due]:
    return [due for each in people for due in _due_for(each, today)]


def _due_for(case: Case, today: date) -> Iterator[Due]:
    link, about = reverse("care-case", args=[case.pk]), (case, case.person)
    plan = live(case.live_plans)  # type: ignore[attr-defined]
    if plan is None or plan.review_on is None:
        yield Due(case.opened_on + rules.PLAN_WITHIN, f"Agree a plan with {case.person}", link, "Plan", about)
        return
    yield Due(plan.review_on, f"Review the plan with {case.person}", link, "Review", about)
    for goal in plan.open_goals:  # type: ignore[attr-defined]
        if goal.by_on <= today + timedelta(days=14):
            yield Due(goal.by_on, f"{goal.action} ({goal.who}, for {case.person})", link, "Goal", about)


def opened_between(viewer: Viewer, start: date, end: date) -> QuerySet[Case]:
    """Cases open on at least one day of a period."""
    still = Q(closed_on=None) | Q(closed_on__gte=start)
    return cases(viewer).filter(still, opened_on__lte=end)
