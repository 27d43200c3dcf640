"""Reasons not to open or close a case, agree or review a plan, or record a measure."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Protocol

from clearlines.care.states import CASE_MOVES, GOAL_MOVES, MOVES, STANDING, CaseState, GoalState, PlanState

# Domain 7: review within twelve weeks; for a child within four to six.
REVIEW_WITHIN = timedelta(weeks=12)
REVIEW_WITHIN_FOR_A_CHILD = timedelta(weeks=6)
# Ten working days to a plan; two weeks is the exception that a supervisor sees.
PLAN_WITHIN = timedelta(days=14)
CLAIM_FROM = 10


class Wanted(Protocol):
    @property
    def words(self) -> str: ...
    @property
    def action(self) -> str: ...
    @property
    def who(self) -> str: ...
    @property
    def by_on(self) -> date | None: ...


class Open(Protocol):
    @property
    def state(self) -> str: ...
    @property
    def is_safeguarding(self) -> bool: ...


def reasons_not_to_open(
    *, already_open: bool, worker_organisation: str, organisation: str, person_owner: str, opened_on: date, today: date
) -> Iterator[str]:
    if person_owner != organisation:
        yield "that record of a person belongs to another organisation"
    if already_open:
        yield "this person already has an open case"
    if worker_organisation != organisation:
        yield "the worker must be one of your own"
    if opened_on > today:
        yield "a case cannot be opened in the future"


def latest_review(agreed_on: date, *, is_child: bool) -> date:
    return agreed_on + (REVIEW_WITHIN_FOR_A_CHILD if is_child else REVIEW_WITHIN)


def reasons_not_to_review_on(review_on: date | None, *, said_on: date, today: date, is_child: bool) -> Iterator[str]:
    """Of the day on which a plan is to be looked at again."""
    latest = latest_review(said_on, is_child=is_child)
    if review_on is None:
        yield "say when you will look at the plan together again"
        return
    if review_on <= today or review_on <= said_on:
        yield "the next review must be after today"
    if review_on > latest:
        limit = "6 weeks, because they are under 18" if is_child else "12 weeks"
        yield f"the next review must be within {limit}: by {latest:%-d %B %Y}"


def reasons_not_to_agree(
    *, own_words: str, goals: Iterable[Wanted], person_agreed: bool, agreed_on: date, today: date
) -> Iterator[str]:
    wanted = list(goals)
    if not own_words.strip():
        yield "write what matters to them, in their own words"
    if not wanted:
        yield "a plan needs at least one goal, in the person's own words"
    for goal in wanted:
        yield from reasons_not_to_add_goal(goal)
    if not person_agreed:
        yield "the person has not agreed to it: keep it as a draft until they do"
    if agreed_on > today:
        yield "a plan cannot have been agreed in the future"


def reasons_not_to_add_goal(goal: Wanted) -> Iterator[str]:
    if not goal.words.strip():
        yield "write the goal in the person's own words"
    elif not goal.action.strip() or not goal.who.strip():
        yield f"say what will be done towards '{goal.words}', and who will do it"


def reasons_not_to_change(state: str) -> Iterator[str]:
    if state == PlanState.CLOSED:
        yield "the plan is closed: write a new one"


def reasons_not_to_mark(state: str, to: str) -> Iterator[str]:
    if to not in GOAL_MOVES[GoalState(state)]:
        yield f"the goal is already marked: {state}"


def reasons_not_to_review(
    state: str, *, how_it_is: str, held_on: date, agreed_on: date | None, today: date
) -> Iterator[str]:
    if PlanState.REVIEWED not in MOVES[PlanState(state)]:
        yield "only an agreed plan can be reviewed"
    if not how_it_is.strip():
        yield "say how it is going, in their words"
    if agreed_on is not None and held_on < agreed_on:
        yield f"the review cannot be before the plan was agreed, on {agreed_on:%-d %B %Y}"
    if held_on > today:
        yield "the review is dated in the future"


def reasons_not_to_close(
    state: str, *, reason: str, attempts: str, goals: Iterable[Open], closed_on: date, opened_on: date, today: date
) -> Iterator[str]:
    if CaseState.CLOSED not in CASE_MOVES[CaseState(state)]:
        yield "the case is already closed"
    if not reason:
        yield "say why it is closing"
    if reason == "lost_contact" and not attempts.strip():
        yield "say how you tried to reach them before you call it lost contact"
    if any(goal.is_safeguarding and goal.state == GoalState.OPEN for goal in goals):
        yield "a goal about somebody's safety is still open: finish it, or pass it to the safeguarding lead, first"
    if closed_on > today or closed_on < opened_on:
        yield "check the day it closed: it must be after it opened, and not in the future"


def reasons_not_to_reopen(state: str, *, why: str, another_open: bool) -> Iterator[str]:
    if CaseState.OPEN not in CASE_MOVES[CaseState(state)]:
        yield "the case is open"
    if another_open:
        yield "this person has another case that is open"
    if not why.strip():
        yield "say why it is opening again"


def reasons_not_to_measure(
    answers: Mapping[str, int | None], *, items: Iterable[str], low: int, high: int, taken_on: date, today: date
) -> Iterator[str]:
    known = set(items)
    if not any(answers.get(key) is not None for key in known):
        yield "answer at least one question, or do not record it"
    for key, answer in answers.items():
        if key not in known:
            yield f"'{key}' is not one of its questions"
        elif answer is not None and not (isinstance(answer, int) and low <= answer <= high):
            yield f"answers run from {low} to {high}: {answer} is not one of them; leave a question blank instead"
    if taken_on > today:
        yield "it cannot have been answered in the future"


def reasons_not_to_correct_measure(*, replaced: bool, why: str) -> Iterator[str]:
    if replaced:
        yield "this has been corrected since: open the newest one"
    if not why.strip():
        yield "say why you are correcting it"


def is_current(state: str, review_on: date | None, *, today: date) -> bool:
    """A plan stands while it is agreed and its review has not been missed."""
    return state in STANDING and review_on is not None and review_on >= today


def may_claim(paired: int) -> bool:
    """Under ten pairs nothing is said of whether a change is more than chance."""
    return paired >= CLAIM_FROM
