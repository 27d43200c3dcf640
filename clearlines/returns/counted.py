"""What a counting function answers, and the window it counts in."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Window:
    """From the first day to the last, both counted, as known by the end of a day."""

    from_on: date
    to_on: date
    as_known: date

    @property
    def began(self) -> datetime:
        return datetime.combine(self.from_on, time.min, tzinfo=LONDON)

    @property
    def over(self) -> datetime:
        """The first moment after the window."""
        return datetime.combine(self.to_on + timedelta(days=1), time.min, tzinfo=LONDON)

    @property
    def known_before(self) -> datetime:
        """The first moment of which nothing was known yet."""
        return datetime.combine(self.as_known + timedelta(days=1), time.min, tzinfo=LONDON)

    @property
    def days(self) -> int:
        return (self.to_on - self.from_on).days + 1


@dataclass(frozen=True)
class Table:
    """Whole numbers in rows and columns; every row counted belongs to exactly one cell."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]

    @property
    def total(self) -> int:
        return sum(map(sum, self.cells))

    def column(self, name: str) -> int:
        place = self.columns.index(name)
        return sum(row[place] for row in self.cells)


@dataclass(frozen=True)
class Figure:
    """A number as counted, before anything is withheld. It stays with the organisation that counted it.

    `rule` says in plain words which rows were counted; `rows_counted` how many rows were read to count it.
    """

    rule: str
    rows_counted: int
    value: float | str | None = None
    base: int | None = None
    low: float | None = None
    high: float | None = None
    missing: int | None = None
    table: Table | None = None
    steps: tuple[tuple[str, int], ...] = ()
    note: str = ""

    def as_kept(self) -> dict[str, Any]:
        """As JSON keeps it: lists for tuples, so that what is counted again compares equal."""
        return _listed(asdict(self))


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _listed(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_listed(each) for each in value]
    return round(value, 6) if isinstance(value, float) else value


def cross(pairs: Sequence[tuple[str, str]], rows: Sequence[str], columns: Sequence[str]) -> Table:
    """How many of the pairs fall in each cell."""
    cells = tuple(tuple(pairs.count((row, column)) for column in columns) for row in rows)
    return Table(tuple(rows), tuple(columns), cells)
