"""The caseload as its page shows it: days since contact in words, and how the plan stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from clearlines.access.viewer import Viewer
from clearlines.care.models import Case, Plan
from clearlines.care.queries import rows as questions
from clearlines.care.rules import is_current
from clearlines.care.states import PlanState
from clearlines.referrals.models import Received

SHOWN = 200
SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True)
class Beside:
    """One person on the list: when they were last seen and how their plan stands, both in words."""

    case: Case
    contact: str
    plan: str
    has_current: bool


@dataclass(frozen=True)
class Caseload:
    rows: list[Beside]
    count: int
    waiting: list[Received]

    @property
    def shown(self) -> list[Any]:
        rows = [row for each in self.rows for row in (each.case, each.case.person)]
        return [*rows, *self.waiting]


def caseload_of(viewer: Viewer, *, whose: str = "mine", state: str = "open") -> Caseload:
    found = questions.cases(viewer).filter(state=state)
    if whose == "mine":
        found = found.filter(worker=viewer.account)
    return Caseload(
        beside(viewer, questions.with_plans(found)[:SHOWN]),
        found.count(),
        list(questions.accepted_without_case(viewer)[:20]),
    )


def beside(viewer: Viewer, cases: Iterable[Case]) -> list[Beside]:
    """`cases` with their plans, as `with_plans` fetched them."""
    rows = list(cases)
    seen = questions.last_seen(viewer, {each.person_id for each in rows})
    return [_beside(each, seen.get(each.person_id), viewer.today) for each in rows]


def _beside(case: Any, seen_on: date | None, today: date) -> Beside:
    plan = questions.live(case.live_plans)
    current = plan is not None and is_current(plan.state, plan.review_on, today=today)
    return Beside(case, since(seen_on, today), _plan_in_words(plan, current), current)


def _plan_in_words(plan: Plan | None, current: bool) -> str:
    if plan is None:
        return "No plan yet"
    if plan.review_on is None or plan.state == PlanState.DRAFT:
        return "Being written"
    return f"{'Review' if current else 'Review was due'} {plan.review_on:%-d %B %Y}"


def since(day: date | None, today: date) -> str:
    """Days since contact, in words: nobody is a number on a list."""
    if day is None:
        return "Not seen yet"
    days = (today - day).days
    if days <= 1:
        return "Seen yesterday" if days == 1 else "Seen today"
    if days < 14:
        return f"Seen {SMALL[days] if days < len(SMALL) else days} days ago"
    weeks = days // 7
    return f"Seen {SMALL[weeks] if weeks < len(SMALL) else weeks} weeks ago"
