"""Small months of the publisher's shape, invented, and boundaries drawn as squares round real towns."""

import json
import tempfile
from pathlib import Path

from clearlines.hotspots import actions, boundaries, police_uk, severity, standing
from clearlines.hotspots.choosing import HOTTEST, Wanted
from clearlines.hotspots.measures import VICTIMS, Measure
from clearlines.hotspots.models import Boundary, HotspotSet, MonthFile, SeverityTable

HEADER = ",".join(police_uk.COLUMNS)
FORCE = "Cumbria Constabulary"
# Names and codes of neighbourhoods that exist; every row about them is invented.
HERE, THERE = ("E01019138", "Barrow-in-Furness 010A"), ("E01019341", "South Lakeland 005A")
AT_HERE, AT_THERE = (-3.2231, 54.1101), (-2.7461, 54.3281)


def row(
    month="2022-02", crime_type="Burglary", area=HERE, at=AT_HERE, *, crime_id="", location="On or near Invented Row",
    outcome="Under investigation",
) -> str:  # fmt: skip
    """One line of a street file."""
    x, y = at or ("", "")
    code, name = area or ("", "")
    fields = [crime_id, month, FORCE, FORCE, str(x), str(y), location, code, name, crime_type, outcome, ""]
    return ",".join(f'"{each}"' if "," in each or "\n" in each else each for each in fields)


def street_file(folder: Path, *rows: str, month="2022-02", force="cumbria", header=HEADER) -> Path:
    path = folder / month / f"{month}-{force}-street.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def month_rows(month: str, here: int, there: int, *, drugs: int = 0) -> list[str]:
    """So many burglaries in each place, and drug records here."""
    return [
        *(row(month, crime_id=f"h{month}{each}") for each in range(here)),
        *(row(month, area=THERE, at=AT_THERE, crime_id=f"t{month}{each}") for each in range(there)),
        *(row(month, "Drugs", crime_id=f"d{month}{each}") for each in range(drugs)),
    ]


def loaded(viewer, **months) -> list[MonthFile]:
    """`loaded(viewer, m2022_02=(20, 30), m2022_03=(10, 30, 2))`: months standing, (here, there, drugs here)."""
    with tempfile.TemporaryDirectory() as folder, standing.staging() as place:
        staged = []
        for name, counts in months.items():
            month = name.removeprefix("m").replace("_", "-")
            here, there, drugs = (*counts, 0)[:3]
            path = street_file(Path(folder), *month_rows(month, here, there, drugs=drugs), month=month)
            staged.append(standing.stage(police_uk.read(path), place))
        return actions.load(by=viewer, months=staged)


def loaded_town(viewer, *months: str, many=20) -> list[MonthFile]:
    """So many neighbourhoods, each with a few more records a month than the one before it."""
    with tempfile.TemporaryDirectory() as folder, standing.staging() as place:
        staged = []
        for month in months:
            rows = [
                row(
                    month,
                    area=(f"E010190{each:02}", f"Barrow-in-Furness 0{each:02}A"),
                    crime_id=f"{month}{each}-{number}",
                )
                for each in range(many)
                for number in range(4 + each)
            ]
            staged.append(standing.stage(police_uk.read(street_file(Path(folder), *rows, month=month)), place))
        return actions.load(by=viewer, months=staged)


def square(kind: str, code: str, name: str, at, half=0.02) -> dict:
    """A GeoJSON feature as the Office for National Statistics names its properties."""
    x, y = at
    ring = [
        [x - half, y - half],
        [x + half, y - half],
        [x + half, y + half],
        [x - half, y + half],
        [x - half, y - half],
    ]
    names = {"lsoa": ("LSOA11CD", "LSOA11NM"), "ward": ("WD13CD", "WD13NM")}[kind]
    properties = dict(zip(names, (code, name), strict=True))
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def geojson(folder: Path, *features: dict, name="areas.geojson") -> Path:
    path = folder / name
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}), encoding="utf-8")
    return path


def drawn(viewer) -> list[Boundary]:
    """Two neighbourhoods and two wards."""
    with tempfile.TemporaryDirectory() as folder:
        path = geojson(
            Path(folder),
            square("lsoa", *HERE, AT_HERE),
            square("lsoa", *THERE, AT_THERE),
            square("ward", "E05003145", "Barrow Island", AT_HERE),
            square("ward", "E05003146", "Kendal Castle", AT_THERE),
        )
        return actions.draw(by=viewer, areas=boundaries.read(path), source="invented")


def drawn_side_by_side(viewer) -> list[Boundary]:
    """Here, one that touches it, and there."""
    x, y = AT_HERE
    with tempfile.TemporaryDirectory() as folder:
        path = geojson(
            Path(folder),
            square("lsoa", *HERE, AT_HERE),
            square("lsoa", "E01019139", "Next Door", (x + 0.04, y)),
            square("lsoa", *THERE, AT_THERE),
        )
        return actions.draw(by=viewer, areas=boundaries.read(path), source="invented")


# Months to choose areas on, and later ones for a period before.
CHOSEN_ON = {"m2021_08": (30, 20), "m2021_09": (30, 20)}


def wanted(**more) -> Wanted:
    """The one neighbourhood with most records in the late summer of 2021."""
    given = {
        "how": HOTTEST,
        "kind": "lsoa",
        "measure": Measure(VICTIMS),
        "first": "2021-08",
        "last": "2021-09",
        "top": 1,
    }
    return Wanted(**given | more)


def hotspot_set(viewer, **more) -> HotspotSet:
    """`name` and `why` are of the set; anything else is of what is wanted. Months it is chosen on are loaded if none
    of them is.
    """
    if not MonthFile.objects.filter(month__in=["2021-08", "2021-09"]).exists():
        loaded(viewer, **CHOSEN_ON)
    said = {"name": "The hottest neighbourhood", "why": "Where the visits will begin"}
    words = {name: more.pop(name, value) for name, value in said.items()}
    return actions.fix(by=viewer, wanted=wanted(**more), **words)


def opened_months(cast) -> dict:
    loaded(cast.analyst, m2022_02=(20, 30))
    return {}


def opened_area(cast) -> dict:
    loaded(cast.analyst, m2022_02=(20, 30))
    return {"kind": "lsoa", "code": HERE[0]}


def opened_set(cast) -> dict:
    return {"key": hotspot_set(cast.analyst).pk}


# Toy values: no published table is shipped.
TOY = "crime_type,weight\nBurglary,20\nRobbery,365\nDrugs,3\n"


def severity_table(viewer, words=TOY, **about) -> SeverityTable:
    said = {"name": "Toy index", "edition": "1", "source": "invented", "licence": "none", "unit": "days"} | about
    return actions.load_severity(by=viewer, about=said, table=severity.read(words, "toy.csv"))


def opened_severity_table(cast) -> dict:
    return {"key": severity_table(cast.analyst).pk}
