"""What the programme folder says of screening: tools in use, tools withdrawn, and what a person is told."""

import functools
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Statement:
    """How far what a person says stays with the charity, as they are told it. Source: domain.md 3.7."""

    version: str
    words: str
    verified: bool


@dataclass(frozen=True)
class Protocol:
    in_use: tuple[str, ...]
    withdrawn: dict[str, date]
    statement: Statement


@functools.cache
def protocol(folder: Path | None = None) -> Protocol:
    path = (folder or settings.PROGRAMME_DIR) / "screening.toml"
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    return Protocol(tuple(said["in_use"]), said["withdrawn"], Statement(**said["statement"]))
