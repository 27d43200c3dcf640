"""The days after closures: the charity told within the hour, once not told, and what each side saw. All invented."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from clearlines.access.models import Organisation
from clearlines.aftercare import actions, queries
from clearlines.aftercare.models import Watch, WatchTold
from clearlines.aftercare.states import Because, Seen
from programme.example.diary import Eyes, Story, at
from programme.example.lines import the_line

WHY_NOT = "The charity's lead was rung and is there already; he asked for nothing in writing while the family is moved"
WHAT_WAS_DONE = "Seen the same evening; back to the treatment service in the morning, somebody with them until then"


@dataclass(frozen=True)
class Saw:
    """Who saw what, so many hours after the closure."""

    who: str
    kind: Seen
    after: int
    words: str
    done: bool = True


@dataclass(frozen=True)
class Closing:
    brand: str
    on: date
    part: str = ""
    saw: tuple[Saw, ...] = ()


CLOSINGS = [
    Closing("Bracken", date(2022, 5, 3), "Hindpool", (
        Saw("worker", Seen.DEBT, 20, "Asked for £300 at his own door by somebody he did not know"),
        Saw("officer", Seen.VIOLENCE, 30, "A window broken in the street behind; nobody will say why"))),
    Closing("Tarn", date(2022, 5, 20)),
    Closing("Heron", date(2022, 5, 28), "", (
        Saw("peer", Seen.OVERDOSE, 44, "Found by his sister; naloxone given; in hospital overnight"),
        Saw("officer", Seen.OTHER, 50, "More people than usual waiting at the bus station, asking each other"))),
    Closing("Slate", date(2022, 6, 10), "Barrow Island", (
        Saw("worker", Seen.WITHDRAWAL, 26, "Sick since yesterday; missed the pharmacy; frightened of being seen there"),
        Saw("officer", Seen.NEW_LINE, 60, "A text going round with a new name and the same prices", done=False))),
    Closing("Copper", date(2022, 6, 18)),
    Closing("Slate", date(2022, 8, 15)),
    Closing("Finch", date(2022, 11, 20), "", (
        Saw("worker", Seen.DEBT, 22, "Told her mother she owes for what the police took"),
        Saw("worker", Seen.HOME, 46, "Two men have moved in; she is at her aunt's"),
        Saw("officer", Seen.VIOLENCE, 33, "Somebody threatened outside the shop for talking"))),
    Closing("Tarn", date(2022, 12, 1)),
    Closing("Amber", date(2023, 2, 24)),
]  # fmt: skip


def stories() -> Iterator[Story]:
    yield from (told_within_the_hour(each) for each in CLOSINGS)
    yield decided_not_to_tell()
    yield over_before_we_knew()


def told_within_the_hour(closing: Closing) -> Story:
    eyes = yield at(closing.on, 11, 40)
    watch = the_watch(eyes, closing.brand)
    charity = Organisation.objects.get(pk="charity")
    actions.tell(by=eyes.analyst, watch=watch, to=charity, part=closing.part)
    for saw in sorted(closing.saw, key=lambda each: each.after):
        happened_at = at(closing.on, 11) + timedelta(hours=saw.after)
        eyes = yield happened_at + timedelta(minutes=40)
        write_down(eyes, watch, saw, happened_at)


def write_down(eyes: Eyes, watch: Watch, saw: Saw, happened_at: datetime) -> None:
    by = eyes.of(saw.who)
    mine = watch if saw.who == "officer" else WatchTold.objects.get(number=watch.number)
    harm = actions.record_harm(by=by, watch=mine, kind=saw.kind, happened_at=happened_at, words=saw.words)
    if saw.done:
        actions.follow_up(by=by, harm=harm, words=WHAT_WAS_DONE)


def decided_not_to_tell() -> Story:
    eyes = yield at(date(2022, 8, 30), 11, 40)
    watch = the_watch(eyes, "Willow")
    actions.decide_not_to_tell(by=eyes.sergeant, watch=watch, why=WHY_NOT)


def over_before_we_knew() -> Story:
    """Another force's warrant of 12 June, told to us on 5 July: no closure opens it, so somebody does."""
    eyes = yield at(date(2022, 7, 5), 11, 40)
    line = the_line(eyes, "Marlow")
    towns = list(line.markets.order_by("from_on").values_list("town", flat=True))
    actions.open_watch(
        by=eyes.analyst, towns=towns, from_at=at(date(2022, 6, 12), 11), reference=line.reference,
        because=Because.DISRUPTED,
    )  # fmt: skip


def the_watch(eyes: Eyes, brand: str) -> Watch:
    """Opened by the closure of this morning."""
    found = queries.watches_for(eyes.analyst, [the_line(eyes, brand).reference])
    return next(each for each in found if each.created_at.date() == eyes.analyst.today)
