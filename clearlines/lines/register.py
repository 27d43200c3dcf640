"""The register as it was on a day, as known on a day: one row a line, and what has been learned since."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from clearlines.lines import history
from clearlines.lines.history import Span, Step, Summary
from clearlines.lines.models import Line, LineLink, LineMarket
from clearlines.lines.states import NOT_YET_A_LINE, Status

# The shape beside the word: web's status component.
SHAPES = {
    Status.ACTIVE: "alarm", Status.DORMANT: "wait", Status.DISRUPTED: "going", Status.CLOSED_T1_PROPOSED: "going",
    Status.CLOSED_T1: "ended", Status.CLOSED_T2: "ended",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One line: what it was until the day, as known then; and what is known of those days now."""

    line: Line
    spans: list[Span]
    now: list[Span]
    learned: list[Step]
    on: date

    @property
    def standing(self) -> Span | None:
        return next((span for span in self.spans if span.holds_on(self.on)), None)

    @property
    def status_now(self) -> Status | None:
        """What is now known to have been so on that day."""
        return history.on_day(self.now, self.on)

    def sells(self, market: LineMarket) -> bool:
        """Whether it sold there on the day."""
        return market.from_on <= self.on and (market.until_on is None or self.on <= market.until_on)

    @property
    def differs(self) -> bool:
        return self.spans != self.now

    @property
    def is_a_line(self) -> bool:
        return any(span.status not in NOT_YET_A_LINE for span in (*self.spans, *self.now))

    @property
    def shape(self) -> str:
        return SHAPES.get(self.standing.status, "plain") if self.standing else "plain"


@dataclass(frozen=True)
class Town:
    """How many of the lines that sell in a town were active. A line that sells in two is counted in both."""

    name: str
    active: int
    known: int


@dataclass(frozen=True)
class Register:
    on: date
    known: date
    today: date
    rows: list[Row]
    links: list[LineLink]

    @property
    def first(self) -> date | None:
        return min((row.spans[0].since for row in self.rows if row.spans), default=None)

    @property
    def last_change(self) -> date:
        """The last day on which anything changed, or a displacement was seen."""
        seen = [span.since for row in self.rows for span in row.spans]
        return max([*seen, *(link.seen_on for link in self.links if link.seen_on <= self.on)], default=self.on)

    @property
    def summary(self) -> Summary | None:
        """From the day the first line was known until the day looked at."""
        return history.summary((row.spans for row in self.rows), self.first, self.on) if self.first else None

    @property
    def towns(self) -> list[Town]:
        """Only lines that somebody has recorded as lines by the day, in the towns where they sold on it."""
        sold = [
            (town, row.standing is not None and row.standing.status == Status.ACTIVE)
            for row in self.rows
            if history.is_known(row.spans, self.on)
            for town in {market.town for market in row.line.markets.all() if row.sells(market)}
        ]
        names = sorted({town for town, _ in sold})
        return [
            Town(name, sum(active for town, active in sold if town == name), sum(town == name for town, _ in sold))
            for name in names
        ]

    @property
    def active_now_known(self) -> int:
        return sum(row.status_now == Status.ACTIVE for row in self.rows)

    @property
    def different(self) -> list[Row]:
        return [row for row in self.rows if row.differs]

    @property
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
    on: date, known: date, today: date,
) -> Register:  # fmt: skip
    """A line that nobody had registered yet on the day of knowing is there only if it is a difference."""
    rows = []
    for line in lines:
        heard = steps.get(line.pk, [])
        spans, now = until(history.spans(heard, known), on), until(history.spans(heard), on)
        learned = [step for step in heard if step.known_at >= history.end_of(known) and step.on <= on]
        if spans or now:
            rows.append(Row(line, spans, now, learned if spans != now else [], on))
    end = history.end_of(known)
    return Register(on, known, today, rows, [link for link in links if link.created_at < end and link.seen_on <= on])
