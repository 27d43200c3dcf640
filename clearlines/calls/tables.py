"""What the pages of this room say, as rows: every count beside what it is out of, and the sum under it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from clearlines.access.viewer import Viewer
from clearlines.calls import columns, queries, reference
from clearlines.calls import health as counts
from clearlines.calls.models import Extract, Mapping, RuleList, WaitingFile
from clearlines.calls.repeats import ALIKE, NAMED, SAME
from clearlines.calls.sifting import IN_ORDER, REJECTED, LeftOut, Sifted
from clearlines.web.months import called, called_shortly

FIRST = 25
HOW = {SAME: "The same reference again", NAMED: "It says which call it repeats", ALIKE: "Alike in kind, place and time"}
MARK = {
    "no_place": "No place: counted in no area",
    "place_not_read": "A place that is not in Great Britain or cannot be read: counted in no area",
    "category_not_listed": "A category on no list: kept, and not counted as demand",
    "no_time": "A day without a time: never taken for a repeat by its looks",
    "odd_characters": "Characters that nobody can see were taken out",
}


@dataclass(frozen=True)
class Line:
    says: str
    many: int


@dataclass(frozen=True)
class Sum:
    """Where every row read went. The lines add up to `read`."""

    read: int
    used: int
    excluded: list[Line]
    repeats: list[Line]
    rejected: int
    marked: list[Line]


def _sum(read: int, used: int, rejected: int, said: dict[str, dict[str, int]]) -> Sum:
    rules = {key: f"Left out by a rule: {says}" for key, says in reference.rules().items()}
    return Sum(
        read, used, _lines(said["excluded"], rules), _lines(said["repeats"], HOW), rejected,
        _lines(said["marked"], MARK),
    )  # fmt: skip


def _lines(found: dict[str, int], called: dict[str, str]) -> list[Line]:
    """Every rule, those that left nothing out too."""
    return [Line(says, found.get(key, 0)) for key, says in called.items()]


def of_extract(extract: Extract) -> Sum:
    said = {"excluded": extract.excluded, "repeats": extract.repeats, "marked": extract.marked}
    return _sum(extract.rows_read, extract.incidents, extract.rejected, said)


def reasons(extract: Extract) -> list[Line]:
    return [Line(why, many) for why, many in queries.why_rejected(extract).items()]


def of_sifted(found: Sifted) -> Sum:
    said = {"excluded": found.excluded, "repeats": found.repeats, "marked": found.marked}
    return _sum(found.rows_read, found.used, found.rejected, said)


@dataclass(frozen=True)
class Preview:
    """What would be loaded, and what it would take the place of."""

    sum: Sum
    first: list[LeftOut] = field(repr=False)
    reasons: list[Line]
    listed: int
    first_on: date | None
    last_on: date | None
    replaces: list[Extract]
    encoding: str


def preview(viewer: Viewer, waits: WaitingFile, days: tuple[date | None, date | None]) -> Preview:
    sheet, found = queries.preview(viewer, waits, days)
    reasons = Counter(each.why for each in found.left_out if each.what == REJECTED)
    in_order = sorted(found.left_out, key=lambda each: (IN_ORDER.index(each.what), each.line))
    return Preview(
        of_sifted(found), in_order[:FIRST], [Line(why, many) for why, many in reasons.most_common()],
        len(found.left_out), found.first_on, found.last_on,
        queries.replaced_by(viewer, found.first_on, found.last_on), sheet.encoding,
    )  # fmt: skip


@dataclass(frozen=True)
class Standing:
    extract: Extract
    counts_on: int
    days: int


def standing(found: queries.Covered) -> list[Standing]:
    return [Standing(each, found.counts_on(each), (each.last_on - each.first_on).days + 1) for each, _ in found.days]


@dataclass(frozen=True)
class Months:
    whole: int
    first: str
    last: str
    partly: list[str]


def months(found: queries.Covered) -> Months | None:
    if not found.months and not found.partly:
        return None
    ends = (called(found.months[0]), called(found.months[-1])) if found.months else ("", "")
    return Months(len(found.months), *ends, [called(each) for each in found.partly])


@dataclass(frozen=True)
class MappingRow:
    mapping: Mapping
    reads: list[tuple[str, str]]
    dates: str


def mappings(viewer: Viewer) -> list[MappingRow]:
    return [
        MappingRow(
            each,
            [(field.label, each.columns["headings"][key]) for key, field in columns.FIELDS.items()
             if key in each.columns["headings"]],
            columns.DATES[each.columns["dates"]].example,
        )
        for each in queries.mappings(viewer)
    ]  # fmt: skip


@dataclass(frozen=True)
class RuleListRow:
    name: str
    newest: RuleList
    words: list[tuple[str, list[str]]]
    older: list[RuleList]


def rule_lists(viewer: Viewer) -> list[RuleListRow]:
    rows = []
    for name, editions in groupby(queries.rule_lists(viewer), key=lambda each: each.name):
        newest, *older = editions
        rows.append(RuleListRow(name, newest, _words(newest.words), older))
    return rows


def shipped() -> list[tuple[str, list[str]]]:
    """The words that the product begins with."""
    return _words(reference.words())


def _words(said: dict[str, list[str]]) -> list[tuple[str, list[str]]]:
    return [(label, said.get(key, [])) for key, label in reference.labels().items()]


@dataclass(frozen=True)
class HealthRow:
    name: str
    measure: str
    counts: list[Any]


@dataclass(frozen=True)
class HealthTable:
    """The newest twelve months. A withheld count is None, one that was not supplied is empty."""

    months: list[str]
    rows: list[HealthRow]


def health(viewer: Viewer) -> HealthTable:
    cells = queries.health_cells(viewer)
    months = sorted({each.month for each in cells})[-12:]
    found = {(each.area, each.measure, each.month): each.many for each in cells}
    names = {each.area: each.name or each.area for each in cells}
    shown = sorted({(each.area, each.measure) for each in cells if each.month in months})
    rows = [
        HealthRow(names[area], counts.MEASURES[measure], [found.get((area, measure, each), "") for each in months])
        for area, measure in shown
    ]
    return HealthTable([called_shortly(each) for each in months], rows)
