"""Reads a month of data.police.uk, row by row, and says of every row it cannot use why.

A file that is not what it says it is (columns, encoding, cut short, another month) is refused whole, by
NotWhatItSays, whose text is a sentence. A row that cannot be used is left out and listed with its line and reason.
A row without coordinates, outside the force, or with a crime id met before stays, marked.

Source: data.police.uk, "About", column headings as published in 2026; Open Government Licence v3.0.
"""

import csv
import hashlib
import io
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from clearlines.hotspots import reference

# Part of what makes a loaded file the same: a new reader reads every file again.
READER = "police-uk 1"
SOURCE, LICENCE = "data.police.uk", "Open Government Licence v3.0"
COLUMNS = [
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code", "LSOA name",
    "Crime type", "Last outcome category", "Context",
]  # fmt: skip
NAME = re.compile(r"^(?P<month>\d{4}-\d{2})-(?P<force>[a-z0-9-]+)-street\.csv$")
MONTH = re.compile(r"^\d{4}-(0[1-9]|1[0-2])$")
AREA_CODE = re.compile(r"^[EWSN]\d{8}$")
# "Barrow-in-Furness 010A": the district, and the area's place in it.
DISTRICT = re.compile(r"^(?P<district>.+) \d{3}[A-Z]$")
LONGEST_FIELD = 1_000
# Longitude and latitude of the United Kingdom, with the sea around it.
WEST, EAST, SOUTH, NORTH = -9.0, 2.2, 49.5, 61.2
# A force's own district has at least this share of a month's records, where nobody wrote the districts down.
USUAL_SHARE = 0.01


class NotWhatItSays(Exception):
    """This file is not the month of recorded crime that its name promises: nothing of it can be loaded."""


class Rejected(NamedTuple):
    line: int
    reason: str


class Incident(NamedTuple):
    """One row that stands. `in_force` is None where the row names no area."""

    line: int
    crime_id: str
    month: str
    reported_by: str
    falls_within: str
    longitude: float | None
    latitude: float | None
    location: str
    area_code: str
    area_name: str
    district: str
    crime_type: str
    basket: str
    outcome: str
    context: str
    is_repeated_id: bool


@dataclass(frozen=True)
class Month:
    """What one file holds. `marks` counts the rows that stay and are marked."""

    file_name: str
    month: str
    force: str
    force_name: str
    sha256: str
    rows_read: int
    incidents: list[Incident] = field(repr=False)
    rejected: list[Rejected] = field(repr=False)
    own_districts: frozenset[str]

    def is_in_force(self, incident: Incident) -> bool | None:
        return incident.district in self.own_districts if incident.district else None

    @property
    def marks(self) -> dict[str, int]:
        return {
            "no_coordinates": sum(each.longitude is None for each in self.incidents),
            "outside_force": sum(self.is_in_force(each) is False for each in self.incidents),
            "no_area": sum(not each.area_code for each in self.incidents),
            "repeated_id": sum(each.is_repeated_id for each in self.incidents),
        }


def files_in(folder: Path) -> tuple[list[Path], list[Path]]:
    """The monthly street files anywhere under a folder, by month, and the CSV files that are something else."""
    found = sorted((each for each in folder.rglob("*.csv") if each.is_file()), key=lambda each: each.name)
    return [each for each in found if NAME.match(each.name)], [each for each in found if not NAME.match(each.name)]


def read(path: Path) -> Month:
    """The month in one file, or NotWhatItSays."""
    named = NAME.match(path.name)
    if named is None or not MONTH.match(named["month"]):
        raise NotWhatItSays(f"{path.name} is not named like a month of data.police.uk (2024-01-cumbria-street.csv)")
    raw = path.read_bytes()
    incidents, rejected, read_ = _sorted_out(path.name, _text(path.name, raw), named["month"])
    names = Counter(each.falls_within for each in incidents)
    return Month(
        file_name=path.name,
        month=named["month"],
        force=named["force"],
        force_name=names.most_common(1)[0][0] if names else named["force"],
        sha256=hashlib.sha256(raw).hexdigest(),
        rows_read=read_,
        incidents=incidents,
        rejected=rejected,
        own_districts=reference.districts_of(named["force"]) or _usual_districts(incidents),
    )


def _text(name: str, raw: bytes) -> str:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = raw.count(b"\n", 0, wrong.start) + 1
        raise NotWhatItSays(f"{name} is not UTF-8 text: line {line} has a byte that cannot be read") from None
    if "\0" in text:
        raise NotWhatItSays(f"{name} is not text")
    return text


def _sorted_out(name: str, text: str, month: str) -> tuple[list[Incident], list[Rejected], int]:
    rejected, incidents, seen = [], [], _Seen()
    wrong_month = read_ = 0
    for line, row in _rows(name, text):
        read_ += 1
        reason = _reason_against(row, month) or seen.reason_against(row)
        if reason:
            rejected.append(Rejected(line, reason))
            wrong_month += reason is OTHER_MONTH
        else:
            incidents.append(_incident(line, row, is_repeated_id=seen.add(row)))
    if wrong_month * 2 > read_:
        raise NotWhatItSays(f"{name} says {month}, but most of its rows are of another month")
    return incidents, rejected, read_


def _rows(name: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """(line, fields) of every row but the first, which must be the column names."""
    csv.field_size_limit(2**31 - 1)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        if header != COLUMNS:
            missing = [each for each in COLUMNS if each not in header]
            said = f"it has no column '{missing[0]}'" if missing else "they are in another order, or there are more"
            raise NotWhatItSays(f"{name} has other columns than data.police.uk: {said}")
        row: list[str] = COLUMNS
        for row in reader:
            if row:
                yield reader.line_num, row
    except csv.Error:
        raise NotWhatItSays(f"{name} cannot be read as CSV at line {reader.line_num}: it may be cut short") from None
    if len(row) < len(COLUMNS) and not text.endswith("\n"):
        raise NotWhatItSays(f"{name} is cut short: it ends in the middle of line {reader.line_num}")


OTHER_MONTH = "its month is not the month of the file"


def _reason_against(row: list[str], month: str) -> str | None:
    """Why this row cannot be used, whatever the rows before it; None if it can."""
    if len(row) != len(COLUMNS):
        return f"it has {len(row)} fields, not {len(COLUMNS)}"
    if max(map(len, row)) > LONGEST_FIELD:
        return f"a field is longer than {LONGEST_FIELD:,} characters"
    if row[1] != month:
        return OTHER_MONTH if MONTH.match(row[1]) else "its month is not a month, such as 2024-01"
    if reference.basket_of(row[9]) is None:
        return "its crime type is not one that data.police.uk uses"
    if row[7] and not _is_area_code(row[7]):
        return "its LSOA code is not a code, such as E01019138"
    return None if _is_point(row[4], row[5]) else "its coordinates are not a place in the United Kingdom"


# A month repeats a few thousand codes, names and points many times over.
@lru_cache(maxsize=50_000)
def _is_area_code(code: str) -> bool:
    return AREA_CODE.match(code) is not None


@lru_cache(maxsize=50_000)
def _district(name: str) -> str:
    found = DISTRICT.match(name)
    return found["district"] if found else ""


@lru_cache(maxsize=200_000)
def _is_point(longitude: str, latitude: str) -> bool:
    if not longitude and not latitude:
        return True
    try:
        x, y = float(longitude), float(latitude)
    except ValueError:
        return False
    return math.isfinite(x) and math.isfinite(y) and WEST <= x <= EAST and SOUTH <= y <= NORTH


class _Seen:
    """Crime ids met so far in the file. Anti-social behaviour has none, so its like rows are not called repeats."""

    def __init__(self) -> None:
        self.by_id: dict[str, set[int]] = {}

    def reason_against(self, row: list[str]) -> str | None:
        if row[0] and hash(tuple(row)) in self.by_id.get(row[0], ()):
            return "it repeats an earlier row exactly"
        return None

    def add(self, row: list[str]) -> bool:
        """Keep the row in mind; whether its id was met before, with other content."""
        if not row[0]:
            return False
        there = self.by_id.setdefault(row[0], set())
        there.add(hash(tuple(row)))
        return len(there) > 1


def _incident(line: int, row: list[str], *, is_repeated_id: bool) -> Incident:
    crime_id, month, reported_by, falls_within, x, y, location, code, name, crime_type, outcome, context = row
    return Incident(
        line, crime_id, month, reported_by, falls_within, float(x) if x else None, float(y) if y else None, location,
        code, name, _district(name), crime_type, reference.basket_of(crime_type) or "",
        outcome, context, is_repeated_id,
    )  # fmt: skip


def _usual_districts(incidents: list[Incident]) -> frozenset[str]:
    found = Counter(each.district for each in incidents if each.district)
    return frozenset(district for district, many in found.items() if many >= USUAL_SHARE * found.total())
