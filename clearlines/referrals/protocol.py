"""What the programme folder says of letters: how soon each is answered, and whom to ring about a child."""

import functools
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings


@dataclass(frozen=True)
class ChildWords:
    heading: str
    words: str
    phone: str
    verified: bool


@dataclass(frozen=True)
class Protocol:
    version: str
    verified: bool
    acknowledge_working_days: int
    contact_hours_after_release: int
    contact_working_days: dict[str, int]
    child: ChildWords
    holidays: frozenset[date]


@functools.cache
def protocol(folder: Path | None = None) -> Protocol:
    folder = folder or settings.PROGRAMME_DIR
    said = _read(folder / "referrals.toml")
    days = _read(folder / "bank_holidays.toml")
    return Protocol(
        version=said["version"],
        verified=said["verified"] and days["verified"],
        acknowledge_working_days=said["acknowledge_working_days"],
        contact_hours_after_release=said["contact_hours_after_release"],
        contact_working_days=said["contact_working_days"],
        child=ChildWords(**said["child"]),
        holidays=frozenset(days["days"]),
    )


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
