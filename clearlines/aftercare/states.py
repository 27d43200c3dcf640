"""Whether the charity was told of a watch, why a watch was opened, and what may be seen in one."""

from enum import StrEnum


class Told(StrEnum):
    WAITING = "waiting"
    TOLD = "told"
    NOT_TOLD = "not_told"
    TAKEN_BACK = "taken_back"
    TOO_LATE = "too_late"


T = Told

MOVES: dict[Told, frozenset[Told]] = {
    T.WAITING: frozenset({T.TOLD, T.NOT_TOLD}),
    T.NOT_TOLD: frozenset({T.TOLD}),
    T.TOLD: frozenset({T.TAKEN_BACK}),
    T.TAKEN_BACK: frozenset(),
    # The window had passed when the closure was written down.
    T.TOO_LATE: frozenset(),
}

IN_WORDS: dict[str, str] = {
    T.WAITING: "Nobody told yet",
    T.TOLD: "Told",
    T.NOT_TOLD: "Decided not to tell",
    T.TAKEN_BACK: "Told, then taken back",
    T.TOO_LATE: "Over before we knew",
}


class Because(StrEnum):
    """Which kind of closing. It never leaves the force."""

    TYPE_1 = "type_1"
    TYPE_2 = "type_2"
    DISRUPTED = "disrupted"
    SEIZED = "seized"


BECAUSE_IN_WORDS: dict[str, str] = {
    Because.TYPE_1: "A Type 1 closure",
    Because.TYPE_2: "A Type 2 closure",
    Because.DISRUPTED: "A disruption",
    Because.SEIZED: "A phone or number seized",
}


class Seen(StrEnum):
    OVERDOSE = "overdose"
    DEATH = "death"
    VIOLENCE = "violence"
    DEBT = "debt"
    WITHDRAWAL = "withdrawal"
    HOME = "home"
    NEW_LINE = "new_line"
    OTHER = "other"


SEEN_IN_WORDS: dict[str, str] = {
    Seen.OVERDOSE: "Overdose",
    Seen.DEATH: "Death",
    Seen.VIOLENCE: "Threat or violence",
    Seen.DEBT: "Debt demanded",
    Seen.WITHDRAWAL: "Withdrawal without treatment",
    Seen.HOME: "Moved on, or home taken over",
    Seen.NEW_LINE: "Replacement line seen",
    Seen.OTHER: "Something else",
}
