"""What somebody means to measure, as they wrote it down, and what was known when they did."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from clearlines.evaluation.questions import Window
from clearlines.hotspots.measures import Measure

# Areas that were hot in the same months, chosen in the same way; or areas that somebody names.
ALIKE, NAMED = "alike", "named"


@dataclass(frozen=True)
class Draft:
    """`measures` has the main one first; `areas` are those to compare with, if named; `smallest` is a fraction."""

    name: str
    question: str
    measures: tuple[Measure, ...]
    before: Window
    after: Window
    how: str = ALIKE
    areas: tuple[str, ...] = ()
    ring: tuple[str, ...] = ()
    level: float = 0.95
    smallest: float = 0.2

    @property
    def digest(self) -> str:
        """The same for the same words: whoever registers has seen what could be found of exactly these."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Known:
    """`baseline`: records of the main measure in the set in the period before. `compared`: how many areas with a record
    there are to compare with, and `needed` how many the method cannot do without. `power` is empty where there are
    fewer, or where a reason stands against the protocol anyway.
    """

    areas: tuple[str, ...]
    chosen_on: Window | None
    loaded: frozenset[str]
    baseline: int
    compared: int
    needed: int
    power: dict[str, Any]

    @property
    def smallest_found(self) -> float | None:
        """The smallest fall that would be found four times in five."""
        return self.power.get("smallest")
