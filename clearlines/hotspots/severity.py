"""Reads a table of harm weights that an operator has: a row for each type of crime, its name and its weight.

Columns are known by common names, wherever they stand; others are not read. A table with a weight that is none, that
is below nought or given twice is refused whole, with a sentence. None is shipped: the licence of the Cambridge Crime
Harm Index is unclear, and ONS publishes its own (domain.md 2.15).
"""

import csv
import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

from clearlines.analysis.severity import MOST, plain
from clearlines.hotspots.police_uk import NotWhatItSays

# Once capitals, spaces and marks are gone; the first that is there is taken.
TYPES = ("crimetype", "type", "offence", "offencetype", "offencedescription", "category", "crime", "name")
WEIGHTS = ("weight", "harmweight", "harm", "harmscore", "severityscore", "severity", "score", "days", "weightdays")
LONGEST_NAME = 200
# More than every offence of the counting rules together.
MOST_ROWS = 5_000
LARGEST_FILE = 1024 * 1024


@dataclass(frozen=True)
class Table:
    """`weights` by type as it is written there; `not_read` are the columns that were left alone."""

    weights: dict[str, float] = field(repr=False)
    sha256: str
    not_read: tuple[str, ...] = ()


def read_file(path: Path) -> Table:
    """The table in a file, or NotWhatItSays."""
    if path.stat().st_size > LARGEST_FILE:
        raise NotWhatItSays(f"{path.name} is larger than 1 MB, which no table of weights is")
    try:
        words = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise NotWhatItSays(f"{path.name} is not a table: save it as CSV in UTF-8") from None
    return read(words, path.name)


def read(words: str, name: str) -> Table:
    """The table in these words, or NotWhatItSays."""
    try:
        rows = [row for row in csv.reader(words.splitlines(), strict=True) if any(cell.strip() for cell in row)]
    except csv.Error:
        raise NotWhatItSays(f"{name} is not a table: a quotation mark or a cell does not end") from None
    if not rows:
        raise NotWhatItSays(f"{name} is empty")
    heading = [re.sub(r"[^a-z]", "", cell.casefold()) for cell in rows[0]]
    types, weights = _column(heading, TYPES, name, "crime_type"), _column(heading, WEIGHTS, name, "weight")
    if not rows[1:] or len(rows) > MOST_ROWS:
        raise NotWhatItSays(f"{name} has {len(rows) - 1} rows below its heading: there must be 1 to {MOST_ROWS - 1:,}")
    found: dict[str, float] = {}
    seen: set[str] = set()
    for number, row in enumerate(rows[1:], 2):
        kind, weight = _row(row, types, weights, f"{name}, row {number}")
        if plain(kind) in seen:
            raise NotWhatItSays(f"{name}, row {number}: {kind} has a weight already")
        seen.add(plain(kind))
        found[kind] = weight
    if not any(found.values()):
        raise NotWhatItSays(f"{name} has no weight above nought")
    not_read = tuple(cell.strip() for at, cell in enumerate(rows[0]) if at not in (types, weights))
    return Table(found, hashlib.sha256(words.encode()).hexdigest(), not_read)


def _column(heading: list[str], names: tuple[str, ...], file_name: str, called: str) -> int:
    for each in names:
        if each in heading:
            return heading.index(each)
    raise NotWhatItSays(f"{file_name} has no column {called}: its first row must name the columns")


def _row(row: list[str], types: int, weights: int, where: str) -> tuple[str, float]:
    kind = row[types].strip() if types < len(row) else ""
    said = row[weights].strip().replace(",", "") if weights < len(row) else ""
    if not kind or len(kind) > LONGEST_NAME:
        raise NotWhatItSays(f"{where}: there is no type of crime")
    if not re.fullmatch(r"[+-]?\d+(\.\d+)?", said):
        raise NotWhatItSays(f"{where}: the weight of {kind} is not a number: {said[:40] or 'empty'}")
    weight = float(said)
    if not 0 <= weight <= MOST:
        raise NotWhatItSays(f"{where}: the weight of {kind} cannot be {said[:40]}")
    return kind, weight
