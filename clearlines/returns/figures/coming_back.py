"""Of the lines that were closed, how many came back. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Protocol

from clearlines.lines.states import CLOSED, Status

# A line that is closed may go from one kind of closing to another; it is closed once.
STAYS_CLOSED = CLOSED | {Status.CLOSED_T1_PROPOSED}


class Span(Protocol):
    """A status of a line from a day until the next one."""

    @property
    def status(self) -> Status: ...
    @property
    def since(self) -> date: ...


def came_back_within(
    histories: Iterable[Sequence[Span]], first: date, last: date, days: int
) -> tuple[int, int]:  # fmt: skip
    """Of the closings from the first day to the last: after how many the line was active within so many days."""
    closings = [closing for history in histories for closing in _closings(history) if first <= closing[0] <= last]
    back = [closed for closed, active in closings if active and (active - closed).days <= days]
    return len(back), len(closings)


def _closings(history: Sequence[Span]) -> Iterator[tuple[date, date | None]]:
    """The day of each closing, and the day on which the line was active next, if what followed it was that."""
    for place, span in enumerate(history):
        if span.status not in CLOSED or _is_closed_already(history[:place]):
            continue
        after = next((each for each in history[place:] if each.status not in STAYS_CLOSED), None)
        yield span.since, after.since if after and after.status == Status.ACTIVE else None


def _is_closed_already(before: Sequence[Span]) -> bool:
    for span in reversed(before):
        if span.status in CLOSED:
            return True
        if span.status not in STAYS_CLOSED:
            return False
    return False


def old_enough(first: date, last: date, days: int) -> tuple[date, date]:
    """The days of closing whose waiting ended from the first day to the last: each closing counts in one quarter."""
    waited = timedelta(days=days)
    return first - waited, last - waited
