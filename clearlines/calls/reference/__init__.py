"""How calls are read until a force says otherwise, from a versioned file."""

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Repeats:
    """When a later call is of the same incident: within so many metres and minutes of the first call of it."""

    metres: float
    minutes: int
    area_minutes: int
    version: int
    verified: bool


@functools.cache
def said() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "reading.v1.toml").read_text(encoding="utf-8"))


def repeats() -> Repeats:
    whole = said()
    return Repeats(**whole["repeats"], version=whole["version"], verified=whole["verified"])


def kinds() -> dict[str, str]:
    """Kind of demand → what it is called."""
    return {key: about["title"] for key, about in said()["kinds"].items()}


def rules() -> dict[str, str]:
    """Rule → what it says of the rows it leaves out, in the order they are asked."""
    return {key: about["says"] for key, about in said()["rules"].items()}


def labels() -> dict[str, str]:
    """What a form asks for: a list of words for each rule and each kind."""
    whole = said()
    return {key: each["label"] for key, each in whole["rules"].items()} | {
        key: f"Categories counted as: {each['title'].lower()}" for key, each in whole["kinds"].items()
    }


def words() -> dict[str, list[str]]:
    """The words a new rule list begins with."""
    whole = said()
    return {key: list(each["words"]) for part in ("rules", "kinds") for key, each in whole[part].items()}
