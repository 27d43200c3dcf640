"""People for other rooms' tests, made by the real action."""

from typing import Any

from clearlines.access.viewer import Viewer
from clearlines.people import actions
from clearlines.people.models import Person


def person(by: Viewer, **more: Any) -> Person:
    said = {"given_name": "Robin", "family_name": "Ferris"} | more
    return actions.add(by=by, **said)
