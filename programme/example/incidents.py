"""Two years of invented incidents, in files of the shape that data.police.uk publishes, loaded as anybody's would be.

One neighbourhood fell from 20 to 10 between two like periods while its comparison stayed at 20: too few to tell.
"""

import csv
import random
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from clearlines.evaluation import actions as evaluation
from clearlines.evaluation.questions import LOADED, VICTIMS, Question, Window
from clearlines.hotspots import actions, police_uk, standing
from clearlines.web.months import between
from programme.example.diary import Eyes, Story, at

FIRST, LAST = "2021-06", "2023-02"
# Chosen on the summer of 2021, before either of the periods that are compared.
CHOSEN = ("2021-06", "2021-09")
BEFORE, AFTER = ("2021-10", "2022-01"), ("2022-10", "2023-01")
CALLS = "Anti-social behaviour"
ENFORCED = ("Drugs", "Possession of weapons")
# code, name, latitude, longitude; the codes are of no real neighbourhood
AREAS = [
    ("E01099901", "Barrow-in-Furness 901A", 54.1102, -3.2301),
    ("E01099902", "Barrow-in-Furness 901B", 54.1131, -3.2202),
    ("E01099903", "Barrow-in-Furness 902A", 54.1043, -3.2187),
    ("E01099904", "Barrow-in-Furness 902B", 54.1190, -3.2330),
    ("E01099905", "South Lakeland 903A", 54.1951, -3.0930), ("E01099906", "South Lakeland 904A", 54.3276, -2.7460),
    ("E01099907", "Copeland 905A", 54.2106, -3.2715), ("E01099908", "South Lakeland 906A", 54.3692, -3.0752),
    ("E01099909", "Barrow-in-Furness 903A", 54.1255, -3.2405),
    ("E01099910", "Barrow-in-Furness 903B", 54.1010, -3.2050),
    ("E01099911", "Barrow-in-Furness 904A", 54.1330, -3.2060),
    ("E01099912", "South Lakeland 904B", 54.3195, -2.7380), ("E01099913", "South Lakeland 907A", 54.2010, -3.0780),
    ("E01099914", "Carlisle 908A", 54.8920, -2.9330), ("E01099915", "Carlisle 908B", 54.8990, -2.9450),
    ("E01099916", "Carlisle 909A", 54.8850, -2.9200), ("E01099917", "Copeland 905B", 54.5480, -3.5890),
    ("E01099918", "Allerdale 910A", 54.6440, -3.5460), ("E01099919", "Allerdale 910B", 54.7120, -3.4950),
    ("E01099920", "Copeland 906A", 54.4790, -3.5300), ("E01099921", "Carlisle 909B", 54.8960, -2.9080),
]  # fmt: skip
TREATED, COMPARED = AREAS[0][0], AREAS[3][0]
# How busy each neighbourhood is beside the usual month below; the first is the one that was chosen.
HEAT = [
    0.42, 0.2, 0.26, 0.33, 0.14, 0.22, 0.12, 0.08, 0.24, 0.18, 0.16, 0.2, 0.15, 0.28, 0.25, 0.17, 0.14, 0.12,
    0.18, 0.17, 0.22,
]  # fmt: skip
BUSY = dict(zip((code for code, *_ in AREAS), HEAT, strict=True))
TYPES = {
    CALLS: 6, "Violence and sexual offences": 5, "Criminal damage and arson": 2, "Burglary": 1, "Other theft": 2,
    "Drugs": 2, "Possession of weapons": 0.4,
}  # fmt: skip
# What victims and callers reported, month by month: 20 and 10, against 20 and 20.
EXACTLY = {
    TREATED: dict(zip(between(*BEFORE) + between(*AFTER), [5, 6, 5, 4, 3, 2, 3, 2], strict=True)),
    COMPARED: dict(zip(between(*BEFORE) + between(*AFTER), [5, 5, 4, 6, 5, 6, 4, 5], strict=True)),
}
COLUMNS = police_uk.COLUMNS


def stories() -> Iterator[Story]:
    yield load()


def load() -> Story:
    """In three parts, as they were published: what was written down in between could not have seen what came later."""
    eyes = yield at(date(2022, 1, 27), 10)
    stand(eyes, FIRST, "2021-11")
    eyes = yield at(date(2022, 3, 14), 9)
    stand(eyes, "2021-12", "2022-01")
    eyes = yield at(date(2023, 3, 14), 10)
    stand(eyes, "2022-02", LAST)
    evaluation.run(by=eyes.analyst, question=the_claim())


def the_claim() -> Question:
    """'Half as many in Hindpool' is what somebody wished to say of it."""
    return Question(
        name="Barrow 901A, winter before and winter after", outcome=VICTIMS, source=LOADED,
        before=Window(*BEFORE), after=Window(*AFTER), level=0.9, kind="lsoa", counts={},
        chosen_how="The busiest neighbourhood in the summer before", chosen_on=Window(*CHOSEN),
        areas={"treated": [TREATED], "control": [COMPARED]},
    )  # fmt: skip


def stand(eyes: Eyes, first: str, last: str) -> None:
    with tempfile.TemporaryDirectory() as folder, standing.staging() as place:
        for number, month in enumerate(between(FIRST, LAST)):
            if first <= month <= last:
                write(Path(folder) / f"{month}-fellside-street.csv", month, random.Random(f"incidents {number}"))
        files, _ = police_uk.files_in(Path(folder))
        actions.load(by=eyes.analyst, months=[standing.stage(police_uk.read(path), place) for path in files])


def write(path: Path, month: str, chance: random.Random) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for code, name, latitude, longitude in AREAS:
            for number, kind in enumerate(happened(code, month, chance)):
                ref = "" if kind == CALLS else f"{hash_of(f'{month}{code}{number}'):064x}"
                x, y = longitude + chance.uniform(-0.004, 0.004), latitude + chance.uniform(-0.003, 0.003)
                writer.writerow([
                    ref, month, "Fellside Constabulary", "Fellside Constabulary", f"{x:.6f}", f"{y:.6f}",
                    "On or near Example Street", code, name, kind, "", "",
                ])  # fmt: skip


def hash_of(words: str) -> int:
    return int.from_bytes(words.encode()[-24:], "big")


def happened(code: str, month: str, chance: random.Random) -> list[str]:
    """The crime type of each record of one neighbourhood and month."""
    enforced = [kind for kind in ENFORCED for _ in range(how_many(code, kind, month, chance))]
    if month in EXACTLY.get(code, {}):
        victims = {kind: usual for kind, usual in TYPES.items() if kind not in ENFORCED}
        return enforced + chance.choices(list(victims), list(victims.values()), k=EXACTLY[code][month])
    reported = [kind for kind in TYPES if kind not in ENFORCED for _ in range(how_many(code, kind, month, chance))]
    return enforced + reported


def how_many(code: str, kind: str, month: str, chance: random.Random) -> int:
    """Enforcement rises when the programme begins, as it does."""
    worked = 2.5 if kind in ENFORCED and month >= "2022-02" else 1.0
    return sum(chance.random() < TYPES[kind] * BUSY[code] * worked / 12 for _ in range(12))
