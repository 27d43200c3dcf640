"""What was so, and when we knew it: pure reading of a line's dated statuses.

A row says 'from this day the line is …' and when that became known. 'As known on D' leaves out what was learned later,
and leaves out a row that a correction known by D has replaced. On one day the row learned last holds.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from clearlines.lines.states import CLOSED, NOT_YET_A_LINE, Status

LONDON = ZoneInfo("Europe/London")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Step:
    """One row of a line's history. `key` and `corrects` are row keys."""

    status: Status
    on: date
    known_at: datetime
    sequence: int = 0
    key: object = None
    corrects: object = None

    @property
    def order(self) -> tuple[date, datetime, int]:
        return self.on, self.known_at, self.sequence


@dataclass(frozen=True)
class Span:
    """A status from a day until the day before the next one; `until` is None while it lasts."""

    status: Status
    since: date
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Summary:
    ever_known: int
    peak_active: int
    zero_days: int
    zero_spells: list[tuple[date, date]]
    active_at_end: int
    type1: int
    type2: int
    reactivations: int


def end_of(day: date) -> datetime:
    """The first moment that is no longer this day in London: what is known before it was known that day."""
    return datetime.combine(day + ONE_DAY, time.min, tzinfo=LONDON)


def standing(steps: Iterable[Step], known: date | None = None) -> list[Step]:
    """The steps that hold as known on a day, in order."""
    heard = [step for step in steps if known is None or step.known_at < end_of(known)]
    replaced = {step.corrects for step in heard if step.corrects is not None}
    return sorted((step for step in heard if step.key not in replaced), key=lambda step: step.order)


def spans(steps: Iterable[Step], known: date | None = None) -> list[Span]:
    """The statuses one after another; a status that lasted no day is not among them."""
    by_day = {step.on: step.status for step in standing(steps, known)}
    found: list[Span] = []
    for on, status in by_day.items():
        if found and found[-1].status == status:
            continue
        if found:
            found[-1] = Span(found[-1].status, found[-1].since, on - ONE_DAY)
        found.append(Span(status, on))
    return found


def on_day(history: Iterable[Span], day: date) -> Status | None:
    return next((span.status for span in history if span.holds_on(day)), None)


def is_known(history: list[Span], day: date) -> bool:
    """Somebody has recorded by this day that it is a line; one merged into another is counted as that other."""
    return on_day(history, day) != Status.MERGED and any(
        span.since <= day and span.status not in NOT_YET_A_LINE and span.status != Status.MERGED for span in history
    )


@dataclass
class Count:
    """How many were active from a day until the day before the next count."""

    since: date
    active: int
    until: date = field(default=date.max)


def active_counts(histories: Iterable[list[Span]], first: date, last: date) -> list[Count]:
    """The step chart: how many lines were active on each day from first to last, as runs of days."""
    change: dict[date, int] = {first: 0}
    for history in histories:
        for span in history:
            begins, ends = max(span.since, first), min(span.until or last, last)
            if span.status == Status.ACTIVE and begins <= ends:
                change[begins] = change.get(begins, 0) + 1
                change[ends + ONE_DAY] = change.get(ends + ONE_DAY, 0) - 1
    counts: list[Count] = []
    active = 0
    for day in sorted(day for day in change if day <= last):
        active += change[day]
        if counts and counts[-1].active == active:
            continue
        if counts:
            counts[-1].until = day - ONE_DAY
        counts.append(Count(day, active, last))
    return counts


def reactivations(history: list[Span]) -> Iterator[Span]:
    """Active again after a closure. Back from a closure that was only proposed is no reactivation."""
    for before, after in pairwise(history):
        if before.status in CLOSED and after.status == Status.ACTIVE:
            yield after


def summary(histories: Iterable[list[Span]], first: date, last: date) -> Summary:
    histories = list(histories)
    counts = active_counts(histories, first, last)
    zero = [(count.since, count.until) for count in counts if count.active == 0]
    begun = [span.status for history in histories for span in history if first <= span.since <= last]
    return Summary(
        ever_known=sum(is_known(history, last) for history in histories),
        peak_active=max(count.active for count in counts),
        zero_days=sum((until - since).days + 1 for since, until in zero),
        zero_spells=zero,
        active_at_end=counts[-1].active,
        type1=begun.count(Status.CLOSED_T1),
        type2=begun.count(Status.CLOSED_T2),
        reactivations=sum(first <= span.since <= last for history in histories for span in reactivations(history)),
    )


def known_until(until: date | None, ended_at: datetime | None, known: date) -> date | None:
    """The last day of a number, a town or a role, as far as it was known: an end learned later had not come yet."""
    return None if until and ended_at and ended_at >= end_of(known) else until
