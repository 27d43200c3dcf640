"""Three quarterly returns: each side counts its half, the analyst prepares, the sergeant approves and sends."""

from collections.abc import Iterator
from datetime import date, timedelta

from clearlines.returns import actions
from programme.example.diary import Story, at

QUARTERS = [
    (date(2022, 4, 1), date(2022, 6, 30)), (date(2022, 7, 1), date(2022, 9, 30)),
    (date(2022, 10, 1), date(2022, 12, 31)),
]  # fmt: skip


def stories() -> Iterator[Story]:
    yield from (tell(first, last) for first, last in QUARTERS)


def tell(first: date, last: date) -> Story:
    counted = last + timedelta(days=14)
    eyes = yield at(counted, 10)
    made = actions.begin(by=eyes.analyst, from_on=first, to_on=last, as_known=counted)
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
