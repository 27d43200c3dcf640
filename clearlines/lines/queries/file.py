"""One line with everything the register holds of it, as it was on a day and as known on a day."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from clearlines.access.refusals import refuse_if
from clearlines.access.viewer import Viewer
from clearlines.lines import rules
from clearlines.lines.history import Span, end_of, known_until, spans
from clearlines.lines.models import ElementTest, Line, LineLink, LineStatus, Sighting
from clearlines.lines.queries.register import people_on, whole
from clearlines.lines.queries.standing import statuses
from clearlines.lines.register import SHAPES


@dataclass(frozen=True)
class Held:
    """A number, a town or a role, with the days it held as far as they were known."""

    row: Any
    since: date
    until: date | None

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class File:
    """A line with everything its page shows. `known_now` is its history as it is known today."""

    line: Line
    on: date
    known: date
    spans: list[Span]
    known_now: list[Span]
    history: list[LineStatus]
    numbers: list[Held]
    towns: list[Held]
    elements: list[tuple[str, str, ElementTest | None]]
    victims: list[Held]
    others: list[Held]
    links_on: list[LineLink]
    links_from: list[LineLink]
    sightings: list[Sighting]

    @property
    def standing(self) -> Span | None:
        return next((span for span in self.spans if span.holds_on(self.on)), None)

    @property
    def standing_now(self) -> Span | None:
        """What is now known to have been so on that day."""
        return next((span for span in self.known_now if span.holds_on(self.on)), None)

    @property
    def closing(self) -> LineStatus | None:
        """The entry by which the line stands closed now, if it does."""
        newest = max(
            (row for row in self.history if not row.is_corrected), key=lambda row: row.step.order, default=None
        )
        return newest if newest and newest.is_closure else None

    @property
    def shape(self) -> str:
        return SHAPES.get(self.standing.status, "plain") if self.standing else "plain"

    @property
    def linked(self) -> list[Line]:
        """The other lines that this one is linked with."""
        return [*(link.to_line for link in self.links_on), *(link.from_line for link in self.links_from)]


def file_of(viewer: Viewer, key: uuid.UUID, on: date | None = None, known: date | None = None) -> File:
    on, known = on or viewer.today, known or viewer.today
    refuse_if(rules.reasons_not_to_summarise(first=min(on, known), last=max(on, known), today=viewer.today))
    line, end = whole(viewer, key), end_of(known)
    rows = list(statuses(viewer).filter(line=line))
    steps = [row.step for row in rows]
    heard = [row for row in rows if row.known_at < end]
    roles = list(_held(people_on(viewer, line), on, known))
    return File(
        line, on, known, spans(steps, known), spans(steps),
        sorted(heard, key=lambda row: (row.known_at, row.sequence), reverse=True),
        list(_held(line.identifiers.all(), on, known)), list(_held(line.markets.all(), on, known)),
        _elements(test for test in line.elements.all() if test.created_at < end),
        [each for each in roles if each.row.is_victim], [each for each in roles if not each.row.is_victim],
        [link for link in line.links_on.all() if link.created_at < end and link.seen_on <= on],
        [link for link in line.links_from.all() if link.created_at < end and link.seen_on <= on],
        [each for each in line.sightings.all() if each.created_at < end and each.seen_on <= on],
    )  # fmt: skip


def _held(rows: Iterable[Any], on: date, known: date) -> Iterator[Held]:
    """Whatever had begun by the day and was known by the other; an end that had not been learned yet is no end."""
    for row in rows:
        since, until = row.days
        if since <= on and row.created_at < end_of(known):
            yield Held(row, since, known_until(until, row.ended_at, known))


def _elements(tests: Iterable[ElementTest]) -> list[tuple[str, str, ElementTest | None]]:
    newest: dict[str, ElementTest] = {}
    for test in tests:
        newest.setdefault(test.element, test)
    return [(value, label, newest.get(value)) for value, label in ElementTest.Element.choices]
