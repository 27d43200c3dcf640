"""Reads a file of counts: month, lsoa_code, crime_type and n in each row, as Parquet or CSV.

A file with other columns, or with a row that is no count, is refused whole by NotWhatItSays, whose text is a sentence.
Rows that repeat a month, an area and a type are added together and counted. Django is not needed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from clearlines.hotspots.columns import numbers
from clearlines.hotspots.police_uk import NotWhatItSays

COLUMNS = {"month": pa.string(), "lsoa_code": pa.string(), "crime_type": pa.string(), "n": pa.float64()}
NAME = "lsoa_name"
MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"
# Fewer than this share of the file's months with any record: not this force's ground, but somebody's typing error.
RARELY = 0.1


@dataclass(frozen=True)
class CountsFile:
    """`at_month`, `at_area`, `at_type` and `n` have an entry a row: places in `months`, `codes` and `types`."""

    months: tuple[str, ...]
    codes: tuple[str, ...]
    names: dict[str, str]
    types: tuple[str, ...]
    at_month: np.ndarray = field(repr=False)
    at_area: np.ndarray = field(repr=False)
    at_type: np.ndarray = field(repr=False)
    n: np.ndarray = field(repr=False)
    repeated: int

    def matrix(self, types: Iterable[str] | None = None) -> np.ndarray:
        """Areas x months, of these types or of everything."""
        chosen = np.ones(len(self.n), dtype=bool)
        if types is not None:
            wanted = frozenset(types)
            chosen = np.array([each in wanted for each in self.types], dtype=bool)[self.at_type]
        shape = len(self.codes), len(self.months)
        cells = self.at_area[chosen] * shape[1] + self.at_month[chosen]
        return np.bincount(cells, self.n[chosen], minlength=shape[0] * shape[1]).reshape(shape)

    @cached_property
    def is_studied(self) -> np.ndarray:
        """Areas with a record of any kind in at least a tenth of the months: an empty one is never among them."""
        months = (self.matrix() > 0).sum(axis=1)
        return np.asarray(months >= max(1.0, RARELY * len(self.months)))


def read(path: Path) -> CountsFile:
    """The counts, or NotWhatItSays."""
    table = _table(path)
    missing = [each for each in COLUMNS if each not in table.column_names]
    if missing:
        raise NotWhatItSays(f"{path.name} has no column '{missing[0]}': it needs {', '.join(COLUMNS)}")
    try:
        columns = {name: table[name].cast(kind).combine_chunks() for name, kind in COLUMNS.items()}
    except pa.ArrowInvalid:
        raise NotWhatItSays(f"{path.name} has an n that is not a number") from None
    _check(path.name, columns)
    return _counted(table, columns)


def _table(path: Path) -> pa.Table:
    try:
        if path.suffix.lower() == ".parquet":
            return pq.read_table(path)
        text = pacsv.ConvertOptions(column_types={name: pa.string() for name in [*COLUMNS, NAME] if name != "n"})
        return pacsv.read_csv(path, convert_options=text)
    except FileNotFoundError:
        raise NotWhatItSays(f"there is no file {path}") from None
    except (pa.ArrowException, OSError):
        raise NotWhatItSays(
            f"{path.name} cannot be read as {'Parquet' if path.suffix == '.parquet' else 'CSV'}"
        ) from None


def _check(name: str, columns: dict[str, pa.Array]) -> None:
    if not len(columns["n"]):
        raise NotWhatItSays(f"{name} has no row")
    for column, values in columns.items():
        if values.null_count or (column != "n" and pc.any(pc.equal(values, "")).as_py()):
            raise NotWhatItSays(f"{name} has a row without {column}")
    months = columns["month"].unique().to_pylist()
    if wrong := [each for each in months if not re.match(MONTH, each)]:
        raise NotWhatItSays(f"{name} has '{wrong[0][:20]}' for a month, which is not one such as 2024-01")
    n = numbers(columns["n"])
    if not np.isfinite(n).all() or (n < 0).any() or (n != np.floor(n)).any():
        raise NotWhatItSays(f"{name} has an n that is not a whole number of at least nought")


def _counted(table: pa.Table, columns: dict[str, pa.Array]) -> CountsFile:
    (months, at_month), (codes, at_area), (types, at_type) = (
        _places(columns[name]) for name in ("month", "lsoa_code", "crime_type")
    )
    keys = (at_area * len(months) + at_month) * len(types) + at_type
    names = {}
    if NAME in table.column_names:
        names = {
            code: name
            for code, name in zip(table["lsoa_code"].to_pylist(), table[NAME].to_pylist(), strict=True)
            if name
        }
    n = numbers(columns["n"])
    return CountsFile(months, codes, names, types, at_month, at_area, at_type, n, len(keys) - len(np.unique(keys)))


def _places(column: pa.Array) -> tuple[tuple[str, ...], np.ndarray]:
    """The values in order, and each row's place among them."""
    coded = column.dictionary_encode()
    values = np.array(coded.dictionary.to_pylist())
    order = np.argsort(values)
    places = np.empty(len(values), dtype=np.int64)
    places[order] = np.arange(len(values))
    return tuple(values[order].tolist()), places[numbers(coded.indices)]


def is_month(text: str) -> bool:
    return re.match(MONTH, text) is not None


def base(path: Path) -> dict[str, float]:
    """code → what the area holds, from a CSV or Parquet with the columns lsoa_code and base, or NotWhatItSays."""
    table = _table(path)
    if missing := [each for each in ("lsoa_code", "base") if each not in table.column_names]:
        raise NotWhatItSays(f"{path.name} has no column '{missing[0]}': it needs lsoa_code and base")
    try:
        holds = table["base"].cast(pa.float64()).to_pylist()
    except pa.ArrowInvalid:
        raise NotWhatItSays(f"{path.name} has a base that is not a number") from None
    return {code: each or 0.0 for code, each in zip(table["lsoa_code"].to_pylist(), holds, strict=True)}
