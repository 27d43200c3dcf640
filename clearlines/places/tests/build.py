"""Places for other rooms' tests, made by the real action."""

from typing import Any

from clearlines.access.viewer import Viewer
from clearlines.places import actions
from clearlines.places.models import Place


def place(by: Viewer, **more: Any) -> Place:
    said = {"words": "14 Slipway Street", "town": "Barrow-in-Furness", "kind": Place.Kind.HOME} | more
    return actions.add(by=by, **said)


def opened_place(cast) -> dict[str, object]:
    return {"key": place(cast.sergeant).pk}
