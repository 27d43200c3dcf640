"""Screenings for other rooms' tests, made by the real actions."""

from typing import Any

from clearlines.access.viewer import Viewer
from clearlines.people.tests.build import person as a_person
from clearlines.screening import actions
from clearlines.screening.models import Screening
from clearlines.screening.states import Footing
from clearlines.screening.suggest import Answered

FOOTING = Footing(statement="2022-01", consent="yes", basis="legitimate_interests")
VISITORS = {"visitors": Answered("yes", "seen"), "debt": Answered("yes", "told"), "overdose": Answered("not_known")}


def begun(by: Viewer, *, person: Any = None, **more: Any) -> Screening:
    return actions.begin(by=by, person=person or a_person(by), footing=more.pop("footing", FOOTING), **more)


def completed(by: Viewer, *, person: Any = None, band: str = "this_week", **more: Any) -> Screening:
    screening = begun(by, person=person)
    actions.answer(by=by, screening=screening, answers=more.pop("answers", VISITORS))
    return actions.complete(by=by, screening=screening, band=band, **more)


def opened_person(cast: Any) -> dict[str, Any]:
    return {"key": a_person(cast.worker).pk}


def opened_begun(cast: Any) -> dict[str, Any]:
    return {"key": begun(cast.worker).pk}


def opened_completed(cast: Any) -> dict[str, Any]:
    return {"key": completed(cast.worker).pk}
