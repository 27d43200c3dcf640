"""From the rows of an extract to distinct incidents, and for every row that is not one, why.

rows read = incidents + repeats + excluded + rejected, always. A row without a place stays, and is marked.
What a caller said, who they were and their number are never read: only the columns that the mapping names.
"""

import hashlib
from array import array
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import BinaryIO, NamedTuple

import numpy as np
from pyproj import Transformer

from clearlines.calls import columns, reference, repeats, sheets
from clearlines.calls.columns import Columns
from clearlines.calls.repeats import Calls
from clearlines.calls.rulelists import RulesAsked
from clearlines.calls.sheets import LONGEST_CELL, Sheet

REJECTED, EXCLUDED, REPEAT, MARKED = "rejected", "excluded", "repeat", "marked"
# As a page lists them: what somebody may have to mend comes first.
IN_ORDER = (REJECTED, EXCLUDED, REPEAT, MARKED)
NO_PLACE, PLACE_NOT_READ, NOT_LISTED, NO_TIME, ODD = (
    "no_place", "place_not_read", "category_not_listed", "no_time", "odd_characters",
)  # fmt: skip
MARKS = {
    NO_PLACE: "it has no place, so it is counted in no area",
    PLACE_NOT_READ: "its place is not in Great Britain or cannot be read, so it is counted in no area",
    NOT_LISTED: "its category is on no list of the rules, so it is kept and is not counted as demand",
    NO_TIME: "it has a day and no time, so it is never taken for a repeat of a call that looks like it",
    ODD: "characters that nobody can see were taken out of it",
}
REPEATS = {
    repeats.SAME: "it has the reference of a call that is counted",
    repeats.NAMED: "it says itself which call it repeats",
    repeats.ALIKE: "it is of the same category, near a call that is counted and soon after it",
}
# British National Grid, in metres.
EAST, NORTH = 700_000.0, 1_300_000.0
EPOCH, EARLIEST = datetime(1970, 1, 1, tzinfo=UTC), date(1990, 1, 1)
# Nobody reads a house off a square of a hundred metres.
SNAP = 100
TOLD_EVERY = 10_000
to_degrees = Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)
to_metres = Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True)


class LeftOut(NamedTuple):
    """A row that is not counted, or is counted and marked. `what` is rejected, excluded, repeat or marked."""

    line: int
    what: str
    why: str


@dataclass(frozen=True)
class How:
    """What an extract is read by. `key` turns references into hashes nobody can turn back."""

    columns: Columns
    rules: RulesAsked
    within: reference.Repeats
    key: bytes = field(repr=False)
    today: date
    # The days it covers, where somebody said; otherwise from its first call to its last.
    first_on: date | None = None
    last_on: date | None = None


@dataclass(frozen=True)
class Incidents:
    """Distinct incidents as columns. Places are the middles of squares of a hundred metres, or not-a-number."""

    reference: np.ndarray
    day: np.ndarray
    kind: list[str]
    easting: np.ndarray
    northing: np.ndarray
    longitude: np.ndarray
    latitude: np.ndarray
    area: list[str]
    calls: np.ndarray


@dataclass(frozen=True)
class Sifted:
    """What came of a file. Counts are by key of a rule, of a way of repeating, of a mark."""

    rows_read: int
    incidents: Incidents = field(repr=False)
    excluded: dict[str, int]
    repeats: dict[str, int]
    marked: dict[str, int]
    rejected: int
    left_out: list[LeftOut] = field(repr=False)
    first_on: date | None
    last_on: date | None

    @property
    def used(self) -> int:
        return len(self.incidents.calls)


def sift(sheet: Sheet, stream: BinaryIO, how: How, *, told: Callable[[int], object] = lambda _: None) -> Sifted:
    """Everything the file says, or NotASheet. `told` hears how many more rows were read, now and then."""
    reading = _Reading(sheet, how)
    for line, row in sheets.rows(sheet, stream):
        reading.take(line, row)
        if reading.rows_read % TOLD_EVERY == 0:
            told(TOLD_EVERY)
    return reading.done()


class _Reading:
    """Rows as they are met, kept as columns of numbers so that half a million fit where a few thousand would."""

    def __init__(self, sheet: Sheet, how: How) -> None:
        self.how, self.rows_read = how, 0
        self.at = {name: sheet.place_of(heading) for name, heading in how.columns.headings.items()}
        self.width, self.furthest = len(sheet.headings), max(self.at.values())
        self.left_out: list[LeftOut] = []
        self.excluded: Counter[str] = Counter()
        self.line, self.reference, self.repeat_of = array("q"), array("Q"), array("Q")
        self.minute, self.has_time = array("q"), array("b")
        self.category, self.area, self.x, self.y = array("q"), array("q"), array("d"), array("d")
        self.odd_place, self.is_odd = array("b"), array("b")
        self.categories, self.areas = _Names(), _Names()
        self.first_on: date | None = None
        self.last_on: date | None = None

    def take(self, line: int, row: list[str]) -> None:
        self.rows_read += 1
        reason = self._reason_against_shape(row)
        if reason:
            self.left_out.append(LeftOut(line, REJECTED, reason))
            return
        cells = {name: sheets.clean(row[place]) for name, place in self.at.items()}
        reason = self._reason_against(cells)
        if reason:
            self.left_out.append(LeftOut(line, REJECTED, reason))
            return
        self._see_day(cells["received"])
        rule = self.how.rules.excluded_by(cells["source"], cells["category"], cells.get("marker", ""))
        if rule:
            self.excluded[rule] += 1
            self.left_out.append(LeftOut(line, EXCLUDED, reference.rules()[rule]))
            return
        self._keep(line, cells, is_odd=any(not row[place].isprintable() for place in self.at.values()))

    def _see_day(self, said: str) -> None:
        """An extract covers the days of every row that could be read, those that police made too."""
        when, _ = _moment(said, self.how.columns.dates) or (EPOCH, False)
        on = when.date()
        self.first_on, self.last_on = min(on, self.first_on or on), max(on, self.last_on or on)

    def _reason_against_shape(self, row: list[str]) -> str:
        if not any(row) or not any(map(str.strip, row)):
            return "it is empty"
        if len(row) <= self.furthest or any(row[self.width :]):
            return f"it has {len(row)} cells under {self.width} headings"
        if any(len(row[place]) > LONGEST_CELL for place in self.at.values()):
            return f"a cell that is read is longer than {LONGEST_CELL} characters"
        return ""

    def _reason_against(self, cells: dict[str, str]) -> str:
        if not cells["reference"]:
            return "it has no reference"
        if not cells["category"]:
            return "it has no category"
        when = _moment(cells["received"], self.how.columns.dates)
        if when is None:
            return columns.why_no_date(cells["received"], self.how.columns.dates)
        on = when[0].date()
        if not EARLIEST <= on <= self.how.today:
            return "its date is before 1990 or has not come yet"
        if (self.how.first_on and on < self.how.first_on) or (self.how.last_on and on > self.how.last_on):
            return "it is outside the days that the extract covers"
        return ""

    def _keep(self, line: int, cells: dict[str, str], *, is_odd: bool) -> None:
        when, has_time = _moment(cells["received"], self.how.columns.dates) or (EPOCH, False)
        x, y, is_wrong = _point(cells)
        self.line.append(line)
        self.reference.append(self._hash(cells["reference"]))
        repeat_of = cells.get("repeat_of", "")
        self.repeat_of.append(self._hash(repeat_of) if repeat_of and repeat_of != cells["reference"] else 0)
        self.minute.append(int((when - EPOCH).total_seconds()) // 60)
        self.has_time.append(has_time)
        self.category.append(self.categories.number(" ".join(cells["category"].casefold().split())))
        self.area.append(self.areas.number(_area(cells.get("area", ""))))
        self.x.append(x)
        self.y.append(y)
        self.odd_place.append(is_wrong)
        self.is_odd.append(is_odd)

    def _hash(self, said: str) -> int:
        """Never 0, which means that nothing is named."""
        digest = hashlib.blake2b(said.casefold().encode(), key=self.how.key[:64], digest_size=8).digest()
        return int.from_bytes(digest, "big") or 1

    def done(self) -> Sifted:
        line = np.asarray(self.line, dtype=np.int64)
        calls = self._calls()
        folded = repeats.fold(calls, self.how.within)
        used = np.flatnonzero(folded.is_used)
        for row in np.flatnonzero(~folded.is_used).tolist():
            self.left_out.append(LeftOut(int(line[row]), REPEAT, REPEATS[folded.how[row]]))
        incidents = self._incidents(calls, used, folded)
        marked = self._mark(line, calls, used, incidents)
        return Sifted(
            self.rows_read, incidents, dict(self.excluded), dict(Counter(filter(None, folded.how))), marked,
            sum(each.what == REJECTED for each in self.left_out), sorted(self.left_out),
            self.how.first_on or self.first_on, self.how.last_on or self.last_on,
        )  # fmt: skip

    def _calls(self) -> Calls:
        def column(values: array, kind: type = np.int64) -> np.ndarray:
            return np.asarray(values, dtype=kind)

        x, y = column(self.x, np.float64), column(self.y, np.float64)
        if "latitude" in self.at:
            x, y = _metres(x, y)
        return Calls(
            column(self.reference, np.uint64), column(self.repeat_of, np.uint64), column(self.minute),
            column(self.has_time, np.bool_), self.categories.ranked(column(self.category)), x, y,
            self.areas.ranked(column(self.area)),
        )  # fmt: skip

    def _incidents(self, calls: Calls, used: np.ndarray, folded: repeats.Folded) -> Incidents:
        """Each with the place and area of the first of its calls that has them."""
        x, y = calls.easting.copy(), calls.northing.copy()
        area = np.asarray(self.area, dtype=np.int64)
        for row in reversed(repeats.in_order(calls)[: len(calls)].tolist()):
            head = folded.first[row]
            if head != row and np.isnan(calls.easting[head]) and not np.isnan(calls.easting[row]):
                x[head], y[head] = calls.easting[row], calls.northing[row]
            if head != row and not calls.area[head] and calls.area[row]:
                area[head] = self.area[row]
        x, y = (np.floor(each[used] / SNAP) * SNAP + SNAP / 2 for each in (x, y))
        longitude, latitude = to_degrees.transform(x, y)
        kinds = [self.how.rules.kind_of(name) for name in self.categories.names]
        return Incidents(
            calls.reference[used], calls.minute[used] // 1440, [kinds[self.category[row]] for row in used.tolist()],
            x, y, np.where(np.isnan(x), np.nan, longitude), np.where(np.isnan(x), np.nan, latitude),
            [self.areas.names[number] for number in area[used].tolist()], folded.calls[used],
        )  # fmt: skip

    def _mark(self, line: np.ndarray, calls: Calls, used: np.ndarray, found: Incidents) -> dict[str, int]:
        nowhere = np.isnan(found.easting) & ~np.array([bool(each) for each in found.area], dtype=bool)
        wrong = np.asarray(self.odd_place, dtype=bool)[used]
        marks = {
            PLACE_NOT_READ: nowhere & wrong,
            NO_PLACE: nowhere & ~wrong,
            NOT_LISTED: np.array([each == "other" for each in found.kind], dtype=bool),
            NO_TIME: ~calls.has_time[used],
            ODD: np.asarray(self.is_odd, dtype=bool)[used],
        }
        for mark, rows in marks.items():
            self.left_out.extend(LeftOut(int(each), MARKED, MARKS[mark]) for each in line[used[rows]].tolist())
        return {mark: int(rows.sum()) for mark, rows in marks.items() if rows.any()}


class _Names:
    """Each name once, with a number. The first is the empty name."""

    def __init__(self) -> None:
        self.names, self.known = [""], {"": 0}

    def number(self, name: str) -> int:
        if name not in self.known:
            self.known[name] = len(self.names)
            self.names.append(name)
        return self.known[name]

    def ranked(self, numbers: np.ndarray) -> np.ndarray:
        """By the alphabet, and not by which row came first; the empty name is 0."""
        rank = np.argsort(np.argsort(np.array(self.names, dtype=object), kind="stable"), kind="stable")
        return rank[numbers]


@lru_cache(maxsize=4096)
def _moment(said: str, dates: str) -> tuple[datetime, bool] | None:
    return columns.moment(said, dates)


def _area(said: str) -> str:
    plain = said.upper()
    return plain if len(plain) <= 12 and plain.isalnum() else ""


def _point(cells: dict[str, str]) -> tuple[float, float, bool]:
    """(x, y, whether what is written is no place here); not-a-number where there is no point."""
    names = ("longitude", "latitude") if "latitude" in cells else ("easting", "northing")
    x, y = (cells.get(each, "").replace(",", "") for each in names)
    if x in ("", "0", "0.0") and y in ("", "0", "0.0"):
        return np.nan, np.nan, False
    try:
        across, up = float(x), float(y)
    except ValueError:
        return np.nan, np.nan, True
    low = (-9.0, 49.5, 2.5, 61.5) if "latitude" in cells else (1.0, 1.0, EAST, NORTH)
    is_here = low[0] <= across <= low[2] and low[1] <= up <= low[3]
    return (across, up, False) if is_here else (np.nan, np.nan, True)


def _metres(longitude: np.ndarray, latitude: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    x, y = to_metres.transform(longitude, latitude)
    missing = np.isnan(longitude)
    return np.where(missing, np.nan, x), np.where(missing, np.nan, y)
