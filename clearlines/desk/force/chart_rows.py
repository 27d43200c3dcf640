"""The rows behind a link chart: what this viewer may see of lines, and of what they are linked by, as at two days."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q, QuerySet

from clearlines.access.permissions import Permission as P
from clearlines.access.scope import own, the_one
from clearlines.access.viewer import Viewer
from clearlines.desk.force.chart import Edge, Kind, Network, Node
from clearlines.groups import queries as groups
from clearlines.lines import queries as lines
from clearlines.lines.models import LineIdentifier, RoleOnLine
from clearlines.lines.queries import Register
from clearlines.lines.states import SUSPECTS, VICTIMS, Role
from clearlines.people import queries as people
from clearlines.people.models import Person

NOWHERE = "Not yet on the register that day"
BETWEEN_LINES = {"displacement": "moved on to", "new_brand": "its number is now used by"}


def network(viewer: Viewer, on: date, known: date) -> Network:
    """Refused, in a sentence, for a day that has not come. As many queries whatever there is, hidden or not."""
    register = lines.register(viewer, on, known)
    heard = lines.end_of(known)
    nodes: dict[str, Node] = {}
    edges: list[Edge] = []
    for found in (
        _lines(register),
        _merged(viewer, on, known),
        _identifiers(viewer, on, known),
        _groups(viewer, on, heard),
        _people(viewer, on, known),
    ):
        for each in found:
            if isinstance(each, Node):
                nodes[each.key] = each
            else:
                edges.append(each)
    return Network(nodes, [*edges, *_same(viewer, heard, nodes)])


def _lines(register: Register) -> Iterator[Node | Edge]:
    """Each line as it stood, where it sold that day, where it comes from, and what a person linked it with."""
    for row in register.rows:
        if row.standing is None:
            continue
        key = f"line:{row.line.pk}"
        yield Node(key, Kind.LINE, str(row.line), row.standing.status.label, row.shape, row.line)
        if row.line.exporter_area:
            yield named(Kind.AREA, row.line.exporter_area)
            yield Edge(key, f"area:{row.line.exporter_area}", "comes from", Kind.AREA)
        for market in register.markets_of(row, register.on):
            yield named(Kind.TOWN, market.town)
            words = f"sells in ({market.area})" if market.area else "sells in"
            until = lines.known_until(market.until_on, market.ended_at, register.known)
            yield Edge(key, f"town:{market.town}", words, Kind.TOWN, market.from_on, until)
    for link in register.links:
        ends = f"line:{link.from_line_id}", f"line:{link.to_line_id}"
        yield Edge(*ends, BETWEEN_LINES[link.kind], Kind.LINE, link.seen_on, grade=link.grade)


def named(kind: Kind, name: str) -> Node:
    """A place that is only a name on a line."""
    return Node(f"{kind.value}:{name}", kind, name, "Town" if kind == Kind.TOWN else "Where a line comes from")


def _merged(viewer: Viewer, on: date, known: date) -> Iterator[Edge]:
    for row in lines.standing_on(viewer, on, known):
        if row.merged_into_id:
            ends = f"line:{row.line_id}", f"line:{row.merged_into_id}"
            yield Edge(*ends, "is the same line as", Kind.LINE, row.valid_from)


def _identifiers(viewer: Viewer, on: date, known: date) -> Iterator[Node | Edge]:
    """What a line was reached on that day; two lines that share it meet there."""
    for each in lines.holding(identifiers(viewer), on, known, begins="valid_from", ends="valid_until"):
        node = numbered(each)
        yield node
        yield Edge(
            f"line:{each.line_id}", node.key, "is reached on", Kind.NUMBER,
            each.valid_from, lines.known_until(each.valid_until, each.ended_at, known), each.grade,
        )  # fmt: skip


def identifiers(viewer: Viewer) -> QuerySet[LineIdentifier]:
    rows = LineIdentifier.objects.filter(line__marking__in=viewer.markings).order_by("valid_from", "pk")
    return own(viewer, rows, needs=P.SEE_LINES)


def numbered(row: LineIdentifier) -> Node:
    return Node(f"number:{row.kind}:{row.value}", Kind.NUMBER, row.shown, row.get_kind_display(), row=row)


def _groups(viewer: Viewer, on: date, heard: datetime) -> Iterator[Node | Edge]:
    """Groups with the lines they ran that day, and what was then believed of two of them."""
    for each in groups.visible(viewer).defer("known").filter(created_at__lt=heard):
        yield Node(f"group:{each.pk}", Kind.GROUP, str(each), "Group", row=each)
    for run in groups.running(viewer, on).defer("group__known").filter(created_at__lt=heard):
        ends = f"group:{run.group_id}", f"line:{run.line_id}"
        yield Edge(*ends, "runs", Kind.GROUP, run.from_on, run.until_on, run.grade)
    believed = Q(taken_back_at=None) | Q(taken_back_at__gte=heard)
    for link in (
        groups.links(viewer).defer("from_group__known", "to_group__known").filter(believed, created_at__lt=heard)
    ):
        ends = f"group:{link.from_group_id}", f"group:{link.to_group_id}"
        yield Edge(*ends, link.get_kind_display().lower(), Kind.GROUP, grade=link.grade)


@dataclass
class Parts:
    """Everything that somebody was by the day: on lines, in whatever part, and in groups."""

    person: Person
    roles: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


def _people(viewer: Viewer, on: date, known: date) -> Iterator[Node | Edge]:
    """Whoever stood on a line that day. Once exploited is exploited here, though that part of it has ended since."""
    heard = lines.end_of(known)
    rows = RoleOnLine.objects.filter(
        line__marking__in=viewer.markings, person__marking__in=viewer.markings, from_on__lte=on, created_at__lt=heard
    )
    found: dict[uuid.UUID, Parts] = {}
    for role in own(viewer, rows.select_related("person").order_by("from_on", "pk"), needs=P.SEE_LINES):
        parts = found.setdefault(role.person_id, Parts(role.person))
        parts.roles.append(role.role)
        parts.words.insert(0 if role.is_victim else len(parts.words), role.get_role_display())
        until = lines.known_until(role.until_on, role.ended_at, known)
        if until is None or on <= until:
            yield Edge(
                f"person:{role.person_id}", f"line:{role.line_id}", role.get_role_display(), kind_of([role.role]),
                role.from_on, until, role.grade,
            )  # fmt: skip
    for member in groups.people_of(viewer, on).defer("reason", "group__known").filter(created_at__lt=heard):
        parts = found.setdefault(member.person_id, Parts(member.person))
        parts.roles.append(Role.SENIOR)
        parts.words.append(f"{member.get_as_what_display().removesuffix(' it')} a group")
        yield Edge(
            f"person:{member.person_id}", f"group:{member.group_id}", member.get_as_what_display().lower(),
            Kind.SUSPECTED, member.from_on, member.until_on, member.grade,
        )  # fmt: skip
    yield from (somebody(parts) for parts in found.values())


def kind_of(roles: Iterable[str]) -> Kind:
    """A victim who also holds a line is a victim first; the other part is in words beside it."""
    if set(roles) & VICTIMS:
        return Kind.EXPLOITED
    return Kind.SUSPECTED if set(roles) & SUSPECTS else Kind.NEITHER


def somebody(parts: Parts) -> Node:
    kind = kind_of(parts.roles)
    said = dict.fromkeys(f"{each[:1].lower()}{each[1:]}" for each in parts.words)
    words = "; ".join(said) or "on no line that day"
    if kind == Kind.EXPLOITED and "exploited" not in words.lower():
        words = f"exploited: {words}"
    return Node(f"person:{parts.person.pk}", kind, parts.person.name, words[:1].upper() + words[1:], row=parts.person)


def _same(viewer: Viewer, heard: datetime, nodes: dict[str, Node]) -> Iterator[Edge]:
    """Two records that are said to be one person: listed with the exploited if either of them is."""
    for each in people.said_to_be_same(viewer).filter(created_at__lt=heard).order_by("created_at", "pk"):
        ends = f"person:{each.one_id}", f"person:{each.other_id}"
        if all(end in nodes for end in ends):
            kind = min((nodes[end].kind for end in ends), key=list(Kind).index)
            yield Edge(*ends, "is said to be the same as", kind)


def line_in_the_middle(viewer: Viewer, network: Network, key: uuid.UUID) -> Node:
    """The line, though nothing was known of it that day; a page that says it is not there, if it may not be seen."""
    row = lines.line(viewer, key)
    return network.nodes.get(f"line:{key}") or Node(f"line:{key}", Kind.LINE, str(row), NOWHERE, row=row)


def person_in_the_middle(viewer: Viewer, network: Network, key: uuid.UUID) -> Node:
    return network.nodes.get(f"person:{key}") or somebody(Parts(people.person(viewer, key)))


def group_in_the_middle(viewer: Viewer, network: Network, key: uuid.UUID) -> Node:
    row = groups.one(viewer, key)
    return network.nodes.get(f"group:{key}") or Node(f"group:{key}", Kind.GROUP, str(row), NOWHERE, row=row)


def number_in_the_middle(viewer: Viewer, network: Network, key: uuid.UUID) -> Node:
    return numbered(the_one(identifiers(viewer), key))
