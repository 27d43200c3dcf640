"""What was brought, what stands, and how many distinct incidents there are by month and place: of one's own force."""

import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import TypeVar

from django.conf import settings
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from clearlines.access import scope
from clearlines.access.permissions import Permission as P
from clearlines.access.viewer import Viewer
from clearlines.calls import columns, health, reference, sheets, sifting, standing
from clearlines.calls.columns import Columns
from clearlines.calls.models import Extract, HealthCounts, Mapping, RuleList, WaitingFile
from clearlines.calls.rulelists import RulesAsked
from clearlines.calls.sifting import How, LeftOut, Sifted
from clearlines.calls.standing import Place
from clearlines.keys import box
from clearlines.keys.files import Vault

# A file that nobody loaded or left is let go after so long.
WAITS = timedelta(days=1)
SAMPLED = 200
Row = TypeVar("Row", Mapping, RuleList)


def extracts(viewer: Viewer) -> QuerySet[Extract]:
    """Every extract the viewer's organisation loaded, newest first."""
    rows = Extract.objects.select_related("mapping", "rule_list", "created_by").order_by("-number")
    return scope.own(viewer, rows, needs=P.SEE_HOTSPOTS)


def extract(viewer: Viewer, key: object) -> Extract:
    return scope.the_one(extracts(viewer), key)


def waiting(viewer: Viewer) -> QuerySet[WaitingFile]:
    """Files brought and not loaded yet, newest first."""
    rows = WaitingFile.objects.select_related("mapping", "rule_list").order_by("-created_at", "-pk")
    return scope.own(viewer, rows, needs=P.LOAD_CALLS)


def waiting_file(viewer: Viewer, key: object) -> WaitingFile:
    return scope.the_one(waiting(viewer), key)


def left_waiting(by: Viewer) -> QuerySet[WaitingFile]:
    """For the clock: what has waited too long, whoever brought it."""
    rows = WaitingFile.objects.filter(created_at__lt=by.now - WAITS)
    return rows if by.may(P.RUN_SYSTEM) else rows.none()


def mappings(viewer: Viewer) -> QuerySet[Mapping]:
    """Every edition of every mapping, newest first under each name."""
    rows = Mapping.objects.select_related("created_by").order_by("name", "-edition")
    return scope.own(viewer, rows, needs=P.SEE_HOTSPOTS)


def rule_lists(viewer: Viewer) -> QuerySet[RuleList]:
    """Every edition of every rule list, newest first under each name."""
    rows = RuleList.objects.select_related("created_by").order_by("name", "-edition")
    return scope.own(viewer, rows, needs=P.SEE_HOTSPOTS)


def newest(rows: Iterable[Row]) -> list[Row]:
    """The newest edition under each name. `rows` are as the queries above order them."""
    return list({each.name: each for each in reversed(list(rows))}.values())[::-1]


def health_files(viewer: Viewer) -> QuerySet[HealthCounts]:
    rows = HealthCounts.objects.select_related("created_by").order_by("-created_at", "-pk")
    return scope.own(viewer, rows, needs=P.SEE_HOTSPOTS)


# What a file that waits says.


def contents(waits: WaitingFile) -> io.BytesIO:
    """The file as it was brought; NotASheet where it can no longer be opened."""
    try:
        return io.BytesIO(Vault().open(waits.owner_id, waits.file, about=waits.place))
    except box.Unreadable:
        raise sheets.NotASheet(f"{waits.file_name} cannot be opened any more: bring it again") from None


@dataclass(frozen=True)
class Heading:
    """A column of the file: how many of its first rows have something in it, and what that looks like."""

    name: str
    filled: int
    of: int
    shapes: tuple[str, ...]


@dataclass(frozen=True)
class Headings:
    """What the page of columns shows, and begins with."""

    columns: tuple[Heading, ...]
    guessed: dict[str, str]
    dates: str


def headings(waits: WaitingFile) -> Headings:
    """Never what a cell says: a narrative or a name may stand in any of them."""
    stream = contents(waits)
    sheet = sheets.examined(waits.file_name, stream)
    rows = [row for (_, row), _ in zip(sheets.rows(sheet, stream), range(SAMPLED), strict=False)]
    by_column = [[sheets.clean(row[at]) if at < len(row) else "" for row in rows] for at in range(len(sheet.headings))]
    said = tuple(
        Heading(name, sum(map(bool, cells)), len(cells), _shapes(cells))
        for name, cells in zip(sheet.headings, by_column, strict=True)
        if name
    )
    guessed = columns.guessed(sheet.headings)
    dated = by_column[sheet.headings.index(guessed["received"])] if "received" in guessed else []
    return Headings(said, guessed, columns.guessed_dates(dated))


def _shapes(cells: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(columns.shape(each) for each in cells if each))[:2]


def how(
    owner: str, today: date, mapping: Mapping, rule_list: RuleList | None, days: tuple[date | None, date | None]
) -> How:
    """What a file is read by."""
    words = rule_list.words if rule_list else reference.words()
    key = salted_hmac("clearlines.calls.reference", owner, secret=settings.SECRET_KEY).digest()
    return How(Columns.of(mapping.columns), RulesAsked.of(words), reference.repeats(), key, today, *days)


def preview(
    viewer: Viewer, waits: WaitingFile, days: tuple[date | None, date | None] = (None, None)
) -> tuple[sheets.Sheet, Sifted]:
    """What would be loaded, or NotASheet. Nothing is kept of it."""
    if waits.mapping is None:
        raise sheets.NotASheet(f"nobody has said yet which column of {waits.file_name} is which")
    stream = contents(waits)
    sheet = sheets.examined(waits.file_name, stream)
    read_by = how(waits.owner_id, viewer.today, waits.mapping, waits.rule_list, days)
    return sheet, sifting.sift(sheet, stream, read_by)


# Which rows count.


@dataclass(frozen=True)
class Covered:
    """The days that are loaded. On a day that two extracts cover, the newer counts and the older does not."""

    days: tuple[tuple[Extract, tuple[tuple[date, date], ...]], ...] = field(repr=False)
    months: tuple[str, ...]
    partly: tuple[str, ...]

    @property
    def pieces(self) -> "tuple[Piece, ...]":
        return tuple(Piece(each.path, runs) for each, runs in self.days if runs)

    def counts_on(self, extract: Extract) -> int:
        """How many days of an extract count."""
        runs = next((runs for each, runs in self.days if each.pk == extract.pk), ())
        return sum((last - first).days + 1 for first, last in runs)


def covered(viewer: Viewer) -> Covered:
    """A month of which a day is missing is only partly there, and is not counted."""
    taken: set[int] = set()
    days = []
    for each in extracts(viewer):
        own = set(range(each.first_on.toordinal(), each.last_on.toordinal() + 1)) - taken
        taken |= own
        days.append((each, _runs(sorted(own))))
    whole, partly = _months(taken)
    return Covered(tuple(days), whole, partly)


def _runs(days: list[int]) -> tuple[tuple[date, date], ...]:
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][1] + 1:
            runs[-1][1] = day
        else:
            runs.append([day, day])
    return tuple((date.fromordinal(first), date.fromordinal(last)) for first, last in runs)


def _months(days: set[int]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    there: dict[str, int] = {}
    for day in days:
        month = f"{date.fromordinal(day):%Y-%m}"
        there[month] = there.get(month, 0) + 1
    whole = {month for month, many in there.items() if many == _length(month)}
    return tuple(sorted(whole)), tuple(sorted(set(there) - whole))


def _length(month: str) -> int:
    first = date(int(month[:4]), int(month[5:]), 1)
    return ((first + timedelta(days=32)).replace(day=1) - first).days


@dataclass(frozen=True)
class Piece:
    """The days of one extract that count. What it holds never changes, so what is worked out from it may be kept."""

    path: str
    runs: tuple[tuple[date, date], ...]


def places(piece: Piece) -> list[Place]:
    """Distinct incidents by month, kind and place. Some may be of a month that is only partly there."""
    return standing.places(piece.path, piece.runs)


def monthly(viewer: Viewer, first: str, last: str) -> list[Place]:
    """Distinct incidents of the whole months from first to last, by month, kind and place."""
    found = covered(viewer)
    months = [each for each in found.months if first <= each <= last]
    return [place for piece in found.pieces for place in places(piece) if place.month in months]


def replaced_by(viewer: Viewer, first_on: date | None, last_on: date | None) -> list[Extract]:
    """Extracts some days of which an extract of these days would take the place of."""
    if first_on is None or last_on is None:
        return []
    return [
        each
        for each, runs in covered(viewer).days
        if any(first <= last_on and last >= first_on for first, last in runs)
    ]


def standing_as(viewer: Viewer, row: Extract) -> Extract | None:
    """The same file read in the same way, if it stands whole: no day of it was replaced since."""
    found = covered(viewer)
    alike = (each for each, _ in found.days if each.said == row.said)
    return next((each for each in alike if found.counts_on(each) == (each.last_on - each.first_on).days + 1), None)


def fingerprint(viewer: Viewer, first: str, last: str) -> str:
    """A name for exactly the content that `monthly` counts."""
    said = [f"{each.sha256} {each.reader} {each.mapping_id} {each.rule_list_id} {runs}"
            for each, runs in covered(viewer).days if runs and f"{each.last_on:%Y-%m}" >= first
            and f"{each.first_on:%Y-%m}" <= last]  # fmt: skip
    return hashlib.sha256("\n".join(sorted(said)).encode()).hexdigest()


def report(extract: Extract) -> Iterable[LeftOut]:
    """Every row of an extract that was left out or marked."""
    return standing.report(extract.report_path)


def first_left_out(extract: Extract, many: int) -> list[LeftOut]:
    """What could not be read before what a rule left out, and that before repeats and marks."""
    return standing.first_of_report(extract.report_path, sifting.IN_ORDER, many)


def why_rejected(extract: Extract) -> dict[str, int]:
    """Reason → rows, most first."""
    return standing.reasons(extract.report_path, sifting.REJECTED)


# Health.


def health_cells(viewer: Viewer) -> list[health.Cell]:
    """One cell an area, month and measure: the newest that was supplied. `many` is None where it is withheld."""
    chosen: dict[tuple[str, str, str], health.Cell] = {}
    for each in health_files(viewer):
        for cell in _cells(each.path):
            chosen.setdefault((cell.area, cell.month, cell.measure), cell)
    return sorted(chosen.values())


@lru_cache(maxsize=50)
def _cells(path: str) -> tuple[health.Cell, ...]:
    return standing.cells(path)


def kinds() -> dict[str, str]:
    """Kind of demand → what it is called. An incident of another kind is `other`, and is not demand."""
    return reference.kinds()


def health_fingerprint(viewer: Viewer) -> str:
    """A name for exactly the content of the health counts a viewer may read."""
    said = sorted(each.sha256 for each in health_files(viewer))
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def health_measures() -> dict[str, str]:
    """Measure → what it is called."""
    return health.MEASURES
