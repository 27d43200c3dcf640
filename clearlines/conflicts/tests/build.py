"""Conflicts for other rooms' tests, said by the real actions."""

from typing import Any

from clearlines.access.viewer import Viewer
from clearlines.conflicts import actions
from clearlines.conflicts.models import Conflict
from clearlines.people.tests import build as people

SAID: dict[str, Any] = {"given_name": "Robin", "family_name": "Ferris", "relation": "my cousin"}


def conflict(by: Viewer, **more: Any) -> Conflict:
    return actions.declare(by=by, **SAID | more)


def opened_conflict(cast: Any) -> dict[str, Any]:
    return {"key": conflict(cast.worker).pk}


def opened_person(cast: Any) -> dict[str, Any]:
    return {"key": people.person(cast.worker).pk}
