"""What happened to everybody the charity accepted: a screening, ten visits, a plan, and whether life got better."""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from clearlines.access.models import Organisation
from clearlines.people.models import Person
from clearlines.places import actions as places
from clearlines.places.models import Place
from clearlines.referrals import actions as referrals
from clearlines.referrals.models import Received
from clearlines.screening import actions as screening
from clearlines.screening import queries as screenings
from clearlines.screening.states import Footing
from clearlines.screening.suggest import Answered
from clearlines.visits import actions as visits
from clearlines.visits import queries as rounds
from clearlines.visits.models import Appointment
from programme.example import plans
from programme.example.diary import ENDED, Eyes, Story, at, later
from programme.example.names import FACTS, OPINIONS, TOWNS

VISITS_EACH = 10
LAST_WEEK, NEXT_WEEK = date(2023, 3, 27), date(2023, 4, 3)
# What an answer at the end of the story is still not known about.
STILL = {"debt", "phones"}
GOOD = ("trusted-adult", "safe-place", "wants-help")
# Over 24 people: 240 attempts, of which 150 achieved.
OUTCOMES = ["seen"] * 150 + ["no_reply"] * 47 + ["refused"] * 25 + ["unsafe"] * 10 + ["moved"] * 8
KINDS = {3: Place.Kind.CARAVAN, 8: Place.Kind.HOSTEL, 13: Place.Kind.USUAL_PLACE, 20: Place.Kind.HOSTEL}


@dataclass(frozen=True)
class Known:
    """Somebody the charity accepted, and whose they are."""

    letter: Received
    number: int
    worker: str
    town: int
    turn: int

    @property
    def person(self) -> Person:
        """Accepting made the charity's own record of them."""
        assert self.letter.person is not None
        return self.letter.person


def outcomes() -> list[list[str]]:
    """Ten for each of 24 people. Everybody is seen at least once early on."""
    left = list(OUTCOMES)
    random.Random(53).shuffle(left)
    return [left[each : each + VISITS_EACH] for each in range(0, len(left), VISITS_EACH)]


def tell(known: Known, eyes: Eyes) -> Story:
    mine = outcomes()[known.turn]
    place = home(eyes, known)
    eyes = yield later(eyes.now, days=2)
    screen(eyes, known)
    case = plans.open_case(eyes, known)
    begins = eyes.worker.today + timedelta(days=2)
    apart = max(1, min(24, ((ENDED - begins).days - 1) // VISITS_EACH))
    for turn, outcome in enumerate(mine):
        moment = at(begins + timedelta(days=apart * turn), 10 + (turn + known.number) % 6, 15)
        yield from visit(known, place, moment, Turn(turn, outcome))
        eyes = yield moment + timedelta(hours=2)
        if outcome == "seen" and "seen" not in mine[:turn]:
            referrals.contacted(by=eyes.of(known.worker), received=known.letter)
        plans.after_visit(eyes, known, case, turn)
    eyes = yield later(eyes.now, hours=1)
    if known.number in plans.ENDINGS:
        look_again(eyes, known, band="close")
        plans.ending(eyes, known, case)
        return
    eyes = yield max(eyes.now, at(LAST_WEEK + timedelta(days=known.turn % 5), 12, known.turn))
    next_week(eyes, known, place)
    # A few are left as they would be in any week: somebody's work is overdue.
    if known.turn % 5:
        look_again(eyes, known)
        plans.look_again(eyes, known, case)


@dataclass(frozen=True)
class Turn:
    number: int
    outcome: str

    @property
    def is_joint(self) -> bool:
        return self.number in (1, 6)


def home(eyes: Eyes, known: Known) -> Place:
    town, latitude, longitude, streets = TOWNS[known.town]
    kind = KINDS.get(known.number, Place.Kind.HOME)
    words = f"{2 + known.number * 3} {streets[known.number % len(streets)]}"
    if kind == Place.Kind.USUAL_PLACE:
        words = "Bus shelter by the library, or the sofa at a friend's"
    return places.add(
        by=eyes.of(known.worker), words=words, town=town, kind=kind,
        latitude=round(latitude + (known.number % 7 - 3) * 0.0021, 5),
        longitude=round(longitude + (known.number % 5 - 2) * 0.0034, 5),
        never_alone=known.number % 11 == 4, warning="A dog that does not like strangers" if known.number == 4 else "",
    )  # fmt: skip


def screen(eyes: Eyes, known: Known) -> None:
    by = eyes.of(known.worker)
    footing = Footing(screenings.protocol().statement.version, consent="yes", basis="legitimate_interests")
    begun = screening.begin(by=by, person=known.person, letter=known.letter, footing=footing)
    chance = random.Random(known.number)
    said = {
        item.id: Answered("yes", chance.choice(["seen", "told", "concern"])) if (roll := chance.random()) < 0.2
        else Answered("no" if roll < 0.6 else "not_known")
        for item in begun.instrument.everything
    }  # fmt: skip
    begun = screening.answer(by=by, screening=begun, answers=said)
    suggested = screenings.suggestion(begun, today=by.today).band
    sooner = known.number % 9 == 0 and suggested not in ("today", "close")
    screening.complete(
        by=by, screening=begun, band="today" if sooner else suggested,
        reason="They said somebody was waiting for them outside" if sooner else "",
    )  # fmt: skip


def look_again(eyes: Eyes, known: Known, band: str = "") -> None:
    """The same questions later: less is wrong, and some of what was not known is known."""
    by = eyes.of(known.worker)
    old = screenings.latest(by, known.person)
    if old is None:
        return
    again = screening.redo(by=by, screening=old, why="Looked at again together")
    calmer = {item.id: Answered("no") for item in again.instrument.everything if item.id not in STILL}
    calmer |= {item: Answered("yes", "told") for item in GOOD}
    again = screening.answer(by=by, screening=again, answers=calmer)
    suggested = screenings.suggestion(again, today=by.today).band
    reason = "Their case is closing" if band and band != suggested else ""
    screening.complete(by=by, screening=again, band=band or suggested, reason=reason)


def visit(known: Known, place: Place, moment: datetime, turn: Turn) -> Story:
    eyes = yield moment - timedelta(hours=20)
    crew = [eyes.accounts[known.worker]]
    if place.never_alone:
        crew.append(eyes.accounts["lead"])
    planned = visits.plan(
        by=eyes.of(known.worker), starts_at=moment, crew=crew, entry_basis="invited", place=place,
        person=known.person, purpose="To see how they are", bring="Naloxone, chain lock",
    )  # fmt: skip
    joint = offer_to_police(eyes, known, planned) if turn.is_joint else None
    eyes = yield moment + timedelta(hours=1)
    write_up(eyes, known.worker, planned, turn, joint is not None)
    if joint is not None:
        write_up(eyes, "officer", joint, turn, True)


def offer_to_police(eyes: Eyes, known: Known, planned: Appointment) -> Appointment:
    police = Organisation.objects.get(pk="police")
    offered = visits.offer(by=eyes.of(known.worker), appointment=planned, to=police)
    crew = [eyes.accounts["officer"], eyes.accounts["sergeant"]]
    return visits.accept_offer(by=eyes.sergeant, offer=rounds.offer(eyes.sergeant, offered.pk), crew=crew)


def write_up(eyes: Eyes, who: str, planned: Appointment, turn: Turn, joint: bool) -> None:
    met = turn.outcome in ("seen", "refused")
    said: dict[str, Any] = {"facts": FACTS[(turn.number + len(who)) % len(FACTS)] if met else ""}
    if turn.outcome == "seen":
        said["opinion"] = OPINIONS[(turn.number * 3 + len(who)) % len(OPINIONS)]
        said["kit"] = ["chain_lock", "naloxone"] if turn.number == 0 and who != "officer" else []
        said["children"] = "no"
        said["earshot"] = "warned" if joint and who != "officer" else ""
    visits.record(
        by=eyes.of(who), appointment=planned, outcome=turn.outcome, arrived_at=planned.starts_at,
        left_at=planned.starts_at + timedelta(minutes=40 if met else 5),
        entry="invited" if turn.outcome == "seen" else "outside", **said,
    )  # fmt: skip


def next_week(eyes: Eyes, known: Known, place: Place) -> None:
    """Planned for the week in which the example's calendar stands while it is shown; some offered, not answered yet."""
    moment = at(NEXT_WEEK + timedelta(days=known.turn % 5), 9 + known.number % 8, 30)
    crew = [eyes.accounts[known.worker]] + ([eyes.accounts["lead"]] if place.never_alone else [])
    planned = visits.plan(
        by=eyes.of(known.worker), starts_at=moment, crew=crew, entry_basis="invited", place=place,
        person=known.person, purpose="To see how they are",
    )  # fmt: skip
    if known.turn % 6 == 0:
        visits.offer(by=eyes.of(known.worker), appointment=planned, to=Organisation.objects.get(pk="police"))
