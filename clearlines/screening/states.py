"""The life of a screening. A completed one never changes: a correction is a new one that takes its place."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    BEGUN = "begun"
    COMPLETED = "completed"
    SUPERSEDED = "superseded"


MOVES: dict[str, frozenset[State]] = {
    State.BEGUN: frozenset({State.COMPLETED}),
    State.COMPLETED: frozenset({State.SUPERSEDED}),
    State.SUPERSEDED: frozenset(),
}

IN_WORDS: dict[str, str] = {
    State.BEGUN: "Begun, not finished",
    State.COMPLETED: "Completed",
    State.SUPERSEDED: "Replaced by a later one",
}


class Band(StrEnum):
    """How soon somebody goes. The order is the order of urgency; there is nothing between."""

    TODAY = "today"
    THIS_WEEK = "this_week"
    PLANNED = "planned"
    MONITOR = "monitor"
    CLOSE = "close"


BAND_IN_WORDS: dict[str, str] = {
    Band.TODAY: "Today",
    Band.THIS_WEEK: "This week",
    Band.PLANNED: "Planned",
    Band.MONITOR: "Monitor",
    Band.CLOSE: "Close",
}
SOONEST_FIRST = list(Band)


class Said(StrEnum):
    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


SAID_IN_WORDS: dict[str, str] = {Said.YES: "Yes", Said.NO: "No", Said.NOT_KNOWN: "Not known"}


class Evidence(StrEnum):
    SEEN = "seen"
    TOLD = "told"
    RECORD = "record"
    CONCERN = "concern"


EVIDENCE_IN_WORDS: dict[str, str] = {
    Evidence.SEEN: "I saw it",
    Evidence.TOLD: "They or somebody else told me",
    Evidence.RECORD: "It is in a record",
    Evidence.CONCERN: "My professional concern",
}

EVIDENCE_IN_SHORT: dict[str, str] = {
    Evidence.SEEN: "seen",
    Evidence.TOLD: "told",
    Evidence.RECORD: "in a record",
    Evidence.CONCERN: "professional concern",
}


@dataclass(frozen=True)
class Footing:
    """On what footing a person is asked: the statement given, their yes or no to support, and the lawful basis."""

    statement: str
    consent: str
    basis: str
    understood: str = "yes"
