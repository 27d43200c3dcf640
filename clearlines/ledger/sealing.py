"""Chaining what has been written, just after it was. Any number of sealers may run, in any number of processes.

Nobody who writes waits for a sealer, and a sealer that dies leaves nothing half done: what waits is sealed by the next.
"""

import logging
import os
import threading
import time
from collections import defaultdict, deque
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from clearlines.ledger import anchors
from clearlines.ledger.chain import GENESIS, digest
from clearlines.ledger.models import Entry, Seal, Subject
from clearlines.ledger.writing import survives_a_power_cut, turn

# More chains, less waiting for each other; fixed for the life of a ledger.
PARTITIONS = 16
AT_ONCE = 500
# Any number that nothing else in this database locks by.
SEALING = 6_220_018
# How long an act may stay open and still be sealed the second after it ends; a longer one waits for the next full pass.
LONGEST_ACT = 120.0
FULL_PASS = 600.0
# A process that writes seals too, a little later than the timed work does, so that it is seldom needed.
PATIENCE = 0.6

Head = tuple[int, str]
Waiting = list[tuple[int, dict[str, Any], list[str]]]
log = logging.getLogger(__name__)


def seal_waiting(after: int = 0) -> int:
    """Chain every entry numbered above `after` that waits, and answer how many were sealed."""
    sealed = 0
    while waiting := _waiting(after):
        if done := _seal(waiting):
            # Never from the start again, or a long backlog is read once for each batch of it.
            after, sealed = waiting[-1][0], sealed + done
    return sealed


def heads(partitions: set[int] | None = None) -> dict[int, Head]:
    """The last link of each chain that has one: a probe of the index for each, never a walk of the table."""
    found = {}
    for partition in sorted(range(PARTITIONS) if partitions is None else partitions):
        last = Seal.objects.filter(partition=partition).order_by("-sequence").values_list("sequence", "hash").first()
        if last:
            found[partition] = last
    return found


def _waiting(after: int) -> Waiting:
    rows = Entry.objects.filter(pk__gt=after, seal=None).order_by("pk").values_list("pk", *Entry.SAID)[:AT_ONCE]
    found = {pk: dict(zip(Entry.SAID, said, strict=True)) for pk, *said in rows}
    named = subjects_of(found)
    return [(pk, said, named[pk]) for pk, said in found.items()]


def subjects_of(entries: Iterable[int]) -> dict[int, list[str]]:
    """Sorted, so that the digest does not depend on the order in which a database answers."""
    named: dict[int, list[str]] = defaultdict(list)
    for pk, name in Subject.objects.filter(entry__in=list(entries)).values_list("entry", "name"):
        named[pk].append(name)
    for names in named.values():
        names.sort()
    return named


def _seal(waiting: Waiting) -> int:
    """Worked out before anything is locked; if another sealer came first, nothing is written and 0 answered."""
    began = heads({said["partition"] for _, said, _ in waiting})
    ends, now = dict(began), timezone.now()
    links: list[list[Any]] = []
    for pk, said, names in waiting:
        partition: int = said["partition"]
        sequence, previous = ends.get(partition, (0, GENESIS))
        link = digest(previous, said | {"sealed_at": now}, names)
        ends[partition] = (sequence + 1, link)
        links.append([pk, partition, sequence + 1, link, connection.ops.adapt_datetimefield_value(now)])
    with turn(), transaction.atomic(), connection.cursor() as cursor:
        _alone(cursor)
        if heads(set(ends)) != began or Seal.objects.filter(entry__in=[pk for pk, *_ in waiting]).exists():
            return 0
        cursor.executemany(INSERT, links)
    return len(links)


INSERT = "INSERT INTO ledger_seal (entry_id, partition, sequence, hash, sealed_at) VALUES (%s, %s, %s, %s, %s)"


def _alone(cursor: Any) -> None:
    """One sealer at a time. Where no row may be changed none can be locked; on SQLite the transaction suffices."""
    if connection.vendor == "postgresql":
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALING])
        # The anchor file never knows a link that a power cut could still undo.
        cursor.execute("SET LOCAL synchronous_commit = on")


class Sealer:
    """One that keeps running. It remembers where it has been: a round does not read the ledger from the start."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()
        self._after = 0
        self._next_full_pass = 0.0
        self._next_anchor = 0.0
        self._is_unanchored = True

    def round(self) -> int:
        """Seal what waits; set the anchor if it is time."""
        survives_a_power_cut()
        sealed = seal_waiting(self._start(time.monotonic()))
        self._is_unanchored |= bool(sealed)
        if self._is_unanchored and time.monotonic() >= self._next_anchor:
            self._anchor()
        return sealed

    def _start(self, now: float) -> int:
        """Numbers are given out before they are kept, so a round begins where the newest stood two minutes ago."""
        if now >= self._next_full_pass:
            self._next_full_pass, self._after = now + FULL_PASS, 0
            self._seen.clear()
        elif not self._seen or now - self._seen[-1][0] > 5:
            newest = Entry.objects.order_by("-pk").values_list("pk", flat=True).first()
            self._seen.append((now, newest or 0))
        while self._seen and now - self._seen[0][0] > LONGEST_ACT:
            self._after = self._seen.popleft()[1]
        return self._after

    def _anchor(self) -> None:
        """A full disk stops no sealing: it is said in the log, and `ledger verify` says how far the file reaches."""
        self._next_anchor = time.monotonic() + settings.LEDGER_ANCHOR_SECONDS
        try:
            anchors.append(heads())
            self._is_unanchored = False
        except OSError as wrong:
            log.error("The ledger's anchor could not be written: %s", wrong)


class Nudged:
    """The sealer of a process that writes: woken by an entry, gone when nothing waits."""

    def __init__(self) -> None:
        self._door = threading.Lock()
        self._thread: threading.Thread | None = None
        self._is_asked = False
        self._sealer = Sealer()

    def wake(self) -> None:
        self._is_asked = True
        if self._thread is None:
            with self._door:
                if self._thread is None:
                    self._thread = threading.Thread(target=self._run, name="ledger-sealer", daemon=True)
                    self._thread.start()

    def _run(self) -> None:
        try:
            while not self._is_done():
                self._is_asked = False
                time.sleep(PATIENCE)
                self._sealer.round()
        except Exception:
            log.exception("The ledger's sealer stopped; what waits is sealed by the next.")
            self._thread = None
        finally:
            connection.close()

    def _is_done(self) -> bool:
        with self._door:
            if not self._is_asked:
                self._thread = None
            return not self._is_asked


_nudged = Nudged()


def nudge() -> None:
    """Say that something waits. In a process that seals by itself, it is sealed within the second."""
    if settings.LEDGER_SEALS_ITSELF:
        _nudged.wake()


def _begin_again() -> None:
    """A forked process has the sealer's memory and not its thread."""
    global _nudged
    _nudged = Nudged()


os.register_at_fork(after_in_child=_begin_again)
