"""The anchor file: the end of each chain, written down outside the database every few seconds.

Somebody with the database's password can change an entry and work every hash out again, or cut the end off a chain.
They cannot make the chain agree with a file they cannot write. Keep it on another disk, append-only, and copy it away.

A line is `time chain/link/hash chain/link/hash … before`, where `before` is the SHA-256 of the line above it.
"""

import fcntl
import hashlib
import os
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from django.conf import settings

from clearlines.ledger.chain import GENESIS

Head = tuple[int, str]
# More than the longest line, sixteen chains, can need.
READ_BACK = 64 * 1024
LINE = re.compile(r"(?P<at>\S+)(?P<heads>(?: \d{1,5}/\d{1,19}/[0-9a-f]{64})+) (?P<before>[0-9a-f]{64})")


@dataclass
class Anchors:
    """What the file says: for each chain, the hash that each anchored link had and when."""

    links: dict[int, dict[int, tuple[str, str]]] = field(default_factory=lambda: defaultdict(dict))
    faults: list[str] = field(default_factory=list)
    points: int = 0
    at: str = ""
    last: str = GENESIS

    def take(self, text: str, number: int) -> None:
        """The next line. One torn by a power cut holds nothing, and the line after it follows the one before it."""
        said = LINE.fullmatch(text)
        if said is None:
            return
        if said["before"] != self.last:
            self.faults.append(f"line {number} of the anchor file does not follow the line above it")
        for partition, sequence, link in heads_in(said):
            self.links[partition].setdefault(sequence, (link, said["at"]))
            self.points += 1
        self.at, self.last = said["at"], _hash_of(text)


def heads_in(said: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    for head in said["heads"].split():
        partition, sequence, link = head.split("/")
        yield int(partition), int(sequence), link


def read() -> Anchors:
    """The whole file; nothing if none is kept."""
    found = Anchors()
    if settings.LEDGER_ANCHOR and Path(settings.LEDGER_ANCHOR).exists():
        with Path(settings.LEDGER_ANCHOR).open(encoding="utf-8", errors="replace", newline="\n") as file:
            for number, line in enumerate(file, start=1):
                found.take(line.removesuffix("\n"), number)
    return found


def append(heads: Mapping[int, Head]) -> int:
    """Add one line with the chains that have grown, and wait for the disk. Answers how many had."""
    if not settings.LEDGER_ANCHOR:
        return 0
    path = Path(settings.LEDGER_ANCHOR)
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "rb+", buffering=0) as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # let go when the file is closed
        tail = _tail_of(file)
        # A chain that is shorter than the file says was cut: verify says so, and the file goes on saying so.
        grown = {each: head for each, head in heads.items() if head[0] > tail.end_of(each)}
        if grown:
            file.write(f"{tail.gap}{_line(grown, tail.last)}\n".encode())
            os.fsync(file.fileno())
    return len(grown)


def _line(heads: Mapping[int, Head], before: str) -> str:
    said = " ".join(f"{each}/{sequence}/{link}" for each, (sequence, link) in sorted(heads.items()))
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%fZ} {said} {before}"


@dataclass
class Tail:
    """The end of the file: how far each chain named there was anchored. One not named there is written again."""

    ends: dict[int, int]
    last: str
    gap: str

    def end_of(self, partition: int) -> int:
        return self.ends.get(partition, 0)


def _tail_of(file: IO[bytes]) -> Tail:
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - READ_BACK))
    text = file.read().decode(errors="replace")
    ends: dict[int, int] = {}
    last = GENESIS
    for line in text.split("\n"):
        if said := LINE.fullmatch(line):
            last = _hash_of(line)
            ends |= {partition: sequence for partition, sequence, _ in heads_in(said)}
    return Tail(ends, last, "" if not text or text.endswith("\n") else "\n")


def _hash_of(line: str) -> str:
    return hashlib.sha256(line.encode()).hexdigest()
