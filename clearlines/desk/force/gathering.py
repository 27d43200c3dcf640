"""What is recorded of whoever is said to control a line: human being by human being rather than record by record."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from clearlines.access.permissions import Permission as P
from clearlines.access.scope import own
from clearlines.access.viewer import Viewer
from clearlines.desk.force import rules
from clearlines.desk.force.rules import Birth, Somebody, Stands
from clearlines.groups import queries as groups
from clearlines.groups.models import GroupPerson
from clearlines.lines.models import RoleOnLine
from clearlines.lines.states import Category, Role
from clearlines.people.models import Person, SameAs
from clearlines.safeguarding import queries as safeguarding


def controls(viewer: Viewer, on: date) -> Iterable[RoleOnLine]:
    """Every role in which somebody was said to control a line by the day, ended ones too."""
    rows = RoleOnLine.objects.filter(
        role__in=rules.CONTROLS, from_on__lte=on, person__marking__in=viewer.markings, line__marking__in=viewer.markings
    )
    return own(viewer, rows.select_related("person", "line").order_by("from_on", "pk"), needs=P.SEE_LINES)


class Known:
    """What is recorded of everybody in question, human being by human being rather than record by record."""

    def __init__(self, viewer: Viewer, controls: list[RoleOnLine], on: date) -> None:
        self.viewer, self.on = viewer, on
        self.person_of = {row.person_id: row.person for row in controls}
        self.line_of = {row.line_id: row.line for row in controls}
        self.records = _records(viewer, self.person_of)
        self.stands: dict[uuid.UUID, list[Stands]] = defaultdict(list)
        for row in controls:
            self.stands[row.person_id].append(_on_line(row))
        for head in _heads(viewer, on):
            self.stands[head.person_id].append(_at_head(head))
        for used in _ever_used(viewer, set().union(*self.records)):
            self.stands[used.person_id].append(_on_line(used))

    def people(self) -> Iterable[Somebody]:
        victims = safeguarding.pending_or_positive(self.viewer)
        births = _births(self.viewer, set().union(*self.records))
        for records in self.records:
            yield Somebody(
                self._called_by(records),
                tuple(births[each] for each in records if each in births),
                tuple(stands for each in records for stands in self.stands[each]),
                bool(records & victims),
            )

    def _called_by(self, records: set[uuid.UUID]) -> uuid.UUID:
        """The record whose name is shown: the first, by name, of those that stand on a line."""
        return min(records & set(self.person_of), key=lambda each: by_name(self.person_of[each]))


def _records(viewer: Viewer, keys: Iterable[uuid.UUID]) -> list[set[uuid.UUID]]:
    """The records of each human being in question: those said to be the same, by any chain of sayings."""
    beside: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    said = SameAs.objects.filter(owner=viewer.organisation_key, parted_at=None)
    for one, other in said.values_list("one", "other"):
        beside[one].add(other)
        beside[other].add(one)
    found: list[set[uuid.UUID]] = []
    for key in keys:
        if any(key in records for records in found):
            continue
        records = fringe = {key}
        while fringe:
            fringe = set().union(*(beside[each] for each in fringe)) - records
            records = records | fringe
        found.append(records)
    return found


def _births(viewer: Viewer, keys: set[uuid.UUID]) -> dict[uuid.UUID, Birth]:
    rows = Person.objects.filter(owner=viewer.organisation_key, pk__in=keys)
    return {key: Birth(on, precision) for key, on, precision in rows.values_list("pk", "born_on", "born_precision")}


def _ever_used(viewer: Viewer, keys: set[uuid.UUID]) -> Iterable[RoleOnLine]:
    said = Q(role__in=rules.USED) | Q(category__in=rules.USED_AS)
    return RoleOnLine.objects.filter(said, owner=viewer.organisation_key, person__in=keys)


def _heads(viewer: Viewer, on: date) -> Iterable[GroupPerson]:
    return groups.people(viewer).filter(as_what=GroupPerson.AsWhat.DIRECTS, from_on__lte=on)


def _on_line(row: RoleOnLine) -> Stands:
    return Stands(
        ("line", row.line_id), Role(row.role), row.from_on, row.until_on, row.grade, Category(row.category)
    )  # fmt: skip


def _at_head(row: GroupPerson) -> Stands:
    return Stands(("group", row.group_id), None, row.from_on, row.until_on, row.grade)


def by_name(person: Person) -> tuple[str, str, str]:
    return person.family_name.casefold(), person.name.casefold(), str(person.pk)
