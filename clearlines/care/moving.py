"""What the actions of this room share: one way to hold a row and to write down a case's move."""

from datetime import date
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from clearlines.access.acts import locked, made_by
from clearlines.access.refusals import Refused
from clearlines.access.viewer import Viewer
from clearlines.care.models import Case, CaseMove, Goal, Plan

Row = TypeVar("Row", bound=Model)


def held(by: Viewer, rows: QuerySet[Row], row: Row, seen: int | None = None) -> Row:
    """The row, locked, if it is one of the viewer's own organisation."""
    row = locked(rows, row, seen=seen)
    if row.owner_id != by.organisation_key:  # type: ignore[attr-defined]
        raise Refused(["this belongs to another organisation"])
    return row


def moved(by: Viewer, case: Case, *, was: str, on: date, **said: Any) -> CaseMove:
    return CaseMove.objects.create(**made_by(by), case=case, was=was, became=case.state, on=on, **said)


def changed(row: Model) -> None:
    row.version += 1  # type: ignore[attr-defined]
    row.save()


def is_child(case: Case, day: date) -> bool:
    return case.person.is_child_on(day)


def write_goals(by: Viewer, plan: Plan, goals: list[Goal]) -> None:
    """Unsaved goals, each once: pressing the button twice adds nothing twice."""
    there = {(goal.words, goal.action) for goal in plan.goals.all()}
    for position, goal in enumerate(goals, start=len(there)):
        if (goal.words, goal.action) in there:
            continue
        goal.position = position
        goal.plan, goal.owner, goal.created_by, goal.created_at = plan, plan.owner, by.account, by.now
        goal.save()
