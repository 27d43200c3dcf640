"""Which groups there are, what each was called, which lines it ran and who directed it, on any day."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from clearlines.access.permissions import Permission as P
from clearlines.access.scope import own, the_one
from clearlines.access.viewer import Viewer
from clearlines.groups import names
from clearlines.groups.models import Assessment, Group, GroupAlias, GroupLink, GroupPerson, GroupRunsLine
from clearlines.lines import queries as lines
from clearlines.lines.models import Line, LineStatus
from clearlines.web.due import Due

# A review is told this long before it is due.
AHEAD = timedelta(days=28)


def visible(viewer: Viewer) -> QuerySet[Group]:
    return own(viewer, Group.objects.order_by("number"), needs=P.SEE_LINES)


def one(viewer: Viewer, key: uuid.UUID) -> Group:
    return the_one(visible(viewer), key)


def holds_on(on: date) -> Q:
    """Rows with a first and perhaps a last day that hold on a day."""
    return Q(from_on__lte=on) & (Q(until_on=None) | Q(until_on__gte=on))


def aliases(viewer: Viewer) -> QuerySet[GroupAlias]:
    rows = GroupAlias.objects.filter(group__marking__in=viewer.markings).order_by("from_on", "name", "pk")
    return own(viewer, rows.select_related("created_by"), needs=P.SEE_LINES)


def runs(viewer: Viewer) -> QuerySet[GroupRunsLine]:
    """Every row that says which group ran which line, ended ones too."""
    rows = GroupRunsLine.objects.filter(group__marking__in=viewer.markings, line__marking__in=viewer.markings)
    ordered = rows.order_by("line__number", "from_on", "group__number", "pk")
    return own(viewer, ordered.select_related("group", "line"), needs=P.SEE_LINES)


def running(viewer: Viewer, on: date) -> QuerySet[GroupRunsLine]:
    """Which group ran which line on a day, each with its line and group."""
    return runs(viewer).filter(holds_on(on))


def of_line(viewer: Viewer, line: Line, on: date | None = None) -> QuerySet[GroupRunsLine]:
    """The groups that ever ran a line, in order; or those that ran it on a day."""
    rows = runs(viewer).filter(line=line).order_by("from_on", "group__number", "pk")
    return rows.filter(holds_on(on)) if on else rows


def run(viewer: Viewer, group: Group, key: uuid.UUID) -> GroupRunsLine:
    return the_one(runs(viewer).filter(group=group), key)


def people(viewer: Viewer) -> QuerySet[GroupPerson]:
    rows = GroupPerson.objects.filter(group__marking__in=viewer.markings, person__marking__in=viewer.markings)
    ordered = rows.order_by("as_what", "from_on", "pk")
    return own(viewer, ordered.select_related("group", "person"), needs=P.SEE_LINES)


def people_of(viewer: Viewer, on: date) -> QuerySet[GroupPerson]:
    """Who directed a group, or worked for one, on a day, each with person and group."""
    return people(viewer).filter(holds_on(on))


def member(viewer: Viewer, group: Group, key: uuid.UUID) -> GroupPerson:
    return the_one(people(viewer).filter(group=group), key)


def links(viewer: Viewer) -> QuerySet[GroupLink]:
    """What is believed of two groups; what was taken back too."""
    rows = GroupLink.objects.filter(from_group__marking__in=viewer.markings, to_group__marking__in=viewer.markings)
    ordered = rows.order_by("created_at", "pk")
    return own(
        viewer, ordered.select_related("from_group", "to_group", "created_by", "taken_back_by"), needs=P.SEE_LINES
    )


def link(viewer: Viewer, group: Group, key: uuid.UUID) -> GroupLink:
    return the_one(links(viewer).filter(Q(from_group=group) | Q(to_group=group)), key)


def assessments(viewer: Viewer) -> QuerySet[Assessment]:
    """Newest first; never by what a tool said."""
    rows = Assessment.objects.filter(group__marking__in=viewer.markings).select_related("group", "taken_back_by")
    return own(viewer, rows.order_by("-assessed_on", "tool", "pk"), needs=P.SEE_LINES)


def assessment(viewer: Viewer, group: Group, key: uuid.UUID) -> Assessment:
    return the_one(assessments(viewer).filter(group=group), key)


def matching(viewer: Viewer, words: str) -> QuerySet[Group]:
    """Groups by reference, name, or anything they were ever called."""
    folded = names.folded(words)
    called = own(viewer, GroupAlias.objects.filter(name_folded__contains=folded), needs=P.SEE_LINES)
    return visible(viewer).filter(
        Q(reference__iexact=words.strip()) | Q(name_folded__contains=folded) | Q(pk__in=called.values("group"))
    )


def called(viewer: Viewer, name: str) -> QuerySet[Group]:
    """Groups that are, or ever were, called exactly this."""
    folded = names.folded(name)
    if not folded:
        return visible(viewer).none()
    held = own(viewer, GroupAlias.objects.filter(name_folded=folded), needs=P.SEE_LINES)
    return visible(viewer).filter(Q(name_folded=folded) | Q(pk__in=held.values("group")))


@dataclass(frozen=True)
class Ran:
    """A line that a group ran, and what that line is on the day looked at."""

    row: GroupRunsLine
    standing: LineStatus | None


@dataclass(frozen=True)
class Listed:
    group: Group
    lines: list[Ran]

    @property
    def aliases(self) -> list[GroupAlias]:
        return list(self.group.aliases.all())


def listed(viewer: Viewer, groups: Iterable[Group] | QuerySet[Group]) -> list[Listed]:
    """Groups with what else they are called and the lines they run today."""
    found = visible(viewer).filter(pk__in=[each.pk for each in groups])
    ran = _ran(viewer, running(viewer, viewer.today), viewer.today)
    return [
        Listed(group, [each for each in ran if each.row.group_id == group.pk])
        for group in found.prefetch_related(Prefetch("aliases", aliases(viewer)))
    ]


def _ran(viewer: Viewer, rows: Iterable[GroupRunsLine], on: date) -> list[Ran]:
    standing = {row.line_id: row for row in lines.standing_on(viewer, on)}
    return [Ran(row, standing.get(row.line_id)) for row in rows]


@dataclass(frozen=True)
class File:
    """A group with everything its page shows, as it was on a day."""

    group: Group
    on: date
    aliases: list[GroupAlias]
    lines: list[Ran]
    ended: list[Ran]
    people: list[GroupPerson]
    were: list[GroupPerson]
    assessments: list[Assessment]
    links: list[GroupLink]
    due: list[Due]

    @property
    def linked(self) -> list[Group]:
        """The other groups that this one is linked with."""
        return [link.to_group if link.from_group_id == self.group.pk else link.from_group for link in self.links]


def file_of(viewer: Viewer, key: uuid.UUID, on: date | None = None) -> File:
    """What held on a day, and beside it what had ended by then. Nothing that began later."""
    on = on or viewer.today
    group = one(viewer, key)
    ran = _ran(viewer, runs(viewer).filter(group=group, from_on__lte=on), on)
    somebody = list(people(viewer).filter(group=group, from_on__lte=on))
    return File(
        group, on,
        list(aliases(viewer).filter(group=group, from_on__lte=on)),
        [each for each in ran if _holds(each.row, on)], [each for each in ran if not _holds(each.row, on)],
        [each for each in somebody if _holds(each, on)], [each for each in somebody if not _holds(each, on)],
        list(assessments(viewer).filter(group=group, assessed_on__lte=on)),
        list(links(viewer).filter(Q(from_group=group) | Q(to_group=group))),
        _due_of(_newest(assessments(viewer).filter(group=group, taken_back_at=None)), viewer.today),
    )  # fmt: skip


def _holds(row: GroupRunsLine | GroupPerson, on: date) -> bool:
    return row.until_on is None or row.until_on >= on


def due(viewer: Viewer, now: datetime) -> list[Due]:
    """Assessments to be looked at again within four weeks, by whoever keeps the register; soonest first."""
    if not viewer.may(P.KEEP_LINES):
        return []
    return _due_of(_newest(assessments(viewer).filter(taken_back_at=None)), timezone.localtime(now).date())


def _newest(rows: Iterable[Assessment]) -> list[Assessment]:
    """Of each group and tool the newest result: an older one's review is over."""
    found: dict[tuple[uuid.UUID, str], Assessment] = {}
    for row in rows:
        found.setdefault((row.group_id, row.tool.casefold()), row)
    return list(found.values())


def _due_of(rows: Iterable[Assessment], today: date) -> list[Due]:
    found = [
        Due(
            row.next_review_on, f"Ask for a new {row.tool} result for {row.group}",
            reverse("groups-group", args=[row.group_id]), "Group", (row.group,),
        )
        for row in rows
        if row.next_review_on and row.next_review_on <= today + AHEAD
    ]  # fmt: skip
    return sorted(found, key=lambda each: (each.when, each.words))
