"""What the worker's day gathers from the rooms the charity works in. Each room decides what may be seen."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from clearlines.access.viewer import Viewer
from clearlines.aftercare import queries as aftercare
from clearlines.care import queries as care
from clearlines.care.models import Case
from clearlines.care.states import PlanState
from clearlines.governance import queries as governance
from clearlines.referrals import queries as referrals
from clearlines.referrals.models import Received
from clearlines.screening import queries as screening
from clearlines.staff import queries as staff
from clearlines.visits import queries as visits
from clearlines.web.due import Due, by_heading

LATER = 15
PEOPLE = 80


@dataclass(frozen=True)
class Day:
    """Where to look after people now, then in the order of screens.md. No number about anybody."""

    watches: list[Due]
    unfinished: list[Due]
    due: dict[str, list[Due]]
    letters: list[Received]
    people: list[care.Beside]

    @property
    def is_clear(self) -> bool:
        return not any(self.due.values())

    @property
    def shown(self) -> list[Any]:
        """Every row on the page, for the ledger; the page itself, where there is none."""
        dues = (self.watches, self.unfinished, *self.due.values())
        rows = [row for found in dues for each in found for row in each.about]
        cases = [row for each in self.people for row in (each.case, each.case.person)]
        return ["desk.day", *rows, *cases, *self.letters]


def day(viewer: Viewer) -> Day:
    people = list(care.my_people_with_plans(viewer)[:PEOPLE])
    found = [
        *(each for room in (referrals, screening, visits, governance, staff) for each in room.due(viewer, viewer.now)),
        *care.due_of(people, viewer.today),
    ]
    due = by_heading((each for each in found if each.kind != visits.WRITE_UP), viewer.today)
    due["Later"] = due["Later"][:LATER]
    return Day(
        watches=list(aftercare.due(viewer, viewer.now)),
        unfinished=[*(each for each in found if each.kind == visits.WRITE_UP), *drafts(people)],
        due=due,
        letters=list(referrals.waiting(viewer)[:LATER]),
        people=care.beside(viewer, people),
    )


def drafts(people: list[Case]) -> Iterator[Due]:
    """Plans begun and not agreed."""
    for case in people:
        for plan in case.live_plans:  # type: ignore[attr-defined]
            if plan.state == PlanState.DRAFT:
                begun = timezone.localtime(plan.created_at).date()
                link = reverse("care-plan", args=[case.pk])
                yield Due(begun, f"Finish the plan with {case.person}", link, "Draft", (plan, case, case.person))
