"""Register a group, add to what is known of it, end what no longer holds, and take back what was wrong."""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db.models import Max, Q

from clearlines.access.acts import action, already, locked, made_by
from clearlines.access.models import Organisation
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import refuse_if
from clearlines.access.viewer import Viewer
from clearlines.groups import names, queries, results, rules
from clearlines.groups.models import (
    AlreadyKnown,
    Assessment,
    Group,
    GroupAlias,
    GroupLink,
    GroupPerson,
    GroupRunsLine,
    TakenBack,
)
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.lines.models import Line, RoleOnLine
from clearlines.lines.states import Role
from clearlines.people import queries as people
from clearlines.people.models import Person

Said = TypeVar("Said", bound=TakenBack)
ONE_DAY = timedelta(days=1)


@action(may=P.KEEP_LINES)
def register(*, by: Viewer, name: str, known: str = "", decided: str = "", new_id: uuid.UUID | None = None) -> Group:
    """A group with the next reference. Where another is called that, a person has `decided` what it means."""
    if group := already(Group.objects.all(), new_id, by=by):
        ledger.record("groups.registered_again", kind=Kind.COLLECTION, by=by, about=[group])
        return group
    others = list(queries.called(by, name))
    refuse_if(rules.reasons_of_name(name=name, known_on=[str(each) for each in others], decided=decided))
    # Held so that two people who register at once get two references.
    Organisation.objects.select_for_update().get(pk=by.organisation_key)
    number = (Group.objects.filter(owner=by.organisation).aggregate(last=Max("number"))["last"] or 0) + 1
    group = Group.objects.create(
        **made_by(by, new_id), number=number, reference=f"G-{number:03}", name=name, known=known,
        already_known=AlreadyKnown.UNRELATED if others else "",
    )  # fmt: skip
    ledger.record("groups.registered", kind=Kind.COLLECTION, by=by, about=[group, *others])
    return group


@action(may=P.KEEP_LINES)
def write_known(*, by: Viewer, group: Group, known: str, seen: int | None = None) -> Group:
    """What is known of the group, in words."""
    group = locked(Group.objects.all(), group, seen=seen)
    group.known = known
    group.version += 1
    group.save()
    ledger.record("groups.known_written", kind=Kind.ALTERATION, by=by, about=[group])
    return group


@action(may=P.KEEP_LINES)
def add_alias(
    *, by: Viewer, group: Group, name: str, source_words: str, from_on: date, until_on: date | None = None,
    grade: str = "", decided: str = "",
) -> GroupAlias:  # fmt: skip
    """Something else the group is called, and who says so."""
    group = locked(Group.objects.all(), group)
    others = list(queries.called(by, name).exclude(pk=group.pk))
    refuse_if([
        *rules.reasons_of_name(name=name, known_on=[str(each) for each in others], decided=decided),
        *rules.reasons_of_days(from_on=from_on, until_on=until_on, today=by.today),
        *rules.reasons_not_to_add_alias(
            source_words=source_words, on_this_group=_is_called(group, name, from_on, until_on)),
    ])  # fmt: skip
    alias = GroupAlias.objects.create(
        **made_by(by), group=group, name=name, source_words=source_words, from_on=from_on, until_on=until_on,
        grade=grade, already_known=AlreadyKnown.UNRELATED if others else "",
    )  # fmt: skip
    ledger.record("groups.alias_added", kind=Kind.COLLECTION, by=by, about=[group, *others])
    return alias


def _is_called(group: Group, name: str, begins: date, ends: date | None) -> bool:
    folded = names.folded(name)
    return folded == group.name_folded or group.aliases.filter(_meets(begins, ends), name_folded=folded).exists()


def _meets(begins: date, ends: date | None) -> Q:
    """Rows that hold on some day from the first to the last."""
    reaches = Q(until_on=None) | Q(until_on__gte=begins)
    return reaches & Q(from_on__lte=ends) if ends else reaches


@action(may=P.KEEP_LINES)
def run_line(
    *, by: Viewer, group: Group, line: Line, from_on: date, grade: str, reason: str
) -> GroupRunsLine:  # fmt: skip
    """From a day this group runs the line, beside any other that does."""
    group = locked(Group.objects.all(), group)
    refuse_if([
        *rules.reasons_of_days(from_on=from_on, until_on=None, today=by.today),
        *rules.reasons_not_to_run_line(
            grade=grade, reason=reason, runs_it_then=group.runs.filter(_meets(from_on, None), line=line).exists()),
    ])  # fmt: skip
    row = GroupRunsLine.objects.create(
        **made_by(by), group=group, line=line, from_on=from_on, grade=grade, reason=reason
    )
    ledger.record("groups.runs_line", kind=Kind.COMBINATION, by=by, about=[group, line])
    return row


@action(may=P.KEEP_LINES)
def end_line(
    *, by: Viewer, row: GroupRunsLine, on: date, because: str, seen: int | None = None, passed_to: Group | None = None,
    grade: str = "",
) -> GroupRunsLine:  # fmt: skip
    """`on` is the last day on which the group ran the line; where it passed to another, that begins the day after."""
    row = locked(GroupRunsLine.objects.select_related("group", "line"), row, seen=seen)
    refuse_if(_reasons_not_to_end(by, row, on, because))
    if passed_to:
        refuse_if(rules.reasons_not_to_pass(same_group=passed_to.pk == row.group_id, on=on, today=by.today))
    _end(row, on, because)
    ledger.record("groups.line_ended", kind=Kind.ALTERATION, by=by, about=[row.group, row.line])
    if passed_to:
        run_line(by=by, group=passed_to, line=row.line, from_on=on + ONE_DAY, grade=grade or row.grade, reason=because)
    return row


def _reasons_not_to_end(by: Viewer, row: GroupRunsLine | GroupPerson, on: date, because: str) -> Sequence[str]:
    return list(
        rules.reasons_not_to_end(on=on, because=because, from_on=row.from_on, until_on=row.until_on, today=by.today)
    )


def _end(row: GroupRunsLine | GroupPerson, on: date, because: str) -> None:
    row.until_on, row.ended_because = on, because
    row.version += 1
    row.save(update_fields=["until_on", "ended_because", "version"])


@action(may=P.KEEP_LINES)
def add_person(
    *, by: Viewer, group: Group, person: Person, as_what: str, from_on: date, grade: str, reason: str
) -> GroupPerson:
    """Somebody known to be an adult directs the group or works for it. Never a child, nor somebody only used by it."""
    group = locked(Group.objects.all(), group)
    records = people.cluster(by, person)
    refuse_if([
        *rules.reasons_of_days(from_on=from_on, until_on=None, today=by.today),
        *rules.reasons_not_to_put_in_group(
            is_child=any(each.is_child_on(from_on) for each in records),
            is_adult=any(_is_adult(each, from_on) for each in records),
            roles=_roles_ever(records), same_owner=person.owner_id == by.organisation_key, grade=grade, reason=reason,
            already=group.people.filter(_meets(from_on, None), person=person, as_what=as_what).exists()),
    ])  # fmt: skip
    row = GroupPerson.objects.create(
        **made_by(by), group=group, person=person, as_what=as_what, from_on=from_on, grade=grade, reason=reason
    )
    ledger.record("groups.person_added", kind=Kind.COLLECTION, by=by, about=[group, person])
    return row


def _is_adult(person: Person, day: date) -> bool:
    return rules.is_known_adult(born_on=person.born_on, precision=person.born_precision, day=day)


def _roles_ever(records: Sequence[Person]) -> frozenset[Role]:
    """Every role that any record of this person ever had, whoever may read it: nobody is put in a group unseen."""
    held = RoleOnLine.objects.filter(person__in=records).values_list("role", flat=True)
    return frozenset(Role(each) for each in held)


@action(may=P.KEEP_LINES)
def end_person(*, by: Viewer, row: GroupPerson, on: date, because: str, seen: int | None = None) -> GroupPerson:
    """They stood in the group until this day."""
    row = locked(GroupPerson.objects.select_related("group", "person"), row, seen=seen)
    refuse_if(_reasons_not_to_end(by, row, on, because))
    _end(row, on, because)
    ledger.record("groups.person_ended", kind=Kind.ALTERATION, by=by, about=[row.group, row.person])
    return row


@action(may=P.KEEP_LINES)
def link(*, by: Viewer, from_group: Group, to_group: Group, kind: str, reason: str, grade: str = "") -> GroupLink:
    """Somebody believes that two groups have to do with each other. Both stay as they are."""
    ends = Q(from_group=from_group, to_group=to_group)
    if kind != GroupLink.Kind.SPLIT_FROM:
        ends |= Q(from_group=to_group, to_group=from_group)
    there = GroupLink.objects.filter(ends, kind=kind, taken_back_at=None).exists()
    refuse_if(rules.reasons_not_to_link(same=from_group == to_group, already=there, reason=reason))
    row = GroupLink.objects.create(
        **made_by(by), from_group=from_group, to_group=to_group, kind=kind, reason=reason, grade=grade
    )
    ledger.record("groups.linked", kind=Kind.COMBINATION, by=by, about=[from_group, to_group])
    return row


@action(may=P.KEEP_LINES)
def take_back_link(*, by: Viewer, row: GroupLink, because: str, seen: int | None = None) -> GroupLink:
    """The belief is no longer held; that it was stays readable."""
    row = _taken_back(by, locked(GroupLink.objects.all(), row, seen=seen), because)
    ledger.record("groups.link_taken_back", kind=Kind.ALTERATION, by=by, about=[row.from_group, row.to_group])
    return row


@action(may=P.KEEP_LINES)
def add_assessment(
    *, by: Viewer, group: Group, imported_from: str = "Typed in", new_id: uuid.UUID | None = None,
    **given: Any,
) -> Assessment:  # fmt: skip
    """A result as another tool gave it. `given`: the fields of rules.Result."""
    if row := already(Assessment.objects.all(), new_id, by=by):
        ledger.record("groups.assessed_again", kind=Kind.COLLECTION, by=by, about=[row.group])
        return row
    result = rules.Result(**given)
    group = locked(Group.objects.all(), group)
    refuse_if(_reasons_not_to_assess(by, group, result))
    row = Assessment.objects.create(
        **made_by(by, new_id), group=group, imported_from=imported_from, **vars(result)
    )  # fmt: skip
    ledger.record("groups.assessed", kind=Kind.COLLECTION, by=by, about=[group])
    return row


def _reasons_not_to_assess(by: Viewer, group: Group, result: rules.Result) -> list[str]:
    there = group.assessments.filter(tool__iexact=result.tool, assessed_on=result.assessed_on, taken_back_at=None)
    return list(rules.reasons_not_to_assess(result, today=by.today, already=there.exists()))


@action(may=P.KEEP_LINES)
def import_assessments(*, by: Viewer, sheet: str) -> list[Assessment]:
    """Every row of a spreadsheet, or none: `sheet` is the file's text. Refused with a sentence for each row."""
    read = results.read(sheet)
    groups = {group.reference.casefold(): group for group in queries.visible(by)}
    wrong = [*read.wrong]
    for row in read.rows:
        group = groups.get(row.group.casefold())
        reasons = _reasons_not_to_assess(by, group, row.result) if group else [f"there is no group {row.group}"]
        wrong += [(row.number, reason) for reason in reasons]
    wrong += [(row.number, f"{row.group} is in this file twice for that tool and day") for row in read.twice]
    refuse_if(f"row {number}: {reason}" if number else reason for number, reason in sorted(wrong))
    return [
        add_assessment(
            by=by, group=groups[row.group.casefold()], imported_from=read.called, **vars(row.result)
        )
        for row in read.rows
    ]  # fmt: skip


@action(may=P.KEEP_LINES)
def take_back_assessment(*, by: Viewer, row: Assessment, because: str, seen: int | None = None) -> Assessment:
    """It was not what the tool said, or not of this group; it stays readable."""
    row = _taken_back(by, locked(Assessment.objects.all(), row, seen=seen), because)
    ledger.record("groups.assessment_taken_back", kind=Kind.ALTERATION, by=by, about=[row.group])
    return row


def _taken_back(by: Viewer, row: Said, because: str) -> Said:
    refuse_if(rules.reasons_not_to_take_back(already=row.taken_back_at is not None, because=because))
    row.taken_back_at, row.taken_back_by, row.taken_back_because = by.now, by.account, because
    row.version += 1
    row.save()
    return row
