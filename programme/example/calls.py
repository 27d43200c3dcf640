"""Twenty-one months of an invented control room's calls, with what an analyst takes out of them, loaded as anybody's.

Among the calls are logs that police made, our own visits, people who rang twice, a few dates written wrongly and some
calls from nobody knew where.
"""

import csv
import io
import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import count

from pyproj import Transformer

from clearlines.calls import actions, loading, reference
from clearlines.calls.columns import Columns
from clearlines.web.months import between
from programme.example.diary import Eyes, Story, at
from programme.example.incidents import AREAS, BUSY, FIRST, LAST

HEADINGS = [
    "Log number", "Received", "Opening code", "Source", "Qualifier", "Easting", "Northing", "LSOA", "Linked log",
]  # fmt: skip
MAPPING = Columns(
    dict(zip(
        ["reference", "received", "category", "source", "marker", "easting", "northing", "area", "repeat_of"], HEADINGS,
        strict=True,
    )),
    "day_first",
)  # fmt: skip
# How often each is rung in about, in the busiest of months.
CALLED = {
    "ASB - nuisance": 5.0, "Suspicious circumstances": 3.0, "Drugs - dealing seen": 1.5, "Concern for safety": 3.0,
    "Missing person": 1.0, "Domestic incident": 2.0, "Overdose": 0.4, "Lost property": 0.8,
}  # fmt: skip
SOURCES = {"101": 6, "999": 3, "Online": 2, "Crimestoppers": 1}
# What is no call of anybody's: (opening code, source, qualifier).
MADE_BY_POLICE = [
    ("Drugs - dealing seen", "Police generated", ""), ("Stop search", "Police generated", ""),
    ("Suspicious circumstances", "Officer", "Proactive patrol"), ("Welfare visit - Clearlines", "101", ""),
]  # fmt: skip
to_metres = Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True).transform


def stories() -> Iterator[Story]:
    yield load()


def load() -> Story:
    eyes = yield at(date(2023, 3, 15), 9)
    mapping = actions.save_mapping(by=eyes.analyst, name="Fellside control room", columns=MAPPING)
    words = reference.words()
    words["police_source"] = [*words["police_source"], "CCTV van"]
    rules = actions.save_rules(by=eyes.analyst, name="Fellside control room", words=words)
    eyes = yield at(date(2023, 3, 15), 11)
    days = (date(2021, 6, 1), date(2023, 2, 28))
    sheet, found = loading.sifted(
        eyes.analyst, "fellside-calls-2021-06-to-2023-02.csv", io.BytesIO(extract()), mapping, rules, days=days
    )
    loading.load(eyes.analyst, sheet, found, mapping, rules)
    loaded_by_partner(eyes)


def loaded_by_partner(eyes: Eyes) -> None:
    """The ambulance trust's totals by ward and month, small ones withheld."""
    loading.load_health(
        eyes.analyst, "fell-ambulance-2022.csv", io.BytesIO(health()), source="Fell and Bay Ambulance Trust (invented)",
        licence="Sharing agreement FBAT/CL/1 (invented): totals only",
    )  # fmt: skip


def extract() -> bytes:
    chance, numbers, out = random.Random("calls"), count(1), io.StringIO()
    rows = [row for month in between(FIRST, LAST) for row in of_month(month, chance, numbers)]
    csv.writer(out).writerows([HEADINGS, *rows])
    return out.getvalue().encode()


def of_month(month: str, chance: random.Random, numbers: Iterator[int]) -> Iterator[list[str]]:
    for code, _, latitude, longitude in AREAS:
        x, y = to_metres(longitude, latitude)
        for category, usual in CALLED.items():
            for _ in range(sum(chance.random() < usual * BUSY[code] / 6 for _ in range(6))):
                where = (round(x + chance.uniform(-250, 250)), round(y + chance.uniform(-250, 250)))
                yield from rung(month, chance, numbers, category, (code, where))
        if chance.random() < 3 * BUSY[code]:
            category, source, mark = chance.choice(MADE_BY_POLICE)
            when = written(moment(month, chance))
            yield [number(numbers), when, category, source, mark, str(round(x)), str(round(y)), code, ""]


def rung(
    month: str, chance: random.Random, numbers: Iterator[int], category: str, place: tuple[str, tuple[int, int]]
) -> Iterator[list[str]]:
    """One call; now and then somebody rings again, or nobody knew from where, or the day is written wrongly."""
    code, (x, y) = place
    when, log = moment(month, chance), number(numbers)
    said = written(when) if chance.random() > 0.01 else f"{when:%Y%m%d}"
    source = chance.choices(list(SOURCES), list(SOURCES.values()))[0]
    where = [str(x), str(y), code] if chance.random() > 0.05 else ["", "", ""]
    yield [log, said, category, source, "", *where, ""]
    if chance.random() < 0.08:
        yield [number(numbers), written(when + timedelta(minutes=12)), category, source, "", *where,
               log if chance.random() < 0.5 else ""]  # fmt: skip


def moment(month: str, chance: random.Random) -> datetime:
    first = datetime.fromisoformat(f"{month}-01T00:00+00:00")
    return first + timedelta(days=chance.randrange(28), minutes=chance.randrange(24 * 60 - 30))


def written(when: datetime) -> str:
    return f"{when:%d/%m/%Y %H:%M}"


def number(numbers: Iterator[int]) -> str:
    return f"FS-{next(numbers):06}"


def health() -> bytes:
    chance, out = random.Random("health"), io.StringIO()
    rows = []
    for month in between("2022-01", "2022-12"):
        for area, name, usual in (("E05099901", "Hindpool (invented)", 9), ("E05099902", "Kendal Fell (invented)", 5)):
            for measure, share in (("Ambulance overdose", 1.0), ("Naloxone given", 0.6), ("A&E assault", 1.4)):
                many = sum(chance.random() < usual * share / 30 for _ in range(30))
                rows.append([area, name, month, measure, "<5" if 0 < many < 5 else many])
    csv.writer(out).writerows([["area", "name", "month", "measure", "count"], *rows])
    return out.getvalue().encode()
