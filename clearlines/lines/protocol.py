"""What the programme folder says of the register: when a closure is checked again, and what is put to a person."""

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Protocol:
    version: str
    check_back_days: tuple[int, ...]
    quiet_days: int
    displaced_within_days: int
    source: str
    verified: bool


@functools.cache
def protocol(folder: Path | None = None) -> Protocol:
    said = tomllib.loads(((folder or settings.PROGRAMME_DIR) / "lines.toml").read_text(encoding="utf-8"))
    return Protocol(
        version=said["version"],
        check_back_days=tuple(sorted(said["check_back_days"])),
        quiet_days=said["quiet_days"],
        displaced_within_days=said["displaced_within_days"],
        source=said["source"],
        verified=said["verified"],
    )
