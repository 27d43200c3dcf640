"""The lists that are chosen from, read once from reference/*.toml into frozen dataclasses: tactics, orders, the rest.

A list is never edited once something was recorded under it: a change is a new version, and each row keeps the version
it was recorded under. A malformed list stops the system check.
"""

import functools
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clearlines.disruptions.states import Area, Level, P

FOLDER = Path(__file__).parent / "reference"
WHOLE_UNITS = {"items", "wraps", "tablets", "plants"}
UNITS = WHOLE_UNITS | {"g", "kg", "£"}


class Malformed(Exception):
    """A list that says something the product cannot use, in a sentence."""


@dataclass(frozen=True)
class Entry:
    key: str
    name: str


@dataclass(frozen=True)
class Meaning(Entry):
    means: str


@dataclass(frozen=True)
class Tactic(Entry):
    area: Area
    p: P
    may_harm_victims: bool
    watch_out_for: str
    source: str


@dataclass(frozen=True)
class OrderKind(Entry):
    law: str
    complied_with: bool
    cuts_off: bool


@dataclass(frozen=True)
class SeizureKind(Entry):
    units: tuple[str, ...]


@dataclass(frozen=True)
class ContributionKind(Entry):
    for_charity: bool
    is_visit: bool


@dataclass(frozen=True)
class Listed:
    """One version of one list."""

    name: str
    version: int
    source: str
    verified: bool
    entries: dict[str, Any]

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(each.key, each.name) for each in self.entries.values()]


def _tactic(said: dict[str, Any]) -> Tactic:
    return Tactic(**{**said, "area": Area(said["area"]), "p": P(said["p"])})


def _seizure(said: dict[str, Any]) -> SeizureKind:
    return SeizureKind(**{**said, "units": tuple(said["units"])})


MADE_BY: dict[str, Callable[[dict[str, Any]], Entry]] = {
    "levels": lambda said: Meaning(**said),
    "tactics": _tactic,
    "orders": lambda said: OrderKind(**said),
    "seizures": _seizure,
    "contributions": lambda said: ContributionKind(**said),
}


def newest(name: str) -> Listed:
    """The list that is chosen from today."""
    return max(_versions(name).values(), key=lambda each: each.version)


def called(name: str, key: str, version: int) -> Any:
    """What a row was recorded under, though the list may have changed since."""
    return _versions(name)[version].entries[key]


@functools.cache
def _versions(name: str) -> dict[int, Listed]:
    found = [read(path) for path in sorted(FOLDER.glob(f"{name}.v*.toml"))]
    return {each.version: each for each in found}


def read(path: Path) -> Listed:
    """The list in a file, or Malformed saying what is wrong with it."""
    name = path.name.split(".")[0]
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        entries = [MADE_BY[name](each) for each in said["entries"]]
        listed = Listed(
            name, int(said["version"]), str(said["source"]), bool(said["verified"]),
            {each.key: each for each in entries},
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as wrong:
        raise Malformed(f"{path.name}: {wrong}") from wrong
    faults = [*_faults_in(listed, entries)]
    if path.stem != f"{name}.v{listed.version}":
        faults.append(f"it calls itself version {listed.version}")
    if faults:
        raise Malformed(f"{path.name}: {'; '.join(faults)}")
    return listed


def _faults_in(listed: Listed, entries: list[Entry]) -> Iterator[str]:
    if len(listed.entries) < len(entries):
        yield "two entries have one key"
    if listed.name == "levels" and set(listed.entries) != set(Level):
        yield "the levels are major, moderate and minor, and each says what it means"
    for each in entries:
        if isinstance(each, Tactic) and not each.watch_out_for.strip():
            yield f"{each.key} does not say what to watch out for"
        if isinstance(each, SeizureKind) and not (each.units and set(each.units) <= UNITS):
            yield f"{each.key} is counted in a unit nobody knows"
        if isinstance(each, OrderKind) and each.cuts_off and not each.complied_with:
            yield f"{each.key} cuts a number off, so somebody must comply with it"


def tactics_by_area() -> dict[str, list[Tactic]]:
    """In the order of the national menu, as people who know it look for them."""
    entries = newest("tactics").entries.values()
    return {area.value: [each for each in entries if each.area == area] for area in Area}


def everything() -> dict[str, Listed]:
    return {name: newest(name) for name in MADE_BY}
