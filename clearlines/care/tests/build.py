"""Cases, plans and measures for other rooms' tests, made by the real actions."""

from datetime import timedelta
from typing import Any

from clearlines.access.viewer import Viewer
from clearlines.care import actions
from clearlines.care.instruments import instrument
from clearlines.care.models import Case, Goal, OutcomeMeasure, Plan
from clearlines.people.tests import build as people

OWN_WORDS = "I want my flat back, and to see my daughter on Sundays."


def case(by: Viewer, **more: Any) -> Case:
    said = {"worker": by.account, "consent_to_support": "given"} | more
    if "person" not in said:
        said["person"] = people.person(by)
    return actions.open_case(by=by, **said)


def goal(**more: Any) -> Goal:
    said = {"words": "Get my keys back", "domain": "housing", "action": "Ring the landlord", "who": "Amy"} | more
    return Goal(**said)


def plan(by: Viewer, at: Case | None = None, **more: Any) -> Plan:
    said = {
        "own_words": OWN_WORDS, "goals": [goal()], "person_agreed": True, "copy_given": "paper",
        "review_on": by.today + timedelta(weeks=8),
    } | more  # fmt: skip
    return actions.agree(by=by, case=at or case(by), **said)


def answers(each: int = 3, **more: int | None) -> dict[str, int | None]:
    return {item.key: each for item in instrument().items} | more


def measure(by: Viewer, at: Case, **more: Any) -> OutcomeMeasure:
    said = {"stage": "start", "answers": answers()} | more
    return actions.measure(by=by, case=at, **said)


def opened_case(cast: Any) -> dict[str, Any]:
    return {"key": plan(cast.worker).case.pk}


def opened_closed(cast: Any) -> dict[str, Any]:
    row = case(cast.worker)
    actions.close(by=cast.worker, case=row, seen=1, reason="moved")
    return {"key": row.pk}


def opened_plan(cast: Any) -> dict[str, Any]:
    return {"key": plan(cast.worker).pk}


def opened_goal(cast: Any) -> dict[str, Any]:
    return {"key": plan(cast.worker).goals.get().pk}


def opened_measure(cast: Any) -> dict[str, Any]:
    return {"key": measure(cast.worker, case(cast.worker)).pk}


def opened_person(cast: Any) -> dict[str, Any]:
    return {"person": people.person(cast.worker).pk}


def opened_way_in(cast: Any) -> dict[str, Any]:
    given = actions.give_own_plan(by=cast.worker, case=case(cast.worker), account=cast.account("supported"))
    return {"key": given.pk}
