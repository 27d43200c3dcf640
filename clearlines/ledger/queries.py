"""Is the chain whole, and who has looked."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min, QuerySet

from clearlines.ledger.actions import Asking
from clearlines.ledger.models import Entry, Subject
from clearlines.ledger.searches import names_of_search
from clearlines.ledger.verifying import Verdict, verify

__all__ = [
    "Verdict", "by_whom", "looks_at", "named", "names_of_search", "searches_for", "subjects_named", "verify",
]  # fmt: skip


def looks_at(
    viewer: Asking, *names: str, since: datetime | None = None, until: datetime | None = None
) -> QuerySet[Entry]:
    """Every entry about a named row, newest first, made inside the viewer's own organisation."""
    # Through a list of numbers, so that an entry about two of the names is there once and the page is read by its key.
    about = Subject.objects.filter(name__in=names).values("entry")
    entries = Entry.objects.filter(pk__in=about, organisation=viewer.organisation_key)
    if since:
        entries = entries.filter(at__gte=since)
    if until:
        entries = entries.filter(at__lte=until)
    return entries.order_by("-at", "-pk")


def by_whom(entries: QuerySet[Entry]) -> QuerySet[Entry, Any]:
    """For each account and kind of entry: how many, the first and the last. What was most often comes first."""
    counted = entries.order_by().values("actor", "event").annotate(times=Count("pk"), first=Min("at"), last=Max("at"))
    return counted.order_by("-times", "actor", "event")


def searches_for(viewer: Asking, words: str, since: datetime) -> QuerySet[Entry]:
    """Who in the viewer's own organisation searched for these words. The words themselves are nowhere in the ledger."""
    return looks_at(viewer, *names_of_search(viewer.organisation_key, words, whole=True), since=since)


def named(names: Iterable[str]) -> list[str]:
    """Which of these names the ledger knows at all, in any organisation."""
    return list(Subject.objects.filter(name__in=list(names)).values_list("name", flat=True).distinct())


def subjects_named(entries: Iterable[Entry], beginning: str) -> dict[int, list[str]]:
    """For each entry, those of its subjects whose names begin so."""
    found: dict[int, list[str]] = {}
    rows = Subject.objects.filter(entry__in=[entry.pk for entry in entries], name__startswith=beginning)
    for entry, name in rows.values_list("entry", "name"):
        found.setdefault(entry, []).append(name)
    return found
