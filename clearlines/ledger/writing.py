"""Putting an entry and its subjects on disk: in the caller's transaction, or by the one writer that a process has.

SQLite lets one connection write at a time, and those that wait for it do not queue: of 64 some wait for seconds. So
outside a transaction each process has one writer, which commits together whatever has come in since its last commit.
On PostgreSQL it halves what one in twenty waits (docs/adr/0012).
"""

import fcntl
import os
import queue
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, transaction

from clearlines.ledger.models import Entry

Batch = Sequence[tuple[Entry, Sequence[str]]]
AT_ONCE = 200
# An idle writer closes its connection and ends; the next entry starts another.
IDLE = 30.0
# How often somebody who waits looks whether the writer still lives.
LOOKS_UP = 1.0


def keep(entry: Entry, names: Sequence[str]) -> None:
    """Returns when the entry is where its act is: in the caller's transaction, or on disk if there is none."""
    if connection.in_atomic_block or _is_in_memory():
        insert([(entry, names)])
    else:
        the_writer.keep(entry, names)


def _is_in_memory() -> bool:
    """A database in memory is its one connection's alone: no other thread writes there."""
    return connection.vendor == "sqlite" and connection.is_in_memory_db()  # type: ignore[attr-defined]


def _has_one_pen() -> bool:
    return connection.vendor == "sqlite" and not _is_in_memory()


def insert(batch: Batch) -> None:
    """An entry is never there without its subjects, or a sealer that came between would fix only half of it."""
    with connection.cursor() as cursor:
        if len(batch) == 1 and connection.vendor == "postgresql":
            [(entry, names)] = batch
            cursor.execute(WITH_SUBJECTS, [*entry.said().values(), list(names)])  # type: ignore[list-item]
            _numbered(entry, cursor.fetchone()[0])
        else:
            with transaction.atomic(savepoint=False):
                _insert_together(cursor, batch)


COLUMNS = '"' + '", "'.join(Entry.SAID) + '"'
MARKS = ", ".join(["%s"] * len(Entry.SAID))
# One statement, so that it is whole even outside a transaction and costs one journey to the server.
WITH_SUBJECTS = f"""
    WITH written AS (INSERT INTO ledger_entry ({COLUMNS}) VALUES ({MARKS}) RETURNING id),
    named AS (INSERT INTO ledger_subject (entry_id, name) SELECT id, unnest(%s::text[]) FROM written)
    SELECT id FROM written
"""


def _insert_together(cursor: Any, batch: Batch) -> None:
    rows, subjects, moment = [], [], connection.ops.adapt_datetimefield_value
    for pk, (entry, names) in zip(_numbers(cursor, len(batch)), batch, strict=True):
        said = entry.said() | {"at": moment(entry.at)}
        rows.append([pk, *said.values()])
        subjects += [[pk, name] for name in names]
        _numbered(entry, pk)
    _insert_rows(cursor, f"INSERT INTO ledger_entry (id, {COLUMNS}) VALUES ", rows)
    _insert_rows(cursor, "INSERT INTO ledger_subject (entry_id, name) VALUES ", subjects)


def _numbers(cursor: Any, count: int) -> Sequence[int]:
    """Whoever writes is alone on SQLite, and counts on from the last."""
    if connection.vendor == "postgresql":
        cursor.execute("SELECT nextval('ledger_entry_id_seq') FROM generate_series(1, %s)", [count])
        return [number for (number,) in cursor.fetchall()]
    cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = 'ledger_entry'")
    last = (cursor.fetchone() or [0])[0]
    return range(last + 1, last + 1 + count)


def _insert_rows(cursor: Any, into: str, rows: list[list[Any]]) -> None:
    """Many rows a statement: between two statements the writer must win Python's lock back from all who wait for it."""
    for start in range(0, len(rows), 200):
        chunk = rows[start : start + 200]
        row = f"({', '.join(['%s'] * len(chunk[0]))})"
        cursor.execute(into + ", ".join([row] * len(chunk)), [value for each in chunk for value in each])


def _numbered(entry: Entry, pk: int) -> None:
    entry.pk = pk
    entry._state.adding = False
    entry._state.db = DEFAULT_DB_ALIAS


def survives_a_power_cut() -> None:
    """Make this connection's commits wait for the disk. The pages' own connections only promise not to be torn."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=FULL")


@contextmanager
def turn() -> Iterator[None]:
    """Writers and sealers of several processes take turns, where SQLite would have all but one sleep, guess and starve.

    Whoever waits for the turn holds the gate, so that whoever has just written cannot push in again before them.
    """
    if not _has_one_pen() or connection.in_atomic_block:
        yield
        return
    beside = connection.settings_dict["NAME"]
    with Path(f"{beside}-ledger-gate").open("a") as gate, Path(f"{beside}-ledger-turn").open("a") as pen:
        fcntl.flock(gate, fcntl.LOCK_EX)
        fcntl.flock(pen, fcntl.LOCK_EX)
        fcntl.flock(gate, fcntl.LOCK_UN)
        yield


class Asked:
    """One caller's entry, and whether it is on disk yet."""

    def __init__(self, entry: Entry, names: Sequence[str]) -> None:
        self.entry = entry
        self.names = names
        self.is_kept = False
        self._answered = threading.Lock()
        self._answered.acquire()

    def answer(self, *, is_kept: bool) -> None:
        self.is_kept = is_kept
        self._answered.release()

    def wait(self) -> bool:
        return self._answered.acquire(timeout=LOOKS_UP)


class Writer:
    """Group commit: while one batch goes to disk the next gathers."""

    def __init__(self) -> None:
        self._inbox: queue.SimpleQueue[Asked] = queue.SimpleQueue()
        self._door = threading.Lock()
        self._thread: threading.Thread | None = None

    def keep(self, entry: Entry, names: Sequence[str]) -> None:
        asked = Asked(entry, names)
        with self._door:
            self._inbox.put(asked)
            self._see_that_somebody_writes()
        while not asked.wait():
            with self._door:
                self._see_that_somebody_writes()
        if not asked.is_kept:
            # Alone, so that a row the database refuses is its own caller's trouble and nobody else's.
            insert([(entry, names)])

    def _see_that_somebody_writes(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._write, name="ledger-writer", daemon=True)
            self._thread.start()

    def _write(self) -> None:
        try:
            survives_a_power_cut()
            while batch := self._gathered():
                self._commit(batch)
        finally:
            connection.close()

    def _gathered(self) -> list[Asked]:
        """Everything that has come in; nothing if it is time to end."""
        try:
            batch = [self._inbox.get(timeout=IDLE)]
        except queue.Empty:
            return self._last_orders()
        while len(batch) < AT_ONCE:
            try:
                batch.append(self._inbox.get_nowait())
            except queue.Empty:
                break
        return batch

    def _last_orders(self) -> list[Asked]:
        """Ends this writer, unless somebody came in as it was leaving."""
        with self._door:
            try:
                return [self._inbox.get_nowait()]
            except queue.Empty:
                self._thread = None
                return []

    def _commit(self, batch: list[Asked]) -> None:
        """Whatever goes wrong, nobody is told that an entry is kept which is not, and nobody waits for ever."""
        is_kept = False
        try:
            with turn():
                insert([(asked.entry, asked.names) for asked in batch])
            is_kept = True
        except Exception:
            # Each caller now writes its own and meets its own error; this connection may be what was wrong.
            connection.close()
            survives_a_power_cut()
        finally:
            for asked in batch:
                asked.answer(is_kept=is_kept)


the_writer = Writer()


def _begin_again() -> None:
    """A forked process has the writer's memory and not its thread."""
    global the_writer
    the_writer = Writer()


os.register_at_fork(after_in_child=_begin_again)
