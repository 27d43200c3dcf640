"""A record of somebody who is on the lead's caseload, for the page that says why one can see it; and a network."""

from datetime import date
from itertools import chain
from typing import Any

from clearlines.access.viewer import Viewer
from clearlines.care.tests import build as care
from clearlines.lines import actions as lines
from clearlines.lines.models import Line
from clearlines.lines.states import Role
from clearlines.lines.tests import build as made
from clearlines.people.models import Person
from clearlines.people.tests import build as people

BORN = date(1988, 4, 2)


def opened_record(cast: Any) -> dict[str, Any]:
    return {"noun": "care.Case", "key": care.case(cast.lead).pk}


def adult(by: Viewer, name: str = "Vic", **more: Any) -> Person:
    said = {"given_name": name, "family_name": "Boss", "born_on": BORN, "born_precision": "day"} | more
    return people.person(by, **said)


def controls(by: Viewer, person: Person, *lines_: Line, role: Role = Role.HOLDER, **more: Any) -> Person:
    for line in lines_:
        said = {"from_on": made.WENT_ACTIVE, "grade": "2B"} | more
        lines.put_person_on_line(by=by, line=line, person=person, role=role, **said)
    return person


def network(by: Viewer) -> dict[str, Person]:
    """Eight held together by Cal and Dee, who control three lines each; Gil alone; and Hal, whose age is not known."""
    stand = {
        "Ann": ["Sorrel"], "Ben": ["Sorrel"], "Cal": ["Sorrel", "Teal", "Wren"], "Dee": ["Teal", "Umber", "Yarrow"],
        "Eve": ["Umber"], "Fay": ["Umber"], "Gil": ["Vetch"], "Ivy": ["Wren"], "Jon": ["Yarrow"],
    }  # fmt: skip
    on = {name: made.active_line(by, brand=name) for name in dict.fromkeys(chain.from_iterable(stand.values()))}
    found = {
        name: controls(by, adult(by, name), *(on[each] for each in brands), role=Role.DEALER)
        for name, brands in stand.items()
    }
    found["Hal"] = controls(by, adult(by, "Hal", born_on=None, born_precision="unknown"), on["Sorrel"])
    return found


def opened_network(cast: Any) -> dict[str, Any]:
    network(cast.analyst)
    return {}
