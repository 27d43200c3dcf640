"""Facts that the room reads from versioned files: what is counted as what, a force's districts, names of towns."""

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Basket:
    """Crime types that are counted together. Only `victims` may ever be an outcome."""

    key: str
    title: str
    short: str
    says: str
    types: tuple[str, ...]


@functools.cache
def _said(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


@functools.cache
def baskets() -> dict[str, Basket]:
    said = _said("categories.v1.toml")
    return {
        key: Basket(
            key,
            about["title"],
            about["short"],
            about["says"],
            tuple(name for name, of in said["types"].items() if of == key),
        )
        for key, about in said["baskets"].items()
    }


@functools.cache
def supplied() -> dict[str, Basket]:
    """What an organisation supplies itself: its types are not the publisher's."""
    said = _said("demand.v1.toml")["baskets"]
    return {key: Basket(key, each["title"], each["short"], each["says"], ()) for key, each in said.items()}


@functools.cache
def basket_of(crime_type: str) -> str | None:
    """The key of the basket a crime type is in; None for a type that data.police.uk does not use."""
    return _said("categories.v1.toml")["types"].get(crime_type)


def districts_of(force: str) -> frozenset[str]:
    """The districts of a force by its name in the file; empty when nobody has written them down."""
    return frozenset(_said("forces.v1.toml")["districts"].get(force, ()))


def towns() -> dict[str, tuple[float, float]]:
    """Town → (latitude, longitude)."""
    return {name: (spot[0], spot[1]) for name, spot in _said("towns.v1.toml")["towns"].items()}
