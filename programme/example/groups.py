"""Five invented groups behind the nine lines. One runs three; one line passed from one to another in the autumn.

Everybody in a group is an adult; the children and the people whose homes were taken stand on the lines.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from clearlines.groups import actions, queries
from clearlines.groups.models import Group
from clearlines.lines.states import Role
from programme.example.diary import Eyes, Story, at
from programme.example.lines import d, the_line


@dataclass(frozen=True)
class Behind:
    """A group, and from which day it ran which lines; the holder of each of its lines in `bosses` directs it."""

    name: str
    known: str
    registered: date
    runs: tuple[tuple[str, date], ...]
    bosses: tuple[str, ...]
    also: tuple[tuple[str, str, date, str], ...] = ()


GROUPS = [
    Behind("Ropewalk", "Three lines by the same three handsets. Cash goes back to Liverpool by train on Fridays.",
        d(3, 20), (("Bracken", d(2, 1)), ("Slate", d(2, 20)), ("Tarn", d(2, 1))), ("Bracken", "Slate"),
        (("The Dock Road lot", "A report from the public", d(4, 11), "3C"),
         ("R-Walk", "Written in a phone that was seized", d(6, 12), "1A"))),
    Behind("Ardwick Street", "Moved along the coast from Barrow to Ulverston with the same customers.",
        d(4, 4), (("Heron", d(2, 10)), ("Willow", d(7, 20))), ("Heron",)),
    Behind("Perry Barr", "Known to another force, which told us of its warrant in July.",
        d(4, 25), (("Marlow", d(3, 5)),), ("Marlow",)),
    Behind("Copper’s people", "Little is known beyond the number.", d(4, 25), (("Copper", d(3, 15)),), ("Copper",)),
    Behind("Finch Lane", "Began in Kendal in the autumn, with a line bought from others.",
        d(10, 10), (("Finch", d(10, 3)), ("Amber", d(1, 9, 2023))), ("Finch",)),
]  # fmt: skip


def stories() -> Iterator[Story]:
    yield from (tell(group) for group in GROUPS)
    yield tarn_was_sold()
    yield an_assessment_is_given()
    yield they_may_be_one()


def tell(told: Behind) -> Story:
    eyes = yield at(told.registered, 14)
    group = actions.register(by=eyes.analyst, name=told.name, known=told.known)
    for name, who, on, grade in told.also:
        eyes = yield at(max(on, told.registered) + timedelta(days=1), 14)
        actions.add_alias(by=eyes.analyst, group=group, name=name, source_words=who, from_on=on, grade=grade)
    for brand, on in told.runs:
        eyes = yield at(max(on + timedelta(days=14), told.registered + timedelta(days=2)), 14)
        line = the_line(eyes, brand)
        actions.run_line(
            by=eyes.analyst, group=group, line=line, from_on=on, grade="2B", reason="Handsets and travel, by analysis"
        )
        if brand in told.bosses:
            holder = line.roles.get(role=Role.HOLDER)
            actions.add_person(
                by=eyes.analyst, group=group, person=holder.person, as_what="directs", from_on=on, grade="2B",
                reason=f"Holds the number of {brand} and gives the orders, by two reports",
            )  # fmt: skip


def the_group(eyes: Eyes, name: str) -> Group:
    return queries.called(eyes.analyst, name).get()


def tarn_was_sold() -> Story:
    """When Tarn came back in October it was under others, who had bought the number."""
    eyes = yield at(d(11, 2), 11)
    row = queries.of_line(eyes.analyst, the_line(eyes, "Tarn")).get()
    actions.end_line(
        by=eyes.analyst, row=row, on=d(10, 19), because="The number was sold on with its customer list",
        passed_to=the_group(eyes, "Finch Lane"), grade="2C",
    )  # fmt: skip


def an_assessment_is_given() -> Story:
    """The regional unit's result for Ropewalk. Its review was due in March 2023, and nobody has asked yet."""
    eyes = yield at(d(9, 20), 10)
    actions.import_assessments(
        by=eyes.analyst,
        sheet=(
            "group,tool,version,assessed_on,assessor,priority_band,next_review_on,Physical harm,Community,Confidence\n"
            "G-001,MoRiLE,3.1,14/9/2022,North-west regional unit,Band B,14/3/2023,12,High (4),Moderate\n"
        ),
    )


def they_may_be_one() -> Story:
    """Somebody thinks that Finch Lane split from Ropewalk. Both stay as they are."""
    eyes = yield at(d(12, 6), 16)
    actions.link(
        by=eyes.analyst, from_group=the_group(eyes, "Finch Lane"), to_group=the_group(eyes, "Ropewalk"),
        kind="split_from", grade="3C", reason="One of Ropewalk’s handsets was used to sell as Finch",
    )  # fmt: skip
