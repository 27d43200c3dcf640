"""Write a plan in the person's own words, agree it, add goals, mark them, and look at it again together."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from clearlines.access.acts import action, already, made_by
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import Refused, refuse_if
from clearlines.access.viewer import Viewer
from clearlines.care import rules
from clearlines.care.models import Case, Goal, Plan, Review
from clearlines.care.moving import changed, held, is_child, write_goals
from clearlines.care.states import STANDING, GoalState, PlanState
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind


@action(may=P.KEEP_CARE)
def draft(
    *,
    by: Viewer,
    case: Case,
    own_words: str,
    goals: Sequence[Goal] = (),
    new_id: uuid.UUID | None = None,
    **details: Any,
) -> Plan:
    """A plan that nobody has agreed yet, or more of one; a plan that stands goes on standing.

    `goals` are unsaved rows; `details`: keep_safe, if_it_slips.
    """
    plan = _live(case, PlanState.DRAFT) or _new_plan(by, case, new_id)
    _write(plan, own_words=own_words, **details)
    write_goals(by, plan, list(goals))
    ledger.record("care.plan_drafted", kind=Kind.COLLECTION, by=by, about=[plan, case, case.person])
    return plan


@action(may=P.KEEP_CARE)
def agree(
    *, by: Viewer, case: Case, own_words: str, goals: Sequence[Goal], review_on: date, person_agreed: bool,
    new_id: uuid.UUID | None = None, **details: Any,
) -> Plan:  # fmt: skip
    """A plan that stands until its review. `details`: agreed_on, copy_given, keep_safe, if_it_slips.

    A draft is finished; an older plan that stood is closed, because one plan stands at a time.
    """
    if plan := already(Plan.objects.filter(agreed_on__isnull=False), new_id, by=by):
        ledger.record("care.plan_agreed_again", kind=Kind.COLLECTION, by=by, about=[plan])
        return plan
    agreed_on = details.pop("agreed_on", None) or by.today
    begun, standing = _live(case, PlanState.DRAFT), _live(case, *STANDING)
    wanted = [*(begun.goals.all() if begun else []), *goals]
    _refuse_to_agree(
        by, case, own_words=own_words, goals=wanted, person_agreed=person_agreed, on=(agreed_on, review_on)
    )
    if standing is not None:
        _write(standing, state=PlanState.CLOSED, closed_on=by.today, closed_why="a new plan was agreed")
    plan = begun or _new_plan(by, case, new_id)
    _write(plan, own_words=own_words, agreed_on=agreed_on, review_on=review_on, state=PlanState.AGREED, **details)
    write_goals(by, plan, list(goals))
    ledger.record("care.plan_agreed", kind=Kind.COLLECTION, by=by, about=[plan, case, case.person])
    return plan


def _refuse_to_agree(
    by: Viewer, case: Case, *, own_words: str, goals: list[Goal], person_agreed: bool, on: tuple[date, date]
) -> None:
    agreed_on, review_on = on
    refuse_if(
        [
            *rules.reasons_not_to_agree(
                own_words=own_words, goals=goals, person_agreed=person_agreed, agreed_on=agreed_on, today=by.today
            ),
            *rules.reasons_not_to_review_on(
                review_on, said_on=agreed_on, today=by.today, is_child=is_child(case, agreed_on)
            ),
        ]
    )


@action(may=P.KEEP_CARE)
def add_goal(*, by: Viewer, plan: Plan, goal: Goal) -> Goal:
    """Something else the person wants. `goal` is an unsaved row."""
    plan = held(by, Plan.objects.all(), plan)
    refuse_if([*rules.reasons_not_to_change(plan.state), *rules.reasons_not_to_add_goal(goal)])
    write_goals(by, plan, [goal])
    ledger.record("care.goal_added", kind=Kind.COLLECTION, by=by, about=[goal, plan, plan.case])
    return goal


@action(may=P.KEEP_CARE)
def mark_goal(*, by: Viewer, goal: Goal, seen: int, to: str, how_it_went: str = "") -> Goal:
    """Done, changed or no longer wanted; or open again, if it was marked too soon."""
    goal = held(by, Goal.objects.all(), goal, seen)
    refuse_if([*rules.reasons_not_to_change(goal.plan.state), *rules.reasons_not_to_mark(goal.state, to)])
    goal.state, goal.how_it_went = GoalState(to), how_it_went
    goal.marked_on = None if to == GoalState.OPEN else by.today
    changed(goal)
    ledger.record("care.goal_marked", kind=Kind.ALTERATION, by=by, about=[goal, goal.plan, goal.plan.case])
    return goal


@action(may=P.KEEP_CARE)
def review(
    *, by: Viewer, plan: Plan, seen: int, how_it_is: str, next_review_on: date, person_was_there: bool, **details: Any
) -> Review:
    """How it is going, said on a day, and when to look again. `details`: held_on, what_changes."""
    plan = held(by, Plan.objects.all(), plan, seen)
    held_on = details.pop("held_on", None) or by.today
    refuse_if(
        [
            *rules.reasons_not_to_review(
                plan.state, how_it_is=how_it_is, held_on=held_on, agreed_on=plan.agreed_on, today=by.today
            ),
            *rules.reasons_not_to_review_on(
                next_review_on, said_on=held_on, today=by.today, is_child=is_child(plan.case, held_on)
            ),
        ]
    )
    done = Review.objects.create(
        **made_by(by), plan=plan, held_on=held_on, how_it_is=how_it_is, next_review_on=next_review_on,
        person_was_there=person_was_there, **details,
    )  # fmt: skip
    plan.state, plan.review_on = PlanState.REVIEWED, next_review_on
    changed(plan)
    ledger.record("care.plan_reviewed", kind=Kind.ALTERATION, by=by, about=[done, plan, plan.case])
    return done


def _live(case: Case, *states: PlanState) -> Plan | None:
    return Plan.objects.select_for_update().filter(case=case, state__in=states).first()


def _write(plan: Plan, **said: Any) -> None:
    for name, value in said.items():
        setattr(plan, name, value)
    changed(plan)


def _new_plan(by: Viewer, case: Case, new_id: uuid.UUID | None) -> Plan:
    case = held(by, Case.objects.all(), case)
    if not case.is_open:
        raise Refused(["the case is closed: open it again first"])
    return Plan.objects.create(**made_by(by, new_id), case=case, own_words="")
