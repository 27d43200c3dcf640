"""Two pictures as SVG: lines active day by day, and how many referrals reached each step. Each has a table beside it.

Colours are attributes, not styles, so that the pages' Content-Security-Policy allows them and a printer keeps them.
"""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

INK, BLUE, PALE, GREY = "#0b0c0c", "#1d70b8", "#d2e2f1", "#505a5f"
WIDE, LEFT, RIGHT = 720, 34, 12


def steps_chart(steps: Sequence[tuple[str, int]]) -> SafeString:
    """How many lines were active on each day. Spells with none active are shaded."""
    if len(steps) < 2:
        return SafeString("")
    days = [(date.fromisoformat(day), active) for day, active in steps]
    first, last, high = days[0][0], days[-1][0], max(1, *(active for _, active in days))
    top, bottom = 14, 150

    def across(day: date) -> float:
        return round(LEFT + (WIDE - LEFT - RIGHT) * (day - first).days / max(1, (last - first).days), 1)

    def up(active: int) -> float:
        return round(bottom - (bottom - top) * active / high, 1)

    pairs = list(pairwise(days))
    zero = [(across(here), across(then) - across(here)) for (here, active), (then, _) in pairs if active == 0]
    path = " ".join(f"H{across(here)} V{up(active)} H{across(then)}" for (here, active), (then, _) in pairs)
    said = f"Between {min(a for _, a in days)} and {max(a for _, a in days)} lines active on any day"
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" font-family="sans-serif" '
        'viewBox="0 0 {0} 186" role="img" aria-label="{1}">'
        '{2}{3}<path d="M{4} {5} {6}" fill="none" stroke="{7}" stroke-width="3"/>{8}</svg>',
        WIDE, said, _shaded(zero, top, bottom), _levels(high, up), LEFT, up(days[0][1]), SafeString(path), BLUE,
        _months(first, last, across, bottom),
    )  # fmt: skip


def _shaded(spells: list[tuple[float, float]], top: int, bottom: int) -> SafeString:
    spell = '<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>'
    return format_html_join("", spell, ((x, top, round(wide, 1), bottom - top, PALE) for x, wide in spells))


def _levels(high: int, up: Any) -> SafeString:
    every = max(1, round(high / 5))
    line = (
        '<line x1="{}" x2="{}" y1="{}" y2="{}" stroke="#b1b4b6" stroke-width="1"/>'
        '<text x="{}" y="{}" font-size="13" text-anchor="end" fill="{}">{}</text>'
    )
    levels = range(0, high + 1, every)
    return format_html_join(
        "", line, ((LEFT, WIDE - RIGHT, up(each), up(each), LEFT - 6, up(each) + 4, INK, each) for each in levels)
    )


def _months(first: date, last: date, across: Any, bottom: int) -> SafeString:
    months = [first.replace(day=1)]
    while months[-1] < last:
        here = months[-1]
        months.append(date(here.year + here.month // 12, here.month % 12 + 1, 1))
    mark = (
        '<line x1="{0}" x2="{0}" y1="{1}" y2="{2}" stroke="{3}"/>'
        '<text x="{4}" y="{5}" font-size="13" fill="{3}">{6}</text>'
    )
    shown = [month for month in months if first <= month < last]
    return format_html_join(
        "", mark, ((across(m), bottom, bottom + 6, INK, across(m) + 4, bottom + 20, f"{m:%B %Y}") for m in shown)
    )


def funnel_chart(steps: Sequence[dict[str, Any]]) -> SafeString:
    """A bar for each step as long as its count; a dashed outline where the count is not shown."""
    if not steps or not steps[0]["reached"]:
        return SafeString("")
    whole, tall, start = steps[0]["reached"], 34, 220
    bars = []
    for place, each in enumerate(steps):
        reached = each["reached"]
        wide = round((WIDE - start - 90) * (reached / whole if reached is not None else 1), 1)
        y = 6 + place * tall
        look = (BLUE, BLUE, "0") if reached is not None else ("none", GREY, "5 4")
        end, said = start + max(wide, 1) + 8, "not shown" if reached is None else f"{reached:,}"
        bars.append((start - 10, y + 18, INK, each["step"], start, y, max(wide, 1), *look, end, y + 18, INK, said))
    bar = (
        '<text x="{}" y="{}" font-size="15" text-anchor="end" fill="{}">{}</text>'
        '<rect x="{}" y="{}" width="{}" height="26" fill="{}" stroke="{}" stroke-dasharray="{}"/>'
        '<text x="{}" y="{}" font-size="15" fill="{}">{}</text>'
    )
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" font-family="sans-serif" '
        'viewBox="0 0 {0} {1}" role="img" aria-label="{2}">'
        "{3}</svg>",
        WIDE, 12 + tall * len(steps), "How many referrals reached each step, as the table says",
        format_html_join("", bar, bars),
    )  # fmt: skip
