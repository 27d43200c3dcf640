"""Where incidents stand: one Parquet file an extract, its report beside it, written apart and then put in place.

A file in place is never changed. Which of two extracts counts on a day is decided when they are read (queries.py).
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from shutil import rmtree

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.conf import settings

from clearlines.calls.health import Cell
from clearlines.calls.sifting import EPOCH, LeftOut, Sifted

READER = "calls 1"
LEFT_OUT = pa.schema([("line", pa.int64()), ("what", pa.string()), ("why", pa.string())])
EPOCH_DAY = EPOCH.toordinal()


@dataclass(frozen=True)
class Place:
    """Incidents of one month that are alike. `longitude` is None where there is no point, `area` "" where no code."""

    month: str
    kind: str
    area: str
    longitude: float | None
    latitude: float | None
    many: int


@contextmanager
def staging() -> Iterator[Path]:
    """A folder beside the standing files, gone when the work ends, however it ends."""
    folder = settings.INCIDENTS_DIR / f".staged-{uuid.uuid4().hex}"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        rmtree(folder, ignore_errors=True)


def write(sifted: Sifted, folder: Path) -> tuple[Path, Path]:
    """The incidents and the report, in the staging folder."""
    incidents, report = folder / "incidents.parquet", folder / "report.parquet"
    pq.write_table(_table(sifted), incidents, compression="zstd")
    lines, became, whys = zip(*sifted.left_out, strict=True) if sifted.left_out else ((), (), ())
    columns = [pa.array(lines, pa.int64()), pa.array(became, pa.string()), pa.array(whys, pa.string())]
    pq.write_table(pa.Table.from_arrays(columns, schema=LEFT_OUT), report, compression="zstd")
    return incidents, report


def _table(sifted: Sifted) -> pa.Table:
    found = sifted.incidents
    return pa.table({
        "reference": pa.array([f"{each:016x}" for each in found.reference.tolist()], pa.string()),
        "day": pa.array(found.day.astype(np.int32), pa.date32()),
        "kind": pa.array(found.kind, pa.string()).dictionary_encode(),
        "easting": pa.array(found.easting, pa.float64(), from_pandas=True),
        "northing": pa.array(found.northing, pa.float64(), from_pandas=True),
        "longitude": pa.array(found.longitude, pa.float64(), from_pandas=True),
        "latitude": pa.array(found.latitude, pa.float64(), from_pandas=True),
        "area": pa.array(found.area, pa.string()).dictionary_encode(),
        "calls": pa.array(found.calls, pa.int32()),
    })  # fmt: skip


def write_health(cells: Iterable[Cell], folder: Path) -> Path:
    written = folder / "health.parquet"
    columns = list(zip(*cells, strict=True)) or [()] * len(Cell._fields)
    kinds = [pa.string()] * 4 + [pa.int64()]
    arrays = [pa.array(each, kind) for each, kind in zip(columns, kinds, strict=True)]
    pq.write_table(pa.table(arrays, names=list(Cell._fields)), written, compression="zstd")
    return written


def place_for(owner: str, kind: str) -> str:
    """A path, under INCIDENTS_DIR, where nothing stands yet."""
    return f"{owner}/calls/{uuid.uuid4().hex}-{kind}.parquet"


def put_in_place(written: Path, path: str) -> None:
    """The last thing an action does: had it failed before, nothing would stand."""
    there = settings.INCIDENTS_DIR / path
    there.parent.mkdir(parents=True, exist_ok=True)
    written.replace(there)


def report(path: str) -> Iterator[LeftOut]:
    """Every row that was left out or marked, by line, a batch at a time."""
    with pq.ParquetFile(settings.INCIDENTS_DIR / path) as file:
        for batch in file.iter_batches(batch_size=50_000):
            columns = (batch.column(name).to_pylist() for name in LEFT_OUT.names)
            yield from (LeftOut(*each) for each in zip(*columns, strict=True))


def first_of_report(path: str, became: Sequence[str], many: int) -> list[LeftOut]:
    """The first so many rows, all of the first `what` before any of the next."""
    rows = pq.read_table(settings.INCIDENTS_DIR / path)
    found: list[LeftOut] = []
    for what in became:
        some = rows.filter(pc.equal(rows["what"], what)).slice(0, many - len(found)).to_pylist()
        found += [LeftOut(**each) for each in some]
    return found


def reasons(path: str, what: str) -> dict[str, int]:
    """Why, and of how many rows, most first."""
    rows = pq.read_table(settings.INCIDENTS_DIR / path)
    counted = (
        rows.filter(pc.equal(rows["what"], what)).group_by("why", use_threads=False).aggregate([([], "count_all")])
    )
    found = zip(counted["why"].to_pylist(), counted["count_all"].to_pylist(), strict=True)
    return dict(sorted(found, key=lambda pair: (-pair[1], pair[0])))


def places(path: str, days: Iterable[tuple[date, date]]) -> list[Place]:
    """The incidents of an extract on these days, by month, kind and place."""
    return [each for first, last in days for each in _places(path, first.toordinal(), last.toordinal())]


# A file in place never changes, so what was read from it once is true for as long as it stands.
@lru_cache(maxsize=200)
def _places(path: str, first: int, last: int) -> tuple[Place, ...]:
    columns = ["day", "kind", "area", "longitude", "latitude"]
    rows = pq.read_table(settings.INCIDENTS_DIR / path, columns=columns)
    day = rows["day"].cast(pa.int32())
    rows = rows.filter(pc.and_(pc.greater_equal(day, first - EPOCH_DAY), pc.less_equal(day, last - EPOCH_DAY)))
    month = pc.strftime(rows["day"].cast(pa.timestamp("s")), format="%Y-%m")
    rows = rows.set_column(0, "month", month)
    found = rows.group_by(["month", "kind", "area", "longitude", "latitude"], use_threads=False).aggregate(
        [([], "count_all")]
    )
    alike = zip(
        *(found[name].to_pylist() for name in ("month", "kind", "area", "longitude", "latitude", "count_all")),
        strict=True,
    )
    return tuple(Place(*each) for each in alike)


def cells(path: str) -> tuple[Cell, ...]:
    """Every cell of a health partner's file."""
    rows = pq.read_table(settings.INCIDENTS_DIR / path)
    return tuple(Cell(*each) for each in zip(*(rows[name].to_pylist() for name in Cell._fields), strict=True))
