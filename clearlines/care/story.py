"""A case as its page shows it: what happens next, the plan, what has happened, and measures as a small line."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from clearlines.access.viewer import Viewer
from clearlines.care import queries
from clearlines.care.instruments import instrument
from clearlines.care.models import Case, CaseMove, OutcomeMeasure, OwnPlanAccess, Plan
from clearlines.care.rules import is_current
from clearlines.care.states import GoalState, PlanState
from clearlines.referrals import queries as referrals
from clearlines.screening import queries as screening
from clearlines.visits import queries as visits
from clearlines.web.due import Due

# The drawing's own units; the page scales it.
WIDE, HIGH, EDGE = 320, 100, 12


@dataclass(frozen=True)
class Line:
    """Complete measures only, as points on a drawing; `left_out` had a question left blank."""

    points: list[tuple[float, float, OutcomeMeasure]]
    left_out: int

    @property
    def path(self) -> str:
        return " ".join(f"{x},{y}" for x, y, _ in self.points)


@dataclass(frozen=True)
class Story:
    case: Case
    plan: Plan | None
    is_current: bool
    older_plans: list[Plan]
    next: list[Due]
    timeline: list[dict[str, Any]]
    measures: list[OutcomeMeasure]
    line: Line
    change: queries.Change
    ways_in: list[OwnPlanAccess]
    shown: list[Any]

    @property
    def asked(self) -> int:
        return len(self.measures)

    @property
    def complete(self) -> int:
        return len(self.line.points)


def story(viewer: Viewer, case: Case) -> Story:
    plans = list(queries.plans_of(viewer, case))
    live = queries.live(plans)
    measures = [each for each in queries.measures(viewer, case.person) if each.case_id == case.pk]
    moves = list(queries.moves(viewer, case))
    letters = list(referrals.for_person(viewer, case.person))
    screenings = list(screening.for_person(viewer, case.person))
    accounts = list(visits.accounts_of(viewer, case.person)[:50])
    planned = list(visits.for_person(viewer, case.person).filter(state="planned").prefetch_related(None))
    past = [
        *({"when": each.sent_at, "made": each.created_at, "what": f"Letter from {each.from_name}"} for each in letters),
        *(_screened(each) for each in screenings),
        *(_visited(each) for each in accounts),
        *(_moved(each) for each in moves),
        *(event for plan in plans for event in _planned(plan)),
        *({"when": each.taken_on, "made": each.created_at, "what": _asked(each)} for each in measures),
    ]
    return Story(
        case=case,
        plan=live,
        is_current=live is not None and is_current(live.state, live.review_on, today=viewer.today),
        older_plans=[each for each in plans if each.state == PlanState.CLOSED],
        next=_next(case, live, planned),
        timeline=sorted(past, key=_newest, reverse=True),
        measures=measures,
        line=_line(measures),
        change=queries.change_of(measures),
        ways_in=list(queries.ways_in(viewer, case.person)),
        shown=[case, case.person, *plans, *measures, *letters, *screenings, *accounts, *planned],
    )


def _next(case: Case, plan: Plan | None, planned: list[Any]) -> list[Due]:
    found = [
        Due(timezone.localtime(each.starts_at).date(), f"Visit at {timezone.localtime(each.starts_at):%H:%M}",
            reverse("visits-appointment", args=[each.pk]), "Visit")
        for each in planned
    ]  # fmt: skip
    if plan is not None and plan.review_on and plan.state != PlanState.DRAFT:
        found.append(Due(plan.review_on, "Look at the plan together", reverse("care-review", args=[plan.pk]), "Review"))
        found += [
            Due(goal.by_on, f"{goal.action} ({goal.who})", reverse("care-goal", args=[goal.pk]), "Goal")
            for goal in plan.goals.all()
            if goal.state == GoalState.OPEN and goal.by_on is not None
        ]
    return sorted(found, key=lambda each: each.when) if case.is_open else []


def _asked(each: OutcomeMeasure) -> str:
    return f"{instrument().name}, {each.get_stage_display().lower()}"


def _screened(each: Any) -> dict[str, Any]:
    said = each.band_in_words if each.band else "not finished"
    return {
        "when": each.set_at or each.created_at,
        "made": each.set_at or each.created_at,
        "what": f"Screening: {said}",
    }


def _visited(each: Any) -> dict[str, Any]:
    link = reverse("visits-appointment", args=[each.appointment_id])
    what = f"Visit: {each.get_outcome_display().lower()}"
    return {"when": each.arrived_at, "made": each.arrived_at, "what": what, "who": each.created_by, "href": link}


def _moved(each: CaseMove) -> dict[str, Any]:
    reason = f": {each.get_reason_display().lower()}" if each.reason else ""
    what = {"": "Case opened"}.get(each.was, f"Case {'closed' if each.became == 'closed' else 'opened again'}{reason}")
    return {"when": each.on, "made": each.created_at, "what": what, "who": each.created_by, "said": each.words}


def _planned(plan: Plan) -> list[dict[str, Any]]:
    agreed = [{"when": plan.agreed_on, "made": plan.created_at, "what": "Plan agreed"}] if plan.agreed_on else []
    reviews = [
        {
            "when": each.held_on,
            "made": each.created_at,
            "what": "Plan looked at together",
            "who": each.created_by,
            "said": each.how_it_is,
        }
        for each in plan.reviews.all()
    ]
    return [*agreed, *reviews]


def _newest(each: dict[str, Any]) -> tuple[date, datetime]:
    """By the day it happened; within a day, by when it was written down."""
    when = each["when"]
    return (timezone.localtime(when).date() if isinstance(when, datetime) else when), each["made"]


def _line(measures: list[OutcomeMeasure]) -> Line:
    """From the lowest total there can be to the highest, so that a small change looks small."""
    complete = [each for each in measures if each.is_complete]
    if not complete:
        return Line([], len(measures))
    asked, first, last = instrument(), complete[0].taken_on, complete[-1].taken_on
    days = max((last - first).days, 1)
    points = [
        (
            round(EDGE + (each.taken_on - first).days / days * (WIDE - 2 * EDGE), 1),
            round(
                HIGH - EDGE - ((each.total or 0) - asked.lowest) / (asked.highest - asked.lowest) * (HIGH - 2 * EDGE), 1
            ),
            each,
        )
        for each in complete
    ]
    return Line(points, len(measures) - len(complete))
