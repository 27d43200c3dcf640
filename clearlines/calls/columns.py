"""Which column of an extract is which of ours, guessed from its heading, and how its dates are written.

A time is the control room's own clock; it is kept as if it were universal time, because only differences matter here.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any


@dataclass(frozen=True)
class Field:
    """One thing we read. `alike` finds its heading among strangers; the first match of the first pattern is taken."""

    label: str
    alike: tuple[str, ...]
    is_needed: bool = False


FIELDS = {
    "reference": Field(
        "Reference of the call", (r"^(incident|log|call)?.?(ref|reference|number|no|id)\b", r"\bref"), True
    ),
    "received": Field("When it was received", (r"received", r"\b(created|date.?time|call.?time)", r"\bdate\b"), True),
    "category": Field("Category or type", (r"categor", r"\b(opening|incident|call).?(code|type)", r"\btype\b"), True),
    "source": Field(
        "Source of the call (101, 999, online, Crimestoppers, police)", (r"source", r"channel", r"method"), True
    ),
    "marker": Field("The call-taker's mark", (r"mark", r"qualifier", r"flag")),
    "repeat_of": Field("Reference it repeats", (r"repeat", r"linked", r"parent", r"duplicate.of")),
    "easting": Field("Easting", (r"easting", r"^(grid)?.?x$")),
    "northing": Field("Northing", (r"northing", r"^(grid)?.?y$")),
    "latitude": Field("Latitude", (r"^lat",)),
    "longitude": Field("Longitude", (r"^lon", r"^lng")),
    "area": Field("Area code", (r"lsoa", r"area.?code", r"\bbeat\b", r"\barea\b")),
}  # fmt: skip
PAIRS = (("easting", "northing"), ("latitude", "longitude"))


@dataclass(frozen=True)
class DateFormat:
    example: str
    parts: tuple[str, ...]
    said: re.Pattern[str] | None


def _format(example: str, order: str, pattern: str) -> DateFormat:
    clock = r"(?:[ T,]+(\d{1,2})[:.](\d{2})(?:[:.]\d{2}(?:\.\d+)?)?Z?)?"
    return DateFormat(example, tuple(order), re.compile(pattern + clock))


SERIAL = "serial"
DATES = {
    "day_first": _format("31/12/2022 18:05", "dmy", r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})"),
    "iso": _format("2022-12-31 18:05", "ymd", r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})"),
    "month_first": _format("12/31/2022 18:05", "mdy", r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})"),
    "named": _format("31 Dec 2022 18:05", "dmy", r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})"),
    SERIAL: DateFormat("44926.7535, a spreadsheet's number for a day", (), None),
}
MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
# 1 January 1990 and 2100 as a spreadsheet counts days; an older number is some other number.
SERIAL_DAYS, DAY_NOUGHT = (32_874, 73_050), datetime(1899, 12, 30, tzinfo=UTC)
LOOKS_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")


@dataclass(frozen=True)
class Columns:
    """Our field → its heading, and how dates are written: what a saved mapping holds."""

    headings: Mapping[str, str]
    dates: str

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "headings": dict(sorted(self.headings.items()))}

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "Columns":
        return cls(dict(said["headings"]), said["dates"])


def guessed(headings: Iterable[str]) -> dict[str, str]:
    """Our field → the heading it is likely to be. No heading is guessed twice."""
    left, found = [each for each in headings if each], dict[str, str]()
    for name, field in FIELDS.items():
        for pattern in field.alike:
            match = next((each for each in left if re.search(pattern, each.replace("_", " "), re.IGNORECASE)), None)
            if match is not None:
                found[name] = match
                left.remove(match)
                break
    return found


def guessed_dates(cells: Iterable[str]) -> str:
    """The way of writing dates that reads most of these cells."""
    some = [each for each in cells if each][:200]
    return max(DATES, key=lambda dates: sum(moment(each, dates) is not None for each in some))


def moment(said: str, dates: str) -> tuple[datetime, bool] | None:
    """When, and whether a time of day was written; None where it is not written so, or is no day of any calendar."""
    if dates == SERIAL:
        return _serial(said)
    form = DATES[dates]
    match = form.said.fullmatch(said) if form.said else None
    if match is None:
        return None
    *day, hour, minute = match.groups()
    number = dict(zip(form.parts, day, strict=True))
    month = MONTHS.get(number["m"][:3].lower(), 0) if number["m"].isalpha() else int(number["m"])
    try:
        return datetime(
            int(number["y"]), month, int(number["d"]), int(hour or 0), int(minute or 0), tzinfo=UTC
        ), hour is not None
    except ValueError:
        return None


def _serial(said: str) -> tuple[datetime, bool] | None:
    if not LOOKS_SERIAL.fullmatch(said):
        return None
    days = float(said)
    if not SERIAL_DAYS[0] <= days < SERIAL_DAYS[1]:
        return None
    return DAY_NOUGHT + timedelta(minutes=round(days * 1440)), days % 1 != 0


def why_no_date(said: str, dates: str) -> str:
    """Why a date that could not be read was not. Never repeats what the cell says."""
    if not said:
        return "it has no date"
    if dates != SERIAL and LOOKS_SERIAL.fullmatch(said):
        return "its date is a spreadsheet's number for a day: show the column as dates and save it again"
    return f"its date is not written like {DATES[dates].example.split(',')[0]}"


def shape(cell: str) -> str:
    """What a cell looks like and not what it says: 14/03/2023 is 99/99/9999, Robin is aaaaa."""
    drawn = re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "9", cell))
    return drawn if len(drawn) <= 24 else f"{drawn[:23]}…"
