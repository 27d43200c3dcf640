"""Who may enter a network of those who control lines, and who is linked to whom. Everybody else is taken out first.

Taken out before anything is worked out: whoever was or may have been under 18, whoever a line used or harmed at any
time, whoever is or may be a recognised victim, and whoever nobody has evidenced. ADR 0024 says why.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations
from typing import Any

from clearlines.lines.states import VICTIMS, Category, Role

CONTROLS = frozenset({Role.HOLDER, Role.SENIOR, Role.DEALER})
# Whoever carried may have been made to, whatever was believed then: it takes out as much as a victim's role does.
USED = VICTIMS | {Role.CARRIER}
USED_AS = frozenset({Category.VICTIM, Category.AT_RISK})
ADULT = 18
# By looks or hearsay somebody is an adult only if clearly so. Source: Home Office guidance on assessing age asks for
# "significantly over 18"; the figure is ours and is unverified.
ADULT_BY_LOOKS = 25
# A source at least untested and an assessment that is not "suspected to be false", as 2B or 1A; what cannot be read
# is no evidence. Source: domain 2.4.
EVIDENCED = re.compile(r"\s*[12]\s*[A-D](?![A-Z])", re.IGNORECASE)


class Reason(StrEnum):
    CHILD = "child"
    AGE_NOT_KNOWN = "age_not_known"
    USED = "used"
    VICTIM = "victim"
    NOT_EVIDENCED = "not_evidenced"


@dataclass(frozen=True)
class Birth:
    """What one record of somebody says of when they were born."""

    on: date | None
    precision: str = "unknown"

    def may_be(self, day: date) -> tuple[int, int] | None:
        """Their lowest and highest age on a day; none where nothing is recorded."""
        if self.on is None:
            return None
        full = day.year - self.on.year - ((day.month, day.day) < (self.on.month, self.on.day))
        return (full, full) if self.precision == "day" else (day.year - self.on.year - 1, day.year - self.on.year)


@dataclass(frozen=True)
class Stands:
    """From one day until another somebody stood somewhere: on a line in a role, or at the head of a group."""

    where: Any
    role: Role | None
    from_on: date
    until_on: date | None = None
    grade: str = ""
    category: Category | None = None

    def holds_on(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or self.until_on >= day)

    @property
    def is_control(self) -> bool:
        """A role that controls a line, or none: at the head of a group."""
        return self.role is None or self.role in CONTROLS

    @property
    def is_used(self) -> bool:
        """A role that says so, or a person who said so of another. That every customer is at risk says nothing new."""
        return self.role in USED or (self.role != Role.CUSTOMER and self.category in USED_AS)

    @property
    def is_evidenced(self) -> bool:
        return EVIDENCED.match(self.grade) is not None


@dataclass(frozen=True)
class Somebody:
    """One human being under every record that is said to be theirs, with all their roles whenever they were held."""

    key: Any
    births: tuple[Birth, ...]
    stands: tuple[Stands, ...]
    may_be_victim: bool

    def controls_on(self, day: date) -> list[Stands]:
        """What brings them into question at all: lines they are said to control on the day."""
        return [each for each in self.stands if each.role in CONTROLS and each.holds_on(day)]


@dataclass(frozen=True)
class Entering:
    entered: list[Somebody]
    left_out: Counter[Reason]
    how_many_left_out: int


def reasons_to_leave_out(somebody: Somebody, *, day: date) -> Iterator[Reason]:
    """Every reason there is, not the first. No reason: they may enter."""
    controls = somebody.controls_on(day)
    youngest = min([day, *(each.from_on for each in controls)])
    ages = [(birth, age) for birth in somebody.births if (age := birth.may_be(youngest))]
    if any(highest < ADULT for _, (_, highest) in ages):
        yield Reason.CHILD
    elif any(lowest < ADULT for _, (lowest, _) in ages) or not any(_shows_adult(*each) for each in ages):
        yield Reason.AGE_NOT_KNOWN
    if any(each.is_used for each in somebody.stands):
        yield Reason.USED
    if somebody.may_be_victim:
        yield Reason.VICTIM
    if not any(each.is_evidenced for each in controls):
        yield Reason.NOT_EVIDENCED


def _shows_adult(birth: Birth, age: tuple[int, int]) -> bool:
    return age[0] >= (ADULT_BY_LOOKS if birth.precision == "about" else ADULT)


def who_enters(people: Iterable[Somebody], *, day: date) -> Entering:
    """Of those said to control a line on a day: who enters, and how many are left out for each reason."""
    entered, left_out, many = list[Somebody](), Counter[Reason](), 0
    for somebody in people:
        if not somebody.controls_on(day):
            continue
        if reasons := list(reasons_to_leave_out(somebody, day=day)):
            left_out.update(reasons)
            many += 1
        else:
            entered.append(somebody)
    return Entering(entered, left_out, many)


def links(entered: Sequence[Somebody], *, day: date) -> list[tuple[Any, Any]]:
    """Two of them are linked if, by the day, they controlled one line or led one group in days that overlap."""
    found = []
    for one, other in combinations(entered, 2):
        here = [each for each in one.stands if _counts(each, day)]
        if any(_together(each, there) for each in here for there in other.stands if _counts(there, day)):
            found.append((one.key, other.key))
    return found


def _counts(stands: Stands, day: date) -> bool:
    return stands.is_control and stands.is_evidenced and stands.from_on <= day


def _together(one: Stands, other: Stands) -> bool:
    """In the same place, each beginning before the other ends."""
    return (
        one.where == other.where
        and one.from_on <= (other.until_on or date.max)
        and other.from_on <= (one.until_on or date.max)
    )
