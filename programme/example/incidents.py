"""Two years of invented incidents, in files of the shape that data.police.uk publishes, loaded as anybody's would be.

One neighbourhood fell from 20 to 10 between two like periods while its comparison stayed at 20: too few to tell.
"""

import csv
import random
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from clearlines.hotspots import actions, police_uk, standing
from clearlines.web.months import between
from programme.example.diary import Eyes, Story, at

FIRST, LAST = "2021-06", "2023-02"
# Chosen on the summer of 2021, before either of the periods that are compared.
CHOSEN = ("2021-06", "2021-09")
BEFORE, AFTER = ("2021-10", "2022-01"), ("2022-10", "2023-01")
OUTCOME = "Anti-social behaviour"
# code, name, latitude, longitude; the codes are of no real neighbourhood
AREAS = [
    ("E01099901", "Barrow-in-Furness 901A", 54.1102, -3.2301),
    ("E01099902", "Barrow-in-Furness 901B", 54.1131, -3.2202),
    ("E01099903", "Barrow-in-Furness 902A", 54.1043, -3.2187),
    ("E01099904", "Barrow-in-Furness 902B", 54.1190, -3.2330),
    ("E01099905", "South Lakeland 903A", 54.1951, -3.0930), ("E01099906", "South Lakeland 904A", 54.3276, -2.7460),
    ("E01099907", "Copeland 905A", 54.2106, -3.2715), ("E01099908", "South Lakeland 906A", 54.3692, -3.0752),
]  # fmt: skip
TREATED, COMPARED = AREAS[0][0], AREAS[3][0]
TYPES = {
    OUTCOME: 6, "Violence and sexual offences": 5, "Criminal damage and arson": 2, "Burglary": 1, "Other theft": 2,
    "Drugs": 2, "Possession of weapons": 0.4,
}  # fmt: skip
# Each is four months long, and adds up to the counts that the example's claim is about.
EXACTLY = {
    TREATED: dict(zip(between(*BEFORE) + between(*AFTER), [5, 6, 5, 4, 3, 2, 3, 2], strict=True)),
    COMPARED: dict(zip(between(*BEFORE) + between(*AFTER), [5, 5, 4, 6, 5, 6, 4, 5], strict=True)),
}
COLUMNS = police_uk.COLUMNS


def stories() -> Iterator[Story]:
    yield load()


def load() -> Story:
    eyes = yield at(date(2023, 3, 14), 10)
    with tempfile.TemporaryDirectory() as folder:
        for number, month in enumerate(between(FIRST, LAST)):
            write(Path(folder) / f"{month}-fellside-street.csv", month, random.Random(f"incidents {number}"))
        stand(eyes, Path(folder))


def stand(eyes: Eyes, folder: Path) -> None:
    files, _ = police_uk.files_in(folder)
    with standing.staging() as place:
        actions.load(by=eyes.analyst, months=[standing.stage(police_uk.read(path), place) for path in files])


def write(path: Path, month: str, chance: random.Random) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for code, name, latitude, longitude in AREAS:
            for kind, usual in TYPES.items():
                for number in range(how_many(code, kind, month, usual, chance)):
                    ref = f"{month}-{code}-{kind}-{number}" if kind != OUTCOME else ""
                    writer.writerow([
                        ref and f"{abs(hash_of(ref)):064x}", month, "Fellside Constabulary", "Fellside Constabulary",
                        f"{longitude + chance.uniform(-0.004, 0.004):.6f}",
                        f"{latitude + chance.uniform(-0.003, 0.003):.6f}",
                        "On or near Example Street", code, name, kind, "", "",
                    ])  # fmt: skip


def hash_of(words: str) -> int:
    return int.from_bytes(words.encode()[-24:], "big")


def how_many(code: str, kind: str, month: str, usual: float, chance: random.Random) -> int:
    if kind == OUTCOME and month in EXACTLY.get(code, {}):
        return EXACTLY[code][month]
    # The first neighbourhood is the busiest; enforcement rises when the programme begins, as it does.
    busy = 1.6 if code == TREATED else 0.5 + int(code[-1]) % 3 * 0.3
    worked = 1.8 if kind in ("Drugs", "Possession of weapons") and month >= "2022-02" else 1.0
    mean = usual * busy * worked
    return sum(chance.random() < mean / 12 for _ in range(12))
