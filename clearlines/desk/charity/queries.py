"""What the worker's day gathers from the rooms the charity works in. Each room decides what may be seen."""

from dataclasses import dataclass
from typing import Any

from clearlines.access.viewer import Viewer
from clearlines.care import queries as care
from clearlines.care.caseload import Beside, beside
from clearlines.care.models import Plan
from clearlines.referrals import queries as referrals
from clearlines.referrals.models import Received
from clearlines.screening import queries as screening
from clearlines.visits import queries as visits
from clearlines.visits.models import Appointment
from clearlines.web.due import Due, by_heading

LATER = 15
PEOPLE = 80


@dataclass(frozen=True)
class Day:
    """In the order of screens.md: unfinished, what is due by when, what is new, my people. No number about anybody."""

    drafts: list[Plan]
    unwritten: list[Appointment]
    due: dict[str, list[Due]]
    letters: list[Received]
    people: list[Beside]

    @property
    def is_clear(self) -> bool:
        return not any(self.due.values())

    @property
    def shown(self) -> list[Any]:
        """Every row on the page, for the ledger; the page itself, where there is none."""
        rows = [row for found in self.due.values() for each in found for row in each.about]
        cases = [row for each in self.people for row in (each.case, each.case.person)]
        return ["desk.day", *rows, *cases, *self.drafts, *self.unwritten, *self.letters]


def day(viewer: Viewer) -> Day:
    gather = (referrals.due, screening.due, visits.due, care.due)
    due = by_heading((each for room in gather for each in room(viewer, viewer.now)), viewer.today)
    due["Later"] = due["Later"][:LATER]
    return Day(
        drafts=list(care.my_drafts(viewer)),
        unwritten=list(visits.to_write_up(viewer).filter(crew__account=viewer.account)[:LATER]),
        due=due,
        letters=list(referrals.waiting(viewer)[:LATER]),
        people=beside(viewer, care.my_people(viewer)[:PEOPLE]),
    )
