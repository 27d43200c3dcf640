"""Three quarterly returns: each side counts its half, the analyst prepares, the sergeant approves and sends."""

from collections.abc import Iterator
from datetime import date, timedelta

from clearlines.lines import actions as lines
from clearlines.lines.states import Status
from clearlines.returns import actions
from clearlines.returns.models import Return
from programme.example.diary import Story, at
from programme.example.lines import the_line

QUARTERS = [
    (date(2022, 4, 1), date(2022, 6, 30)), (date(2022, 7, 1), date(2022, 9, 30)),
    (date(2022, 10, 1), date(2022, 12, 31)),
]  # fmt: skip
# What is asked after a closure was agreed with the commissioner in the autumn: a version in use is never edited.
VERSIONS = ["quarterly.v1", "quarterly.v1", "quarterly.v2"]


def stories() -> Iterator[Story]:
    yield what_was_learned_in_february()
    yield from (tell(first, last, version) for (first, last), version in zip(QUARTERS, VERSIONS, strict=True))


def tell(first: date, last: date, version: str) -> Story:
    counted = last + timedelta(days=14)
    eyes = yield at(counted, 10)
    made = actions.begin(by=eyes.analyst, from_on=first, to_on=last, as_known=counted, version=version)
    actions.contribute(by=eyes.analyst, part_of=made, words="Counted from the line register and from triage.")
    eyes = yield at(counted, 14)
    actions.contribute(by=eyes.lead, part_of=made, words="Counted from letters, visits and plans.")
    eyes = yield at(counted + timedelta(days=1), 9)
    made.refresh_from_db()
    actions.prepare(by=eyes.analyst, part_of=made, seen=made.version)
    eyes = yield at(counted + timedelta(days=1), 15)
    made.refresh_from_db()
    actions.approve(by=eyes.sergeant, part_of=made, seen=made.version)
    made.refresh_from_db()
    actions.send(by=eyes.sergeant, part_of=made, seen=made.version)


def what_was_learned_in_february() -> Story:
    """The network wrote that Copper's number was live two days longer: the return for June stays, and gains notes."""
    eyes = yield at(date(2023, 2, 8), 10)
    wrong = the_line(eyes, "Copper").statuses.get(status=Status.CLOSED_T2, corrected_by=None)
    on = wrong.valid_from + timedelta(days=2)
    lines.correct_status(
        by=eyes.analyst, row=wrong, to=Status.CLOSED_T2, on=on, reason="By the network's letter", complied_on=on,
        order_reference=wrong.order_reference,
    )  # fmt: skip
    part_of = Return.objects.get(reference="Q2022-06")
    actions.note_what_changed(
        by=eyes.analyst, part_of=part_of, why="A network wrote that one number was live for two days longer."
    )
