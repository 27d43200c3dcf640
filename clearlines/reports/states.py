"""How far a report has got, in the words a reporter reads, and how soon somebody should read it."""

from enum import IntEnum, StrEnum


class Progress(StrEnum):
    """All that whoever sent a report is ever told."""

    RECEIVED = "received"
    LOOKED_AT = "looked_at"
    FINISHED = "finished"


P = Progress

MOVES: dict[str, frozenset[Progress]] = {
    P.RECEIVED: frozenset({P.LOOKED_AT}),
    P.LOOKED_AT: frozenset({P.RECEIVED, P.FINISHED}),
    P.FINISHED: frozenset({P.LOOKED_AT}),
}

IN_WORDS: dict[str, str] = {
    P.RECEIVED: "Received. It is waiting to be read.",
    P.LOOKED_AT: "Being looked at.",
    P.FINISHED: "Finished. Somebody has read it and decided what to do.",
}


class Urgency(IntEnum):
    """The order in which reports are read. It is about the words, never about a person."""

    HIGH = 1
    TODAY = 2
    IN_TURN = 3


URGENCY_IN_WORDS: dict[int, str] = {
    Urgency.HIGH: "High",
    Urgency.TODAY: "Today",
    Urgency.IN_TURN: "In turn",
}
