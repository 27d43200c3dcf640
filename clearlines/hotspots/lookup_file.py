"""Reads a look-up between the neighbourhoods of two censuses, as the Office for National Statistics publishes it.

Columns LSOA11CD, LSOA21CD and CHGIND (U, S, M or X) in a CSV, in any order and among others. Anything else is refused
whole by NotWhatItSays. Django is not needed.
"""

import csv
from pathlib import Path

from clearlines.analysis.hotspots.lookups import Lookup
from clearlines.hotspots.police_uk import AREA_CODE, NotWhatItSays

COLUMNS = ("LSOA11CD", "LSOA21CD", "CHGIND")


def read(path: Path) -> Lookup:
    """The look-up, or NotWhatItSays."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error):
        raise NotWhatItSays(f"{path.name} cannot be read as CSV") from None
    missing = [each for each in COLUMNS if not rows or each not in rows[0]]
    if missing:
        raise NotWhatItSays(f"{path.name} has no column '{missing[0]}', or no row: it needs {', '.join(COLUMNS)}")
    said = [(row["LSOA11CD"] or "", row["LSOA21CD"] or "", (row["CHGIND"] or "").strip()) for row in rows]
    for line, (old, new, _) in enumerate(said, 2):
        if not AREA_CODE.match(old) or not AREA_CODE.match(new):
            raise NotWhatItSays(f"{path.name}, line {line}: there is no code such as E01019138")
    try:
        return Lookup.of(said)
    except ValueError as wrong:
        raise NotWhatItSays(f"{path.name}: {wrong}") from None
