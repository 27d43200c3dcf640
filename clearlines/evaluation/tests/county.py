"""A small invented county for results: two dozen neighbourhoods of different heat, months chosen on, before and after.

Its months are staged as they are read, without a file between, so that a test does not parse ten thousand lines.
"""

import hashlib
import random
from collections.abc import Iterable

from clearlines.evaluation.models import Protocol
from clearlines.evaluation.tests import build
from clearlines.hotspots import actions, standing
from clearlines.hotspots.measures import VICTIMS, Measure
from clearlines.hotspots.police_uk import Incident, Month
from clearlines.hotspots.tests import build as incidents
from clearlines.web.months import between

AREAS = [(f"E0109{each:04}", f"Fellside {each:03}A") for each in range(1, 25)]
CHOSEN = between("2021-06", "2021-09")
BEFORE, AFTER = between("2021-10", "2022-01"), between("2022-10", "2023-01")
# One month between the periods stands, and the rest do not: a gap in the chart.
BETWEEN = ["2022-04"]
# Records a month in the hottest neighbourhood, and how each is cooler than the one before it.
HOTTEST, COOLER = 16.0, 0.9


def load(viewer, *, left: float = 1.0, treated: int = 2, drugs: int = 0, months: Iterable[str] | None = None) -> None:
    """`left`: the share of the treated neighbourhoods' records that is left in the months after."""
    with standing.staging() as place:
        staged = []
        for month in months or [*CHOSEN, *BEFORE, *BETWEEN, *AFTER]:
            chance, rows = random.Random(f"county {month}"), []
            for number, (code, name) in enumerate(AREAS):
                share = left if number < treated and month in AFTER else 1.0
                usual = HOTTEST * COOLER**number * share
                kinds = ["Burglary"] * _drawn(chance, usual * 0.4) + ["Violence and sexual offences"] * _drawn(
                    chance, usual * 0.6
                )
                kinds += ["Drugs"] * (drugs if number < treated else 0)
                rows += [_row(month, code, name, kind, line) for line, kind in enumerate(kinds)]
            staged.append(standing.stage(_month(month, rows), place))
        actions.load(by=viewer, months=staged)


def protocol(viewer, *, left: float = 1.0, hot: dict | None = None, **more) -> Protocol:
    """Two hottest neighbourhoods, a winter before and the winter after, written down before the second is loaded."""
    load(viewer, months=[*CHOSEN, *BEFORE])
    fixed = incidents.hotspot_set(viewer, **({"first": CHOSEN[0], "last": CHOSEN[-1], "top": 2} | (hot or {})))
    given = {
        "measures": (Measure(VICTIMS), Measure(VICTIMS, ("Burglary",))),
        "before": build.Window(BEFORE[0], BEFORE[-1]),
        "after": build.Window(AFTER[0], AFTER[-1]),
    }
    written = build.protocol(viewer, hot=fixed, **given | more)
    load(viewer, left=left, drugs=3, months=[*BETWEEN, *AFTER])
    return written


def _drawn(chance: random.Random, mean: float) -> int:
    return sum(chance.random() < mean / 40 for _ in range(40))


def _row(month: str, code: str, name: str, kind: str, line: int) -> Incident:
    basket = "enforcement" if kind == "Drugs" else VICTIMS
    given = dict.fromkeys(Incident._fields, "") | {
        "line": line, "crime_id": f"{month}{code}{line}", "month": month, "longitude": None, "latitude": None,
        "area_code": code, "area_name": name, "district": "Fellside", "crime_type": kind, "basket": basket,
        "is_repeated_id": False,
    }  # fmt: skip
    return Incident(**{name: given[name] for name in Incident._fields})


def _month(month: str, rows: list[Incident]) -> Month:
    said = hashlib.sha256(repr(rows).encode()).hexdigest()
    return Month(
        file_name=f"{month}-fellside-street.csv", month=month, force="fellside", force_name="Fellside Constabulary",
        sha256=said, rows_read=len(rows), incidents=rows, rejected=[],
        own_districts=frozenset({"Fellside"}),
    )  # fmt: skip
