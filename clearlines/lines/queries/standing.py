"""What each line was on any day, as known then and as known now; how many were active; what was learned between."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, Min, OuterRef, QuerySet, Subquery

from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import refuse_if
from clearlines.access.scope import own, the_one
from clearlines.access.viewer import Viewer
from clearlines.lines import history, rules, states
from clearlines.lines.models import Line, LineMarket, LineStatus
from clearlines.lines.queries.register import visible

S = states.Status


def statuses(viewer: Viewer) -> QuerySet[LineStatus]:
    """Every row of every history one may see, corrected ones too."""
    rows = LineStatus.objects.filter(line__marking__in=viewer.markings).order_by("valid_from", "known_at", "sequence")
    return own(viewer, rows.select_related("created_by", "merged_into", "corrects", "corrected_by"), needs=P.SEE_LINES)


def status_row(viewer: Viewer, line: Line, key: uuid.UUID) -> LineStatus:
    return the_one(statuses(viewer).filter(line=line), key)


def _heard(viewer: Viewer, on: date, known: date | None) -> QuerySet[LineStatus]:
    """Rows that begin by the day, as known on a day: what was corrected by then is not among them. Newest first."""
    rows = own(viewer, LineStatus.objects.filter(valid_from__lte=on), needs=P.SEE_LINES)
    replaced = own(viewer, LineStatus.objects.filter(corrects=OuterRef("pk")), needs=P.SEE_LINES)
    if known is not None:
        moment = history.end_of(known)
        rows, replaced = rows.filter(known_at__lt=moment), replaced.filter(known_at__lt=moment)
    return rows.filter(~Exists(replaced)).order_by("-valid_from", "-known_at", "-sequence")


def _lines_with_standing(viewer: Viewer, on: date, known: date | None) -> QuerySet[Any]:
    """Each line with the key and the status of its one row that stands on the day: an index probe a line."""
    newest = _heard(viewer, on, known).filter(line=OuterRef("pk"))
    return visible(viewer).annotate(row_standing=Subquery(newest.values("pk")[:1]))


def standing_on(viewer: Viewer, on: date, known: date | None = None) -> QuerySet[LineStatus]:
    """The one row of each line that says what it was on a day, as known on a day: one query, whatever the size."""
    keys = _lines_with_standing(viewer, on, known).filter(row_standing__isnull=False).order_by()
    rows = statuses(viewer).filter(pk__in=keys.values("row_standing"))
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
    """How things stood on a day, as known on a day. `rows` are asked for only where they are listed."""

    on: date
    active: int
    dormant: int
    disrupted: int
    ever_known: int
    rows: QuerySet[LineStatus]


def status_on(viewer: Viewer, on: date, known: date | None = None) -> Standing:
    refuse_if(rules.reasons_not_to_summarise(first=on, last=on, today=viewer.today))
    newest = _heard(viewer, on, known).filter(line=OuterRef("pk")).values("status")[:1]
    lines: QuerySet[Any] = visible(viewer).order_by().annotate(status_standing=Subquery(newest))
    said = Counter(lines.values_list("status_standing", flat=True))
    ever = sum(said[each] for each in states.EVER_A_LINE)
    return Standing(on, said[S.ACTIVE], said[S.DORMANT], said[S.DISRUPTED], ever, standing_on(viewer, on, known))


def summary(viewer: Viewer, first: date, last: date, known: date | None = None) -> history.Summary:
    """The programme's headline figures for a period, from the rows."""
    refuse_if(rules.reasons_not_to_summarise(first=first, last=last, today=viewer.today))
    return history.summary(histories(viewer, known).values(), first, last)


def active_counts(viewer: Viewer, first: date, last: date, known: date | None = None) -> list[history.Count]:
    """The step chart: how many were active, as runs of days from first to last."""
    return history.active_counts(histories(viewer, known).values(), first, last)


def status_of(viewer: Viewer, line: Line) -> states.Status | None:
    """What the line is today."""
    row = _heard(viewer, viewer.today, None).filter(line=line).first()
    return states.Status(row.status) if row else None


def begun_in(viewer: Viewer, towns: Iterable[str], first: date, last: date, known: date | None = None) -> list[Line]:
    """Lines that first came to notice between two days and sell in any of these towns, as known on a day."""
    rows = own(viewer, LineStatus.objects.filter(corrected_by=None), needs=P.SEE_LINES)
    sold = own(viewer, LineMarket.objects.filter(town__in=list(towns)), needs=P.SEE_LINES)
    if known is not None:
        heard = history.end_of(known)
        rows, sold = rows.filter(created_at__lt=heard), sold.filter(created_at__lt=heard)
    first_known = rows.order_by().values("line").annotate(began=Min("valid_from")).filter(began__range=(first, last))
    return list(visible(viewer).filter(pk__in=first_known.values("line")).filter(pk__in=sold.values("line")))
