"""What the public and partners told the police, and what became of it."""

import io
import random
import uuid
from collections.abc import Iterator
from datetime import date, timedelta

from PIL import Image, ImageDraw

from clearlines.lines import queries as lines
from clearlines.reports import actions as reports
from clearlines.reports.sealed import Who
from clearlines.triage import actions as triage
from clearlines.web.photographs import Drawn, redraw
from programme.example.diary import BEGAN, Story, at, later
from programme.example.names import TOWNS

SAID = [
    ("Cars stop for two minutes outside number 12 at all hours. A lad comes out with a rucksack.", "saw"),
    ("The man upstairs has not been seen for a fortnight but there is music every night.", "saw"),
    ("My nephew says a new number is being texted round the estate.", "told"),
    ("Two young lads with three phones each on the last train from Lancaster.", "saw"),
    ("They have taken the back bedroom and she sleeps in the kitchen.", "told"),
    ("A grey hatchback parks by the bowling green every Friday and people queue.", "saw"),
    ("People say the flat above the shop is where you go now.", "heard"),
    ("Somebody has put a metal plate inside the door of the ground-floor flat.", "saw"),
]
WORDS = ["amber", "harbour", "lantern", "slate", "bramble", "kettle", "meadow", "otter", "pebble", "rowan"]
HOW_MANY = 26
# A few people leave a way to be reached: only the custodian ever sees it. The numbers reach nobody.
LEFT = {
    7: {"name": "Jean", "reach": "07700 900321", "safely": "Text first, not after six, never say who you are"},
    19: {"name": "", "reach": "07700 900654", "safely": "Weekday mornings"},
    24: {"name": "Jean", "reach": "07700-900-321", "safely": "Text first"},
}
PHOTOGRAPHED = {19}


def stories() -> Iterator[Story]:
    chance = random.Random(411)
    for number in range(HOW_MANY):
        day = BEGAN + timedelta(days=14 + number * 15)
        yield tell(number, day, chance.randrange(len(SAID)), chance.randrange(len(TOWNS)))


def tell(number: int, day: date, said: int, town: int) -> Story:
    words, how = SAID[said]
    eyes = yield at(day, 21, number)
    sender = eyes.of("housing") if number % 6 == 5 else eyes.nobody
    new_id = uuid.UUID(int=random.Random(f"report {number}").getrandbits(128), version=4)
    if number in PHOTOGRAPHED:
        reports.keep_photograph(by=sender, sent_as=new_id, drawn=a_photograph())
    report = reports.receive(
        by=sender, new_id=new_id, who=Who(**LEFT.get(number, {})),
        receipt=f"{WORDS[number % 10]} {WORDS[number // 10]} example",
        danger="no", words=words, how_known=how, town=TOWNS[town][0], where_words=TOWNS[town][3][0],
        when_words="this week",
    )  # fmt: skip
    if number >= HOW_MANY - 3:
        return
    eyes = yield later(at(day, 9), days=1)
    triage.take_up(by=eyes.analyst, report=report)
    triage.grade(by=eyes.analyst, report=report, source="2", assessment="A" if how == "saw" else "C", handling="P")
    running = list(lines.visible(eyes.analyst)[:3])
    if number % 3 == 0 and running:
        triage.link(
            by=eyes.analyst, report=report, to="line", row=running[number % len(running)], why="The town and the car"
        )
    eyes = yield later(at(day, 14), days=1)
    outcome = ("intelligence", "no_action", "intelligence", "safeguarding")[number % 4]
    triage.decide(by=eyes.analyst, report=report, outcome=outcome, reason="Read with what else is known of the street")
    if number == 4:
        eyes = yield later(at(day, 9), days=3)
        triage.reopen(by=eyes.analyst, report=report, because="A second neighbour rang")
        triage.decide(
            by=eyes.analyst, report=report, outcome="intelligence", reason="Two accounts from different doors"
        )
    if number == 7:
        eyes = yield later(at(day, 11), days=4)
        asked = reports.ask_who(
            by=eyes.officer, report=report, to=eyes.officer.themselves, what_for="A witness for the closure order",
            risk="The neighbours would guess: only two flats see the door",
        )  # fmt: skip
        eyes = yield later(at(day, 15), days=5)
        reports.propose(by=eyes.custodian, release=asked, because="The order cannot be asked for without a witness")


def a_photograph() -> Drawn:
    """A door in the evening, as nobody's phone took it."""
    picture = Image.new("RGB", (640, 480), "#6b7d86")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((230, 90, 410, 460), fill="#2f4a3c", outline="#1a2a22", width=6)
    draw.rectangle((262, 210, 378, 330), fill="#a9adb0")
    draw.ellipse((380, 290, 396, 306), fill="#d8c25a")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return redraw(out.getvalue())
