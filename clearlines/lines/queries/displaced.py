"""Closures after which the same people, brand, number or handset turned up elsewhere: a person is asked."""

import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Min, Q
from django.db.models.functions import Lower

from clearlines.access.permissions import Permission as P
from clearlines.access.scope import own
from clearlines.access.viewer import Viewer
from clearlines.lines import displaced
from clearlines.lines.displaced import Mark, Trace
from clearlines.lines.models import Line, LineLink, LineStatus, NotDisplaced
from clearlines.lines.protocol import protocol
from clearlines.lines.queries.register import held_identifiers, roles, visible
from clearlines.lines.queries.standing import standing_on
from clearlines.lines.states import CLOSED, Identifier, Role, Status
from clearlines.people import queries as people

ENDED = [*CLOSED, Status.DISRUPTED, Status.CLOSED_T1_PROPOSED]
KIND_OF = {
    Identifier.NUMBER: displaced.NUMBER, Identifier.IMEI: displaced.DEVICE, Identifier.ICCID: displaced.DEVICE,
    Identifier.HANDLE: displaced.NAME,
}  # fmt: skip
# A closure older than this was looked at long ago, or nobody will.
LOOK_BACK = timedelta(days=365)


@dataclass(frozen=True)
class Possible:
    """Two lines that a person should look at, and what they share."""

    from_line: Line
    to_line: Line
    closed_on: date
    seen_on: date
    shared: str


def possible_displacements(viewer: Viewer, line: Line | None = None) -> list[Possible]:
    """Of the last year, the newest closure first; with a line, those it is one end of. Answered ones are left out.

    A fixed number of queries, however many lines have ended.
    """
    ended = standing_on(viewer, viewer.today).filter(status__in=ENDED, valid_from__gte=viewer.today - LOOK_BACK)
    rows = list(ended.order_by("-valid_from", "line__number"))
    if line is not None and line.pk not in {row.line_id for row in rows}:
        alike = {each.pk for each in _sharing(viewer, _marks(viewer, [line])[line.pk])}
        rows = [row for row in rows if row.line_id in alike]
    found = list(_after(viewer, rows))
    return [each for each in found if line is None or line in (each.from_line, each.to_line)]


def _after(viewer: Viewer, ended: list[LineStatus]) -> Iterator[Possible]:
    marks = _marks(viewer, [row.line for row in ended])
    others = {line.pk: line for line in _sharing(viewer, set().union(*marks.values()))}
    marks |= _marks(viewer, [line for key, line in others.items() if key not in marks])
    traces = {key: Trace(key, frozenset(marks[key])) for key in marks}
    looked_at, within = _looked_at(viewer, [row.line for row in ended]), protocol().displaced_within_days
    for row in ended:
        among = [traces[key] for key in others]
        for each in displaced.prompts(
            traces[row.line_id], row.valid_from, among, within=within, looked_at=looked_at[row.line_id]
        ):
            other = others[each.other]  # type: ignore[index]
            yield Possible(row.line, other, row.valid_from, each.seen_on, each.in_words)


def _sharing(viewer: Viewer, marks: set[Mark]) -> list[Line]:
    """Every line with any of these marks: found by index, so that a large register costs nothing."""
    of_kind: dict[str, set[Any]] = defaultdict(set)
    for mark in marks:
        of_kind[mark.kind].add(mark.value)
    values = of_kind[displaced.NUMBER] | of_kind[displaced.DEVICE] | of_kind[displaced.NAME]
    numbers = held_identifiers(viewer).filter(value__in=values).order_by().values("line")
    holders = roles(viewer).filter(role=Role.HOLDER, person__in=of_kind[displaced.HOLDER]).order_by().values("line")
    lines = visible(viewer).annotate(brand_in_lower_case=Lower("brand"))
    same = Q(pk__in=numbers) | Q(pk__in=holders) | Q(brand_in_lower_case__in=of_kind[displaced.BRAND])
    return list(lines.filter(same))


def _marks(viewer: Viewer, lines: list[Line]) -> dict[uuid.UUID, set[Mark]]:
    """What each line is known by. A holder stands for every record believed to be theirs."""
    found: dict[uuid.UUID, set[Mark]] = {line.pk: set() for line in lines}
    for each in held_identifiers(viewer).filter(line__in=lines):
        found[each.line_id].add(Mark(KIND_OF[Identifier(each.kind)], each.value, each.valid_from))
    held = list(roles(viewer).filter(line__in=lines, role=Role.HOLDER))
    same = people.clusters(viewer, {role.person_id for role in held})
    for role in held:
        found[role.line_id] |= {Mark(displaced.HOLDER, key, role.from_on) for key in same[role.person_id]}
    began = own(viewer, LineStatus.objects.filter(line__in=lines), needs=P.SEE_LINES)
    first = dict(began.order_by().values("line").annotate(first=Min("valid_from")).values_list("line", "first"))
    for line in lines:
        found[line.pk].add(Mark(displaced.BRAND, line.brand.strip().lower(), first[line.pk]))
    return found


def _looked_at(viewer: Viewer, lines: list[Line]) -> dict[uuid.UUID, set[object]]:
    """For each line, those about which somebody has said already what they have to do with it."""
    linked = own(viewer, LineLink.objects.filter(Q(from_line__in=lines) | Q(to_line__in=lines)), needs=P.SEE_LINES)
    said = own(viewer, NotDisplaced.objects.filter(from_line__in=lines), needs=P.SEE_LINES)
    found: dict[uuid.UUID, set[object]] = defaultdict(set)
    for one, other in [*linked.values_list("from_line", "to_line"), *said.values_list("from_line", "to_line")]:
        found[one].add(other)
        found[other].add(one)
    return found
