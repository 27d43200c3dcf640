"""Where lines come from and where they sell, as at two days: how many of each flow were active, of how many known.

A line that sells in two towns is in both flows, so the flows do not add up to the number of lines.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from clearlines.access.viewer import Viewer
from clearlines.lines import queries as lines
from clearlines.lines.models import Line
from clearlines.lines.states import Status
from clearlines.web.downloads import sheet

NOT_KNOWN = "Not known"
HEADINGS = ["comes_from", "sells_in", "active", "known", "lines", "as_it_was_on", "as_we_knew_on"]


@dataclass(frozen=True)
class Sold:
    """One known line on the day: where it came from, the towns where it sold, and whether it was active."""

    line: Line
    exporter: str
    towns: frozenset[str]
    is_active: bool


@dataclass(frozen=True)
class Flow:
    exporter: str
    town: str
    sold: tuple[Sold, ...]

    @property
    def known(self) -> int:
        return len(self.sold)

    @property
    def active(self) -> int:
        return sum(each.is_active for each in self.sold)

    @property
    def lines(self) -> list[Line]:
        return [each.line for each in self.sold]


@dataclass(frozen=True)
class End:
    """A place at either end: each line once, however many flows it is in there."""

    name: str
    active: int
    known: int


@dataclass(frozen=True)
class Flows:
    on: date
    known_on: date
    sold: list[Sold]

    @property
    def active(self) -> int:
        return sum(each.is_active for each in self.sold)

    @property
    def known(self) -> int:
        return len(self.sold)

    @property
    def flows(self) -> list[Flow]:
        """Most active first, then most known, then by name."""
        found: dict[tuple[str, str], list[Sold]] = defaultdict(list)
        for each in self.sold:
            for town in each.towns:
                found[each.exporter, town].append(each)
        made = [Flow(*ends, tuple(there)) for ends, there in found.items()]
        return sorted(made, key=lambda flow: (-flow.active, -flow.known, flow.exporter, flow.town))

    @property
    def exporters(self) -> list[End]:
        return _ends((each, [each.exporter]) for each in self.sold if each.towns)

    @property
    def towns(self) -> list[End]:
        return _ends((each, each.towns) for each in self.sold)

    @property
    def sells_nowhere(self) -> list[Line]:
        """Known, and in no town that is recorded for the day: in no flow."""
        return [each.line for each in self.sold if not each.towns]

    @property
    def about(self) -> list[Any]:
        return ["force.flows", *(each.line for each in self.sold)]


def _ends(found: Iterable[tuple[Sold, Iterable[str]]]) -> list[End]:
    there: dict[str, list[Sold]] = defaultdict(list)
    for each, names in found:
        for name in names:
            there[name].append(each)
    return [End(name, sum(each.is_active for each in mine), len(mine)) for name, mine in sorted(there.items())]


def flows(viewer: Viewer, on: date, known: date) -> Flows:
    """Refused, in a sentence, for a day that has not come. A line counts once somebody has recorded that it is one."""
    register = lines.register(viewer, on, known)
    sold = [
        Sold(
            row.line,
            row.line.exporter_area or NOT_KNOWN,
            frozenset(each.town for each in register.markets_of(row, on)),
            row.standing is not None and row.standing.status == Status.ACTIVE,
        )
        for row in register.rows
        if register.is_known(row)
    ]
    return Flows(on, known, sold)


def as_sheet(found: Flows) -> str:
    rows = [
        [flow.exporter, flow.town, flow.active, flow.known, "; ".join(each.reference for each in flow.lines),
         found.on, found.known_on]
        for flow in found.flows
    ]  # fmt: skip
    return sheet([HEADINGS, *rows])
