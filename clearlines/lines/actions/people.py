"""Put somebody on a line beside whoever stands there; end a role; recognise a victim."""

from datetime import date

from django.db.models import Q, QuerySet

from clearlines.access.acts import action, locked, made_by
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import refuse_if
from clearlines.access.viewer import Viewer
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.lines import rules
from clearlines.lines.models import Line, RoleOnLine
from clearlines.lines.states import SUSPECTS, USUAL_CATEGORY, VICTIMS, Category, Role
from clearlines.people.models import Person
from clearlines.safeguarding import queries as safeguarding


@action(may=P.KEEP_LINES)
def put_person_on_line(
    *, by: Viewer, line: Line, person: Person, role: Role, from_on: date, grade: str = "", reason: str = "",
    category: str = "",
) -> RoleOnLine:  # fmt: skip
    """One more role for a person on a line, beside any they have: a victim stays a victim."""
    line = locked(Line.objects.all(), line)
    held = {Role(each) for each in line.roles.filter(person=person, until_on=None).values_list("role", flat=True)}
    refuse_if(rules.reasons_not_to_put_on_line(
        role=Role(role), roles_held=held, is_child=person.is_child_on(from_on), from_on=from_on, today=by.today,
        same_owner=person.owner_id == by.organisation_key))  # fmt: skip
    row = RoleOnLine.objects.create(
        **made_by(by), line=line, person=person, role=role, from_on=from_on, grade=grade, reason=reason,
        category=category or USUAL_CATEGORY[Role(role)],
    )  # fmt: skip
    ledger.record("lines.person_put_on_line", kind=Kind.COLLECTION, by=by, about=[line, person])
    return row


@action(may=P.KEEP_LINES)
def end_role(*, by: Viewer, role: RoleOnLine, on: date, because: str) -> RoleOnLine:
    """The last day of a role. That somebody had it, and why it ended, stays readable; no other role is touched."""
    old = locked(RoleOnLine.objects.select_related("line", "person"), role)
    refuse_if(rules.reasons_not_to_end(
        began=old.from_on, ended=old.until_on, on=on, because=because, today=by.today))  # fmt: skip
    _end(by, old, on, because)
    ledger.record("lines.role_ended", kind=Kind.ALTERATION, by=by, about=[old.line, old.person])
    return old


@action(may=P.KEEP_LINES)
def recognise_as_victim(*, by: Viewer, person: Person, suspect_roles: str, words: str = "") -> list[RoleOnLine]:
    """A positive decision stands: on every line where they were a suspect they are recorded as a victim as well.

    `suspect_roles` says what becomes of the roles as a suspect: `end` on the day of the decision, or `annotate`.
    """
    decision = safeguarding.positive_decision(by, person)
    suspected = list(_suspected(by, person).select_for_update())
    refuse_if(rules.reasons_not_to_recognise(
        is_positive=decision is not None, decided_on=decision.decided_on if decision else None,
        suspected=len(suspected), today=by.today, suspect_roles=suspect_roles))  # fmt: skip
    assert decision is not None
    note = f"{decision.in_words}. {words}".strip()
    made = [_as_victim(by, row, note) for row in suspected if not _is_victim_on(row)]
    for row in suspected:
        if suspect_roles == "end":
            _end(by, row, max(decision.decided_on, row.from_on), note)
        else:
            row.note, row.version = note, row.version + 1
            row.save(update_fields=["note", "version"])
    ledger.record(
        "lines.recognised_as_victim", kind=Kind.ALTERATION, by=by, about=[person, *(row.line for row in suspected)]
    )
    return made


def _suspected(by: Viewer, person: Person) -> QuerySet[RoleOnLine]:
    rows = RoleOnLine.objects.filter(owner=by.organisation, person=person, until_on=None, note="")
    return rows.filter(Q(role__in=SUSPECTS) | Q(category__in=(Category.SUSPECT, Category.CONVICTED)))


def _is_victim_on(row: RoleOnLine) -> bool:
    return RoleOnLine.objects.filter(line=row.line_id, person=row.person_id, role__in=VICTIMS).exists()


def _as_victim(by: Viewer, row: RoleOnLine, note: str) -> RoleOnLine:
    role = Role.EXPLOITED_CHILD if row.person.is_child_on(row.from_on) else Role.EXPLOITED_ADULT
    return RoleOnLine.objects.create(
        **made_by(by), line=row.line, person=row.person, role=role, category=Category.VICTIM, from_on=row.from_on,
        reason=note[:500],
    )  # fmt: skip


def _end(by: Viewer, row: RoleOnLine, on: date, because: str) -> None:
    row.until_on, row.ended_at, row.ended_because = on, by.now, because[:500]
    row.version += 1
    row.save(update_fields=["until_on", "ended_at", "ended_because", "version"])
