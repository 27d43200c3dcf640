"""Where a month's rows stand: one Parquet file a month and force, written whole beside the others, then put in place.

A file in place is never changed: another content has another name, so that a page being read meanwhile reads on.
"""

import shutil
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import h3
import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings

from clearlines.hotspots import summaries
from clearlines.hotspots.police_uk import READER, Incident, Month, Rejected

# About five square kilometres: wider than a street, so that nobody reads a house off a map.
CELL_RESOLUTION = 7
# Enough to mend a file by; the count is always whole.
REJECTED_KEPT = 1_000


@dataclass(frozen=True)
class Staged:
    """A month that has been read and written, and is not yet in place."""

    month: str
    force: str
    force_name: str
    file_name: str
    sha256: str
    rows: int
    rows_read: int
    marks: dict[str, int]
    rejected: list[Rejected]
    written: Path

    @property
    def place(self) -> str:
        return f"{self.month}/{self.force}-{self.sha256[:16]}-{READER.replace(' ', '-')}.parquet"


@contextmanager
def staging() -> Iterator[Path]:
    """A folder beside the standing files, gone when the work ends, however it ends."""
    folder = settings.INCIDENTS_DIR / f".staged-{uuid.uuid4().hex}"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def stage(month: Month, folder: Path) -> Staged:
    """Write a month's rows into the staging folder."""
    written = folder / f"{month.month}-{month.force}-{uuid.uuid4().hex[:8]}.parquet"
    pq.write_table(_table(month), written, compression="zstd")
    return Staged(
        month.month, month.force, month.force_name, month.file_name, month.sha256, len(month.incidents),
        month.rows_read, month.marks, month.rejected, written,
    )  # fmt: skip


def put_in_place(staged: Staged, owner: str) -> str:
    """The path, under INCIDENTS_DIR, where the rows now stand. The same content is put there once."""
    path = f"{owner}/{staged.place}"
    there = settings.INCIDENTS_DIR / path
    there.parent.mkdir(parents=True, exist_ok=True)
    staged.written.replace(there)
    return path


def take_away(paths: Iterable[str]) -> None:
    for path in paths:
        summaries.take_away(settings.INCIDENTS_DIR / path)
        (settings.INCIDENTS_DIR / path).unlink(missing_ok=True)


KINDS = dict.fromkeys(Incident._fields, pa.string()) | {
    "line": pa.int32(),
    "longitude": pa.float64(),
    "latitude": pa.float64(),
    "is_repeated_id": pa.bool_(),
}


def _table(month: Month) -> pa.Table:
    by_name = dict(zip(Incident._fields, zip(*month.incidents, strict=True), strict=False))
    columns = {name: pa.array(by_name.get(name, ()), kind) for name, kind in KINDS.items()}
    return pa.table(
        {
            **columns,
            "cell": pa.array([_cell(each) for each in month.incidents], pa.string()),
            "is_in_force": pa.array([month.is_in_force(each) for each in month.incidents], pa.bool_()),
        }
    )


def _cell(incident: Incident) -> str | None:
    if incident.latitude is None or incident.longitude is None:
        return None
    return _cell_at(incident.latitude, incident.longitude)


@lru_cache(maxsize=100_000)
def _cell_at(latitude: float, longitude: float) -> str:
    return h3.latlng_to_cell(latitude, longitude, CELL_RESOLUTION)
