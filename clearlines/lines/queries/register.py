"""Which lines there are, what each is known by, where it sells, who stands on it and what it is linked with."""

import uuid
from datetime import date
from typing import TypeVar

from django.db.models import Model, Prefetch, Q, QuerySet

from clearlines.access.permissions import Permission as P
from clearlines.access.scope import own, the_one
from clearlines.access.viewer import Viewer
from clearlines.lines import identifiers
from clearlines.lines.history import end_of
from clearlines.lines.models import ElementTest, Line, LineIdentifier, LineLink, LineMarket, RoleOnLine, Sighting

Row = TypeVar("Row", bound=Model)


def visible(viewer: Viewer) -> QuerySet[Line]:
    return own(viewer, Line.objects.order_by("number"), needs=P.SEE_LINES)


def line(viewer: Viewer, key: uuid.UUID) -> Line:
    return the_one(visible(viewer), key)


def with_markets(viewer: Viewer) -> QuerySet[Line]:
    markets = own(viewer, LineMarket.objects.order_by("from_on", "town"), needs=P.SEE_LINES)
    return visible(viewer).prefetch_related(Prefetch("markets", markets))


def whole(viewer: Viewer, key: uuid.UUID) -> Line:
    """One line with everything that hangs on it but its people and its history."""
    parts = [
        Prefetch("identifiers", own(viewer, LineIdentifier.objects.order_by("valid_from", "pk"), needs=P.SEE_LINES)),
        Prefetch("sightings", own(viewer, Sighting.objects.order_by("-seen_on", "pk"), needs=P.SEE_LINES)),
        Prefetch("elements", own(viewer, ElementTest.objects.order_by("-created_at", "-pk"), needs=P.SEE_LINES)),
        Prefetch("links_on", links(viewer)),
        Prefetch("links_from", links(viewer)),
    ]
    return the_one(with_markets(viewer).select_related("qualifies_by").prefetch_related(*parts), key)


def people_on(viewer: Viewer, line: Line) -> QuerySet[RoleOnLine]:
    return roles(viewer).filter(line=line)


def roles(viewer: Viewer) -> QuerySet[RoleOnLine]:
    """Who stands on any line one may see, in which role."""
    rows = RoleOnLine.objects.filter(person__marking__in=viewer.markings, line__marking__in=viewer.markings)
    return own(viewer, rows.select_related("person").order_by("from_on", "pk"), needs=P.SEE_LINES)


def role(viewer: Viewer, line: Line, key: uuid.UUID) -> RoleOnLine:
    return the_one(people_on(viewer, line), key)


def links(viewer: Viewer) -> QuerySet[LineLink]:
    rows = LineLink.objects.filter(
        from_line__marking__in=viewer.markings, to_line__marking__in=viewer.markings
    ).select_related("from_line", "to_line")
    return own(viewer, rows.order_by("seen_on", "pk"), needs=P.SEE_LINES)


def holding(
    rows: QuerySet[Row], on: date, known: date, *, begins: str = "from_on", ends: str = "until_on"
) -> QuerySet[Row]:
    """Those of dated rows that held on a day, as far as it was known: an end that was learned later had not come."""
    heard = end_of(known)
    still = Q(**{ends: None}) | Q(**{f"{ends}__gte": on}) | Q(ended_at__gte=heard)
    return rows.filter(still, created_at__lt=heard, **{f"{begins}__lte": on})


def held_identifiers(viewer: Viewer) -> QuerySet[LineIdentifier]:
    """Every number, handset, SIM and name that any line one may see has, or ever had."""
    rows = LineIdentifier.objects.filter(line__marking__in=viewer.markings)
    return own(viewer, rows.select_related("line").order_by("valid_from", "pk"), needs=P.SEE_LINES)


def markets(viewer: Viewer) -> QuerySet[LineMarket]:
    rows = LineMarket.objects.filter(line__marking__in=viewer.markings)
    return own(viewer, rows.select_related("line").order_by("from_on", "town", "pk"), needs=P.SEE_LINES)


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
    return the_one(held_identifiers(viewer).filter(line=line), key)


def market(viewer: Viewer, line: Line, key: uuid.UUID) -> LineMarket:
    return the_one(markets(viewer).filter(line=line), key)
