"""One area's story by month: what victims and callers reported, and apart from it what police did."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from clearlines.access.viewer import Viewer
from clearlines.analysis import hotspots
from clearlines.analysis.hotspots import Limits
from clearlines.calls import queries as calls
from clearlines.hotspots import counts, maps, queries, reference, sureness
from clearlines.hotspots.counts import CELL, Asked
from clearlines.hotspots.demand import Supplied
from clearlines.hotspots.forms import KINDS
from clearlines.hotspots.measures import VICTIMS
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
    is_beyond: bool = False

    @property
    def mark(self) -> str:
        """A triangle over the bar, so that a month out of the ordinary is not told by colour alone."""
        middle, top = self.x + BAR // 2, TALL - self.height - 6
        return f"{middle},{top} {middle - 8},{top - 13} {middle + 8},{top - 13}"


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
class Ordinary:
    """What is usual here. Lines are heights in units of the picture, from its top; empty where months are too few."""

    limits: Limits
    lines: list[tuple[int, str]]
    sentences: list[str]


@dataclass(frozen=True)
class Beside:
    """The area beside all others of its kind, over every loaded month."""

    smoothed: str
    low: str
    high: str
    best: int
    worst: int
    of: int
    says: str
    times: int
    windows: int
    by_chance: float
    officers: str


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
    ordinary: Ordinary
    beside: Beside | None
    # Distinct incidents that people rang about, where the viewer's organisation loaded them.
    calls_by_type: list[TypeRow]
    calls_by_month: list[TypeRow]

    @property
    def total_calls(self) -> int:
        return sum(each.total for each in self.calls_by_type)

    @property
    def total(self) -> int:
        return sum(each.victims for each in self.months)


def story(viewer: Viewer, kind: str, code: str) -> Story | None:
    """None when no record and no boundary of this kind has the code."""
    standing, drawn = queries.standing(viewer), queries.boundaries(viewer, kind)
    if kind not in KINDS:
        return None
    asked = drawn.asked(standing.paths("", "9999-12"), kind)
    names = queries.names_of(standing, kind, drawn)
    supplied = Supplied.of(calls.covered(viewer), kind, drawn.outlines, names)
    rung = supplied.by_type(code)
    name = _name(asked, drawn, code) or (_unnamed(kind, supplied.named(code)) if rung else None)
    if name is None or not (standing.months or rung):
        return None
    return _told(asked, tuple(standing.months), code, name, _rung_about(rung, supplied.months))


def _rung_about(rung: Counter[tuple[str, str]], months: tuple[str, ...]) -> tuple[list[TypeRow], list[TypeRow]]:
    by_type, by_month = Counter[str](), Counter[str]()
    for (month, title), many in rung.items():
        by_type[title] += many
        by_month[month] += many
    return (
        [TypeRow(title, many) for title, many in by_type.most_common()],
        [TypeRow(called(each), by_month[each]) for each in months] if rung else [],
    )


def _unnamed(kind: str, code: str) -> str:
    return maps.cell_name(code) if kind == CELL else code


def _told(
    asked: Asked, loaded: tuple[str, ...], code: str, name: str, rung: tuple[list[TypeRow], list[TypeRow]]
) -> Story:
    found = counts.by_type(asked, [code])
    by_basket = Counter[tuple[str, str]]()
    for (month, basket, _), many in found.items():
        by_basket[month, basket] += many
    months = [
        MonthRow(called(m), by_basket[m, "victims"], by_basket[m, "enforcement"], by_basket[m, "other"]) for m in loaded
    ]
    heights = [each.victims for each in months]
    limits = hotspots.control(heights or [0])
    bars, width, most = _bars(loaded, heights, limits)
    types = {basket: _by_type(found, basket) for basket in reference.baskets()}
    return Story(
        code, name, KINDS[asked.kind], months, types["victims"], types["enforcement"], bars, width, most,
        _ordinary(limits, loaded, heights, most), _beside(asked, loaded, code), *rung,
    )  # fmt: skip


def _ordinary(limits: Limits, months: Sequence[str], heights: list[int], most: int) -> Ordinary:
    if not limits.is_enough:
        return Ordinary(limits, [], [f"{len(months)} months are too few to say what is usual here."])
    lines = [
        (TALL - round(value / most * TALL), f"{said} {value:.1f}")
        for value, said in [(limits.high, "upper limit"), (limits.mean, "mean"), (limits.low, "lower limit")]
        if value
    ]
    usual = f"The mean is {limits.mean:.1f} a month; all but about 3 months in 1,000 would lie between "
    sentences = [f"{usual}{limits.low:.1f} and {limits.high:.1f}, if nothing changed."]
    beyond = [f"{called(months[each])} ({heights[each]:,})" for each in limits.beyond]
    sentences.append(
        f"Out of the ordinary, marked with a triangle: {', '.join(beyond)}." if beyond else "No month is outside that."
    )
    sentences += [
        f"From {called(months[first])} to {called(months[last])} every month was "
        f"{'above' if heights[first] > limits.mean else 'below'} the mean: the level itself may have changed."
        for first, last in limits.runs
    ]
    return Ordinary(limits, lines, sentences)


def _beside(asked: Asked, months: tuple[str, ...], code: str) -> Beside | None:
    """None where the area has no record at all."""
    sure = sureness.of(asked, VICTIMS, months)
    if sure is None or code not in sure.panel.codes:
        return None
    place = sure.panel.codes.index(code)
    best, _, worst = sure.smooth.ranks([place])
    looked = sure.effort.is_looked_at_more[place]
    rates = sure.smooth.rate, sure.smooth.low, sure.smooth.high
    smoothed, low, high = (sureness.rounded(each[place]) for each in rates)
    return Beside(
        smoothed, low, high, int(best[0]), int(worst[0]), len(sure.panel.codes), sure.says(place),
        int(sure.again.times[place]), sure.again.windows, sure.again.expected,
        sure.effort.sentence(place) if looked else "",
    )  # fmt: skip


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


def _bars(months: Sequence[str], heights: list[int], limits: Limits) -> tuple[list[Bar], int, int]:
    """A wider space where months are not loaded, so that a gap is never read as a nought."""
    most = max([*heights, math.ceil(limits.high) if limits.is_enough else 1, 1])
    x, bars, since_label = 0, [], 99
    beyond = frozenset(limits.beyond if limits.is_enough else ())
    for place, (month, count) in enumerate(zip(months, heights, strict=True)):
        is_after_gap = place > 0 and number(month) - number(months[place - 1]) > 1
        x += GAP * 2 if is_after_gap else 0
        since_label = 0 if is_after_gap or since_label >= 3 else since_label + 1
        label = called_shortly(month) if since_label == 0 else ""
        bars.append(Bar(x, round(count / most * TALL), count, called(month), label, place in beyond))
        x += BAR + 4
    return bars, x + BAR * 2, most
