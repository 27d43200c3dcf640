"""People for other rooms' tests, made by the real action."""

from typing import Any

from clearlines.access.viewer import Viewer
from clearlines.people import actions
from clearlines.people.models import Person


def person(by: Viewer, **more: Any) -> Person:
    said = {"given_name": "Robin", "family_name": "Ferris"} | more
    return actions.add(by=by, **said)


def opened_person(cast) -> dict[str, object]:
    return {"key": person(cast.sergeant).pk}


def opened_pair(cast) -> dict[str, object]:
    one, other = person(cast.sergeant), person(cast.sergeant, known_as="Robbo")
    same = actions.say_same(by=cast.sergeant, one=one, other=other, reason="The same tattoo")
    return {"key": one.pk, "row": same.pk}
