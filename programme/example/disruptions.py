"""What was done to the nine lines, and for the people they used: proposed by one, judged by another, counted once.

One arrest is claimed by two forces; one act is found later to have been recorded twice; two wait for a second person.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from clearlines.disruptions import actions, queries
from clearlines.disruptions.models import Disruption, DoneTo
from clearlines.disruptions.rules import Act, Granted, Part
from clearlines.groups import queries as groups
from clearlines.lines import queries as lines
from clearlines.lines.models import Line
from clearlines.lines.states import Role
from programme.example.diary import Eyes, Story, at, later
from programme.example.lines import d


@dataclass(frozen=True)
class Order:
    kind: str
    granted: date
    complied: date | None = None
    number: str = ""

    @property
    def reference(self) -> str:
        return f"ORDER-{self.complied or self.granted:%y%m%d}"


@dataclass(frozen=True)
class Done:
    """`level` is what was proposed; `decided` what somebody else made of it, and why: empty while it waits."""

    brand: str
    on: date
    p: str
    tactic: str
    words: str
    level: str
    why: str
    decided: str = ""
    reason: str = ""
    by: str = "officer"
    lead: str = "police"
    impact: str = ""
    names_holder: bool = False
    group: str = ""
    orders: tuple[Order, ...] = ()
    seized: tuple[tuple[str, str, str], ...] = ()
    parts: tuple[tuple[str, date, str], ...] = ()
    moves_line: bool = False


CUT_OFF = "The number was the line: nobody else had its customers."
AGREED = "As proposed: nothing from it since, and the log shows it."
DONE = [
    Done("Bracken", d(4, 20), "pursue", "warrant", "A warrant at a flat on Ropewalk Lane. Two arrested, neither of "
         "them the person who lives there.", "major",
         "The man who held the phone was there with it.", "major", AGREED,
         group="Ropewalk", impact="She had not been able to use her own kitchen since March. She stayed with her "
         "sister that night; the housing officer changed the locks the next morning and the tenancy is safe.",
         orders=(Order("warrant", d(4, 19)),),
         seized=(("heroin", "38.5", "g"), ("crack", "112", "wraps"), ("cash", "2310", "£"), ("phone", "4", "items")),
         parts=(("housing", d(4, 21), "power"), ("charity", d(4, 21), "safety_work"), ("charity", d(4, 27), "visit")),
         by="analyst", moves_line=True),
    Done("Bracken", d(5, 2), "protect", "target_hardening", "A door viewer and a lock at four homes the line had used.",
         "moderate", "Three of the four have had no visitors since.", "moderate", AGREED, by="sergeant", lead="housing",
         parts=(("charity", d(5, 4), "safety_work"), ("charity", d(5, 5), "safety_work"))),
    Done("Tarn", d(5, 13), "pursue", "number_cut_off", "The number was cut off by order.", "major", CUT_OFF,
         "moderate", "Two other numbers were selling to the same people within a week.", by="analyst",
         orders=(Order("ddtro", d(5, 13), d(5, 20), "07700 900201"),)),
    Done("Heron", d(5, 25), "pursue", "arrest", "Arrested on the motorway with the phone in his hand.", "major",
         "He ran it alone.", "major", AGREED, lead="regional_unit", group="Ardwick Street",
         seized=(("phone", "2", "items"), ("sim", "5", "items"), ("knife", "1", "items"))),
    Done("Heron", d(5, 27), "protect", "cawn", "Two notices to adults seen with a girl of 17.", "moderate",
         "Both have kept away from her so far.", "moderate", AGREED,
         orders=(Order("cawn", d(5, 27), d(5, 27)),)),
    Done("Slate", d(6, 1), "pursue", "number_cut_off", "The number was cut off by order.", "moderate",
         "They had a second number ready.", "minor", "The same number was heard again at the 28-day check.",
         by="analyst", orders=(Order("ddtro", d(6, 1), d(6, 10), "07700 900233"),)),
    Done("Marlow", d(6, 12), "pursue", "warrant", "A warrant in another force’s area, told to us in July.", "moderate",
         "The handset was there, and nobody has heard it since.", "moderate", AGREED,
         moves_line=True, by="analyst", lead="other_force",
         impact="Nobody lived there: it was let by the week in another name.", orders=(Order("warrant", d(6, 11)),),
         seized=(("cash", "640", "£"), ("phone", "1", "items"))),
    Done("Copper", d(6, 13), "pursue", "number_cut_off", "The number was cut off by order.", "moderate", CUT_OFF,
         "moderate", AGREED, by="analyst", orders=(Order("ddtro", d(6, 13), d(6, 18), "07700 900267"),)),
    Done("Copper", d(7, 6), "prevent", "school_session", "Two year groups in Millom, with somebody who used to carry.",
         "minor", "Four children asked to talk afterwards.", "minor", AGREED, lead="council",
         parts=(("charity", d(7, 6), "support"),)),
    Done("Tarn", d(7, 19), "pursue", "recall", "Recalled to prison after texting from a number he was not to have.",
         "moderate", "He was the one who knew the suppliers.", "moderate", AGREED, by="sergeant", lead="probation",
         names_holder=True),
    Done("Slate", d(8, 12), "pursue", "arrest", "Arrested at an address in Barrow with the phone.", "major",
         "He held the phone and the debts.", "major", AGREED,
         seized=(("heroin", "12", "g"), ("cash", "1175.5", "£"), ("vehicle", "1", "items"))),
    Done("Willow", d(8, 22), "pursue", "number_cut_off", "The number was cut off by order.", "major", CUT_OFF, "major",
         AGREED, by="analyst", orders=(Order("ddtro", d(8, 22), d(8, 30), "07700 900281"),)),
    Done("Willow", d(9, 7), "protect", "closure_partial", "Named people are kept out of a flat in Ulverston for three "
         "months. The woman who lives there stays.", "moderate", "The visitors stopped the same week.", "moderate",
         AGREED, lead="council", impact="It was asked for with her, in her words. She has a number to ring, and the "
         "charity goes twice a week.", orders=(Order("closure_partial", d(9, 7), d(9, 8)),),
         parts=(("charity", d(9, 9), "visit"), ("charity", d(9, 13), "visit"), ("police", d(9, 8), "people"))),
    Done("Finch", d(11, 17), "pursue", "arrest", "Arrested on the platform at Oxenholme with a boy of 15.", "major",
         "He ran it from the train.", "major", AGREED, by="officer",
         seized=(("crack", "61", "wraps"), ("phone", "3", "items"))),
    Done("Tarn", d(11, 24), "pursue", "number_cut_off", "The number that came back was cut off again.", "major",
         CUT_OFF, "moderate", "It came back once; nobody can say yet that it will not again.", by="analyst",
         orders=(Order("ddtro", d(11, 24), d(12, 1), "07700 900201"),)),
    Done("Finch", d(12, 14), "prevent", "taxi_briefing", "Nine drivers and two guest houses in Kendal.", "minor",
         "One has rung since.", "minor", AGREED),
    Done("Amber", d(2, 17, 2023), "pursue", "number_cut_off", "The number was cut off by order.", "moderate", CUT_OFF,
         "moderate", AGREED, by="analyst", orders=(Order("ddtro", d(2, 17, 2023), d(2, 24, 2023), "07700 900317"),)),
    Done("Amber", d(3, 10, 2023), "prevent", "shop_licence", "A car wash that let the line use its yard.", "moderate",
         "The yard is locked at night now.", orders=(Order("cpn", d(3, 10, 2023)),), lead="council"),
    Done("Amber", d(3, 22, 2023), "prepare", "community_plan", "A plan with the landlords of Barrow Island for when a "
         "line comes back: who rings whom, and who sleeps where.", "minor", "It has not been tried yet.",
         by="sergeant", parts=(("fire", d(3, 22, 2023), "people"),)),
]  # fmt: skip


def stories() -> Iterator[Story]:
    yield from (tell(each) for each in DONE)
    yield claimed_twice()
    yield recorded_twice()


def tell(done: Done) -> Story:
    """Written down the next day; what came of it as it came; judged by somebody else a few days later."""
    told_late = 22 if done.lead == "other_force" else 0
    eyes = yield later(at(done.on, 17, 30), days=1 + told_late)
    found = record(eyes, done)
    for order in done.orders:
        actions.add_order(
            by=eyes.of(done.by), disruption=found,
            granted=Granted(order.kind, order.granted, reference=order.reference, identifier=order.number),
        )  # fmt: skip
    for kind, amount, unit in done.seized:
        actions.add_seizure(
            by=eyes.of(done.by), disruption=found, kind=kind, amount=Decimal(amount), unit=unit, on=done.on
        )
    for agency, on, kind in done.parts:
        eyes = yield later(at(max(on, eyes.now.date()), 18))
        actions.add_contribution(by=eyes.of(done.by), disruption=found, part=Part(agency, on, kind))
    for order in done.orders:
        if order.complied:
            eyes = yield later(at(max(order.complied + timedelta(days=1), eyes.now.date()), 18, 30))
            said = queries.orders(eyes.officer).get(disruption=found, kind=order.kind)
            words = "Rung from two handsets: dead." if order.number else ""
            actions.say_complied(by=eyes.officer, order=said, answer="yes", on=order.complied, words=words)
    if done.decided:
        eyes = yield later(eyes.now, days=4)
        judge = eyes.of("second.analyst" if done.by == "sergeant" else "sergeant")
        actions.moderate(by=judge, disruption=found, level=done.decided, reason=done.reason)


def record(eyes: Eyes, done: Done, **more: Any) -> Disruption:
    by = eyes.of(done.by)
    line: Line = lines.visible(by).get(brand=done.brand)
    holder = lines.people_on(by, line).filter(role=Role.HOLDER).first() if done.names_holder else None
    group = groups.visible(by).get(name=done.group) if done.group else None
    act = Act(
        done.p, done.on, done.tactic, done.words, done.level, done.why, more.pop("lead", done.lead),
        evidence=f"Log of {done.on.day} {done.on:%B %Y}", victim_impact=done.impact,
        elsewhere_reference=more.pop("reference", ""),
    )  # fmt: skip
    return actions.record(
        by=by, act=act, to=DoneTo(line=line, group=group, person=holder.person if holder else None),
        line_disrupted_from=done.on if done.moves_line else None, **more,
    )  # fmt: skip


def the_one(brand: str, on: date) -> Done:
    return next(each for each in DONE if (each.brand, each.on) == (brand, on))


def claimed_twice() -> Story:
    """The railway police send their month's arrests. One of them is ours already: it stays one arrest."""
    eyes = yield at(d(12, 5), 9)
    arrest = the_one("Finch", d(11, 17))
    record(eyes, arrest, lead="rail_police", reference="RP-2211-17", decided="same_act")


def recorded_twice() -> Story:
    """Two colleagues wrote up one morning; a week later one of them sees it."""
    eyes = yield at(d(8, 16), 9)
    arrest = the_one("Slate", d(8, 12))
    first = queries.visible(eyes.sergeant).get(happened_on=arrest.on)
    again = actions.record(
        by=eyes.sergeant, to=DoneTo(line=first.line), decided="another_act",
        act=Act("pursue", arrest.on, "vehicle_seizure", "A hire car taken at the same address.", "minor",
                "It was hired for the day.", "police"),
    )  # fmt: skip
    eyes = yield at(d(8, 23), 9)
    actions.take_back(
        by=eyes.sergeant,
        disruption=again,
        same_act_as=first,
        because="The car is in the arrest’s own list.",
    )
