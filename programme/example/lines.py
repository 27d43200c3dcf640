"""Nine invented lines: peak six, none active in four spells, two that came back, one that moved along the coast.

Some of it was learned late, and one date was wrong and put right: so 'as known then' differs from 'as known now'.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from clearlines.lines import actions, queries
from clearlines.lines.models import Line, LineStatus
from clearlines.lines.states import Found, Role, Status
from clearlines.people import actions as people
from clearlines.people.models import Person
from programme.example.diary import ENDED, Eyes, Story, at

S = Status


@dataclass(frozen=True)
class Turn:
    """What a line became: from which day, and how many days later we knew."""

    to: Status
    on: date
    late: int = 0
    reason: str = ""
    # Found at the check so many days after the closure.
    check: int = 0


@dataclass(frozen=True)
class Told:
    brand: str
    number: str
    exporter: str
    town: str
    first: date
    turns: tuple[Turn, ...]
    holder: tuple[str, str, date]
    exploited: tuple[tuple[str, str, int], ...] = ()
    new_number: tuple[date, str] | None = None
    elements: dict[str, str] = field(default_factory=dict)


def d(month: int, day: int, year: int = 2022) -> date:
    return date(year, month, day)


BY_PHONE = "Number deactivated under an order"
CHARGED = "Holder arrested and charged; the national centre agrees"
LINES = [
    Told("Bracken", "07700 900123", "Merseyside", "Barrow-in-Furness", d(2, 1), (
        Turn(S.ACTIVE, d(2, 1)), Turn(S.DISRUPTED, d(4, 20), reason="Two arrests at a flat on Ropewalk Lane"),
        Turn(S.CLOSED_T1, d(5, 3), reason=CHARGED)),
        ("Rhys", "Oxmoor", date(1993, 3, 14)), (("Jodie", "Sandwith", 34), ("Callum", "Penny", 15)),
        (d(3, 3), "07700 900456")),
    Told("Tarn", "07700 900201", "Merseyside", "Kendal", d(2, 1), (
        Turn(S.ACTIVE, d(2, 1)), Turn(S.CLOSED_T2, d(5, 20), reason=BY_PHONE),
        Turn(S.ACTIVE, d(10, 20), late=4, reason="The same number is selling again"),
        Turn(S.CLOSED_T2, d(12, 1), reason=BY_PHONE)),
        ("Marlon", "Thwaite", date(1981, 6, 2)), (("Ffion", "Blease", 41),)),
    Told("Heron", "07700 900214", "Greater Manchester", "Barrow-in-Furness", d(2, 8), (
        Turn(S.ACTIVE, d(2, 10)), Turn(S.CLOSED_T1, d(5, 28), reason=CHARGED)),
        ("Dale", "Whinfell", date(1988, 9, 27)), (("Aimee", "Cragg", 17), ("Peter", "Muncaster", 72))),
    Told("Slate", "07700 900233", "Merseyside", "Barrow-in-Furness", d(2, 18), (
        Turn(S.ACTIVE, d(2, 20)), Turn(S.CLOSED_T2, d(6, 10), reason=BY_PHONE),
        Turn(S.ACTIVE, d(7, 11), late=2, reason="Bulk texts from the same number", check=28),
        Turn(S.CLOSED_T1, d(8, 15), reason=CHARGED)),
        ("Connor", "Ashgill", date(1999, 1, 19)), (("Leon", "Sykes", 16),)),
    Told("Marlow", "07700 900245", "West Midlands", "Ulverston", d(3, 1), (
        Turn(S.ACTIVE, d(3, 5), late=9), Turn(S.DORMANT, d(5, 18), reason="Nothing seen for 28 days"),
        Turn(S.DISRUPTED, d(6, 12), late=23, reason="A warrant by another force, told to us in July")),
        ("Andre", "Hollin", date(1985, 12, 8)), (("Gail", "Storth", 58),)),
    Told("Copper", "07700 900267", "Greater Manchester", "Millom", d(3, 10), (
        Turn(S.ACTIVE, d(3, 15)), Turn(S.CLOSED_T2, d(6, 18), reason=BY_PHONE)),
        ("Nathan", "Raisbeck", date(1996, 4, 30)), (("Mikey", "Lowe", 14),)),
    Told("Willow", "07700 900281", "Greater Manchester", "Ulverston", d(7, 12), (
        Turn(S.ACTIVE, d(7, 20), late=3), Turn(S.CLOSED_T2, d(8, 30), reason=BY_PHONE)),
        ("Tyrone", "Beck", date(1991, 7, 11)), (("Sian", "Ormside", 29),)),
    Told("Finch", "07700 900302", "Merseyside", "Kendal", d(9, 28), (
        Turn(S.ACTIVE, d(10, 3)), Turn(S.CLOSED_T1, d(11, 20), reason=CHARGED)),
        ("Jordan", "Ewbank", date(1998, 2, 5)), (("Ellie", "Garth", 15),)),
    Told("Amber", "07700 900317", "Merseyside", "Barrow-in-Furness", d(1, 4, 2023), (
        Turn(S.ACTIVE, d(1, 9, 2023), late=11), Turn(S.CLOSED_T2, d(2, 24, 2023), reason=BY_PHONE)),
        ("Lewis", "Dent", date(1990, 10, 23)), (("Harry", "Coates", 16), ("Donna", "Fell", 47))),
]  # fmt: skip


def stories() -> Iterator[Story]:
    yield from (tell(line) for line in LINES)
    yield from (checks(line) for line in LINES if any(turn.to in (S.CLOSED_T1, S.CLOSED_T2) for turn in line.turns))
    yield not_a_line()
    yield the_wrong_date()
    yield along_the_coast()


def tell(told: Told) -> Story:
    eyes = yield at(told.first, 9, 30)
    line = actions.register(
        by=eyes.analyst, brand=told.brand, since=told.first, exporter_area=told.exporter,
        first={"number": told.number, "town": told.town}, reason="From reports and another force",
    )  # fmt: skip
    for element in ("communication", "movement", "vulnerability"):
        actions.record_element(
            by=eyes.analyst, line=line, element=element, finding="present", evidence="Reports in triage"
        )
    actions.decide_qualifies(by=eyes.sergeant, line=line, answer="yes", reason="Three elements seen, violence unknown")
    given, family, born = told.holder
    holder = people.add(
        by=eyes.analyst, given_name=given, family_name=family, born_on=born, born_precision="day"
    )  # fmt: skip
    actions.put_person_on_line(
        by=eyes.analyst, line=line, person=holder, role=Role.HOLDER, from_on=told.first, grade="2B"
    )
    put_exploited(eyes, line, told)
    if told.new_number:
        eyes = yield at(told.new_number[0] + timedelta(days=1))
        old = line.identifiers.get()
        actions.change_number(by=eyes.analyst, identifier=old, said=told.new_number[1], on=told.new_number[0])
    for turn in told.turns:
        eyes = yield at(turn.on + timedelta(days=turn.late), 11)
        become(eyes, line, turn)


def become(eyes: Eyes, line: Line, turn: Turn) -> None:
    if turn.check:
        asked: dict[str, Any] = {"closure": standing_closure(eyes, line), "days": turn.check, "on": turn.on}
        actions.answer_check(by=eyes.analyst, found=Found.IN_USE, words=turn.reason, **asked)
    elif turn.to != S.DISRUPTED:  # what was done moves it: disruptions.py
        actions.move(by=eyes.analyst, line=line, to=turn.to, on=turn.on, reason=turn.reason, **closing(turn))


def standing_closure(eyes: Eyes, line: Line) -> LineStatus | None:
    return queries.closures_standing(eyes.analyst).filter(line=line).first()


def checks(told: Told) -> Story:
    """Each closure is checked on the day after it falls due; Amber's second check is somebody's to find."""
    # Bracken's and Copper's days were put right later, and so were the days on which their checks fell due.
    late = 7 if told.brand in ("Bracken", "Copper") else 1
    days = sorted(
        turn.on + timedelta(days=after + late)
        for turn in told.turns if turn.to in (S.CLOSED_T1, S.CLOSED_T2)
        for after in (7, 28, 90) if after not in {each.check for each in told.turns}
    )  # fmt: skip
    for day in days:
        if day > ENDED or (told.brand == "Amber" and day > d(3, 20, 2023)):
            return
        eyes = yield at(day, 12)
        line = the_line(eyes, told.brand)
        closure = standing_closure(eyes, line)
        if closure is None:
            continue
        for check in queries.checks_due_of(eyes.analyst, closure):
            if check.due_on <= day:
                actions.answer_check(by=eyes.analyst, closure=closure, days=check.days, found=Found.STILL_DEAD, on=day)


def put_exploited(eyes: Eyes, line: Line, told: Told) -> None:
    for given, family, age in told.exploited:
        person = young_or_old(eyes, given, family, age)
        role = Role.EXPLOITED_CHILD if age < 18 else Role.HOST if age > 40 else Role.EXPLOITED_ADULT
        actions.put_person_on_line(by=eyes.analyst, line=line, person=person, role=role, from_on=told.first, grade="2C")


def young_or_old(eyes: Eyes, given: str, family: str, age: int) -> Person:
    born = date(eyes.analyst.today.year - age - 1, 11, 5)
    return people.add(by=eyes.analyst, given_name=given, family_name=family, born_on=born, born_precision="day")


def closing(turn: Turn) -> dict[str, Any]:
    """What a closure rests on, in the order it happened."""
    before = timedelta(days=1)
    if turn.to == S.CLOSED_T1:
        return {
            "holder_arrested_on": turn.on - 3 * before, "holder_charged_on": turn.on - before,
            "confirmed_by": "The national centre", "confirmed_on": turn.on,
        }  # fmt: skip
    if turn.to == S.CLOSED_T2:
        return {"order_reference": f"ORDER-{turn.on:%y%m%d}", "complied_on": turn.on}
    return {}


def the_line(eyes: Eyes, brand: str) -> Line:
    return queries.visible(eyes.analyst).get(brand=brand)


def not_a_line() -> Story:
    """Something that was reported as a line and was not one: it is in nobody's total."""
    eyes = yield at(d(9, 5))
    line = actions.register(
        by=eyes.analyst, brand="Corner shop", since=d(9, 5), status=S.REPORTED, reason="A partner's worry"
    )
    eyes = yield at(d(9, 6))
    actions.move(by=eyes.analyst, line=line, to=S.UNDER_ASSESSMENT, on=d(9, 6))
    eyes = yield at(d(9, 14))
    actions.move(by=eyes.analyst, line=line, to=S.NOT_A_LINE, on=d(9, 14), reason="A shop's own delivery phone")


def the_wrong_date() -> Story:
    """Bracken's closure was written as 3 May; the court's letter, read in July, says 9 May."""
    eyes = yield at(d(7, 4), 15)
    line = the_line(eyes, "Bracken")
    wrong = line.statuses.get(status=S.CLOSED_T1)
    actions.correct_status(
        by=eyes.analyst, row=wrong, to=S.CLOSED_T1, on=d(5, 9), reason="The charge was on 8 May, by the court's letter",
        **closing(Turn(S.CLOSED_T1, d(5, 9))),
    )  # fmt: skip


def along_the_coast() -> Story:
    """Heron closed in Barrow; seven weeks later the same people were selling in Ulverston as Willow."""
    eyes = yield at(d(7, 25), 16)
    actions.link_displacement(
        by=eyes.analyst, from_line=the_line(eyes, "Heron"), to_line=the_line(eyes, "Willow"), on=d(7, 24),
        reason="The same handset was seen in Ulverston", grade="2B",
    )  # fmt: skip
