"""What a period adds up to, put together from rows that a query was allowed to read. Each act is counted once."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from clearlines.disruptions.agencies import Agreed
from clearlines.disruptions.states import FEWEST_VISITS, Complied, Level, P, how_much

if TYPE_CHECKING:
    from clearlines.disruptions.models import Contribution, Disruption, Order, Seizure

NOT_SHOWN = "fewer than five: not shown"


@dataclass(frozen=True)
class Row:
    """One P: how many at each level that was decided, and how many wait for a second person."""

    label: str
    decided: dict[Level, int]
    waiting: int

    @property
    def cells(self) -> list[int]:
        return [self.decided[level] for level in Level]

    @property
    def all(self) -> int:
        return sum(self.cells) + self.waiting


@dataclass(frozen=True)
class OrderRow:
    name: str
    granted: int
    complied: int
    not_complied: int
    nobody_said: int


@dataclass(frozen=True)
class TookPart:
    """`times` is None where a charity stands on fewer than five visits: nothing of it is told, not even a nought."""

    name: str
    times: int | None

    @property
    def said(self) -> str:
        return NOT_SHOWN if self.times is None else str(self.times)


@dataclass(frozen=True)
class Totals:
    first: date
    last: date
    rows: list[Row]
    tactics: list[tuple[str, int]]
    leads: list[tuple[str, int]]
    orders: list[OrderRow]
    seizures: list[tuple[str, str]]
    took_part: list[TookPart]

    @property
    def foot(self) -> Row:
        decided = {level: sum(row.decided[level] for row in self.rows) for level in Level}
        return Row("All", decided, sum(row.waiting for row in self.rows))

    @property
    def acts(self) -> int:
        return self.foot.all

    @property
    def waiting(self) -> int:
        return self.foot.waiting


def by_level(acts: Sequence["Disruption"]) -> list[Row]:
    """`acts` carry `level`: what was decided, or None while they wait."""
    found = Counter((act.p, act.level) for act in acts)  # type: ignore[attr-defined]
    return [Row(p.label, {level: found[p, level] for level in Level}, found[p, None]) for p in P]


def by_tactic(acts: Sequence["Disruption"]) -> list[tuple[str, int]]:
    return _largest_first(Counter(act.used.name for act in acts))


def by_lead(acts: Sequence["Disruption"], agreed: Agreed) -> list[tuple[str, int]]:
    return _largest_first(Counter(agreed.name_of(act.lead_agency) for act in acts))


def _largest_first(found: Counter[str]) -> list[tuple[str, int]]:
    return sorted(found.items(), key=lambda each: (-each[1], each[0]))


def by_order(orders: Iterable["Order"]) -> list[OrderRow]:
    found: dict[str, Counter[str]] = {}
    for order in orders:
        # Where nobody must comply by a day, nobody is waited for.
        answer = order.answer or ("waits" if order.complies_by else "")
        found.setdefault(order.is_what.name, Counter())[answer] += 1
    return [
        OrderRow(name, answers.total(), answers[Complied.YES], answers[Complied.NO], answers["waits"])
        for name, answers in sorted(found.items())
    ]


def by_seizure(seizures: Iterable["Seizure"]) -> list[tuple[str, str]]:
    """Added up in each unit apart: grams and wraps are not one number."""
    found: dict[tuple[str, str], Decimal] = {}
    for each in seizures:
        key = (each.is_what.name, each.unit)
        found[key] = found.get(key, Decimal()) + each.amount
    return [(name, how_much(amount, unit)) for (name, unit), amount in sorted(found.items())]


def by_agency(contributions: Sequence["Contribution"], agreed: Agreed) -> list[TookPart]:
    """Every charity of the programme has a line, so that whether it has one tells nothing (domain 2.2)."""
    charities = {code for code, agency in agreed.agencies.items() if agency.is_charity}
    charities |= {each.agency for each in contributions if each.is_charity}
    times = Counter(each.agency for each in contributions)
    visits = Counter(each.agency for each in contributions if each.did.is_visit)
    told = [
        TookPart(agreed.name_of(code), None if code in charities and visits[code] < FEWEST_VISITS else times[code])
        for code in {*times, *charities}
    ]
    return sorted(told, key=lambda each: each.name)
