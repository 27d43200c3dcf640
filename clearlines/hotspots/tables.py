"""The counts a viewer chose, as a page shows them: a table, the map beside it, and what is in neither."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from clearlines.access.viewer import Viewer
from clearlines.hotspots import counts, maps, queries, reference
from clearlines.hotspots.counts import CELL, LSOA, AreaCount, Asked, Left
from clearlines.hotspots.forms import KINDS, Choices
from clearlines.web.months import between, called, called_shortly, latest_run

LONGEST_DEFAULT = 4
ROWS_FIRST = 25
# More columns than this do not fit on any screen: the table then shows the total alone.
COLUMNS = 12


@dataclass(frozen=True)
class Chosen:
    """What was asked for, after defaults. `form` carries its own errors; the counts are then the default's."""

    form: Choices
    standing: queries.Standing
    drawn: queries.Drawn = field(repr=False)
    first: str
    last: str
    kind: str
    district: str
    basket: reference.Basket

    @property
    def asked(self) -> Asked:
        return Asked(self.standing.paths(self.first, self.last), self.kind, self.drawn.outlines, self.district)

    @property
    def months(self) -> list[str]:
        return [month for month in self.standing.months if self.first <= month <= self.last]

    @property
    def not_loaded(self) -> list[str]:
        return [called(each) for each in between(self.first, self.last) if each not in self.months]

    @property
    def period(self) -> str:
        return called(self.first) if self.first == self.last else f"{called(self.first)} to {called(self.last)}"

    @property
    def query(self) -> str:
        """The same choice in an address."""
        from urllib.parse import urlencode

        said = {"first": self.first, "last": self.last, "basket": self.basket.key, "kind": self.kind}
        return urlencode(said | ({"district": self.district} if self.district else {}))


def chosen(viewer: Viewer, said: Mapping[str, Any]) -> Chosen | None:
    """What the viewer asked for; None when no month is loaded."""
    standing = queries.standing(viewer)
    if not standing.months:
        return None
    first, last = latest_run(standing.months, LONGEST_DEFAULT)
    kinds = [LSOA, *(each for each in queries.kinds_drawn(viewer) if each != LSOA), CELL]
    default = {"first": first, "last": last, "kind": LSOA, "basket": "victims", "district": ""}
    districts = counts.districts(Asked(standing.paths(standing.months[-1], standing.months[-1]), LSOA))
    typed = {name: said.get(name) or value for name, value in default.items()}
    form = Choices(typed, months=standing.months, kinds=kinds, districts=districts)
    taken = form.cleaned_data if form.is_valid() else default
    return Chosen(
        form, standing, queries.boundaries(viewer, taken["kind"]), taken["first"], taken["last"], taken["kind"],
        taken["district"], reference.baskets()[taken["basket"]],
    )  # fmt: skip


@dataclass(frozen=True)
class Row:
    code: str
    name: str
    total: int
    by_month: list[int]


@dataclass(frozen=True)
class Table:
    """`months` are the columns, perhaps none; `rows` perhaps only the first of `areas`."""

    kind_called: str
    months: list[str]
    rows: list[Row]
    areas: int
    total: int
    left: Left


def table(choice: Chosen, *, whole: bool = False) -> Table:
    """Areas by count, most first. A month that is loaded and has no record shows 0."""
    found = _named(counts.by_area(choice.asked, choice.basket.key), choice.kind)
    months = choice.months if len(choice.months) <= COLUMNS else []
    rows = [Row(each.code, each.name, each.total, [each.by_month.get(m, 0) for m in months]) for each in found]
    return Table(
        KINDS[choice.kind],
        [called_shortly(each) for each in months],
        rows if whole else rows[:ROWS_FIRST],
        len(rows),
        sum(each.total for each in rows),
        counts.left_out(choice.asked, choice.basket.key),
    )


def _named(found: Sequence[AreaCount], kind: str) -> list[AreaCount]:
    return [replace(each, name=maps.cell_name(each.code)) for each in found] if kind == CELL else list(found)


def picture(choice: Chosen) -> tuple[maps.Map | None, str]:
    """The map, and the kind of area it draws: cells where no boundary of the chosen kind is loaded."""
    kind = choice.kind if choice.drawn.rings else CELL
    asked = replace(choice.asked, kind=kind)
    found = _named(counts.by_area(asked, choice.basket.key), kind)
    totals, names = {each.code: each.total for each in found}, {each.code: each.name for each in found}
    if kind == CELL:
        outlines = maps.Outlines(frozenset(totals), {code: maps.cell_rings(code) for code in totals})
    else:
        names = {each.code: each.name for each in choice.drawn.outlines} | names
        rings = _rings_within(choice, set(totals))
        outlines = maps.Outlines((choice.drawn.outlines, frozenset(rings)), rings)
    return maps.drawn(outlines, names, totals), kind


def _rings_within(choice: Chosen, counted: set[str]) -> dict[str, maps.Rings]:
    """Every boundary, or in one district those with any record at all in it."""
    if not choice.district:
        return dict(choice.drawn.rings)
    near = counted | set(counts.names_of(choice.asked))
    return {code: rings for code, rings in choice.drawn.rings.items() if code in near}


def lines_of_csv(choice: Chosen) -> Iterator[list[Any]]:
    """A line for each area and loaded month, noughts too, under a line of headings."""
    yield ["area_code", "area_name", "area_kind", "month", "counted", "records"]
    for each in _named(counts.by_area(choice.asked, choice.basket.key), choice.kind):
        for month in choice.months:
            yield [each.code, _safe(each.name), choice.kind, month, choice.basket.key, each.by_month.get(month, 0)]


def _safe(text: str) -> str:
    """A spreadsheet runs what begins like this."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
