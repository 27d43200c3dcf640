"""Emergencies for other rooms' tests, opened by the real action."""

from typing import Any

from clearlines.access.viewer import Viewer
from clearlines.care.tests import build as care
from clearlines.openings import actions
from clearlines.openings.models import Opening
from clearlines.people.models import Person

REASON = "Her mother rings: he has taken something and locked the door. His worker does not answer."


def opening(by: Viewer, person: Person, **more: Any) -> Opening:
    return actions.open_in_an_emergency(by=by, person=person, **{"reason": REASON, "hours": 1} | more)


def somebody_elses(cast: Any) -> Person:
    """On the lead's caseload, so that the worker does not stand near them."""
    return care.case(cast.lead).person


def opened_person(cast: Any) -> dict[str, Any]:
    return {"key": somebody_elses(cast).pk}


def opened_opening(cast: Any) -> dict[str, Any]:
    return {"key": opening(cast.worker, somebody_elses(cast)).pk}
