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


class Releasing(StrEnum):
    """How far a request for a reporter's name has got."""

    WAITING = "waiting"
    PROPOSED = "proposed"
    AGREED = "agreed"
    REFUSED = "refused"


# A custodian proposes, a second person agrees; either may refuse.
RELEASING_MOVES: dict[str, frozenset[Releasing]] = {
    Releasing.WAITING: frozenset({Releasing.PROPOSED, Releasing.REFUSED}),
    Releasing.PROPOSED: frozenset({Releasing.AGREED, Releasing.REFUSED}),
    Releasing.AGREED: frozenset(),
    Releasing.REFUSED: frozenset(),
}

RELEASING_IN_WORDS: dict[str, str] = {
    Releasing.WAITING: "Being considered",
    Releasing.PROPOSED: "Proposed: a second person must agree",
    Releasing.AGREED: "Released, for a short time",
    Releasing.REFUSED: "Nothing was released",
}

# What whoever asked is told. Each may be said whether or not anybody left a name.
NOT_RELEASED_IN_WORDS: dict[str, str] = {
    "nothing": "There is nothing that can be released.",
    "risk": "The risk to whoever gave a report like this is too great.",
    "need": "What it is for can be done without knowing who gave it.",
}
