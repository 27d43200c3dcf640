"""Where the lines of a result's pictures stand, in units of the picture. Drawn narrow, so that words in them can be
read on a phone; each has its table beside it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from clearlines.web.months import called_shortly

WIDE = 320
EDGE = 14
# The scale of ratios ends at twice what was expected; an interval that goes on has an arrow.
FURTHEST = 2.0
ROW, TALL = 46, 150
BINS = 20
# Two statistics closer than this are equal, as they are to the test.
TIE = 1e-9
TICKS = [(0.0, "none"), (0.5, "half"), (1.0, "as expected"), (2.0, "twice")]


@dataclass(frozen=True)
class IntervalRow:
    """One comparison's interval. `over` says that it goes on past the end of the scale."""

    name: str
    words: str
    y: int
    low: int
    middle: int
    high: int
    over: bool


@dataclass(frozen=True)
class Tick:
    x: int
    word: str
    anchor: str


@dataclass(frozen=True)
class Intervals:
    rows: list[IntervalRow]
    ticks: list[Tick]
    height: int
    same: int

    @property
    def foot(self) -> int:
        """Where the scale is drawn."""
        return self.height - 22


def intervals(given: Sequence[tuple[str, str, float | None, float | None, float | None]]) -> Intervals:
    """(name, words, low, ratio, high) of each comparison; one that has no ratio is left to its words."""
    drawn = [each for each in given if None not in each[2:]]
    rows = [
        IntervalRow(name, words, 30 + at * ROW, _across(low), _across(ratio), _across(high), (high or 0) > FURTHEST)
        for at, (name, words, low, ratio, high) in enumerate(drawn)
    ]
    ends = {0.0: "start", FURTHEST: "end"}
    ticks = [Tick(_across(ratio), word, ends.get(ratio, "middle")) for ratio, word in TICKS]
    return Intervals(rows, ticks, len(drawn) * ROW + 38, _across(1.0))


def _across(ratio: float | None) -> int:
    return round(EDGE + min(max(ratio or 0.0, 0.0), FURTHEST) / FURTHEST * (WIDE - 2 * EDGE))


@dataclass(frozen=True)
class Dot:
    x: int
    y: int
    words: str


@dataclass(frozen=True)
class Shade:
    x: int
    width: int
    middle: int
    word: str


@dataclass(frozen=True)
class RunChart:
    """`treated` and `expected` are lines of points, broken where a month is not loaded."""

    treated: list[str]
    expected: list[str]
    dots: list[Dot]
    shades: list[Shade]
    years: list[Tick]
    most: int
    has_gaps: bool


def run_chart(
    months: Sequence[str],
    treated: Sequence[float | None],
    expected: Sequence[float | None],
    windows: Sequence[tuple[str, str, str]],
) -> RunChart:
    """Month by month. `windows` are (word, first month, last month)."""
    most = max([each for each in (*treated, *expected) if each is not None] or [0]) or 1
    xs = [_x(at, len(months)) for at in range(len(months))]
    points = [None if each is None else (x, _y(each, most)) for x, each in zip(xs, treated, strict=True)]
    beside = [None if each is None else (x, _y(each, most)) for x, each in zip(xs, expected, strict=True)]
    dots = [
        Dot(*point, f"{called_shortly(month)}: {many:,.0f}")
        for month, many, point in zip(months, treated, points, strict=True)
        if point is not None and many is not None
    ]
    return RunChart(
        list(_lines(points)), list(_lines(beside)), dots, list(_shades(months, xs, windows)),
        list(_years(months, xs)), round(most), None in treated,
    )  # fmt: skip


def _x(at: int, many: int) -> int:
    return round(EDGE + at * (WIDE - 2 * EDGE) / max(many - 1, 1))


def _y(count: float, most: float) -> int:
    return round(TALL - count / most * (TALL - 34))


def _lines(points: Sequence[tuple[int, int] | None]) -> Iterator[str]:
    """Each unbroken stretch as SVG writes points."""
    stretch: list[str] = []
    for point in [*points, None]:
        if point is not None:
            stretch.append(f"{point[0]},{point[1]}")
        elif stretch:
            yield " ".join(stretch)
            stretch = []


def _shades(months: Sequence[str], xs: Sequence[int], windows: Sequence[tuple[str, str, str]]) -> Iterator[Shade]:
    half = (xs[1] - xs[0]) // 2 if len(xs) > 1 else EDGE
    for word, first, last in windows:
        inside = [x for month, x in zip(months, xs, strict=True) if first <= month <= last]
        if inside:
            yield Shade(inside[0] - half, inside[-1] - inside[0] + 2 * half, (inside[0] + inside[-1]) // 2, word)


def _years(months: Sequence[str], xs: Sequence[int]) -> Iterator[Tick]:
    """The first month by name, then every January by its year."""
    for at, (month, x) in enumerate(zip(months, xs, strict=True)):
        if at == 0:
            yield Tick(x, called_shortly(month), "start")
        elif month.endswith("-01") and x > xs[0] + 60:
            yield Tick(x, month[:4], "end" if x > WIDE - 40 else "middle")


@dataclass(frozen=True)
class Bar:
    """`is_as_far`: a group that fell as far as the treated areas did."""

    x: int
    y: int
    width: int
    height: int
    is_as_far: bool


@dataclass(frozen=True)
class Histogram:
    """Where ours stands among like groups in which nothing was done. Further left is a larger fall."""

    bars: list[Bar]
    ours: int
    as_far: int
    many: int
    anchor: str

    @property
    def others(self) -> int:
        return self.many - self.as_far

    @property
    def label(self) -> int:
        """Beside the line, on the side where there is room."""
        return self.ours + (6 if self.anchor == "start" else -6)


def histogram(placebo: Sequence[float], ours: float) -> Histogram:
    ends = min([*placebo, ours]), max([*placebo, ours])
    step = (ends[1] - ends[0]) / BINS or 1.0
    # Ours is the edge of a bar, so that the bars to its left are exactly those that fell as far.
    edges = [ours + step * each for each in range(-BINS, BINS + 1)]
    counted = [sum(low < each <= high for each in placebo) for low, high in pairwise(edges)]
    most = max([*counted, 1])
    scale = (WIDE - 2 * EDGE) / ((ends[1] - ends[0]) + 2 * step)

    def across(value: float) -> float:
        return EDGE + (value - ends[0] + step) * scale

    bars = [
        Bar(round(across(low)), TALL - round(many / most * (TALL - 30)), max(round(step * scale) - 1, 1),
            round(many / most * (TALL - 30)), high <= ours + TIE)
        for (low, high), many in zip(pairwise(edges), counted, strict=True)
        if many
    ]  # fmt: skip
    x = round(across(ours))
    as_far = sum(each <= ours + TIE for each in placebo)
    return Histogram(bars, x, as_far, len(placebo), "end" if x > WIDE / 2 else "start")
