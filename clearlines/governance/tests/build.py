"""What the access table opens governance's pages on."""

from typing import Any

from clearlines.people.tests import build as people


def opened_person(cast: Any) -> dict[str, Any]:
    return {"noun": "people.Person", "key": people.person(cast.worker).pk}
