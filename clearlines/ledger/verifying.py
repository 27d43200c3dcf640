"""Working every link out again, and holding the chains against the anchor file."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import connection, transaction
from django.db.models import QuerySet

from clearlines.ledger import anchors
from clearlines.ledger.chain import GENESIS, digest
from clearlines.ledger.models import Entry, Seal
from clearlines.ledger.sealing import heads, subjects_of

AT_ONCE = 2000


@dataclass(frozen=True)
class Verdict:
    """`entries` counts sealed and waiting ones; `first_break` says in words where the chain first fails.

    `checked` is how many links were worked out again; `anchors` how many points the anchor file holds, and until when.
    """

    entries: int
    sealed: int
    waiting: int
    checked: int
    anchors: int
    anchored_at: str
    intact: bool
    first_break: str | None

    @property
    def in_words(self) -> str:
        if not self.intact:
            return f"The chain is broken: {self.first_break}."
        held = f"the anchor file holds it at {self.anchors:,} points" if self.anchors else "there is no anchor file yet"
        return f"{self.entries:,} entries, and the chain is whole; {held}."


@dataclass(frozen=True)
class Link:
    """One row of the walk: a seal, beside the entry that it fixes."""

    partition: int
    sequence: int
    hash: str
    sealed_at: datetime
    entry: int
    said: dict[str, object]

    def __str__(self) -> str:
        return f"chain {self.partition}, link {self.sequence} (entry {self.entry})"


def verify(newest: int | None = None) -> Verdict:
    """Walk every chain from its first link, or only the newest links of each, and recompute each hash."""
    walk = Walk(anchors.read(), newest)
    first_break = next(walk.breaks(), None)
    entries, sealed = Entry.objects.count(), Seal.objects.count()
    return Verdict(
        entries, sealed, max(0, entries - sealed), walk.checked, walk.anchors.points, walk.anchors.at,
        first_break is None, first_break,
    )  # fmt: skip


class Walk:
    """Streams: a ledger of any size is held two thousand links at a time. Only the anchors stay in memory."""

    def __init__(self, known: anchors.Anchors, newest: int | None) -> None:
        self.anchors = known
        self.newest = newest
        self.checked = 0
        self._ends: dict[int, tuple[int, str]] = {}
        # The last link of each chain that the anchor file vouches for: what is wrong lies after it.
        self._vouched: dict[int, int] = {}

    def breaks(self) -> Iterator[str]:
        with _held():
            for chunk in self._chunks():
                named = subjects_of([link.entry for link in chunk])
                for link in chunk:
                    yield from self._faults(link, named[link.entry])
        yield from self._cut()
        yield from self.anchors.faults

    def _faults(self, link: Link, subjects: list[str]) -> Iterator[str]:
        sequence, previous = self._ends.get(link.partition, (0, GENESIS))
        if link.sequence != sequence + 1:
            yield f"{link}: link {sequence + 1} is missing"
        if link.said["partition"] != link.partition:
            yield f"{link}: the entry says it belongs to chain {link.said['partition']}"
        if not _is_what_was_sealed(link, previous, subjects):
            yield f"{link}: what it says is not what was sealed"
        anchored, at = self.anchors.links.get(link.partition, {}).get(link.sequence, (link.hash, ""))
        if anchored != link.hash:
            after = self._vouched.get(link.partition, 0)
            yield f"{link}: it is not what the anchor file had at {at}; the change is after link {after}"
        elif at:
            self._vouched[link.partition] = link.sequence
        self._ends[link.partition] = (link.sequence, link.hash)
        self.checked += 1

    def _cut(self) -> Iterator[str]:
        for partition, links in sorted(self.anchors.links.items()):
            sequence, last = self._ends.get(partition, (0, ""))[0], max(links)
            if last > sequence:
                yield (
                    f"chain {partition}, link {sequence + 1}: the chain ends before it, "
                    f"and the anchor file had link {last} at {links[last][1]}"
                )

    def _chunks(self) -> Iterator[list[Link]]:
        links = self._links()
        while chunk := list(islice(links, AT_ONCE)):
            yield chunk

    def _links(self) -> Iterator[Link]:
        for seals in self._stretches():
            rows = seals.values_list("partition", "sequence", "hash", "sealed_at", "entry", *SAID)
            for partition, sequence, link, sealed_at, entry, *values in rows.iterator(chunk_size=AT_ONCE):
                yield Link(partition, sequence, link, sealed_at, entry, dict(zip(Entry.SAID, values, strict=True)))

    def _stretches(self) -> Iterator[QuerySet[Seal]]:
        """All there is, in the chains' order; or the end of each chain, trusting the link before it."""
        seals = Seal.objects.order_by("partition", "sequence")
        if self.newest is None:
            yield seals
            return
        for partition, (sequence, _) in heads().items():
            after = seals.filter(partition=partition, sequence=sequence - self.newest)
            self._ends[partition] = after.values_list("sequence", "hash").first() or (0, GENESIS)
            yield seals.filter(partition=partition, sequence__gt=self._ends[partition][0])


SAID = [f"entry__{name}" for name in Entry.SAID]


def _is_what_was_sealed(link: Link, previous: str, subjects: list[str]) -> bool:
    """A ledger begun before 0.2 fixed all but the moment of the seal itself."""
    with_moment = link.said | {"sealed_at": link.sealed_at}
    return any(digest(previous, said, subjects) == link.hash for said in (with_moment, link.said))


def _held() -> AbstractContextManager[object]:
    """PostgreSQL streams only inside a transaction; on SQLite a transaction would keep everybody from writing."""
    return transaction.atomic() if connection.vendor == "postgresql" else nullcontext()
