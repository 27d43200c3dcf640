"""Lines for other rooms' tests, made by the real actions."""

from datetime import date
from typing import Any

from clearlines.access.viewer import Viewer
from clearlines.lines import actions
from clearlines.lines.models import Line
from clearlines.lines.states import Role, Status
from clearlines.people.models import Person
from clearlines.people.tests import build as people
from clearlines.safeguarding.tests import build as victims

FIRST_KNOWN = date(2022, 2, 1)
WENT_ACTIVE = date(2022, 2, 10)
CLOSED_ON = date(2022, 5, 20)
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


def opened_market(cast) -> dict[str, object]:
    found = full_line(cast.analyst)
    return {"key": found.pk, "row": found.markets.get().pk}


def opened_role(cast) -> dict[str, object]:
    found = full_line(cast.analyst)
    return {"key": found.pk, "row": found.roles.get(role=Role.HOLDER).pk}


def closed_line(by: Viewer) -> Line:
    found = full_line(by)
    actions.move(by=by, line=found, to=Status.CLOSED_T2, on=CLOSED_ON, complied_on=CLOSED_ON)
    return found


def opened_check(cast) -> dict[str, object]:
    found = closed_line(cast.analyst)
    return {"key": found.pk, "row": found.statuses.get(status=Status.CLOSED_T2).pk, "days": 7}


def opened_displaced(cast) -> dict[str, object]:
    found = closed_line(cast.analyst)
    return {"key": found.pk, "other": line(cast.analyst, brand="Fern").pk}


def recognised(cast) -> tuple[Line, Person]:
    """Somebody put on a line as a carrier, whom the national mechanism then found to be a victim."""
    found = active_line(cast.analyst)
    somebody = victims.adult(cast.analyst, given_name="Callum", family_name="Penny")
    actions.put_person_on_line(
        by=cast.analyst, line=found, person=somebody, role=Role.CARRIER, from_on=WENT_ACTIVE, grade="2B"
    )
    victims.moved(cast.sergeant, victims.begun(cast.sergeant, somebody), *victims.OF_AN_ADULT)
    return found, somebody


def opened_recognised(cast) -> dict[str, object]:
    return {"person": recognised(cast)[1].pk}
