"""Every write of this room: a case, its plan, its measures, and the person's own way in."""

from clearlines.care.actions.cases import close, end_own_plan, give_own_plan, open_case, record_consent, reopen
from clearlines.care.actions.handing import hand_on
from clearlines.care.actions.measuring import correct_measure, measure
from clearlines.care.actions.planning import add_goal, agree, draft, mark_goal, review

__all__ = [
    "add_goal",
    "agree",
    "close",
    "correct_measure",
    "draft",
    "end_own_plan",
    "give_own_plan",
    "hand_on",
    "mark_goal",
    "measure",
    "open_case",
    "record_consent",
    "reopen",
    "review",
]
