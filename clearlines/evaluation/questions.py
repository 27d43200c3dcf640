"""What is asked of a before-and-after, written down so that it can be asked again word for word."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from clearlines.web.months import between, number, span

# What the counts hold. Only the first two may be an outcome (domain.md 2.17, baskets A, B and C).
VICTIMS, CALLS, ENFORCEMENT = "victims", "calls", "enforcement"
OUTCOMES = {
    VICTIMS: "Crime that victims and callers reported",
    CALLS: "Calls for service",
    ENFORCEMENT: "What police did: drugs or weapons found, stops, arrests, warrants",
}
# Counts are typed, counted in loaded months, or taken from a kept result of a protocol.
TYPED, LOADED, KEPT = "typed", "loaded", "kept"
# The four places, in the order of the method.
PLACES = {
    "control": "Comparison area",
    "treated": "Where the work was done",
    "disp_control": "Ring around the comparison",
    "disp_treated": "Ring around where the work was done",
}


@dataclass(frozen=True)
class Window:
    """Months from first to last, both included, as '2022-02'."""

    first: str
    last: str

    def overlaps(self, other: "Window") -> bool:
        return self.first <= other.last and other.first <= self.last

    def months(self) -> int:
        return number(self.last) - number(self.first) + 1

    def every(self) -> list[str]:
        return between(self.first, self.last)

    @property
    def in_words(self) -> str:
        return span(self.first, self.last)

    def is_same_season(self, other: "Window") -> bool:
        return self.months() == other.months() and self.first[5:] == other.first[5:]


@dataclass(frozen=True)
class Question:
    """One before-and-after. `counts` are typed for each place, or `areas` name what to count in the loaded months."""

    name: str
    outcome: str
    source: str
    before: Window
    after: Window
    chosen_how: str
    chosen_on: Window | None
    level: float
    kind: str
    areas: dict[str, list[str]]
    counts: dict[str, list[int]]
    # Whether the comparison was picked in the same way, on the same months.
    is_alike: bool = False
    # The key of a kept result, where the counts come from one.
    result: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "Question":
        windows = {name: Window(**said[name]) for name in ("before", "after")}
        chosen_on = Window(**said["chosen_on"]) if said["chosen_on"] else None
        return cls(**{**said, **windows, "chosen_on": chosen_on})

    @property
    def is_same_season(self) -> bool:
        return self.before.is_same_season(self.after)
