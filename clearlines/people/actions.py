"""Add a person, put details right, say that two records are one person, and take that back."""

import uuid
from typing import Any

from clearlines.access.acts import action, already, locked
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import refuse_if
from clearlines.access.viewer import Viewer
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.people import rules
from clearlines.people.models import Person, SameAs


@action(may=P.KEEP_PEOPLE)
def add(*, by: Viewer, new_id: uuid.UUID | None = None, **details: Any) -> Person:
    """A person of the viewer's own organisation. `details`: given_name, family_name, known_as, born_on, phone …"""
    if person := already(Person.objects.all(), new_id, by=by):
        ledger.record("people.added_again", kind=Kind.COLLECTION, by=by, about=[person])
        return person
    person = Person.objects.create(
        id=new_id or uuid.uuid4(),
        owner=by.organisation, created_by=by.account, created_at=by.now,
        **_checked(by, details),
    )  # fmt: skip
    ledger.record("people.added", kind=Kind.COLLECTION, by=by, about=[person])
    return person


@action(may=P.KEEP_PEOPLE)
def correct(*, by: Viewer, person: Person, seen: int, **details: Any) -> Person:
    """Put details right, if nobody else changed them since the page was opened."""
    person = locked(Person.objects.all(), person, seen=seen)
    for name, value in _checked(by, details).items():
        setattr(person, name, value)
    person.version += 1
    person.save()
    ledger.record("people.corrected", kind=Kind.ALTERATION, by=by, about=[person])
    return person


@action(may=P.KEEP_PEOPLE)
def say_same(*, by: Viewer, one: Person, other: Person, reason: str) -> SameAs:
    """One reversible row; neither record changes."""
    first, second = sorted((one, other), key=lambda each: str(each.pk))
    said = SameAs.objects.filter(one=first, other=second, parted_at=None).exists()
    refuse_if(rules.reasons_not_to_say_same(first, second, reason=reason, already_said=said))
    same = SameAs.objects.create(
        owner=by.organisation, created_by=by.account, created_at=by.now, one=first, other=second, reason=reason
    )
    ledger.record("people.said_same", kind=Kind.COMBINATION, by=by, about=[first, second])
    return same


@action(may=P.KEEP_PEOPLE)
def part(*, by: Viewer, same: SameAs, reason: str) -> SameAs:
    """Take back that two records are one person; both keep the history they had."""
    same = locked(SameAs.objects.all(), same)
    refuse_if(rules.reasons_not_to_part(parted_at=same.parted_at, reason=reason))
    same.parted_at, same.parted_by, same.parted_reason = by.now, by.account, reason
    same.version += 1
    same.save()
    ledger.record("people.parted", kind=Kind.COMBINATION, by=by, about=[same.one, same.other])
    return same


def _checked(by: Viewer, details: dict[str, Any]) -> dict[str, Any]:
    born_on = details.get("born_on")
    names = [details.get(name, "") for name in ("given_name", "family_name", "known_as")]
    refuse_if(rules.reasons_not_to_add(names=names, born_on=born_on, today=by.today))
    if born_on is None:
        return details | {"born_precision": Person.Precision.UNKNOWN}
    stated = details.get("born_precision") or Person.Precision.DAY
    return details | {"born_precision": Person.Precision.DAY if stated == Person.Precision.UNKNOWN else stated}
