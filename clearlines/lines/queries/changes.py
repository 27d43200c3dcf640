"""The register as it was on a day, as known on a day; and what is known differently between two days of knowing."""

from dataclasses import dataclass
from datetime import date

from clearlines.access.refusals import refuse_if
from clearlines.access.viewer import Viewer
from clearlines.lines import rules
from clearlines.lines.queries.register import links, with_markets
from clearlines.lines.queries.standing import steps
from clearlines.lines.register import Register, Row, put_together


def register(viewer: Viewer, on: date, known: date) -> Register:
    """The whole register as it was on a day, as known on a day, and what is known differently now."""
    return _between(viewer, on, known, viewer.today)


def differences(viewer: Viewer, on: date, first_known: date, then_known: date) -> "Differences":
    """The lines of which something about the days until `on` was known differently on two days of knowing."""
    refuse_if(rules.reasons_not_to_compare(first_known=first_known, then_known=then_known))
    found = _between(viewer, on, first_known, then_known)
    return Differences(on, first_known, then_known, found.active_then, found.active_now_known, found.different)


def _between(viewer: Viewer, on: date, known: date, now: date) -> Register:
    days = (on, known, now)
    refuse_if(rules.reasons_not_to_summarise(first=min(days), last=max(days), today=viewer.today))
    lines, every_step = with_markets(viewer), steps(viewer)
    return put_together(lines, every_step, list(links(viewer)), on=on, known=known, now=now)


@dataclass(frozen=True)
class Differences:
    on: date
    first_known: date
    then_known: date
    active_first: int
    active_then: int
    rows: list[Row]
