"""Is the chain whole, and who has looked."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from clearlines.ledger.actions import Asking, subjects_of
from clearlines.ledger.chain import GENESIS, digest
from clearlines.ledger.models import Entry, Seal


@dataclass(frozen=True)
class Verdict:
    """`entries` counts sealed and waiting ones; `first_break` says in words where the chain first fails."""

    entries: int
    sealed: int
    waiting: int
    intact: bool
    first_break: str | None


def verify() -> Verdict:
    """Walk every chain from its first link and recompute each hash."""
    first_break = next(breaks(), None)
    entries, sealed = Entry.objects.count(), Seal.objects.count()
    return Verdict(entries, sealed, entries - sealed, first_break is None, first_break)


def breaks() -> Iterator[str]:
    previous: dict[int, tuple[int, str]] = {}
    seals = Seal.objects.select_related("entry").prefetch_related("entry__subjects")
    for seal in seals.order_by("partition", "sequence").iterator(chunk_size=2000):
        sequence, link = previous.get(seal.partition, (0, GENESIS))
        where = f"chain {seal.partition}, link {seal.sequence} (entry {seal.entry_id})"
        if seal.sequence != sequence + 1:
            yield f"{where}: link {sequence + 1} is missing"
        if seal.entry.partition != seal.partition:
            yield f"{where}: the entry says it belongs to chain {seal.entry.partition}"
        if digest(link, seal.entry.said(), subjects_of(seal.entry)) != seal.hash:
            yield f"{where}: what it says is not what was sealed"
        previous[seal.partition] = (seal.sequence, seal.hash)


def looks_at(viewer: Asking, name: str) -> QuerySet[Entry]:
    """Every entry about one named row, newest first, made inside the viewer's own organisation."""
    return Entry.objects.filter(subjects__name=name, organisation=viewer.organisation_key).order_by("-at", "-pk")
