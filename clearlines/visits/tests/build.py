"""Visits for other rooms' tests, arranged and written by the real actions."""

from datetime import timedelta
from typing import Any

from clearlines.access.models import Account
from clearlines.access.viewer import Viewer
from clearlines.people.tests import build as people
from clearlines.places.tests import build as places
from clearlines.visits import actions
from clearlines.visits.models import Appointment, JointOffer, VisitAccount

TOMORROW = timedelta(days=1)


def whose(viewer: Viewer) -> Account:
    assert viewer.account is not None
    return viewer.account


def appointment(by: Viewer, **more: Any) -> Appointment:
    """Tomorrow, two of them, at a place the organisation holds."""
    said = {"starts_at": by.now + TOMORROW, "crew": [whose(by)], "entry_basis": "invited"} | more
    if "place" not in said and "place_words" not in said:
        said["place"] = places.place(by)
    return actions.plan(by=by, **said)


def offer(by: Viewer, to: Viewer, **more: Any) -> JointOffer:
    return actions.offer(by=by, appointment=appointment(by, **more), to=whose(to).organisation)


def accepted(by: Viewer, to: Viewer, **more: Any) -> tuple[Appointment, Appointment]:
    """The organiser's appointment and the one that the other organisation made by accepting."""
    made = offer(by, to, **more)
    theirs = actions.accept_offer(by=to, offer=made, crew=[whose(to)])
    return Appointment.objects.get(number=made.number, owner=by.organisation), theirs


def account(by: Viewer, *, at: Appointment | None = None, **more: Any) -> VisitAccount:
    """Written an hour after it began, which was an hour ago unless `at` says otherwise."""
    begun = by.now - timedelta(hours=1)
    visit = at or appointment(by, **{name: more.pop(name) for name in PLANNED & set(more)}, starts_at=begun)
    said = {"outcome": "seen", "arrived_at": begun, "entry": "outside"} | more
    return actions.record(by=by, appointment=visit, **said)


PLANNED = {"person", "place", "place_words", "purpose", "crew"}


def with_person(by: Viewer) -> Appointment:
    return appointment(by, person=people.person(by), purpose="To see how he is", crew=[whose(by)])


def opened_appointment(cast: Any) -> dict[str, Any]:
    return {"key": with_person(cast.worker).pk}


def opened_offer(cast: Any) -> dict[str, Any]:
    return {"key": offer(cast.worker, cast.sergeant).pk}


def opened_account(cast: Any) -> dict[str, Any]:
    return {"key": account(cast.worker).pk}


def opened_promise(cast: Any) -> dict[str, Any]:
    made = account(cast.worker, promise=("Bring the forms", cast.worker.today))
    return {"key": made.appointment.follow_ups.get().pk}
