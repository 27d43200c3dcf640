"""What was told: in and out, to whom, between which dates, and while two records were believed to be one."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from clearlines.access.permissions import Permission as P
from clearlines.access.scope import own
from clearlines.access.viewer import Viewer
from clearlines.people.models import SameAs
from clearlines.sharing import rules
from clearlines.sharing.models import Correction, Disclosure
from clearlines.sharing.queries.telling import given


@dataclass(frozen=True)
class Filter:
    """Any of it may be empty. `name` is part of the name that was told; the days are inclusive."""

    name: str = ""
    to: str = ""
    from_on: date | None = None
    until_on: date | None = None
    standing: str = ""


def register(viewer: Viewer, wanted: Filter) -> QuerySet[Disclosure]:
    """Everything the viewer's organisation told, without its words."""
    if not viewer.may(P.SEE_REGISTER):
        return Disclosure.objects.none()
    asked = Q()
    if wanted.name:
        asked &= Q(name__icontains=wanted.name)
    if wanted.to:
        asked &= Q(to=wanted.to)
    if wanted.from_on:
        asked &= Q(given_at__date__gte=wanted.from_on)
    if wanted.until_on:
        asked &= Q(given_at__date__lte=wanted.until_on)
    return given(viewer).filter(asked & _standing(wanted.standing, viewer.today))


def _standing(wanted: str, today: date) -> Q:
    living = Q(revoked_at=None) & (Q(until_on=None) | Q(until_on__gte=today))
    return {
        "live": living,
        "due": living & Q(review_on__lte=today),
        "revoked": Q(revoked_at__isnull=False),
    }.get(wanted, Q())


@dataclass(frozen=True)
class Parted:
    """Two records that somebody said were one person and somebody parted, and what was told in between."""

    same: SameAs
    told: list[Disclosure]
    still_to_tell: frozenset[uuid.UUID]


def parted_tellings(viewer: Viewer) -> list[Parted]:
    """Recipients of what was told while two records were believed to be one. Domain.md scenario 18."""
    rows = SameAs.objects.select_related("one", "other", "parted_by").filter(parted_at__isnull=False)
    partings = list(own(viewer, rows, needs=P.SEE_REGISTER).order_by("-parted_at", "-pk"))
    if not partings:
        return []
    people = {key for same in partings for key in (same.one_id, same.other_id)}
    told = list(given(viewer).filter(person__in=people))
    because = Correction.Because.PERSON
    done = set(
        Correction.objects.filter(owner=viewer.organisation_key, because=because).values_list("disclosure", flat=True)
    )
    return [found for same in partings if (found := _parted(same, told, done)).told]


def _parted(same: SameAs, told: list[Disclosure], done: set[uuid.UUID]) -> Parted:
    both = {same.one_id, same.other_id}
    between = list(_told_between(same, [each for each in told if each.person_id in both]))
    return Parted(same, between, frozenset(each.pk for each in between if each.pk not in done))


def _told_between(same: SameAs, told: list[Disclosure]) -> Iterator[Disclosure]:
    for each in told:
        if rules.parted_between(each.given_at, said_at=same.created_at, parted_at=same.parted_at):
            yield each
