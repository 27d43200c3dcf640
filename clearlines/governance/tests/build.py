"""What the access table opens governance's pages on, and looks to judge, made by the real acts."""

from typing import Any

from clearlines.access.permissions import Permission as P
from clearlines.access.viewer import Viewer
from clearlines.governance import actions
from clearlines.governance.models import OddLook, SampledLook
from clearlines.ledger.models import Entry
from clearlines.people.tests import build as people
from clearlines.places.tests import build as places
from clearlines.web.pages import look
from tests.cast import NOON, TODAY


def the_machine() -> Viewer:
    return Viewer(None, NOON, (), frozenset({P.RUN_SYSTEM}), frozenset(), "the machine")


def opened_person(cast: Any) -> dict[str, Any]:
    return {"noun": "people.Person", "key": people.person(cast.worker).pk}


def look_at(viewer: Viewer, *shown: Any, page: str = "people-person") -> Entry:
    look(viewer, shown, at=page)
    return Entry.objects.order_by("-pk").first()


def neighbour(cast: Any, **more: Any) -> Any:
    """Somebody the charity knows, of the worker's own street."""
    home = places.place(cast.worker, words="Flat 2, 14 Duke St", town="Barrow-in-Furness", postcode="LA14 1AA")
    actions.say_street(by=cast.worker, words="3 Duke Street", town="Barrow-in-Furness", postcode="")
    return people.person(cast.worker, home=home, **more)


def sampled(cast: Any, supervisor: str = "lead") -> SampledLook:
    entry = look_at(cast.worker, people.person(cast.worker))
    drawn = actions.Drawn(entry, cast.account("worker"), cast.account(supervisor))
    actions.put_to_supervisors(
        by=the_machine(), organisation=cast.worker.organisation, week=TODAY, drawn=[drawn], nobody_to_ask=0
    )
    return SampledLook.objects.order_by("-created_at").get(entry=entry)


def odd(cast: Any, account: str = "worker") -> OddLook:
    person = people.person(cast.worker)
    entry = look_at(cast.viewer(account), person)
    row = OddLook(owner=cast.worker.organisation, why="same_name", account=cast.account(account), entry=entry,
                  record=f"people.Person:{person.pk}")  # fmt: skip
    actions.mark_odd(by=the_machine(), odd=[row], upto=entry.pk)
    return OddLook.objects.get(entry=entry)


def opened_sampled(cast: Any) -> dict[str, Any]:
    return {"key": sampled(cast).pk}


def opened_odd(cast: Any) -> dict[str, Any]:
    return {"key": odd(cast).pk}
