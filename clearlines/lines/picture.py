"""The timeline as shapes on paper: where each bar, mark and arrow stands. The template only draws them."""

import calendar
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from clearlines.lines import history
from clearlines.lines.history import ONE_DAY, Count
from clearlines.lines.register import Register, Row
from clearlines.lines.rules import in_words
from clearlines.lines.states import CLOSED, Status

WIDTH, LEFT, RIGHT = 1040, 168, 26
CHART_TOP, CHART_HEIGHT, AXIS, ROW = 30, 96, 34, 30
BAR = 14
MOST_MONTHS = 24
# A spell narrower than this has no room for its word; it is still shaded, and listed beside the picture.
ROOM_FOR_A_WORD = 44
KINDS = {
    Status.ACTIVE: "active", Status.DORMANT: "dormant", Status.DISRUPTED: "disrupted",
    Status.CLOSED_T1_PROPOSED: "disrupted",
}  # fmt: skip


MARKS = [
    ("type1", "Closed, Type 1"), ("type2", "Closed, Type 2"), ("return", "Active again"),
]  # fmt: skip


@dataclass(frozen=True)
class Box:
    kind: str
    x: float
    y: float
    width: float
    height: float
    title: str = ""
    word: str = ""

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True)
class Mark:
    kind: str
    x: float
    y: float
    title: str


@dataclass(frozen=True)
class Arrow:
    x: float
    y1: float
    y2: float
    title: str

    @property
    def head(self) -> str:
        back = -7 if self.y2 > self.y1 else 7
        return f"{self.x - 5},{self.y2 + back} {self.x + 5},{self.y2 + back} {self.x},{self.y2}"


@dataclass(frozen=True)
class Label:
    x: float
    y: float
    words: str
    differs: bool = False


@dataclass
class Picture:
    """Everything drawn, in the order it is drawn."""

    first: date
    last: date
    height: float
    base: float
    width: int = WIDTH
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = CHART_TOP
    months: list[Label] = field(default_factory=list)
    levels: list[Label] = field(default_factory=list)
    zero: list[Box] = field(default_factory=list)
    steps: str = ""
    labels: list[Label] = field(default_factory=list)
    outlines: list[Box] = field(default_factory=list)
    bars: list[Box] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)

    def x(self, day: date) -> float:
        share = (day - self.first).days / ((self.last - self.first).days + 1)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def box(self, kind: str, since: date, until: date, y: float, height: float, **more: str) -> Box:
        since, until = max(since, self.first), min(until, self.last)
        x = self.x(since)
        return Box(kind, x, y, round(self.x(until + ONE_DAY) - x, 1), height, **more)

    @property
    def row_top(self) -> float:
        return self.base + AXIS


def months_before(day: date, months: int) -> date:
    whole = day.year * 12 + day.month - 1 - months
    return date(whole // 12, whole % 12 + 1, 1)


def end_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def draw(register: Register) -> Picture | None:
    """None while no line is known. The months end with the month after the last change: later ones say nothing."""
    rows = [row for row in register.rows if row.is_a_line]
    if not rows or register.first is None:
        return None
    quiet = months_before(register.last_change, -1)
    last = min(register.on, end_of_month(quiet))
    first = max(register.first.replace(day=1), months_before(last, MOST_MONTHS - 1))
    base = CHART_TOP + CHART_HEIGHT
    picture = Picture(first, last, base + AXIS + len(rows) * ROW + 8, base)
    _draw_months(picture)
    _draw_steps(picture, history.active_counts([row.spans for row in rows], first, last))
    for place, row in enumerate(rows):
        _draw_row(picture, row, picture.row_top + place * ROW)
    _draw_arrows(picture, register, {row.line.pk: picture.row_top + at * ROW for at, row in enumerate(rows)})
    return picture


def _draw_months(picture: Picture) -> None:
    """Every month a line; a name for as many as there is room for, and the year under each January."""
    months, day = [], picture.first
    while day <= picture.last:
        months.append(day)
        day = months_before(day, -1)
    every = 1 if len(months) <= 15 else 2 if len(months) <= 30 else 6
    for number, day in enumerate(months):
        named = number % every == 0
        year = f" {day.year}" if named and (number == 0 or day.month <= every) else ""
        picture.months.append(Label(picture.x(day), picture.base + 22, f"{day:%b}{year}" if named else ""))


def _draw_steps(picture: Picture, counts: list[Count]) -> None:
    peak = max(1, *(count.active for count in counts))
    step = -(-peak // 4)

    def y(active: int) -> float:
        return round(picture.base - active * (CHART_HEIGHT - 12) / peak, 1)

    for level in {*range(0, peak + 1, step), peak}:
        picture.levels.append(Label(LEFT - 8, y(level), str(level)))
    points = []
    for count in counts:
        begins, ends = picture.x(count.since), picture.x(count.until + ONE_DAY)
        points += [f"{begins},{y(count.active)}", f"{ends},{y(count.active)}"]
        if count.active == 0:
            title = f"None active from {in_words(count.since)} to {in_words(count.until)}"
            box = picture.box("zero", count.since, count.until, CHART_TOP, CHART_HEIGHT, title=title)
            word = "none" if box.width >= ROOM_FOR_A_WORD else ""
            picture.zero.append(Box(box.kind, box.x, box.y, box.width, box.height, title, word))
    picture.steps = " ".join(points)


def _draw_row(picture: Picture, row: Row, top: float) -> None:
    middle = top + ROW / 2
    picture.labels.append(Label(8, middle + 5, f"{row.line.reference} {shortened(row.line.brand)}", row.differs))
    if row.differs:
        width = picture.right - 4 + 8
        picture.outlines.append(Box("differs", 3, top + 2, width, ROW - 4, "Known differently now"))
    for span in row.spans:
        until = span.until or picture.last
        if span.status in KINDS and until >= picture.first and span.since <= picture.last:
            title = f"{row.line.reference}: {span.status.label} from {in_words(span.since)}"
            title += f" to {in_words(span.until)}" if span.until else ""
            picture.bars.append(picture.box(KINDS[span.status], span.since, until, middle - BAR / 2, BAR, title=title))
    _draw_marks(picture, row, middle)


def _draw_marks(picture: Picture, row: Row, middle: float) -> None:
    for before, after in pairwise([None, *row.spans]):
        if after is None or not picture.first <= after.since <= picture.last:
            continue
        said = f"{row.line.reference} on {in_words(after.since)}"
        if after.status in CLOSED:
            kind = "type1" if after.status == Status.CLOSED_T1 else "type2"
            picture.marks.append(Mark(kind, picture.x(after.since), middle, f"{said}: {after.status.label}"))
        if before and before.status in CLOSED and after.status == Status.ACTIVE:
            picture.marks.append(Mark("return", picture.x(after.since), middle, f"{said}: active again"))


def _draw_arrows(picture: Picture, register: Register, tops: dict[object, float]) -> None:
    for link in register.links:
        ends = tops.get(link.from_line_id), tops.get(link.to_line_id)
        if link.kind != "displacement" or None in ends or not picture.first <= link.seen_on <= picture.last:
            continue
        there = f"{link.from_line.reference} moved on to {link.to_line.reference}, seen {in_words(link.seen_on)}"
        begin, end = (float(each or 0) + ROW / 2 for each in ends)
        gap = BAR / 2 if end > begin else -BAR / 2
        picture.arrows.append(Arrow(picture.x(link.seen_on), begin, end - gap, there))


def shortened(brand: str, most: int = 13) -> str:
    return brand if len(brand) <= most else f"{brand[: most - 1]}…"
