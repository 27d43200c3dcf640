"""What the register puts to a person: checks of closures, quiet lines, displacements, roles to put right."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.urls import reverse

from clearlines.access.permissions import Permission as P
from clearlines.access.scope import own
from clearlines.access.viewer import Viewer
from clearlines.lines import checking
from clearlines.lines.checking import Check
from clearlines.lines.models import CheckBack, Line, LineIdentifier, LineStatus, RoleOnLine, Sighting
from clearlines.lines.protocol import protocol
from clearlines.lines.queries.displaced import possible_displacements
from clearlines.lines.queries.register import roles
from clearlines.lines.queries.standing import standing_on
from clearlines.lines.states import CLOSED, SUSPECTS, Category, Found, Status
from clearlines.safeguarding import queries as safeguarding
from clearlines.web.due import Due

# A check is put to somebody a week before it is due, so that it can be planned.
AHEAD = timedelta(days=7)


def checks_of(viewer: Viewer, line: Line) -> QuerySet[CheckBack]:
    """Every check of a line that was answered, the newest first."""
    rows = CheckBack.objects.filter(line=line).select_related("created_by", "closure").order_by("-on", "-created_at")
    return own(viewer, rows, needs=P.SEE_LINES)


def checks_due_of(viewer: Viewer, closing: LineStatus) -> list[Check]:
    """The checks of one closure that nobody has answered, whenever they are due."""
    return checks_due(viewer, [closing])[closing.pk]


def checks_due(viewer: Viewer, closings: list[LineStatus]) -> dict[Any, list[Check]]:
    """The same for many closures, by the key of the entry. One query."""
    first = {row.pk: _first_key(row) for row in closings}
    answers = own(viewer, CheckBack.objects.filter(closure__in=first.values()), needs=P.SEE_LINES)
    done: dict[Any, set[int]] = defaultdict(set)
    for closure, days in answers.exclude(found=Found.COULD_NOT_TELL).values_list("closure", "days"):
        done[closure].add(days)
    schedule = protocol().check_back_days
    return {row.pk: list(checking.unanswered(row.valid_from, schedule, done[first[row.pk]])) for row in closings}


def _first_key(closing: LineStatus) -> Any:
    while closing.corrects is not None and closing.corrects.status in CLOSED:
        closing = closing.corrects
    return closing.pk


def closures_standing(viewer: Viewer) -> QuerySet[LineStatus]:
    """The entries by which lines stand closed today, as far as any check of them is still to be answered."""
    schedule = protocol().check_back_days
    rows = standing_on(viewer, viewer.today).filter(status__in=CLOSED)
    answered = own(viewer, CheckBack.objects.filter(line=OuterRef("line"), days=schedule[-1]), needs=P.SEE_LINES)
    answered = answered.filter(on__gte=OuterRef("valid_from")).exclude(found=Found.COULD_NOT_TELL)
    return rows.filter(Q(valid_from__gte=viewer.today - timedelta(days=schedule[-1])) | ~Exists(answered))


def quiet(viewer: Viewer, heard: Mapping[Any, date] | None = None) -> list[tuple[Line, date]]:
    """Active lines that nobody has seen selling for so many days, with the last day anything was seen.

    `heard` holds what the rooms above know: the last day on which a report told of a line.
    """
    active = {row.line_id: row for row in standing_on(viewer, viewer.today).filter(status=Status.ACTIVE)}
    last = {key: max(row.valid_from, (heard or {}).get(key, row.valid_from)) for key, row in active.items()}
    for rows, day in ((Sighting, "seen_on"), (LineIdentifier, "valid_from"), (RoleOnLine, "from_on")):
        for key, seen in _newest(viewer, rows, day, list(active)):
            last[key] = max(last[key], seen)
    after = protocol().quiet_days
    gone = [key for key, seen in last.items() if checking.has_gone_quiet(seen, today=viewer.today, after=after)]
    return [(active[key].line, last[key]) for key in gone]


def _newest(viewer: Viewer, model: Any, day: str, keys: list[Any]) -> Iterator[tuple[Any, date]]:
    rows = own(viewer, model.objects.filter(line__in=keys), needs=P.SEE_LINES)
    yield from rows.order_by().values("line").annotate(last=Max(day)).values_list("line", "last")


def to_recognise(viewer: Viewer) -> list[RoleOnLine]:
    """People with a positive national decision who still stand on a line as suspected, with nothing beside it."""
    suspected = Q(role__in=SUSPECTS) | Q(category__in=(Category.SUSPECT, Category.CONVICTED))
    found = roles(viewer).filter(suspected, until_on=None, note="", person__in=safeguarding.positive(viewer))
    return list(found.select_related("line"))


def due(viewer: Viewer, now: datetime, heard: Mapping[Any, date] | None = None) -> Iterator[Due]:
    """For whoever keeps the register. Of checks, those of closures one recorded; whoever leads the team sees all."""
    if not viewer.may(P.KEEP_LINES):
        return
    yield from _checks(viewer)
    for line, seen in quiet(viewer, heard):
        when = seen + timedelta(days=protocol().quiet_days)
        words = f"{line}: nothing seen since {seen.day} {seen:%B}. Is it dormant?"
        yield Due(when, words, reverse("lines-move", args=[line.pk]), "Quiet", (line,))
    for each in possible_displacements(viewer):
        words = f"{each.from_line} closed; {each.to_line}: {each.shared}. Did it move on?"
        address = reverse("lines-displaced", args=[each.from_line.pk, each.to_line.pk])
        yield Due(each.seen_on, words, address, "Displacement", (each.from_line, each.to_line))
    for role in to_recognise(viewer):
        words = f"{role.person} is recognised as a victim and still stands on {role.line} as somebody suspected"
        yield Due(
            viewer.today, words, reverse("lines-recognise", args=[role.person_id]), "Victim", (role.line, role.person)
        )


def _checks(viewer: Viewer) -> Iterator[Due]:
    leads = viewer.may(P.LOOK_AFTER_STAFF)
    mine = [row for row in closures_standing(viewer) if leads or row.created_by_id == viewer.themselves.pk]
    left = checks_due(viewer, mine)
    for row in mine:
        for check in left[row.pk]:
            if check.due_on <= viewer.today + AHEAD:
                words = f"{row.line}: is it still out of use? The {check.days}-day check"
                address = reverse("lines-check", args=[row.line_id, row.pk, check.days])
                yield Due(check.due_on, words, address, "Check", (row.line,))
