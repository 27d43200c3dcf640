"""The register as it was on a day, as known on a day: one row a line, and what has been learned since."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from clearlines.lines import history
from clearlines.lines.history import Span, Step, Summary
from clearlines.lines.models import Line, LineLink, LineMarket
from clearlines.lines.states import NOT_YET_A_LINE, Status

# The shape beside the word: web's status component.
SHAPES = {
    Status.ACTIVE: "alarm", Status.DORMANT: "wait", Status.DISRUPTED: "going", Status.CLOSED_T1_PROPOSED: "going",
    Status.CLOSED_T1: "ended", Status.CLOSED_T2: "ended",
}  # fmt: skip


# Long enough for a line to go on elsewhere, short enough that both ends are the same story.
COMPARED_WITH = timedelta(days=28)


@dataclass(frozen=True)
class Row:
    """One line: what it was until the day, as known then; and what is known of those days now."""

    line: Line
    spans: list[Span]
    now: list[Span]
    learned: list[Step]
    on: date

    @cached_property
    def standing(self) -> Span | None:
        return next((span for span in self.spans if span.holds_on(self.on)), None)

    @cached_property
    def status_now(self) -> Status | None:
        """What is now known to have been so on that day."""
        return history.on_day(self.now, self.on)

    @cached_property
    def differs(self) -> bool:
        return self.spans != self.now

    @cached_property
    def is_a_line(self) -> bool:
        return any(span.status not in NOT_YET_A_LINE for span in (*self.spans, *self.now))

    @property
    def shape(self) -> str:
        return SHAPES.get(self.standing.status, "plain") if self.standing else "plain"


@dataclass(frozen=True)
class Town:
    """How many of the lines that sell in a town were active, and some weeks before. One in two towns is in both."""

    name: str
    active: int
    known: int
    active_before: int
    moves: tuple[str, ...] = ()

    @property
    def change_in_words(self) -> str:
        """'−1' with the two numbers it comes from, so that a move shows on both sides."""
        change = self.active - self.active_before
        sign = f"+{change}" if change > 0 else f"−{-change}" if change < 0 else "No change"
        return f"{sign} ({self.active_before} to {self.active})"


@dataclass(frozen=True)
class Register:
    on: date
    known: date
    now: date
    rows: list[Row]
    links: list[LineLink]

    @cached_property
    def first(self) -> date | None:
        return min((row.spans[0].since for row in self.rows if row.spans), default=None)

    @cached_property
    def last_change(self) -> date:
        """The last day on which anything changed, or a displacement was seen."""
        seen = [span.since for row in self.rows for span in row.spans]
        return max([*seen, *(link.seen_on for link in self.links if link.seen_on <= self.on)], default=self.on)

    @cached_property
    def summary(self) -> Summary | None:
        """From the day the first line was known until the day looked at."""
        return history.summary((row.spans for row in self.rows), self.first, self.on) if self.first else None

    @property
    def before(self) -> date:
        """The day that the towns are compared with."""
        return self.on - COMPARED_WITH

    @cached_property
    def towns(self) -> list[Town]:
        """Only lines that somebody has recorded as lines by the day, in the towns where they sold on it."""
        now, then = self._in_towns(self.on), self._in_towns(self.before)
        return [
            Town(name, sum(now.get(name, [])), len(now.get(name, [])), sum(then.get(name, [])), self._moves(name))
            for name in sorted({*now, *then})
        ]

    def markets_of(self, row: Row, on: date) -> list[LineMarket]:
        """Where a line sold on a day, as far as it was known."""
        heard = history.end_of(self.known)
        known = (market for market in row.line.markets.all() if market.created_at < heard and market.from_on <= on)
        ends = ((market, history.known_until(market.until_on, market.ended_at, self.known)) for market in known)
        return [market for market, until in ends if until is None or on <= until]

    def is_known(self, row: Row) -> bool:
        """Whether somebody had recorded by the day that it is a line."""
        return history.is_known(row.spans, self.on)

    def _in_towns(self, on: date) -> dict[str, list[bool]]:
        """For each town, whether each line that sold there on the day was active."""
        found: dict[str, list[bool]] = {}
        for row in self.rows:
            if history.is_known(row.spans, on):
                for town in {market.town for market in self.markets_of(row, on)}:
                    found.setdefault(town, []).append(history.on_day(row.spans, on) == Status.ACTIVE)
        return found

    def _moves(self, town: str) -> tuple[str, ...]:
        """What was linked as a displacement in those days, said on both sides."""
        sells = {row.line.pk: {market.town for market in row.line.markets.all()} for row in self.rows}
        said = []
        for link in self.links:
            here, there = sells.get(link.from_line_id, set()), sells.get(link.to_line_id, set())
            if link.kind != LineLink.Kind.DISPLACEMENT or not self.before < link.seen_on <= self.on or here == there:
                continue
            if town in here:
                said.append(f"{link.from_line.reference} on to {' and '.join(sorted(there)) or 'a town not known'}")
            if town in there:
                said.append(f"{link.to_line.reference} from {' and '.join(sorted(here)) or 'a town not known'}")
        return tuple(said)

    @cached_property
    def active_then(self) -> int:
        """As known on the earlier of the two days of knowing."""
        return sum(row.standing is not None and row.standing.status == Status.ACTIVE for row in self.rows)

    @cached_property
    def active_now_known(self) -> int:
        return sum(row.status_now == Status.ACTIVE for row in self.rows)

    @cached_property
    def different(self) -> list[Row]:
        return [row for row in self.rows if row.differs]

    @cached_property
    def beside(self) -> list[tuple[int, str]]:
        """What stands beside 'active' and is never counted in it."""
        said = [row.standing.status for row in self.rows if row.standing]
        return [(said.count(each), each.label.lower()) for each in (Status.DORMANT, Status.DISRUPTED)]


def until(spans: Iterable[Span], on: date) -> list[Span]:
    """The part of a history that lies before the end of a day."""
    begun = [span for span in spans if span.since <= on]
    return [Span(span.status, span.since, span.until if span.until and span.until < on else None) for span in begun]


def put_together(
    lines: Iterable[Line], steps: dict[uuid.UUID, list[Step]], links: list[LineLink], *,
    on: date, known: date, now: date,
) -> Register:  # fmt: skip
    """As known on one day beside what is known on a later one (`now`, today unless two days are compared).

    A line that nobody had registered yet on the first of them is there only if it is a difference.
    """
    rows, end = [], history.end_of(known)
    for line in lines:
        heard = steps.get(line.pk, [])
        spans, since = until(history.spans(heard, known), on), until(history.spans(heard, now), on)
        learned = [step for step in heard if end <= step.known_at < history.end_of(now) and step.on <= on]
        if spans or since:
            rows.append(Row(line, spans, since, learned if spans != since else [], on))
    return Register(on, known, now, rows, [link for link in links if link.created_at < end and link.seen_on <= on])
