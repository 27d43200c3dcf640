"""When an extract, a mapping, a rule list or a file of health counts is not taken."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

NEEDED = {
    "reference": "a reference",
    "received": "when it was received",
    "category": "a category",
    "source": "a source",
}
PAIRS = (("easting", "northing"), ("latitude", "longitude"))
MOST_WORDS, LONGEST_WORD = 200, 60
MOST_WAITING = 10


def reasons_not_to_save_mapping(name: str, headings: Mapping[str, str]) -> Iterator[str]:
    if not name.strip():
        yield "a mapping needs a name to be found by"
    for field, called in NEEDED.items():
        if not headings.get(field):
            yield f"no column is chosen for {called}"
    chosen = [each for each in headings.values() if each]
    if twice := sorted({each for each in chosen if chosen.count(each) > 1}):
        yield f"the column “{twice[0]}” is chosen twice"
    for one, other in PAIRS:
        if bool(headings.get(one)) != bool(headings.get(other)):
            yield f"{one} and {other} go together: choose both or neither"
    if all(headings.get(one) for one, _ in PAIRS):
        yield "a place is by easting and northing or by latitude and longitude: choose one of the two"
    if not any(headings.get(each) for each in ("easting", "latitude", "area")):
        yield "no column says where: choose easting and northing, latitude and longitude, or an area code"


def reasons_not_to_save_rules(name: str, words: Mapping[str, Collection[str]]) -> Iterator[str]:
    if not name.strip():
        yield "a rule list needs a name to be found by"
    for said in words.values():
        if len(said) > MOST_WORDS:
            yield f"a list has more than {MOST_WORDS} words"
        if any(len(each) > LONGEST_WORD for each in said):
            yield f"a word is longer than {LONGEST_WORD} characters"
        if "*" in said:
            yield "a star alone would hold of every row"


def reasons_not_to_bring(*, waiting: int) -> Iterator[str]:
    if waiting >= MOST_WAITING:
        yield f"{MOST_WAITING} files wait already: load them or leave them first"


def reasons_not_to_load(
    *, rows_read: int, incidents: int, rejected: int, first_on: date | None, last_on: date | None
) -> Iterator[str]:
    if not rows_read:
        yield "there is no row below the headings"
    elif rejected == rows_read:
        yield "not one row could be read: look at the reasons, then mend the mapping or the file"
    elif rejected * 2 > rows_read:
        yield (
            f"{rejected:,} of {rows_read:,} rows could not be read, more than half: look at the reasons, then mend the "
            "mapping or the file"
        )
    elif not incidents:
        yield "every row that could be read is left out by a rule, so there is nothing to count"
    if first_on and last_on and last_on < first_on:
        yield "the last day that it covers is before the first"


def reasons_not_to_load_health(*, cells: int, source: str) -> Iterator[str]:
    if not cells:
        yield "there is no count in this file"
    if not source.strip():
        yield "nobody is named who supplied it"
