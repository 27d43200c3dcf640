"""What the reference file and the programme folder say: who may refer, whom to ask here, and by when."""

import functools
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from clearlines.access.programme import teams
from clearlines.safeguarding.states import FIRST_RESPONDER_KINDS

NEWEST = Path(__file__).parent / "reference" / "first_responders.v1.toml"


@dataclass(frozen=True)
class Guidance:
    version: str
    source: str
    verified: bool
    submit_within_working_days: int
    reasonable_grounds_working_days: int
    recovery_days: int
    others: list[str]
    holidays: frozenset[date]


@functools.cache
def guidance(folder: Path | None = None) -> Guidance:
    said, days = _read(NEWEST), _read((folder or settings.PROGRAMME_DIR) / "bank_holidays.toml")
    if set(said.pop("kinds")) != FIRST_RESPONDER_KINDS:  # pragma: no cover - a fault in our own file
        raise ValueError("reference/first_responders.v1.toml and states.py name different kinds of first responder")
    return Guidance(
        **said | {"verified": said["verified"] and days["verified"]}, holidays=frozenset(days["days"])
    )  # fmt: skip


@functools.cache
def whom_to_ask(folder: Path | None = None) -> tuple[str, ...]:
    """The first responders of this programme by name: its own force, then its councils. Another force is not asked."""
    said = teams(folder)
    organisations = said["organisations"]
    force = organisations[said["reports_go_to"]]["name"]
    return (force, *(each["name"] for each in organisations.values() if each["kind"] == "council"))


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
