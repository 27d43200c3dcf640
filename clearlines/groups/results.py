"""Results of other tools, read from what was pasted or from a spreadsheet. Nothing here is worked out."""

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from clearlines.access.refusals import Refused
from clearlines.groups.rules import Result

NEEDED = ("group", "tool", "version", "assessed_on", "assessor", "priority_band", "next_review_on")
MOST_ROWS, MOST_SCORES, LONGEST = 500, 60, 200
LONGEST_OF = {"tool": 40, "version": 40, "assessor": 120, "priority_band": 120}
DATES = ("%d/%m/%Y", "%Y-%m-%d")
Wrong = tuple[int, str]


@dataclass(frozen=True)
class Row:
    number: int
    group: str
    result: Result


@dataclass(frozen=True)
class Read:
    """`wrong` are sentences about rows by their number in the file; 0 is the file itself."""

    called: str
    rows: list[Row]
    wrong: list[Wrong]

    @property
    def twice(self) -> Iterator[Row]:
        """Rows that say again what an earlier row said, for the same group, tool and day."""
        seen = set()
        for row in self.rows:
            key = row.group.casefold(), row.result.tool.casefold(), row.result.assessed_on
            if key in seen:
                yield row
            seen.add(key)


def pasted(words: str) -> dict[str, str]:
    """One score a line: a name, a colon, and what the tool said. Refused with the line that is not so."""
    found: dict[str, str] = {}
    for number, line in enumerate(words.splitlines(), 1):
        name, colon, said = (part.strip() for part in line.partition(":"))
        if not line.strip():
            continue
        if not (name and colon and said):
            raise Refused([f"line {number} of the scores is not a name, a colon and a value: “{line.strip()[:60]}”"])
        if name in found:
            raise Refused([f"line {number} of the scores says “{name[:60]}” again"])
        found[name] = said
    if len(found) > MOST_SCORES:
        raise Refused([f"there are more than {MOST_SCORES} scores: give those of one result"])
    return found


def read(sheet: str) -> Read:
    """The rows of a spreadsheet saved as CSV. Every column that is not one of ours is a score."""
    called = f"A spreadsheet, SHA-256 {hashlib.sha256(sheet.encode()).hexdigest()[:16]}"
    try:
        lines = list(csv.reader(io.StringIO(sheet.removeprefix("\ufeff"), newline=""), strict=True))
    except csv.Error:
        return Read(called, [], [(0, "the file is not a spreadsheet saved as CSV")])
    heading = [each.strip() for each in lines[0]] if lines else []
    if wrong := list(_wrong_with(heading, len(lines) - 1)):
        return Read(called, [], [(0, each) for each in wrong])
    rows, faults = [], []
    for number, cells in enumerate(lines[1:], 2):
        if not any(cell.strip() for cell in cells):
            continue
        found = _row(number, heading, cells)
        if isinstance(found, Row):
            rows.append(found)
        else:
            faults += [(number, each) for each in found]
    if not rows and not faults:
        faults.append((0, "the file has a heading and no rows"))
    return Read(called, rows, faults)


def _wrong_with(heading: list[str], rows: int) -> Iterator[str]:
    missing = [each for each in NEEDED if each not in heading]
    if missing:
        yield f"the first row must name the columns, and these are missing: {', '.join(missing)}"
    named = [each for each in heading if each]
    if len(named) != len(set(named)):
        yield "two columns have the same name"
    if len(heading) > MOST_SCORES + len(NEEDED):
        yield f"there are more than {MOST_SCORES} columns of scores"
    if rows > MOST_ROWS:
        yield f"there are more than {MOST_ROWS} rows: split the file"


def _row(number: int, heading: list[str], cells: list[str]) -> Row | list[str]:
    if len(cells) != len(heading):
        return [f"it has {len(cells)} cells and the heading has {len(heading)}"]
    said = {name: cell.strip() for name, cell in zip(heading, cells, strict=True) if name}
    wrong = [f"{name} is longer than {most} characters" for name, most in LONGEST_OF.items() if len(said[name]) > most]
    scores = {name: value for name, value in said.items() if name not in NEEDED and value}
    wrong += [f"{name} is longer than {LONGEST} characters" for name, value in scores.items() if len(value) > LONGEST]
    if not said["group"]:
        wrong.append("it does not say which group, by its reference, such as G-001")
    assessed, review = _day(said["assessed_on"]), _day(said["next_review_on"])
    if assessed is None:
        wrong.append(f"assessed_on is no date: “{said['assessed_on'][:40]}”. Write it as 27/3/2023 or 2023-03-27")
    if said["next_review_on"] and review is None:
        wrong.append(f"next_review_on is no date: “{said['next_review_on'][:40]}”. Write it as 27/3/2023 or 2023-03-27")
    if wrong or assessed is None:
        return wrong
    result = Result(said["tool"], said["version"], assessed, said["assessor"], scores, said["priority_band"], review)
    return Row(number, said["group"], result)


def _day(words: str) -> date | None:
    for form in DATES:
        try:
            return datetime.strptime(words, form).date()  # noqa: DTZ007 - a day, read from a cell
        except ValueError:
            continue
    return None
