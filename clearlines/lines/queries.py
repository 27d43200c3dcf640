"""Which lines there are, what each was on any day, as known then and as known now."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import refuse_if
from clearlines.access.scope import own, the_one
from clearlines.access.viewer import Viewer
from clearlines.lines import history, identifiers, rules, states
from clearlines.lines.models import ElementTest, Line, LineIdentifier, LineLink, LineMarket, LineStatus, RoleOnLine
from clearlines.lines.register import SHAPES, Register, put_together


def visible(viewer: Viewer) -> QuerySet[Line]:
    return own(viewer, Line.objects.order_by("number"), needs=P.SEE_LINES)


def line(viewer: Viewer, key: uuid.UUID) -> Line:
    return the_one(visible(viewer), key)


def whole(viewer: Viewer, key: uuid.UUID) -> Line:
    """One line with everything its page shows; victims stand before the others."""
    parts = [
        Prefetch("identifiers", own(viewer, LineIdentifier.objects.order_by("valid_from", "pk"), needs=P.SEE_LINES)),
        Prefetch("markets", own(viewer, LineMarket.objects.order_by("from_on", "town"), needs=P.SEE_LINES)),
        Prefetch("statuses", statuses(viewer)),
        Prefetch("elements", own(viewer, ElementTest.objects.order_by("-created_at", "-pk"), needs=P.SEE_LINES)),
        Prefetch("links_on", own(viewer, LineLink.objects.select_related("to_line"), needs=P.SEE_LINES)),
        Prefetch("links_from", own(viewer, LineLink.objects.select_related("from_line"), needs=P.SEE_LINES)),
    ]
    return the_one(visible(viewer).select_related("qualifies_by").prefetch_related(*parts), key)


def statuses(viewer: Viewer) -> QuerySet[LineStatus]:
    """Every row of every history one may see, corrected ones too."""
    rows = LineStatus.objects.filter(line__marking__in=viewer.markings).order_by("valid_from", "known_at", "sequence")
    return own(viewer, rows.select_related("created_by", "merged_into", "corrects", "corrected_by"), needs=P.SEE_LINES)


def status_row(viewer: Viewer, line: Line, key: uuid.UUID) -> LineStatus:
    return the_one(statuses(viewer).filter(line=line), key)


def people_on(viewer: Viewer, line: Line) -> QuerySet[RoleOnLine]:
    rows = RoleOnLine.objects.filter(line=line, person__marking__in=viewer.markings)
    return own(viewer, rows.select_related("person").order_by("from_on", "pk"), needs=P.SEE_LINES)


def standing_on(viewer: Viewer, on: date, known: date | None = None) -> QuerySet[LineStatus]:
    """The one row of each line that says what it was on a day, as known on a day: one query, whatever the size."""
    heard = statuses(viewer).filter(valid_from__lte=on)
    replaced = LineStatus.objects.filter(corrects=OuterRef("pk"))
    if known is not None:
        moment = history.end_of(known)
        heard, replaced = heard.filter(known_at__lt=moment), replaced.filter(known_at__lt=moment)
    newest = Window(
        RowNumber(),
        partition_by="line",
        order_by=[F("valid_from").desc(), F("known_at").desc(), F("sequence").desc()],
    )
    rows = heard.filter(~Exists(replaced)).annotate(place=newest).filter(place=1)
    return rows.select_related("line").order_by("line__number")


def steps(viewer: Viewer) -> dict[uuid.UUID, list[history.Step]]:
    """Every row of every history as a step, by line. One query."""
    found: dict[uuid.UUID, list[history.Step]] = defaultdict(list)
    rows = own(
        viewer, LineStatus.objects.filter(line__marking__in=viewer.markings).order_by("line__number"), needs=P.SEE_LINES
    )
    for key, line, status, on, known_at, sequence, corrects in rows.values_list(
        "pk", "line", "status", "valid_from", "known_at", "sequence", "corrects"
    ):
        found[line].append(history.Step(states.Status(status), on, known_at, sequence, key, corrects))
    return found


def histories(viewer: Viewer, known: date | None = None) -> dict[uuid.UUID, list[history.Span]]:
    """The statuses of every line one after another, as known on a day; a line not yet known is absent."""
    found = {line: history.spans(each, known) for line, each in steps(viewer).items()}
    return {line: spans for line, spans in found.items() if spans}


@dataclass(frozen=True)
class Standing:
    """How things stood on a day, as known on a day."""

    on: date
    active: int
    dormant: int
    disrupted: int
    ever_known: int
    rows: list[LineStatus]


def status_on(viewer: Viewer, on: date, known: date | None = None) -> Standing:
    refuse_if(rules.reasons_not_to_summarise(first=on, last=on, today=viewer.today))
    rows = list(standing_on(viewer, on, known))
    ever = sum(history.is_known(spans, on) for spans in histories(viewer, known).values())
    said = [row.status for row in rows]
    return Standing(
        on,
        said.count(states.Status.ACTIVE), said.count(states.Status.DORMANT), said.count(states.Status.DISRUPTED),
        ever, rows,
    )  # fmt: skip


def summary(viewer: Viewer, first: date, last: date, known: date | None = None) -> history.Summary:
    """The programme's headline figures for a period, from the rows."""
    refuse_if(rules.reasons_not_to_summarise(first=first, last=last, today=viewer.today))
    return history.summary(histories(viewer, known).values(), first, last)


def active_counts(viewer: Viewer, first: date, last: date, known: date | None = None) -> list[history.Count]:
    """The step chart: how many were active, as runs of days from first to last."""
    return history.active_counts(histories(viewer, known).values(), first, last)


def register(viewer: Viewer, on: date, known: date) -> Register:
    """The whole register as it was on a day, as known on a day, and what is known differently now."""
    refuse_if(rules.reasons_not_to_summarise(first=min(on, known), last=max(on, known), today=viewer.today))
    markets = own(viewer, LineMarket.objects.order_by("from_on", "town"), needs=P.SEE_LINES)
    lines = visible(viewer).prefetch_related(Prefetch("markets", markets))
    return put_together(lines, steps(viewer), list(links(viewer)), on=on, known=known, today=viewer.today)


def links(viewer: Viewer) -> QuerySet[LineLink]:
    rows = LineLink.objects.filter(
        from_line__marking__in=viewer.markings, to_line__marking__in=viewer.markings
    ).select_related("from_line", "to_line")
    return own(viewer, rows.order_by("seen_on", "pk"), needs=P.SEE_LINES)


def matching(viewer: Viewer, words: str) -> QuerySet[Line]:
    """Lines by reference, brand, or any identifier they ever had, in any spelling."""
    rows = LineIdentifier.objects.filter(value__in=identifiers.any_of(words))
    held = own(viewer, rows, needs=P.SEE_LINES)
    return visible(viewer).filter(
        Q(reference__iexact=words.strip()) | Q(brand__icontains=words.strip()) | Q(pk__in=held.values("line"))
    )


def lines_with(viewer: Viewer, kind: str, said: str) -> QuerySet[Line]:
    """Every line that has, or ever had, this identifier."""
    value = identifiers.kept_as(kind, said)
    held = own(viewer, LineIdentifier.objects.filter(kind=kind, value=value), needs=P.SEE_LINES)
    return visible(viewer).filter(pk__in=held.values("line")) if value else visible(viewer).none()


def identifier(viewer: Viewer, line: Line, key: uuid.UUID) -> LineIdentifier:
    return the_one(own(viewer, LineIdentifier.objects.filter(line=line), needs=P.SEE_LINES), key)


def status_of(viewer: Viewer, line: Line) -> states.Status | None:
    """What the line is today."""
    row = standing_on(viewer, viewer.today).filter(line=line).first()
    return states.Status(row.status) if row else None


@dataclass(frozen=True)
class File:
    """A line with everything its page shows."""

    line: Line
    standing: history.Span | None
    history: list[LineStatus]
    elements: list[tuple[str, str, ElementTest | None]]
    victims: list[RoleOnLine]
    others: list[RoleOnLine]

    @property
    def shape(self) -> str:
        return SHAPES.get(self.standing.status, "plain") if self.standing else "plain"

    @property
    def linked(self) -> list[Line]:
        """The other lines that this one is linked with."""
        on, back = self.line.links_on.all(), self.line.links_from.all()
        return [*(link.to_line for link in on), *(link.from_line for link in back)]


def file_of(viewer: Viewer, key: uuid.UUID) -> File:
    line = whole(viewer, key)
    rows = list(line.statuses.all())
    found: dict[str, ElementTest] = {}
    for test in line.elements.all():
        found.setdefault(test.element, test)
    spans = history.spans([row.step for row in rows])
    roles = list(people_on(viewer, line))
    return File(
        line,
        next((span for span in spans if span.holds_on(viewer.today)), None),
        sorted(rows, key=lambda row: (row.known_at, row.sequence), reverse=True),
        [(value, label, found.get(value)) for value, label in ElementTest.Element.choices],
        [role for role in roles if role.is_victim],
        [role for role in roles if not role.is_victim],
    )
