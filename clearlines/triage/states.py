"""Where a report stands with the police, and what may become of it."""

from enum import StrEnum


class State(StrEnum):
    WAITING = "waiting"
    LOOKED_AT = "looked_at"
    DECIDED = "decided"
    REOPENED = "reopened"


S = State

# A decision is put right by opening the report again, which keeps the first one and says why.
MOVES: dict[str, frozenset[State]] = {
    S.WAITING: frozenset({S.LOOKED_AT}),
    S.LOOKED_AT: frozenset({S.DECIDED}),
    S.DECIDED: frozenset({S.REOPENED}),
    S.REOPENED: frozenset({S.DECIDED}),
}

IN_WORDS: dict[str, str] = {
    S.WAITING: "Waiting",
    S.LOOKED_AT: "Being looked at",
    S.DECIDED: "Decided",
    S.REOPENED: "Opened again",
}

# Somebody has it open: it can be linked, graded and decided.
OPEN = frozenset({S.LOOKED_AT, S.REOPENED})


class Outcome(StrEnum):
    INTELLIGENCE = "intelligence"
    CRIME = "crime"
    SAFEGUARDING = "safeguarding"
    REFER = "refer"
    RETURNED = "returned"
    NO_ACTION = "no_action"


OUTCOME_IN_WORDS: dict[str, str] = {
    Outcome.INTELLIGENCE: "Intelligence log",
    Outcome.CRIME: "Crime recorded",
    Outcome.SAFEGUARDING: "Safeguarding referral",
    Outcome.REFER: "Refer somebody to the charity",
    Outcome.RETURNED: "Returned: not for the police",
    Outcome.NO_ACTION: "No further action",
}

# What a partner is told: used, or not used.
USED = frozenset({Outcome.INTELLIGENCE, Outcome.CRIME, Outcome.SAFEGUARDING, Outcome.REFER})


class Verdict(StrEnum):
    """What somebody decided about two accounts that read alike."""

    SAME = "same"
    DIFFERENT = "different"
