"""The counts a viewer chose, as a page shows them: a table, the map beside it, and what is in neither."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from clearlines.access.viewer import Viewer
from clearlines.calls import queries as calls
from clearlines.hotspots import counts, maps, queries, reference, sureness
from clearlines.hotspots.counts import CELL, LSOA, AreaCount, Asked, Left
from clearlines.hotspots.demand import CALLS, Supplied
from clearlines.hotspots.forms import KINDS, RECORDS, SURE, Choices
from clearlines.hotspots.measures import Measure
from clearlines.hotspots.sureness import Sureness
from clearlines.web.months import between, called, called_shortly, latest_run, span

LONGEST_DEFAULT = 4
ROWS_FIRST = 25
# More columns than this do not fit on any screen: the table then shows the total alone.
COLUMNS = 12
# Missing months named; the rest are counted.
NAMED = 6


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
    shade: str
    # Calls for service, where they are what is counted.
    supplied: Supplied | None = None

    @cached_property
    def asked(self) -> Asked:
        return self.drawn.asked(self.standing.paths(self.first, self.last), self.kind, self.district)

    @cached_property
    def months(self) -> list[str]:
        months = self.supplied.months if self.supplied else self.standing.months
        return [month for month in months if self.first <= month <= self.last]

    @cached_property
    def sureness(self) -> Sureness | None:
        return self.sureness_of(self.kind)

    def sureness_of(self, kind: str) -> Sureness | None:
        asked = replace(self.asked, kind=kind)
        if self.supplied:
            panel = self.supplied.of_kind(kind).panel(Measure(CALLS), self.first, self.last)
            return sureness.of_supplied(asked, panel)
        return sureness.of(asked, self.basket.key, tuple(self.months))

    @cached_property
    def renamed(self) -> str:
        return "" if self.supplied else sureness.renamed(self.asked, tuple(self.months))

    @property
    def not_loaded(self) -> list[str]:
        return [called(each) for each in between(self.first, self.last) if each not in self.months]

    @property
    def asked_months(self) -> int:
        return len(between(self.first, self.last))

    @property
    def not_loaded_shortly(self) -> str:
        """The first few by name."""
        names = self.not_loaded
        more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
        return ", ".join(names[:NAMED]) + more

    @property
    def period(self) -> str:
        return span(self.first, self.last)

    @property
    def query(self) -> str:
        """The same choice in an address."""
        from urllib.parse import urlencode

        said = {"first": self.first, "last": self.last, "basket": self.basket.key, "kind": self.kind}
        said |= {"shade": self.shade} if self.shade != RECORDS else {}
        return urlencode(said | ({"district": self.district} if self.district else {}))


def chosen(viewer: Viewer, said: Mapping[str, Any]) -> Chosen | None:
    """What the viewer asked for; None when no month is loaded."""
    standing, rung = queries.standing(viewer), calls.covered(viewer)
    if not standing.months and not rung.months:
        return None
    of_calls = bool(rung.months) and (said.get("basket") == CALLS or not standing.months)
    first, last = latest_run(rung.months if of_calls else standing.months, LONGEST_DEFAULT)
    kinds_drawn = queries.kinds_drawn(viewer)
    kinds = [LSOA, *(each for each in kinds_drawn if each != LSOA), CELL]
    default = {"first": first, "last": last, "kind": LSOA, "district": "", "shade": RECORDS}
    default |= {"basket": "victims" if standing.months else CALLS}
    # Of cells, whose summary is always there: a district does not depend on how rows are placed.
    newest = standing.months[-1] if standing.months else ""
    districts = counts.districts(Asked(standing.paths(newest, newest), CELL)) if newest else []
    typed = {name: said.get(name) or value for name, value in default.items()}
    months = sorted({*standing.months, *rung.months})
    form = Choices(typed, months=months, kinds=kinds, districts=districts, has_calls=bool(rung.months))
    taken = form.cleaned_data if form.is_valid() else default
    drawn = queries.boundaries(viewer, taken["kind"], kinds=kinds_drawn)
    names = queries.names_of(standing, taken["kind"], drawn) if taken["basket"] == CALLS else {}
    return Chosen(
        form, standing, drawn, taken["first"], taken["last"], taken["kind"],
        taken["district"], (reference.baskets() | reference.supplied())[taken["basket"]], taken["shade"],
        Supplied.of(rung, taken["kind"], drawn.outlines, names) if taken["basket"] == CALLS else None,
    )  # fmt: skip


@dataclass(frozen=True)
class Row:
    """`smoothed`, `low` and `high` are records; ranks are of all areas, 1 the highest; `windows` are months."""

    code: str
    name: str
    total: int
    by_month: list[int]
    smoothed: str
    low: str
    high: str
    best: int
    worst: int
    says: str
    times: int
    officers: str


@dataclass(frozen=True)
class Table:
    """`months` are the columns, perhaps none; `rows` perhaps only the first of `areas`."""

    kind_called: str
    months: list[str]
    rows: list[Row]
    areas: int
    total: int
    left: Left
    windows: int


def table(choice: Chosen, *, whole: bool = False) -> Table:
    """Areas by count, most first. A month that is loaded and has no record shows 0."""
    sure = choice.sureness
    places = [int(each) for each in sure.order if sure.totals[each]] if sure else []
    months = choice.months if len(choice.months) <= COLUMNS else []
    return Table(
        KINDS[choice.kind],
        [called_shortly(each) for each in months],
        list(_rows(sure, places if whole else places[:ROWS_FIRST], choice)) if sure else [],
        len(places),
        int(sure.totals.sum()) if sure else 0,
        choice.supplied.left(choice.first, choice.last)
        if choice.supplied
        else counts.left_out(choice.asked, choice.basket.key),
        len(choice.months),
    )


def _rows(sure: Sureness, places: list[int], choice: Chosen) -> Iterator[Row]:
    smooth, panel = sure.smooth, sure.panel
    best, _, worst = smooth.ranks(places)
    for at, place in enumerate(places):
        yield Row(
            code=panel.codes[place],
            name=sureness.name_of(panel, place),
            total=int(sure.totals[place]),
            by_month=panel.counts[place].tolist() if len(choice.months) <= COLUMNS else [],
            smoothed=sureness.rounded(smooth.rate[place]),
            low=sureness.rounded(smooth.low[place]),
            high=sureness.rounded(smooth.high[place]),
            best=int(best[at]),
            worst=int(worst[at]),
            says=sure.says(place),
            times=int(sure.again.times[place]),
            officers=sure.effort.sentence(place) if place in sure.warned else "",
        )


def _named(found: Sequence[AreaCount], kind: str) -> list[AreaCount]:
    return [replace(each, name=maps.cell_name(each.code)) for each in found] if kind == CELL else list(found)


def picture(choice: Chosen) -> tuple[maps.Map | None, str]:
    """The map, and the kind of area it draws: cells where no boundary of the chosen kind is loaded."""
    kind = choice.kind if choice.drawn.rings else CELL
    sure = choice.sureness if kind == choice.kind else choice.sureness_of(kind)
    totals = {} if sure is None else dict(zip(sure.panel.codes, sure.totals.tolist(), strict=True))
    if kind == CELL:
        totals = {code: many for code, many in totals.items() if many}
        names = {code: maps.cell_name(code) for code in totals}
        outlines = maps.Outlines(frozenset(totals), {code: maps.cell_rings(code) for code in totals})
    else:
        names = {each.code: each.name for each in choice.drawn.outlines}
        rings = _rings_within(choice, set(totals))
        outlines = maps.Outlines((choice.drawn.outlines, frozenset(rings)), rings)
    if choice.shade == SURE and sure is not None:
        return maps.shaded(outlines, names, totals, _labels(sure)), kind
    return maps.drawn(outlines, names, totals), kind


def _labels(sure: Sureness) -> dict[str, str]:
    return {code: sure.says(place) for place, code in enumerate(sure.panel.codes)}


def _rings_within(choice: Chosen, counted: set[str]) -> dict[str, maps.Rings]:
    """Every boundary, or in one district those with any record at all in it."""
    if not choice.district:
        return dict(choice.drawn.rings)
    return {code: rings for code, rings in choice.drawn.rings.items() if code in counted}


def lines_of_csv(choice: Chosen) -> Iterator[list[Any]]:
    """A line for each area and loaded month, noughts too, under a line of headings."""
    yield ["area_code", "area_name", "area_kind", "month", "counted", "records"]
    found = choice.supplied.by_area(choice.first, choice.last) if choice.supplied else counts.by_area(
        choice.asked, choice.basket.key
    )  # fmt: skip
    for each in _named(found, choice.kind):
        for month in choice.months:
            yield [each.code, _safe(each.name), choice.kind, month, choice.basket.key, each.by_month.get(month, 0)]


def _safe(text: str) -> str:
    """A spreadsheet runs what begins like this."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
