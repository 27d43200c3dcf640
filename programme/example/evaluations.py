"""Which areas the visits were for, fixed in the week before they began, and what would count as success, written down
before any month of it could be counted.

There are twenty-one neighbourhoods in all, and few records in each, so the honest note is that it is too few to tell.
"""

import json
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import shapely

from clearlines.evaluation import actions as evaluation
from clearlines.evaluation.promised import Draft
from clearlines.evaluation.questions import Window
from clearlines.hotspots import actions as hotspots
from clearlines.hotspots import boundaries
from clearlines.hotspots import queries as counted
from clearlines.hotspots.choosing import HOTTEST, Wanted
from clearlines.hotspots.measures import VICTIMS, Measure
from programme.example.diary import Story, at
from programme.example.incidents import AFTER, AREAS, BEFORE, CHOSEN

# Degrees: how far a neighbourhood reaches from its middle, where no other is nearer.
REACH = 0.009
CALLS = Measure(VICTIMS, ("Anti-social behaviour",))


def stories() -> Iterator[Story]:
    yield fix_and_promise()


def fix_and_promise() -> Story:
    eyes = yield at(date(2022, 1, 28), 11)
    hotspots.draw(by=eyes.analyst, areas=neighbourhoods(), source="Invented for this example")
    hotspots.fix(
        by=eyes.sergeant,
        wanted=Wanted(HOTTEST, "lsoa", Measure(VICTIMS), first=CHOSEN[0], last=CHOSEN[1], top=2),
        name="Two hottest neighbourhoods, summer 2021",
        why="Where the first visits will be",
    )
    eyes = yield at(date(2022, 3, 14), 14)
    fixed = counted.sets(eyes.analyst)[0]
    ring = tuple(code for code, _ in counted.touching(eyes.analyst, kind=fixed.kind, codes=fixed.codes))
    evaluation.register(by=eyes.analyst, hot=fixed, draft=the_promise(ring))


def the_promise(ring: tuple[str, ...]) -> Draft:
    return Draft(
        name="Visits in Barrow, the first winter",
        question="Do people in the two neighbourhoods report less in the winter after a year of visits than before it?",
        measures=(Measure(VICTIMS), CALLS),
        before=Window(*BEFORE),
        after=Window(*AFTER),
        ring=ring,
        smallest=0.3,
    )


def neighbourhoods() -> list[boundaries.Area]:
    """Every place is in the neighbourhood whose middle is nearest."""
    middles = shapely.MultiPoint([(longitude, latitude) for _, _, latitude, longitude in AREAS])
    cells = list(shapely.get_parts(shapely.voronoi_polygons(middles)))
    features = []
    for (code, name, *_), middle in zip(AREAS, middles.geoms, strict=True):
        cell = next(each for each in cells if each.contains(middle))
        features.append(_feature(code, name, cell.intersection(middle.buffer(REACH, quad_segs=3))))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "neighbourhoods.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
        return boundaries.read(path)


def _feature(code: str, name: str, shape: Any) -> dict[str, Any]:
    said = {"LSOA11CD": code, "LSOA11NM": name}
    return {"type": "Feature", "properties": said, "geometry": shapely.geometry.mapping(shape)}
