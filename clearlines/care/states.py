"""The life of a case, a plan and a goal."""

from enum import StrEnum


class CaseState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class PlanState(StrEnum):
    DRAFT = "draft"
    AGREED = "agreed"
    REVIEWED = "reviewed"
    CLOSED = "closed"


class GoalState(StrEnum):
    OPEN = "open"
    MET = "met"
    CHANGED = "changed"
    DROPPED = "dropped"


CASE_MOVES: dict[str, frozenset[CaseState]] = {
    CaseState.OPEN: frozenset({CaseState.CLOSED}),
    CaseState.CLOSED: frozenset({CaseState.OPEN}),
}
MOVES: dict[str, frozenset[PlanState]] = {
    PlanState.DRAFT: frozenset({PlanState.AGREED, PlanState.CLOSED}),
    PlanState.AGREED: frozenset({PlanState.REVIEWED, PlanState.CLOSED}),
    PlanState.REVIEWED: frozenset({PlanState.REVIEWED, PlanState.CLOSED}),
    PlanState.CLOSED: frozenset(),
}
# A goal marked too soon can be opened again.
GOAL_MOVES: dict[str, frozenset[GoalState]] = {
    GoalState.OPEN: frozenset({GoalState.MET, GoalState.CHANGED, GoalState.DROPPED}),
    GoalState.MET: frozenset({GoalState.OPEN}),
    GoalState.CHANGED: frozenset({GoalState.OPEN}),
    GoalState.DROPPED: frozenset({GoalState.OPEN}),
}
STANDING = (PlanState.AGREED, PlanState.REVIEWED)

PLAN_IN_WORDS: dict[str, str] = {
    PlanState.DRAFT: "Being written",
    PlanState.AGREED: "Agreed",
    PlanState.REVIEWED: "Agreed and reviewed",
    PlanState.CLOSED: "Closed",
}
GOAL_IN_WORDS: dict[str, str] = {
    GoalState.OPEN: "Working on it",
    GoalState.MET: "Done",
    GoalState.CHANGED: "Changed into something else",
    GoalState.DROPPED: "No longer wanted",
}
