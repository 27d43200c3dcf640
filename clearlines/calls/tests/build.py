"""Small extracts of a control room's shape, invented, and the verbs that load them."""

import csv
import io
from datetime import date

from clearlines.calls import actions, loading, reference
from clearlines.calls.columns import Columns
from clearlines.calls.models import Extract, HealthCounts, Mapping, RuleList, WaitingFile

HEADINGS = ["Log No", "Received", "Category", "Source", "Mark", "Easting", "Northing", "LSOA", "Linked to", "Narrative"]
COLUMNS = Columns(
    {
        "reference": "Log No", "received": "Received", "category": "Category", "source": "Source", "marker": "Mark",
        "easting": "Easting", "northing": "Northing", "area": "LSOA", "repeat_of": "Linked to",
    },
    "day_first",
)  # fmt: skip
# Metres of the British National Grid, in Barrow-in-Furness and in Kendal; the codes exist, every row is invented.
HERE, THERE = (320_050, 469_050), (351_450, 492_550)
AREA_HERE, AREA_THERE = "E01019138", "E01019341"


def row(number=1, received="14/02/2022 18:05", category="ASB - Nuisance", source="101", at=HERE, **more) -> list[str]:
    """One line of an extract; `more` is reference, mark, area or repeats."""
    x, y = at or ("", "")
    said = {"reference": f"CR-{number:05}", "mark": "", "area": "", "repeats": "", **more}
    words = "Robin Ferris rang about it"
    return [said["reference"], received, category, source, said["mark"], str(x), str(y), said["area"], said["repeats"],
            words]  # fmt: skip


def extract_of(*rows: list[str], headings=HEADINGS, encoding="utf-8") -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([headings, *rows])
    return out.getvalue().encode(encoding)


def mapping(viewer, name="Fellside", columns=COLUMNS) -> Mapping:
    return actions.save_mapping(by=viewer, name=name, columns=columns)


def rule_list(viewer, name="Our own words", **more) -> RuleList:
    return actions.save_rules(by=viewer, name=name, words=reference.words() | more)


def loaded(viewer, *rows: list[str], days=(None, None), name="calls.csv", rules: RuleList | None = None) -> Extract:
    """The rows standing as an extract."""
    read_by = mapping(viewer)
    sheet, found = loading.sifted(viewer, name, io.BytesIO(extract_of(*rows)), read_by, rules, days=days)
    return loading.load(viewer, sheet, found, read_by, rules)


def a_month(viewer, here=5, there=3, month="2022-02", **more) -> Extract:
    """So many incidents in each place, a day apart from each other in kind, and the whole month covered."""
    year, number = map(int, month.split("-"))
    rows = [
        *(row(each, f"{1 + each % 27:02}/{number:02}/{year} 09:00", area=AREA_HERE) for each in range(here)),
        *(row(500 + each, f"{1 + each % 27:02}/{number:02}/{year} 10:00", at=THERE, area=AREA_THERE)
          for each in range(there)),
    ]  # fmt: skip
    last = {2: 28, 4: 30, 6: 30, 9: 30, 11: 30}.get(number, 31)
    return loaded(viewer, *rows, days=(date(year, number, 1), date(year, number, last)), **more)


def brought(viewer, *rows: list[str], body: bytes | None = None, mapped: bool = True) -> WaitingFile:
    body = extract_of(*(rows or (row(),))) if body is None else body
    return actions.bring(
        by=viewer, file_name="calls.csv", body=body, mapping=mapping(viewer) if mapped else None, rule_list=None
    )


def health_csv(*cells: tuple) -> bytes:
    """(area, month, measure, count), with a name for each area."""
    return extract_of(*([a, f"Area {a}", m, w, str(n)] for a, m, w, n in cells),
                      headings=["area", "name", "month", "measure", "count"])  # fmt: skip


def health(viewer, *cells: tuple) -> HealthCounts:
    cells = cells or ((AREA_HERE, "2022-02", "overdose", 7), (AREA_HERE, "2022-02", "naloxone", "<5"))
    stream = io.BytesIO(health_csv(*cells))
    return loading.load_health(viewer, "health.csv", stream, source="An ambulance trust", licence="By agreement")[1]


def within(metres=100, minutes=60, area_minutes=15) -> reference.Repeats:
    return reference.Repeats(metres, minutes, area_minutes, 1, verified=False)


def opened_extract(cast) -> dict:
    return {"key": a_month(cast.analyst).pk}


def opened_waiting(cast) -> dict:
    return {"key": brought(cast.analyst).pk}


def opened_health(cast) -> dict:
    health(cast.analyst)
    return {}


def opened_readings(cast) -> dict:
    mapping(cast.analyst)
    rule_list(cast.analyst)
    return {}


def opened_extracts(cast) -> dict:
    a_month(cast.analyst)
    return {}
