"""What a return says and how each number is counted: data in the programme folder, read once into frozen rows."""

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.conf import settings

LATEST = "quarterly.v2"


class FigureKind(StrEnum):
    COUNT = "count"
    SHARE = "share"
    MEDIAN = "median"
    CHANGE = "change"
    TABLE = "table"
    STEPS = "steps"
    MONEY = "money"
    WORDS = "words"


class Malformed(Exception):
    """The definitions file says something that cannot be counted."""


@dataclass(frozen=True)
class Definition:
    """One figure: what it is called, what it means, whose rows it is counted from and by which function."""

    key: str
    title: str
    definition: str
    unit: str
    kind: FigureKind
    owner: str
    section: str
    base: str = ""
    source: str = ""
    of: str = ""
    row: str = ""
    column: str = ""
    people: bool = False
    headline: bool = False


@dataclass(frozen=True)
class Definitions:
    """The whole file. `halves` says which organisation counts which half."""

    version: str
    title: str
    programme: str
    recipient: str
    halves: Mapping[str, str]
    sections: Mapping[str, str]
    figures: tuple[Definition, ...]
    by_key: Mapping[str, Definition] = field(default_factory=dict)

    def half_of(self, organisation: str) -> str:
        """'police', 'charity', or nothing where the organisation has no part."""
        return next((half for half, key in self.halves.items() if key == organisation), "")

    def counted_by(self, half: str) -> list[Definition]:
        return [each for each in self.figures if each.owner == half]


@functools.cache
def definitions(version: str = LATEST, folder: Path | None = None) -> Definitions:
    path = (folder or settings.PROGRAMME_DIR / "returns") / f"{version}.toml"
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    figures = tuple(_figure(each) for each in said["figure"])
    read = Definitions(
        version=said["version"],
        title=said["title"],
        programme=said["programme"],
        recipient=said["recipient"],
        halves=said["halves"],
        sections=said["sections"],
        figures=figures,
        by_key={each.key: each for each in figures},
    )
    if faults := list(faults_in(read, version)):
        raise Malformed(f"{path.name}: {'; '.join(faults)}")
    return read


def _figure(said: dict[str, Any]) -> Definition:
    said = dict(said)
    return Definition(kind=FigureKind(said.pop("kind")), of=said.pop("from", ""), **said)


def faults_in(read: Definitions, version: str):
    """Every fault in a sentence; none in a file that can be used."""
    if read.version != version:
        yield f"it calls itself {read.version}"
    if len(read.by_key) != len(read.figures):
        yield "two figures have the same key"
    for each in read.figures:
        if each.owner not in read.halves:
            yield f"{each.key} is counted by '{each.owner}', which is no half"
        if each.section not in read.sections:
            yield f"{each.key} stands in '{each.section}', which is no section"
        if bool(each.source) == bool(each.of):
            yield f"{each.key} needs a source, or another figure it is taken from, and not both"
        if each.of and (each.of not in read.by_key or read.by_key[each.of].kind != FigureKind.TABLE):
            yield f"{each.key} is taken from '{each.of}', which is no table"
