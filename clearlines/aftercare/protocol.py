"""How long a watch lasts, from the programme folder; and what to look for, from this room's own guidance."""

import functools
import tomllib
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings

GUIDANCE = Path(__file__).parent / "guidance.v1.toml"


@dataclass(frozen=True)
class Protocol:
    hours: int
    source: str
    verified: bool

    @property
    def length(self) -> timedelta:
        return timedelta(hours=self.hours)


@dataclass(frozen=True)
class Sign:
    """One thing to look for, and one thing to do about it."""

    key: str
    title: str
    look_for: str
    do: str


@dataclass(frozen=True)
class Guidance:
    source: str
    verified: bool
    first: str
    signs: tuple[Sign, ...]


@functools.cache
def protocol(folder: Path | None = None) -> Protocol:
    said = _read((folder or settings.PROGRAMME_DIR) / "aftercare.toml")
    return Protocol(said["hours"], said["source"], said["verified"])


@functools.cache
def guidance(path: Path = GUIDANCE) -> Guidance:
    said = _read(path)
    return Guidance(said["source"], said["verified"], said["first"], tuple(Sign(**each) for each in said["sign"]))


def _read(path: Path) -> dict:
    return tomllib.loads(path.read_text(encoding="utf-8"))
