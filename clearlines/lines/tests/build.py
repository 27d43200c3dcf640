"""Lines for other rooms' tests, made by the real actions."""

from datetime import date
from typing import Any

from clearlines.access.viewer import Viewer
from clearlines.lines import actions
from clearlines.lines.models import Line
from clearlines.lines.states import Role, Status
from clearlines.people.tests import build as people

FIRST_KNOWN = date(2022, 2, 1)
WENT_ACTIVE = date(2022, 2, 10)
NUMBER = "07700 900123"


def line(by: Viewer, **more: Any) -> Line:
    said = {"brand": "Bracken", "exporter_area": "Merseyside", "since": FIRST_KNOWN} | more
    return actions.register(by=by, **said)


def active_line(by: Viewer, **more: Any) -> Line:
    found = line(by, **more)
    actions.move(by=by, line=found, to=Status.ACTIVE, on=WENT_ACTIVE)
    found.refresh_from_db()
    return found


def full_line(by: Viewer) -> Line:
    """A line with a number, a market, a holder and somebody it uses."""
    found = active_line(by, first={"number": NUMBER, "town": "Barrow-in-Furness", "area": "Central"})
    holder = people.person(by, given_name="Vic", family_name="Holder")
    child = people.person(by, given_name="Ash", family_name="Young", born_on=date(2006, 5, 1))
    actions.put_person_on_line(by=by, line=found, person=holder, role=Role.HOLDER, from_on=WENT_ACTIVE)
    actions.put_person_on_line(by=by, line=found, person=child, role=Role.EXPLOITED_CHILD, from_on=WENT_ACTIVE)
    found.refresh_from_db()
    return found


def opened_line(cast) -> dict[str, object]:
    return {"key": full_line(cast.analyst).pk}


def opened_status(cast) -> dict[str, object]:
    found = full_line(cast.analyst)
    return {"key": found.pk, "row": found.statuses.order_by("sequence").first().pk}


def opened_number(cast) -> dict[str, object]:
    found = full_line(cast.analyst)
    return {"key": found.pk, "row": found.identifiers.get().pk}


def opened_element(cast) -> dict[str, object]:
    return opened_line(cast) | {"element": "violence"}
