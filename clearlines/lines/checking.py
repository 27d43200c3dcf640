"""Which checks of a closed line are due, and which lines have gone quiet: pure reading of dated facts."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Check:
    """One check of one closure: so many days after it."""

    closed_on: date
    days: int

    @property
    def due_on(self) -> date:
        return self.closed_on + timedelta(days=self.days)


def unanswered(closed_on: date, schedule: Sequence[int], answered: Collection[int]) -> Iterator[Check]:
    """The checks that nobody has answered, the soonest first."""
    return (Check(closed_on, days) for days in schedule if days not in answered)


def has_gone_quiet(last_seen: date, *, today: date, after: int) -> bool:
    """Nothing was seen for `after` whole days: seen on the 1st, with 28, it has gone quiet on the 29th."""
    return (today - last_seen).days >= after
