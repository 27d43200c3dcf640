"""Outcome questionnaires: fixed, versioned data beside this file. No Django."""

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

MEASURES = Path(__file__).parent / "measures"


@dataclass(frozen=True)
class Item:
    key: str
    text: str


@dataclass(frozen=True)
class Instrument:
    """Its items, and the lowest and highest answer to each."""

    key: str
    version: int
    name: str
    source: str
    licence: str
    low: int
    high: int
    low_words: str
    high_words: str
    items: tuple[Item, ...]

    def total(self, answers: Mapping[str, int | None]) -> int | None:
        """The sum, if every item was answered. A blank is not a nought: it means that there is no total."""
        given = [answers.get(item.key) for item in self.items]
        return sum(each for each in given if each is not None) if None not in given else None

    @property
    def lowest(self) -> int:
        return self.low * len(self.items)

    @property
    def highest(self) -> int:
        return self.high * len(self.items)


@functools.cache
def instrument(key: str = "barc10", version: int = 1) -> Instrument:
    said = tomllib.loads((MEASURES / f"{key}.v{version}.toml").read_text(encoding="utf-8"))
    items = tuple(Item(each["key"], each["text"]) for each in said.pop("items"))
    said.pop("verified")
    return Instrument(**said, items=items)
