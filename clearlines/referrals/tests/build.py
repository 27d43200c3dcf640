"""Letters for other rooms' tests, sent and answered by the real actions."""

from typing import Any

from clearlines.access.models import Account
from clearlines.access.viewer import Viewer
from clearlines.referrals import actions, queries
from clearlines.referrals.models import Received, Sent

LETTER = {
    "name": "Robin Ferris",
    "age": "about 40",
    "area": "Barrow Island",
    "phone": "07700 900123",
    "safe_contact": "Text first, after ten in the morning",
    "why": "People he does not know come and go at all hours, and he looks frightened.",
    "urgency": "this_week",
    "children_at_home": "no",
    "knows": "agrees",
}


def letter(**more: Any) -> dict[str, Any]:
    return LETTER | more


def sent(by: Viewer, *, recipient: str = "charity", person: Any = None, **more: Any) -> Sent:
    return actions.send(by=by, recipient=recipient, letter=letter(**more), person=person)


def received(sender: Viewer, worker: Viewer, **more: Any) -> Received:
    """A letter from `sender`, standing in the worker's inbox."""
    number = sent(sender, **more).letter_number
    return queries.received(worker).get(letter_number=number)


def acknowledged(sender: Viewer, worker: Viewer, **more: Any) -> Received:
    return actions.acknowledge(by=worker, received=received(sender, worker, **more), worker=_account(worker))


def accepted(sender: Viewer, worker: Viewer, **more: Any) -> Received:
    """A letter whose person is now the charity's own: `accepted(…).person`."""
    return actions.accept(by=worker, received=acknowledged(sender, worker, **more))


def _account(viewer: Viewer) -> Account:
    assert viewer.account is not None
    return viewer.account


def opened_sent(cast: Any) -> dict[str, Any]:
    return {"key": sent(cast.sergeant).pk}


def opened_received(cast: Any) -> dict[str, Any]:
    return {"key": received(cast.food_club, cast.worker).pk}
