"""Did what was closed here go on there? Pure: which lines share something, so soon that a person should look.

It is a prompt and never a finding. What a line sells and who is harmed by it are not asked.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

HOLDER, BRAND, NUMBER, DEVICE, NAME = "holder", "brand", "number", "device", "name"
IN_WORDS = {
    HOLDER: "the same person holds it",
    BRAND: "the same brand",
    NUMBER: "the same number",
    DEVICE: "the same handset or SIM card",
    NAME: "the same name on a messaging service",
}


@dataclass(frozen=True)
class Mark:
    """Something a line is known by, from a day: its kind, and a value that two lines may share."""

    kind: str
    value: object
    since: date


@dataclass(frozen=True)
class Trace:
    """One line, by what it is known by."""

    key: object
    marks: frozenset[Mark] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Prompt:
    """Two lines to look at: what they share, and the first day it was seen on the second."""

    closed: object
    other: object
    shared: tuple[str, ...]
    seen_on: date

    @property
    def in_words(self) -> str:
        return " and ".join(IN_WORDS[kind] for kind in self.shared)


def prompts(
    closed: Trace, closed_on: date, others: Iterable[Trace], *, within: int, looked_at: set[object]
) -> Iterator[Prompt]:
    """Lines that share a mark which began on them on the day of the closure or in the `within` days after it."""
    last = closed_on + timedelta(days=within)
    known = {(mark.kind, mark.value) for mark in closed.marks}
    for other in others:
        if other.key == closed.key or other.key in looked_at:
            continue
        began = [mark for mark in other.marks if (mark.kind, mark.value) in known and closed_on <= mark.since <= last]
        if began:
            shared = tuple(kind for kind in IN_WORDS if any(mark.kind == kind for mark in began))
            yield Prompt(closed.key, other.key, shared, min(mark.since for mark in began))
