"""Record an act, record a look, seal what waits. Everything else in the house calls these three."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Protocol

from django.db import models, transaction

from clearlines.ledger.chain import GENESIS, digest, partition_of
from clearlines.ledger.kinds import Kind
from clearlines.ledger.models import Entry, Seal, Subject

# More chains, less waiting for each other; fixed for the life of a ledger.
PARTITIONS = 16
SEALED_AT_ONCE = 2000


class Asking(Protocol):
    """Whoever is asking: access.Viewer, but the ground does not know the storeys above it."""

    @property
    def name(self) -> str: ...
    @property
    def organisation_key(self) -> str: ...
    @property
    def now(self) -> datetime: ...


_entries_so_far: ContextVar[list[int] | None] = ContextVar("entries_so_far", default=None)


def name_of(row: models.Model | str) -> str:
    """How the ledger names a row: its room, its noun and its key, never its content."""
    return row if isinstance(row, str) else f"{row._meta.label}:{row.pk}"


def record(
    event: str,
    *,
    kind: Kind,
    by: Asking,
    about: Iterable[models.Model | str] = (),
    under: str = "",
    note: str = "",
) -> Entry:
    """Add one entry in the caller's transaction. `note` is for counts and reasons, never for what a person said."""
    entry = Entry.objects.create(
        partition=partition_of(by.organisation_key, PARTITIONS),
        at=by.now,
        actor=by.name,
        organisation=by.organisation_key,
        kind=kind,
        event=event,
        under=under,
        note=note[:300],
    )
    names = dict.fromkeys(name_of(row) for row in about)
    Subject.objects.bulk_create([Subject(entry=entry, name=name) for name in names])
    if (watched := _entries_so_far.get()) is not None:
        watched.append(entry.pk)
    return entry


@contextmanager
def watched_entries() -> Iterator[list[int]]:
    """The numbers of the entries recorded inside, so that an action which records nothing can be refused."""
    outer = _entries_so_far.get()
    inner: list[int] = []
    token = _entries_so_far.set(inner)
    try:
        yield inner
    finally:
        _entries_so_far.reset(token)
        if outer is not None:
            outer.extend(inner)


def seal_waiting() -> int:
    """Chain every entry that waits, partition by partition, and answer how many were sealed."""
    sealed = 0
    while batch := _seal_batch():
        sealed += batch
    return sealed


@transaction.atomic
def _seal_batch() -> int:
    waiting = list(
        Entry.objects.filter(seal=None).order_by("pk").prefetch_related("subjects")[:SEALED_AT_ONCE],
    )
    heads = _locked_heads({entry.partition for entry in waiting})
    seals = []
    for entry in waiting:
        sequence, previous = heads.get(entry.partition, (0, GENESIS))
        link = digest(previous, entry.said(), subjects_of(entry))
        heads[entry.partition] = (sequence + 1, link)
        seals.append(Seal(entry=entry, partition=entry.partition, sequence=sequence + 1, hash=link))
    Seal.objects.bulk_create(seals)
    return len(seals)


def _locked_heads(partitions: set[int]) -> dict[int, tuple[int, str]]:
    """The last link of each chain. Two sealers that race meet the unique constraint, and one of them tries again."""
    heads = {}
    for partition in sorted(partitions):
        last = Seal.objects.select_for_update().filter(partition=partition).order_by("-sequence").first()
        if last:
            heads[partition] = (last.sequence, last.hash)
    return heads


def subjects_of(entry: Entry) -> list[str]:
    """Sorted, so that the digest does not depend on the order in which a database answers."""
    return sorted(subject.name for subject in entry.subjects.all())
