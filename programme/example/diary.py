"""Fourteen months told in the order they happened.

A story is a generator: it yields the moment at which it wants to go on, and is handed the eyes of everybody at that
moment. The diary keeps many stories and always goes on with the earliest, so that rows and ledger entries come in
the order of the calendar, as they would have.
"""

import heapq
from collections.abc import Callable, Generator, Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from clearlines.access.models import Account
from clearlines.access.viewer import Viewer

LONDON = ZoneInfo("Europe/London")
BEGAN, ENDED = date(2022, 2, 1), date(2023, 3, 31)
LAST_MOMENT = datetime.combine(ENDED, time(18), LONDON)


class Eyes:
    """`eyes.worker` sees and acts as the worker at this moment; `eyes.of("food.club")` where a name has a dot."""

    def __init__(self, accounts: dict[str, Account], now: datetime) -> None:
        self.accounts, self.now = accounts, now
        self.opened: dict[str, Viewer] = {}

    def of(self, username: str) -> Viewer:
        if username not in self.opened:
            self.opened[username] = Viewer.in_the_past(self.accounts[username], self.now)
        return self.opened[username]

    def __getattr__(self, username: str) -> Viewer:
        if username not in self.accounts:
            raise AttributeError(username)
        return self.of(username)

    @property
    def nobody(self) -> Viewer:
        return Viewer.in_the_past(None, self.now)


Story = Generator[datetime, Eyes, None]


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), LONDON)


def later(moment: datetime, *, days: int = 0, hours: int = 0) -> datetime:
    """Days on, but never past the last evening of the example: what is left undone then is somebody's work to find."""
    return min(moment + timedelta(days=days, hours=hours), LAST_MOMENT)


def tell_all(stories: Iterable[Story], accounts: dict[str, Account], tick: Callable[[], None]) -> None:
    """Tell every story to its end, earliest moment first."""
    waiting: list[tuple[datetime, int, Story]] = []
    for number, story in enumerate(stories):
        heapq.heappush(waiting, (next(story), number, story))
    while waiting:
        moment, number, story = heapq.heappop(waiting)
        tick()
        try:
            heapq.heappush(waiting, (story.send(Eyes(accounts, moment)), number, story))
        except StopIteration:
            continue
