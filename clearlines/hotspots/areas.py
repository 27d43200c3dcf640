"""One area's story by month: what victims and callers reported, and apart from it what police did."""

from collections import Counter
from dataclasses import dataclass

from clearlines.access.viewer import Viewer
from clearlines.hotspots import counts, maps, queries, reference
from clearlines.hotspots.counts import CELL, Asked
from clearlines.hotspots.forms import KINDS
from clearlines.web.months import called, called_shortly, number

BAR, GAP, TALL = 22, 12, 160


@dataclass(frozen=True)
class Bar:
    """`x` and `height` in units of the picture; `label` under every third bar and after a gap."""

    x: int
    height: int
    count: int
    month: str
    label: str


@dataclass(frozen=True)
class MonthRow:
    month: str
    victims: int
    enforcement: int
    other: int


@dataclass(frozen=True)
class TypeRow:
    crime_type: str
    total: int


@dataclass(frozen=True)
class Story:
    """An area over every loaded month. `bars` and `by_type` are of what victims and callers reported."""

    code: str
    name: str
    kind_called: str
    months: list[MonthRow]
    by_type: list[TypeRow]
    enforcement_by_type: list[TypeRow]
    bars: list[Bar]
    width: int
    most: int

    @property
    def total(self) -> int:
        return sum(each.victims for each in self.months)


def story(viewer: Viewer, kind: str, code: str) -> Story | None:
    """None when no record and no boundary of this kind has the code."""
    standing, drawn = queries.standing(viewer), queries.boundaries(viewer, kind)
    if not standing.months or kind not in KINDS:
        return None
    asked = Asked(standing.paths(standing.months[0], standing.months[-1]), kind, drawn.outlines)
    name = _name(asked, drawn, code)
    if name is None:
        return None
    found = counts.by_type(asked, [code])
    by_basket = Counter[tuple[str, str]]()
    for (month, basket, _), many in found.items():
        by_basket[month, basket] += many
    months = [
        MonthRow(called(m), by_basket[m, "victims"], by_basket[m, "enforcement"], by_basket[m, "other"])
        for m in standing.months
    ]
    bars, width, most = _bars(standing.months, [each.victims for each in months])
    types = {basket: _by_type(found, basket) for basket in reference.baskets()}
    return Story(code, name, KINDS[kind], months, types["victims"], types["enforcement"], bars, width, most)


def _name(asked: Asked, drawn: queries.Drawn, code: str) -> str | None:
    names = {each.code: each.name for each in drawn.outlines} | counts.names_of(asked)
    if asked.kind == CELL and code in names:
        return maps.cell_name(code)
    return names.get(code)


def _by_type(found: Counter[tuple[str, str, str]], wanted: str) -> list[TypeRow]:
    totals = Counter[str]()
    for (_, basket, crime_type), many in found.items():
        if basket == wanted:
            totals[crime_type] += many
    return [TypeRow(crime_type, total) for crime_type, total in totals.most_common()]


def _bars(months: list[str], heights: list[int]) -> tuple[list[Bar], int, int]:
    """A wider space where months are not loaded, so that a gap is never read as a nought."""
    most, x, bars, since_label = max(*heights, 1) if len(heights) > 1 else max(heights[0], 1), 0, [], 99
    for place, (month, count) in enumerate(zip(months, heights, strict=True)):
        is_after_gap = place > 0 and number(month) - number(months[place - 1]) > 1
        x += GAP * 2 if is_after_gap else 0
        since_label = 0 if is_after_gap or since_label >= 3 else since_label + 1
        label = called_shortly(month) if since_label == 0 else ""
        bars.append(Bar(x, round(count / most * TALL), count, called(month), label))
        x += BAR + 4
    return bars, x + BAR * 2, most
