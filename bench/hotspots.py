"""Gi* beside esda's, a hotspot page over 2.4 M rows, and a panel of a country's fifteen years: medians and peak memory.

    .venv/bin/python bench/hotspots.py [gi] [page] [panel]

Every part is a process of its own, so that its memory is its own. `page` writes 140 months of an invented force of
1,000 areas (2.4 M rows, with boundaries) and opens the page with all of them chosen: the first page after a start,
then the median of twenty. `panel` writes what the import would write beside 90 M rows: the summaries of 180 months of
35,000 areas (rows alike: about 31 M), not the rows; then asks for one measure by area and month. Bounds: Gi* 50 ms on
400,000 cells, the page 300 ms.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]
SIDE = 635
MONTHS, AREAS, ROWS_A_MONTH = 140, 1_000, 17_200
LONG, COUNTRY = 180, 35_000


def main() -> None:
    words = sys.argv[1:]
    if words[:1] == ["--inside"]:
        {"gi": gi, "page": page, "panel": panel}[words[1]]()
        return
    print(f"{os.cpu_count()} cores, {os.getloadavg()[0]:.1f} waiting at the start")
    for part in words or ("gi", "page", "panel"):
        with tempfile.TemporaryDirectory(prefix="clearlines-bench-") as var:
            here = os.environ | {"CLEARLINES_VAR": var, "DJANGO_SETTINGS_MODULE": "tests.settings"}
            subprocess.run([sys.executable, __file__, "--inside", part], env=here, cwd=ROOT, check=True)


def peak() -> str:
    return f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"


def timed(act: Any, times: int) -> list[float]:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def gi() -> None:
    import warnings

    import numpy as np

    from clearlines.analysis.hotspots import gi_star

    counts = np.random.default_rng(1).negative_binomial(0.3, 0.4, (SIDE, SIDE)).astype(float)
    ours = median(timed(lambda: gi_star(counts), 21))
    print(f"gi        ours {ours:.1f} ms for {counts.size:,} cells (bound 50), {peak()}")
    warnings.simplefilter("ignore")
    try:
        from esda import G_Local
        from libpysal.weights import fill_diagonal, lat2W
    except ImportError:
        print("gi        esda is not installed, so there is nothing beside it")
        return
    touching = fill_diagonal(lat2W(SIDE, SIDE, rook=False), 1)
    theirs: list[Any] = []
    took = timed(lambda: theirs.append(G_Local(counts.ravel(), touching, "B", permutations=0, star=True)), 3)
    apart = np.abs(theirs[0].Zs - gi_star(counts).ravel()).max()
    print(f"gi        esda {median(took):.0f} ms with its weights ready; largest difference of z {apart:.1e}, {peak()}")


def page() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    viewer = invented_force()
    from bench.measured import signed_in

    client, address = (
        signed_in(viewer.account),
        f"/hotspots/?first={month(0)}&last={month(MONTHS - 1)}&kind=lsoa&basket=victims",
    )
    for shade in ("records", "sure"):
        began = time.process_time()
        [first] = timed(lambda: client.get(f"{address}&shade={shade}"), 1)  # noqa: B023
        spent = (time.process_time() - began) * 1000
        before = time.process_time()
        later = timed(lambda: client.get(f"{address}&shade={shade}"), 20)  # noqa: B023
        cpu = (time.process_time() - before) * 1000 / 20
        print(f"page      {shade}: first {first:.0f} ms (processor {spent:.0f})")
        print(f"page      {shade}: then {median(later):.0f} ms (processor {cpu:.0f}; bound 300), {peak()}")
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    print(
        f"page      {MONTHS * ROWS_A_MONTH:,} rows, {AREAS:,} areas drawn, {len(answer.content) / 1024:.0f} kB of page"
    )


def month(number: int) -> str:
    return f"{2012 + number // 12}-{number % 12 + 1:02}"


def invented_force() -> Any:
    """Months as the import leaves them, boundaries as squares, and the summaries that loading writes."""
    import json
    from datetime import date

    import numpy as np

    from clearlines.access.models import Account
    from clearlines.access.programme import open_teams
    from clearlines.access.viewer import Viewer
    from clearlines.hotspots import actions, boundaries, queries

    open_teams(by=Viewer.setting_up(), from_on=date(2011, 12, 1))
    analyst = Viewer.of(Account.objects.get(username="analyst"))
    features = [square(place) for place in range(AREAS)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "areas.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
        actions.draw(by=analyst, areas=boundaries.read(path), source="invented")
    rng = np.random.default_rng(1)
    busy = rng.gamma(0.8, 1.0, AREAS)
    for number in range(MONTHS):
        write_month(number, rng, busy / busy.sum(), analyst)
    [took] = timed(lambda: queries.prepare(analyst), 1)
    print(f"page      summaries of {MONTHS} months written in {took / 1000:.1f} s, at loading")
    return analyst


def corner(place: int) -> tuple[float, float]:
    return -3.5 + (place % 40) * 0.02, 54.0 + (place // 40) * 0.02


def square(place: int) -> dict[str, Any]:
    x, y = corner(place)
    ring = [[x, y], [x + 0.02, y], [x + 0.02, y + 0.02], [x, y + 0.02], [x, y]]
    return {
        "type": "Feature",
        "properties": {"LSOA11CD": f"E0109{place:04}", "LSOA11NM": f"Fellside {place // 5:03}{'ABCDE'[place % 5]}"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def write_month(number: int, rng: Any, chances: Any, analyst: Any) -> None:
    import h3
    import pyarrow as pa
    import pyarrow.parquet as pq
    from django.conf import settings

    from clearlines.hotspots import reference
    from clearlines.hotspots.models import MonthFile

    types = [name for basket in reference.baskets().values() for name in basket.types]
    at = rng.choice(AREAS, ROWS_A_MONTH, p=chances)
    kinds = [types[each] for each in rng.integers(0, len(types), ROWS_A_MONTH)]
    middle = [(x + 0.01, y + 0.01) for x, y in map(corner, range(AREAS))]
    cells = [h3.latlng_to_cell(y, x, 7) for x, y in middle]
    said = month(number)
    path = settings.INCIDENTS_DIR / "bench" / said / "fellside-bench.parquet"
    path.parent.mkdir(parents=True)
    pq.write_table(
        pa.table({
            "month": [said] * ROWS_A_MONTH, "basket": [reference.basket_of(each) for each in kinds],
            "crime_type": kinds, "district": ["Fellside"] * ROWS_A_MONTH,
            "area_code": [f"E0109{each:04}" for each in at],
            "area_name": [f"Fellside {each // 5:03}{'ABCDE'[each % 5]}" for each in at],
            "cell": [cells[each] for each in at], "longitude": [middle[each][0] for each in at],
            "latitude": [middle[each][1] for each in at], "is_in_force": [True] * ROWS_A_MONTH,
        }), path, compression="zstd",
    )  # fmt: skip
    MonthFile.objects.create(
        owner=analyst.organisation, created_by=analyst.account, created_at=analyst.now, month=said, force="fellside",
        force_name="Fellside Constabulary", file_name="invented", path=str(path.relative_to(settings.INCIDENTS_DIR)),
        sha256=f"{number:064x}", reader="bench", source="invented", licence="none", is_open=True, rows=ROWS_A_MONTH,
        rows_read=ROWS_A_MONTH, marks={}, rejected=[], imported_at=analyst.now,
    )  # fmt: skip


def panel() -> None:
    import duckdb

    from clearlines.hotspots import counts, summaries
    from clearlines.hotspots.counts import LSOA, Asked
    from clearlines.hotspots.measures import Measure

    folder = Path(os.environ["CLEARLINES_VAR"])
    paths = tuple(folder / f"{month(number)}.parquet" for number in range(LONG))
    rows = duckdb.connect()
    rows.execute("SELECT setseed(0.5)")
    for path in paths:
        path.touch()
        there = summaries.where(path, Asked(paths, LSOA).placing)
        there.parent.mkdir(exist_ok=True)
        rows.execute(ALIKE.format(month=path.stem, areas=COUNTRY, there=there))
    alike, many = rows.execute(
        f"SELECT count(*), sum(many) FROM '{folder}/{summaries.FOLDER}/*.parquet'"
    ).fetchone() or (0, 0)
    rows.close()
    months = [path.stem for path in paths]
    asked = Asked(paths, LSOA)
    began = time.process_time()
    [first] = timed(lambda: counts.panel(asked, Measure("victims"), months), 1)
    spent = time.process_time() - began
    [again] = timed(lambda: counts.panel(asked, Measure("victims", ("Burglary",)), months), 1)
    year = Asked(paths[-12:], LSOA)
    [twelve] = timed(lambda: counts.panel(year, Measure("victims"), months[-12:]), 1)
    found = counts.panel(asked, Measure("victims"), months)
    print(
        f"panel     {many:,} rows as {alike:,} alike; {found.counts.shape[0]:,} areas x {found.counts.shape[1]} months"
    )
    print(f"panel     all victims {first / 1000:.1f} s (processor {spent:.1f}), {peak()}")
    print(f"panel     then burglary {again / 1000:.1f} s, twelve months {twelve / 1000:.2f} s, {peak()}")


ALIKE = """
    COPY (
        SELECT 'E01' || lpad(area::VARCHAR, 6, '0') AS code, 'Area ' || area AS name, '{month}' AS month,
            CASE WHEN type < 11 THEN 'victims' ELSE 'enforcement' END AS basket,
            ['Burglary', 'Robbery', 'Vehicle crime', 'Other theft', 'Shoplifting', 'Bicycle theft', 'Violent crime',
             'Criminal damage and arson', 'Theft from the person', 'Anti-social behaviour',
             'Violence and sexual offences', 'Drugs', 'Possession of weapons'][type + 1] AS crime_type,
            'District ' || (area // 120) AS district, false AS is_outside, false AS is_by_point,
            (1 + floor(-ln(random()) * 2.4))::INTEGER AS many
        FROM range({areas}) a(area), range(13) t(type) WHERE random() < 0.38 ORDER BY code
    ) TO '{there}' (FORMAT parquet)
"""


if __name__ == "__main__":
    main()
