"""Thirty letters, from every kind of source there is, and what became of each."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from clearlines.people import actions as people
from clearlines.referrals import actions as referrals
from clearlines.referrals import queries
from clearlines.referrals.models import Received
from programme.example import cases
from programme.example.diary import BEGAN, Eyes, Story, at, later
from programme.example.names import FAMILY, GIVEN, TOWNS, WORRIES


@dataclass(frozen=True)
class Asked:
    """One letter: who wrote it, about whom, and what the charity answered."""

    number: int
    source: str
    writer: str
    on: date
    name: str
    age: str
    town: int
    why: str
    answer: str


# source, who writes (nobody signs in for a family or for oneself: a worker takes it down), how many
SOURCES = [
    ("food_club", "food.club", 6), ("probation", "probation", 5), ("housing", "housing", 4), ("school", "school", 3),
    ("police", "officer", 3), ("gp", "surgery", 2), ("treatment", "treatment", 2), ("hospital", "hospital", 1),
    ("family", "", 2), ("self", "", 2),
]  # fmt: skip
CHILDREN = {2: "15", 9: "16", 14: "17", 15: "14", 16: "16", 19: "15", 26: "17"}
ANSWERS = {5: "declined", 12: "redirected", 23: "withdrawn", 29: "acknowledged"}


def asked() -> list[Asked]:
    chance = random.Random(1897)
    sources = [(source, writer) for source, writer, many in SOURCES for _ in range(many)]
    days = [BEGAN + timedelta(days=9 + round(each * 11.4)) for each in range(30)]
    order = list(range(30))
    chance.shuffle(order)
    names = [f"{given} {family}" for given, family in zip(GIVEN, FAMILY + FAMILY[5:], strict=False)]
    return [
        Asked(
            number, *sources[number], on=days[order[number]], name=names[number], why=chance.choice(WORRIES),
            age=CHILDREN.get(number, str(chance.randrange(19, 74))), town=chance.randrange(len(TOWNS)),
            answer=ANSWERS.get(number, "accepted"),
        )
        for number in range(30)
    ]  # fmt: skip


def stories() -> Iterator[Story]:
    by_day = sorted(asked(), key=lambda each: each.on)
    # The last two to arrive are still waiting when the example ends, so that somebody has work to do.
    answered = [letter for letter in by_day if letter.answer == "accepted"][:-2]
    for letter in by_day:
        turn = answered.index(letter) if letter in answered else None
        yield tell(letter, turn, "waiting" if turn is None and letter.answer == "accepted" else letter.answer)


def worker_for(letter: Asked) -> str:
    return "worker" if letter.number % 2 else "peer"


def tell(letter: Asked, turn: int | None, answer: str) -> Story:
    eyes = yield at(letter.on, 11)
    received = write(eyes, letter)
    if answer == "withdrawn":
        eyes = yield later(at(letter.on, 15))
        sent = queries.sent(eyes.of(letter.writer)).get(letter_number=received.letter_number)
        referrals.withdraw(by=eyes.of(letter.writer), sent=sent, why="They asked us to wait")
    if answer in ("withdrawn", "waiting"):
        return
    eyes = yield later(at(letter.on, 9), days=1)
    worker = eyes.accounts[worker_for(letter)]
    received = referrals.acknowledge(by=eyes.lead, received=received, worker=worker)
    if answer == "declined":
        referrals.decline(by=eyes.lead, received=received, because="out_of_area", why="They live in Lancaster")
    elif answer == "redirected":
        referrals.redirect(
            by=eyes.lead, received=received, to="Clearwater Treatment Service", why="They asked for them"
        )
    elif turn is not None:
        eyes = yield later(at(letter.on, 16), days=1)
        received = referrals.accept(by=eyes.of(worker_for(letter)), received=received)
        yield from cases.tell(cases.Known(received, letter.number, worker_for(letter), letter.town, turn), eyes)


def write(eyes: Eyes, letter: Asked) -> Received:
    said: dict[str, object] = {
        "name": letter.name, "age": letter.age, "why": letter.why, "area": TOWNS[letter.town][0],
        "phone": f"07700 900{500 + letter.number}", "safe_contact": "Text first. Say it is about the food parcel.",
        "urgency": ("this_week", "when_you_can", "today")[letter.number % 3],
        "knows": ("agrees", "knows", "no")[letter.number % 3],
        "children_at_home": ("no", "not_known", "yes")[letter.number % 3],
    }  # fmt: skip
    if not letter.writer:
        said_by = "Their mother" if letter.source == "family" else letter.name
        return referrals.record_by_phone(by=eyes.lead, letter=said, source=letter.source, said_by=said_by)
    if letter.source == "probation":
        said["release_on"] = letter.on + timedelta(days=1)
    person = None
    if letter.source in ("police", "probation"):
        given, _, family = letter.name.partition(" ")
        person = people.add(by=eyes.of(letter.writer), given_name=given, family_name=family)
    sent = referrals.send(
        by=eyes.of(letter.writer), recipient="charity", letter=said, person=person, source=letter.source
    )
    return queries.received(eyes.lead).get(letter_number=sent.letter_number)
