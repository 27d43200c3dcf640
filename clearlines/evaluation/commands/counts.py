"""Counts out of a file, for the commands that need no database: one row a month, area and kind of crime."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from clearlines.web.months import between

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

COLUMNS = ("month", "lsoa_code", "crime_type", "n")
# An area with no row of any kind in one window, that by its other months should have had this many or more, is not
# quiet: its code is not of that time (LSOA codes of 2011 became those of 2021).
SURELY_SEEN = 5


class Window(NamedTuple):
    first: str
    last: str

    def holds(self, month: str) -> bool:
        return self.first <= month <= self.last


@dataclass(frozen=True)
class Table:
    """`counts[area, month]` of one kind of crime; `every` of all kinds together."""

    codes: tuple[str, ...]
    months: tuple[str, ...]
    counts: np.ndarray
    every: np.ndarray
    dropped: tuple[str, ...] = ()

    def within(self, window: Window) -> np.ndarray:
        return np.array([window.holds(each) for each in self.months], dtype=bool)


def window(first: str, last: str, name: str) -> Window:
    """From month to month, both included, as 2024-05; else a sentence."""
    for each in (first, last):
        if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", each):
            raise ValueError(f"a month is written as 2024-05, and '{each[:20]}' is not one")
    if last < first:
        raise ValueError(f"the months {name} end, {last}, before they begin, {first}")
    return Window(first, last)


def table(path: Path, crime_type: str, spans: dict[str, Window]) -> Table:
    """The counts of one kind of crime in the months of the windows, areas that the codes lose taken out and told."""
    rows = rows_of(path)
    kinds = sorted({each[2] for each in rows})
    if crime_type not in kinds:
        raise ValueError(f"there is no '{crime_type[:40]}' in {path.name}; it has {', '.join(kinds) or 'no row'}")
    held = {each[0] for each in rows}
    wanted = {name: between(*span) for name, span in spans.items()}
    missing = sorted({month for months in wanted.values() for month in months} - held)
    if missing:
        raise ValueError(
            f"{path.name} has no record of {_list(missing)}: a month that is missing is not a month of none"
        )
    months = sorted({month for each in wanted.values() for month in each})
    codes = sorted({each[1] for each in rows})
    counts, every = np.zeros((len(codes), len(months))), np.zeros((len(codes), len(months)))
    row, column = {code: at for at, code in enumerate(codes)}, {month: at for at, month in enumerate(months)}
    for month, code, kind, many in rows:
        if month in column:
            every[row[code], column[month]] += many
            if kind == crime_type:
                counts[row[code], column[month]] = many
    found = Table(tuple(codes), tuple(months), counts, every)
    return _without_lost(found, spans)


def _without_lost(found: Table, spans: dict[str, Window]) -> Table:
    """Areas whose code is missing from a whole window are not areas with none."""
    inside = [found.within(each) for each in spans.values()]
    keep = np.ones(len(found.codes), dtype=bool)
    for window_ in inside:
        here, outside = found.every[:, window_], found.every[:, ~window_]
        # With one window nothing lies outside it, and no area can be told to be lost.
        elsewhere = outside.sum(1) * here.shape[1] / max(outside.shape[1], 1)
        keep &= (here.sum(1) > 0) | (elsewhere < SURELY_SEEN)
    lost = int((~keep).sum())
    areas, whose = ("1 area has", "its") if lost == 1 else (f"{lost} areas have", "their")
    said = (f"{areas} no record of any kind in one of the windows: {whose} code is not of that time.",)
    return Table(
        tuple(np.array(found.codes)[keep].tolist()),
        found.months,
        found.counts[keep],
        found.every[keep],
        said if lost else (),
    )


def rows_of(path: Path) -> list[tuple[str, str, str, int]]:
    import duckdb

    if not path.exists():
        raise ValueError(f"there is no {path}")
    with duckdb.connect() as link:
        try:
            if path.is_dir():
                return _street(link, path)
            return _counted(link, path)
        except duckdb.Error as wrong:
            raise ValueError(f"{path.name} cannot be read as counts: {str(wrong).splitlines()[0][:150]}") from None


def _counted(link: "DuckDBPyConnection", path: Path) -> list[tuple[str, str, str, int]]:
    read = "read_parquet($1)" if path.suffix == ".parquet" else "read_csv($1, all_varchar = true)"
    named = [each[0] for each in _asked(link, f"SELECT * FROM {read} LIMIT 0", path)[1]]
    lacking = [each for each in COLUMNS if each not in named]
    if lacking:
        raise ValueError(f"{path.name} lacks the column {_list(lacking)}; it needs {', '.join(COLUMNS)}")
    rows, _ = _asked(
        link,
        f"""SELECT left(month::VARCHAR, 7), lsoa_code, crime_type, n::DOUBLE, count(*) OVER
            (PARTITION BY left(month::VARCHAR, 7), lsoa_code, crime_type)
            FROM {read} WHERE lsoa_code IS NOT NULL AND lsoa_code <> ''""",
        path,
    )
    for month, code, kind, many, times in rows:
        if times > 1:
            raise ValueError(
                f"there are {times} rows for {kind} in {code} in {month}: are two files for one month in it?"
            )
        if many is None or many < 0 or many != int(many):
            raise ValueError(f"the count for {kind} in {code} in {month} is not a whole number of records")
    return [(month, code, kind, int(many)) for month, code, kind, many, _ in rows]


def _street(link: "DuckDBPyConnection", path: Path) -> list[tuple[str, str, str, int]]:
    """A folder of street files as data.police.uk publishes them; rows without an area are in no area's count."""
    pattern = path / "**" / "*street*.csv"
    twice, _ = _asked(
        link,
        """SELECT "Month", "Reported by" FROM read_csv($1, all_varchar = true, filename = true, union_by_name = true)
           GROUP BY ALL HAVING count(DISTINCT filename) > 1 ORDER BY ALL""",
        pattern,
    )
    if twice:
        raise ValueError(f"two files hold {twice[0][0]} of {twice[0][1]}: its records would be counted twice")
    rows, _ = _asked(
        link,
        """SELECT "Month", "LSOA code", "Crime type", count(*)
           FROM read_csv($1, all_varchar = true, union_by_name = true) WHERE "LSOA code" IS NOT NULL GROUP BY ALL""",
        pattern,
    )
    return rows


def _asked(link: "DuckDBPyConnection", query: str, path: Path) -> tuple[list[Any], Any]:
    found = link.execute(query, [str(path)])
    return found.fetchall(), found.description


def _list(words: list[str]) -> str:
    return ", ".join(words[:6]) + (f" and {len(words) - 6} more" if len(words) > 6 else "")
