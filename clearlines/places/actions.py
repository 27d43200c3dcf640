"""Add a place, and put one right."""

import uuid
from typing import Any

from clearlines.access.acts import action, already, locked
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import refuse_if
from clearlines.access.viewer import Viewer
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.places import rules
from clearlines.places.models import Place


@action(may=P.KEEP_PLACES)
def add(*, by: Viewer, words: str, town: str, new_id: uuid.UUID | None = None, **details: Any) -> Place:
    """A place of the viewer's own organisation. `details`: kind, flat, postcode, latitude, longitude, warning …"""
    if place := already(Place.objects.all(), new_id, by=by):
        ledger.record("places.added_again", kind=Kind.COLLECTION, by=by, about=[place])
        return place
    details = _checked(words=words, town=town, **details)
    place = Place.objects.create(
        id=new_id or uuid.uuid4(),
        owner=by.organisation, created_by=by.account, created_at=by.now,
        **details,
    )  # fmt: skip
    ledger.record("places.added", kind=Kind.COLLECTION, by=by, about=[place])
    return place


@action(may=P.KEEP_PLACES)
def correct(*, by: Viewer, place: Place, seen: int, **details: Any) -> Place:
    """Put details right, if nobody else changed them since the page was opened."""
    place = locked(Place.objects.all(), place, seen=seen)
    for name, value in _checked(**details).items():
        setattr(place, name, value)
    place.version += 1
    place.save()
    ledger.record("places.corrected", kind=Kind.ALTERATION, by=by, about=[place])
    return place


def _checked(**details: Any) -> dict[str, Any]:
    details.setdefault("kind", Place.Kind.HOME)
    details.setdefault("postcode", "")
    details.setdefault("latitude", None)
    details.setdefault("longitude", None)
    refuse_if(rules.reasons_not_to_add(**{name: details[name] for name in (
        "words", "town", "postcode", "latitude", "longitude")}))  # fmt: skip
    return details | {"postcode": rules.tidy_postcode(details["postcode"]) if details["postcode"] else ""}
