"""Which force keeps the names of people who report, and how: the programme's teams.toml and reporters.toml."""

import functools
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from clearlines.access.programme import teams


@dataclass(frozen=True)
class Custody:
    """Unverified until somebody has checked it with the force's own policy, and the page says so."""

    drift_days: int
    drift_from: int
    release_hours: int
    verified: bool
    as_at: date
    source: str


@functools.cache
def custody(folder: Path | None = None) -> Custody:
    path = (folder or settings.PROGRAMME_DIR) / "reporters.toml"
    return Custody(**tomllib.loads(path.read_text(encoding="utf-8")))


def goes_to_key() -> str:
    """The force that receives reports: named in teams.toml, or the first police organisation there."""
    said = teams()
    return said.get("reports_go_to") or next(
        key for key, about in said["organisations"].items() if about["kind"] == "police"
    )
