"""Register a line, record what it became and when, put that right, and join numbers, places and people to it."""

import uuid
from datetime import date
from typing import Any

from django.db.models import Max, Q

from clearlines.access.acts import action, already, locked
from clearlines.access.models import Organisation
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import refuse_if
from clearlines.access.viewer import Viewer
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.lines import identifiers, queries, rules
from clearlines.lines.history import Step, standing
from clearlines.lines.models import ElementTest, Line, LineIdentifier, LineLink, LineMarket, LineStatus, RoleOnLine
from clearlines.lines.rules import Facts
from clearlines.lines.states import Known, Role, Status
from clearlines.people.models import Person


def _made_by(by: Viewer, new_id: uuid.UUID | None = None) -> dict[str, Any]:
    return {"id": new_id or uuid.uuid4(), "owner": by.organisation, "created_by": by.account, "created_at": by.now}


@action(may=P.KEEP_LINES)
def register(
    *, by: Viewer, brand: str, since: date, status: Status = Status.UNDER_ASSESSMENT, reason: str = "",
    exporter_area: str = "", new_id: uuid.UUID | None = None, first: dict[str, str] | None = None,
) -> Line:  # fmt: skip
    """A line with the next reference. `first` may hold its number and town: number, decided, town, area."""
    if line := already(Line.objects.all(), new_id, by=by):
        ledger.record("lines.registered_again", kind=Kind.COLLECTION, by=by, about=[line])
        return line
    refuse_if(rules.reasons_not_to_register(brand=brand, status=Status(status), since=since, today=by.today))
    # Held so that two people who register at once get two references.
    Organisation.objects.select_for_update().get(pk=by.organisation_key)
    number = (Line.objects.filter(owner=by.organisation).aggregate(last=Max("number"))["last"] or 0) + 1
    line = Line.objects.create(
        **_made_by(by, new_id), number=number, reference=f"L-{number:04}", brand=brand, exporter_area=exporter_area
    )
    LineStatus.objects.create(
        **_made_by(by), line=line, sequence=1, status=status, valid_from=since, known_at=by.now, reason=reason
    )
    ledger.record("lines.registered", kind=Kind.COLLECTION, by=by, about=[line])
    said = first or {}
    if said.get("number"):
        add_identifier(by=by, line=line, said=said["number"], valid_from=since, decided=said.get("decided", ""))
    if said.get("town"):
        add_market(by=by, line=line, town=said["town"], area=said.get("area", ""), from_on=since)
    return line


@action(may=P.KEEP_LINES)
def move(
    *, by: Viewer, line: Line, to: Status, on: date, reason: str = "", seen: int | None = None,
    merged_into: Line | None = None, **facts: Any,
) -> LineStatus:  # fmt: skip
    """From a day the line is something else. `facts`: those of rules.Facts, for a closure."""
    line = locked(Line.objects.all(), line, seen=seen)
    row = _next_row(by, line, Status(to), on, Facts(**facts))
    row.reason, row.merged_into = reason, merged_into
    refuse_if(rules.reasons_not_to_merge(
        status=Status(to), same_line=merged_into == line, has_other=merged_into is not None,
        comes_back=_comes_back(line, merged_into)))  # fmt: skip
    refuse_if(rules.reasons_not_to_move(
        steps=standing(_steps_of(line)), new=row.step, facts=Facts(**facts), reason=reason,
        has_holder=_has_holder(line), now=by.now, today=by.today))  # fmt: skip
    return _added(by, line, row, "lines.moved")


@action(may=P.KEEP_LINES)
def correct_status(
    *, by: Viewer, row: LineStatus, to: Status, on: date, reason: str, seen: int | None = None, **facts: Any
) -> LineStatus:
    """A new row takes the place of a wrong one; what was believed, and until when, stays readable."""
    line = locked(Line.objects.all(), row.line, seen=seen)
    new = _next_row(by, line, Status(to), on, Facts(**facts))
    new.reason, new.corrects = reason, row
    new.merged_into = row.merged_into if Status(to) == Status.MERGED else None
    refuse_if(rules.reasons_not_to_merge(
        status=Status(to), same_line=False, has_other=new.merged_into is not None, comes_back=False))  # fmt: skip
    refuse_if(rules.reasons_not_to_correct(
        steps=standing(_steps_of(line)), wrong=row.step, new=new.step, facts=Facts(**facts), reason=reason,
        has_holder=_has_holder(line), now=by.now, today=by.today))  # fmt: skip
    return _added(by, line, new, "lines.status_corrected")


def _next_row(by: Viewer, line: Line, status: Status, on: date, facts: Facts) -> LineStatus:
    last = line.statuses.aggregate(last=Max("sequence"))["last"]
    return LineStatus(
        **_made_by(by), line=line, sequence=last + 1, status=status, valid_from=on, known_at=by.now, **vars(facts)
    )


def _added(by: Viewer, line: Line, row: LineStatus, event: str) -> LineStatus:
    row.save()
    line.version += 1
    line.save(update_fields=["version"])
    ledger.record(event, kind=Kind.ALTERATION, by=by, about=[line, row])
    return row


def _has_holder(line: Line) -> bool:
    return line.roles.filter(role=Role.HOLDER).exists()


def _comes_back(line: Line, other: Line | None) -> bool:
    seen = set()
    while other is not None and other.pk not in seen:
        seen.add(other.pk)
        row = LineStatus.objects.filter(line=other, status=Status.MERGED, corrected_by=None).first()
        other = row.merged_into if row else None
    return line.pk in seen


@action(may=P.KEEP_LINES)
def add_identifier(
    *, by: Viewer, line: Line, said: str, valid_from: date, kind: str = "number", decided: str = "",
    valid_until: date | None = None, grade: str = "",
) -> LineIdentifier:  # fmt: skip
    """One more number, handset, SIM or handle. Where another line has it, a person has `decided` what that means."""
    value = identifiers.kept_as(kind, said) or ""
    others = list(queries.lines_with(by, kind, said).exclude(pk=line.pk))
    refuse_if(rules.reasons_not_to_add_identifier(
        kind=kind, value=value, valid_from=valid_from, valid_until=valid_until, today=by.today,
        on_this_line=_has_in_those_days(line, kind, value, valid_from, valid_until),
        known_on=[other.reference for other in others], decided=decided))  # fmt: skip
    found = LineIdentifier.objects.create(
        **_made_by(by), line=line, kind=kind, value=value, valid_from=valid_from, valid_until=valid_until,
        grade=grade, already_known=decided if others else "",
    )  # fmt: skip
    ledger.record("lines.identifier_added", kind=Kind.COLLECTION, by=by, about=[line, *others])
    if decided == Known.NEW_BRAND:
        _link_brands(by, others, line, valid_from)
    return found


def _has_in_those_days(line: Line, kind: str, value: str, begins: date, ends: date | None) -> bool:
    rows = line.identifiers.filter(kind=kind, value=value).filter(Q(valid_until=None) | Q(valid_until__gte=begins))
    return (rows.filter(valid_from__lte=ends) if ends else rows).exists()


def _link_brands(by: Viewer, others: list[Line], line: Line, on: date) -> None:
    for other in others:
        LineLink.objects.get_or_create(
            from_line=other, to_line=line, kind=LineLink.Kind.NEW_BRAND,
            defaults=_made_by(by) | {"seen_on": on, "reason": "The same number, under a new brand"},
        )  # fmt: skip


@action(may=P.KEEP_LINES)
def change_number(
    *, by: Viewer, identifier: LineIdentifier, said: str, on: date, decided: str = "", grade: str = ""
) -> LineIdentifier:
    """From a day the line is reached on another number; the old one ends the day before. One line, two numbers."""
    old = locked(LineIdentifier.objects.select_related("line"), identifier)
    refuse_if(rules.reasons_not_to_change_number(begins=on, old_from=old.valid_from, old_until=old.valid_until))
    new = add_identifier(by=by, line=old.line, said=said, kind=old.kind, valid_from=on, decided=decided, grade=grade)
    old.valid_until = date.fromordinal(on.toordinal() - 1)
    old.version += 1
    old.save(update_fields=["valid_until", "version"])
    ledger.record("lines.number_changed", kind=Kind.ALTERATION, by=by, about=[old.line])
    return new


@action(may=P.KEEP_LINES)
def add_market(
    *, by: Viewer, line: Line, town: str, from_on: date, area: str = "", until_on: date | None = None
) -> LineMarket:
    """A town where the line sells."""
    refuse_if(rules.reasons_not_to_add_market(town=town, from_on=from_on, until_on=until_on, today=by.today))
    market = LineMarket.objects.create(
        **_made_by(by), line=line, town=town, area=area, from_on=from_on, until_on=until_on
    )
    ledger.record("lines.market_added", kind=Kind.COLLECTION, by=by, about=[line])
    return market


@action(may=P.KEEP_LINES)
def put_person_on_line(
    *, by: Viewer, line: Line, person: Person, role: Role, from_on: date, grade: str = "", reason: str = ""
) -> RoleOnLine:
    """One more role for a person on a line, beside any they have: a victim stays a victim."""
    line = locked(Line.objects.all(), line)
    held = {Role(each) for each in line.roles.filter(person=person, until_on=None).values_list("role", flat=True)}
    refuse_if(rules.reasons_not_to_put_on_line(
        role=Role(role), roles_held=held, is_child=person.is_child_on(from_on), from_on=from_on, today=by.today,
        same_owner=person.owner_id == by.organisation_key))  # fmt: skip
    row = RoleOnLine.objects.create(
        **_made_by(by), line=line, person=person, role=role, from_on=from_on, grade=grade, reason=reason
    )
    ledger.record("lines.person_put_on_line", kind=Kind.COLLECTION, by=by, about=[line, person])
    return row


@action(may=P.KEEP_LINES)
def record_element(*, by: Viewer, line: Line, element: str, finding: str, evidence: str = "") -> ElementTest:
    """What somebody found about one of the four elements; earlier findings stay."""
    refuse_if(rules.reasons_not_to_record_element(finding=finding, evidence=evidence))
    found = ElementTest.objects.create(**_made_by(by), line=line, element=element, finding=finding, evidence=evidence)
    ledger.record("lines.element_recorded", kind=Kind.COLLECTION, by=by, about=[line])
    return found


@action(may=P.KEEP_LINES)
def decide_qualifies(*, by: Viewer, line: Line, answer: str, reason: str, seen: int | None = None) -> Line:
    """A named person decides whether it is a county line. Nothing is computed from the elements."""
    line = locked(Line.objects.all(), line, seen=seen)
    refuse_if(rules.reasons_not_to_decide(answer=answer, reason=reason))
    line.qualifies, line.qualifies_reason = answer, reason
    line.qualifies_on, line.qualifies_by = by.today, by.account
    line.version += 1
    line.save()
    ledger.record("lines.qualifies_decided", kind=Kind.ALTERATION, by=by, about=[line])
    return line


@action(may=P.KEEP_LINES)
def link_displacement(
    *, by: Viewer, from_line: Line, to_line: Line, on: date, reason: str, grade: str = ""
) -> LineLink:
    """Somebody thinks that what was closed here went on there. Both stand in the figures of their own areas."""
    there = LineLink.objects.filter(from_line=from_line, to_line=to_line, kind=LineLink.Kind.DISPLACEMENT).exists()
    refuse_if(rules.reasons_not_to_link(
        same=from_line == to_line, reason=reason, seen_on=on, today=by.today, already=there))  # fmt: skip
    link = LineLink.objects.create(
        **_made_by(by), from_line=from_line, to_line=to_line, kind=LineLink.Kind.DISPLACEMENT, seen_on=on,
        reason=reason, grade=grade,
    )  # fmt: skip
    ledger.record("lines.displacement_linked", kind=Kind.COMBINATION, by=by, about=[from_line, to_line])
    return link


def _steps_of(line: Line) -> list[Step]:
    return [row.step for row in line.statuses.all()]
