"""Reads counts that a health partner supplied by area and month. Small counts stay suppressed: never a nought.

Columns: area, month, measure, count; and perhaps name. A count is a whole number, or "<5" (also "*", "c", "[c]") where
the supplier withheld it. A count from 1 to 4 that was supplied in clear is withheld here, for the same reason.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import BinaryIO, NamedTuple

from clearlines.calls import sheets

MEASURES = {
    "overdose": "Ambulance calls to an overdose",
    "naloxone": "Naloxone given",
    "assault": "Emergency department attendances after an assault",
}
ALIKE = (("naloxone", r"naloxone"), ("assault", r"assault|violence"), ("overdose", r"overdose|poison"))
NEEDED = ("area", "month", "measure", "count")
WITHHELD = frozenset({"*", "c", "[c]", "x", "suppressed"})
FEWEST = 5
MONTH = re.compile(r"(?:19|20)\d{2}-(?:0[1-9]|1[0-2])")
BELOW = re.compile(r"(?:<|<=|less than|fewer than|under) ?\d{1,2}", re.IGNORECASE)


class Cell(NamedTuple):
    """One area, month and measure. `many` is None where it is withheld."""

    area: str
    name: str
    month: str
    measure: str
    many: int | None


@dataclass(frozen=True)
class Counts:
    """What a file holds. Rejected are (line, reason)."""

    file_name: str
    sha256: str
    rows_read: int
    cells: list[Cell] = field(repr=False)
    rejected: list[tuple[int, str]] = field(repr=False)

    @property
    def withheld(self) -> int:
        return sum(each.many is None for each in self.cells)

    @property
    def measures(self) -> list[str]:
        return sorted({each.measure for each in self.cells})

    @property
    def months(self) -> list[str]:
        return sorted({each.month for each in self.cells})


def read(name: str, stream: BinaryIO) -> Counts:
    """The counts in a file, or NotASheet."""
    sheet = sheets.examined(PurePath(name).name[:120], stream)
    lower = [each.casefold() for each in sheet.headings]
    missing = next((each for each in NEEDED if each not in lower), None)
    if missing:
        raise sheets.NotASheet(f"{sheet.name} has no column “{missing}”: it needs {', '.join(NEEDED)}")
    at = {each: lower.index(each) for each in (*NEEDED, "name") if each in lower}
    cells, rejected, rows_read = dict[tuple[str, str, str], Cell](), [], 0
    for line, row in sheets.rows(sheet, stream):
        rows_read += 1
        said = {each: sheets.clean(row[place]) if place < len(row) else "" for each, place in at.items()}
        found = _cell(said)
        if isinstance(found, str):
            rejected.append((line, found))
        elif found[:1] + found[2:4] in cells:
            rejected.append((line, "its area, month and measure are there already"))
        else:
            cells[found[:1] + found[2:4]] = found
    return Counts(sheet.name, sheet.sha256, rows_read, list(cells.values()), rejected)


def _cell(said: dict[str, str]) -> Cell | str:
    """The cell, or why the row cannot be used."""
    measure = next((key for key, pattern in ALIKE if re.search(pattern, said["measure"], re.IGNORECASE)), None)
    area, count = said["area"], said["count"].replace(",", "")
    if not area or len(area) > 12 or not area.isalnum():
        return "its area is not a code, such as E01019138"
    if not MONTH.fullmatch(said["month"]):
        return "its month is not a month, such as 2022-04"
    if measure is None:
        return "its measure is not an overdose, naloxone or an assault"
    if count.casefold() in WITHHELD or BELOW.fullmatch(count):
        return Cell(area, said.get("name", "")[:120], said["month"], measure, None)
    if not count.isascii() or not count.isdigit() or len(count) > 7:
        return "its count is not a whole number, and does not say that it is withheld"
    many = int(count)
    return Cell(area, said.get("name", "")[:120], said["month"], measure, None if 0 < many < FEWEST else many)


def by_reason(counts: Counts) -> dict[str, int]:
    return dict(Counter(reason for _, reason in counts.rejected))
