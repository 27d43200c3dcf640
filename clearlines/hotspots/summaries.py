"""How many of a month's rows are alike: written once beside the month, so that no page counts rows again.

A month's file never changes (standing.py), so its summary is true for as long as it stands. There is one for each kind
of area and each set of boundaries; it is written when months are loaded, or when it is first asked for.
"""

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import duckdb
import numpy as np
import pyarrow as pa
import shapely

LSOA, WARD, CELL = "lsoa", "ward", "cell"
MEMORY = "512MB"
FOLDER = ".counted"
# Part of a summary's name: another way of counting never reads what this one wrote.
COUNTED = "1"


class Outline(NamedTuple):
    """A boundary as counting needs it. `wkb` is its shape in longitude and latitude."""

    code: str
    name: str
    wkb: bytes


@dataclass(frozen=True)
class Placing:
    """How a row finds its area. `joins`: (code, the code it is counted under), where no boundary says otherwise."""

    kind: str
    outlines: tuple[Outline, ...] = field(default=(), repr=False)
    joins: tuple[tuple[str, str], ...] = field(default=(), repr=False)


def of(path: Path, placing: Placing) -> Path:
    """Where the month's summary stands, written now if it did not."""
    there = where(path, placing)
    if not there.exists():
        there.parent.mkdir(exist_ok=True)
        beside = there.with_suffix(f".{uuid.uuid4().hex[:8]}")
        _write(path, placing, beside)
        beside.replace(there)
    return there


def where(path: Path, placing: Placing) -> Path:
    return path.parent / FOLDER / f"{path.stem}.{_mark(placing)}.parquet"


def take_away(path: Path) -> None:
    """With the month that they sum."""
    for each in (path.parent / FOLDER).glob(f"{path.stem}.*"):
        each.unlink(missing_ok=True)


@lru_cache(maxsize=64)
def _mark(placing: Placing) -> str:
    """A name for exactly this way of placing rows."""
    said = hashlib.sha256(repr((COUNTED, placing.joins)).encode())
    for each in placing.outlines:
        said.update(f"{each.code} {each.name} {len(each.wkb)}".encode() + each.wkb)
    return f"{placing.kind}-{said.hexdigest()[:16]}"


@lru_cache(maxsize=1)
def engine() -> duckdb.DuckDBPyConnection:
    """One for the process; each reading has a cursor of its own, which DuckDB asks of threads."""
    return duckdb.connect(config={"memory_limit": MEMORY, "threads": 2})


# What another source of rows must write, to be counted like a month of data.police.uk.
READ = (
    "month, basket, crime_type, coalesce(district, '') AS district, coalesce(area_code, '') AS area_code, "
    "coalesce(area_name, '') AS area_name, cell, longitude, latitude, is_in_force IS FALSE AS is_outside"
)
ALIKE = "month, basket, crime_type, district, is_outside"


def _write(path: Path, placing: Placing, there: Path) -> None:
    with engine().cursor() as rows:
        rows.execute(
            f"CREATE TEMP TABLE alike AS SELECT {READ}, count(*) AS n FROM read_parquet(?) GROUP BY ALL", [str(path)]
        )
        code, name, joined, is_by_point = _place(rows, placing)
        rows.execute(
            f"COPY (SELECT {code} AS code, {name} AS name, {ALIKE}, {is_by_point} AS is_by_point, sum(n)::INTEGER AS "
            f"many FROM alike {joined} GROUP BY ALL ORDER BY ALL) TO '{_quoted(there)}' (FORMAT parquet)"
        )
        rows.execute("DROP TABLE alike")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _place(rows: duckdb.DuckDBPyConnection, placing: Placing) -> tuple[str, str, str, str]:
    """The area's code and name, what must be joined to know them, and whether the point alone said so."""
    if placing.kind == CELL:
        return "coalesce(cell, '')", "coalesce(cell, '')", "", "false"
    if not placing.outlines:
        if placing.kind == WARD:
            return "''", "''", "", "false"
        rows.register("joins", _table(placing.joins, ("old", "new")))
        return "coalesce(new, area_code)", "area_name", "LEFT JOIN joins ON area_code = old", "false"
    known = [each.code for each in placing.outlines] if placing.kind == LSOA else []
    rows.register("known", _table([(each,) for each in known], ("known_code",)))
    unplaced = rows.execute(
        "SELECT DISTINCT longitude, latitude FROM alike WHERE longitude IS NOT NULL AND area_code NOT IN "
        "(SELECT known_code FROM known) ORDER BY ALL"
    ).fetchall()
    rows.register("placed", _placed(unplaced, placing.outlines))
    joined = "LEFT JOIN placed ON longitude = x AND latitude = y AND area_code NOT IN (SELECT known_code FROM known)"
    own = ("area_code", "area_name") if placing.kind == LSOA else ("''", "''")
    return f"coalesce(at_code, {own[0]})", f"coalesce(at_name, {own[1]})", joined, "at_code IS NOT NULL"


def _table(rows: Iterable[tuple[str, ...]], names: tuple[str, ...]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    return pa.table({name: pa.array(each, pa.string()) for name, each in zip(names, columns, strict=True)})


def _placed(points: list[tuple[float, float]], outlines: tuple[Outline, ...]) -> pa.Table:
    """Each point that an outline holds, with the first that does."""
    inside = [(0, 0)][:0]
    if points:
        found = _tree(outlines).query(shapely.points(points), predicate="intersects")
        order = np.lexsort(found[::-1])
        first = np.unique(found[0][order], return_index=True)[1]
        inside = found[:, order][:, first].T.tolist()
    return pa.table(
        {
            "x": pa.array([points[point][0] for point, _ in inside], pa.float64()),
            "y": pa.array([points[point][1] for point, _ in inside], pa.float64()),
            "at_code": pa.array([outlines[area].code for _, area in inside], pa.string()),
            "at_name": pa.array([outlines[area].name for _, area in inside], pa.string()),
        }
    )


@lru_cache(maxsize=8)
def _tree(outlines: tuple[Outline, ...]) -> shapely.STRtree:
    return shapely.STRtree([shapely.from_wkb(each.wkb) for each in outlines])
