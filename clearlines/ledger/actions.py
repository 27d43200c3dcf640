"""Record an act or a look, and seal what waits. Everything else in the house calls these."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Protocol

from django.db import connection, models, transaction

from clearlines.ledger import sealing, writing
from clearlines.ledger.chain import partition_of
from clearlines.ledger.kinds import Kind
from clearlines.ledger.models import Entry
from clearlines.ledger.sealing import PARTITIONS, Sealer, seal_waiting

__all__ = ["Asking", "Sealer", "name_of", "record", "seal_waiting", "watched_entries"]


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
    """Add one entry in the caller's transaction; outside one, answers when it is on disk.

    `note` is for counts and reasons, never for what a person said.
    """
    entry = Entry(
        partition=partition_of(by.organisation_key, PARTITIONS),
        at=by.now,
        actor=by.name,
        organisation=by.organisation_key,
        kind=kind,
        event=event,
        under=under,
        note=note[:300],
    )
    writing.keep(entry, list(dict.fromkeys(name_of(row) for row in about)))
    if connection.in_atomic_block:
        transaction.on_commit(sealing.nudge)
    else:
        # Asked outside a transaction, on_commit would open a connection for this thread only to learn that.
        sealing.nudge()
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
