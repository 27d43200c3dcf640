"""The life of a return. Once sent it is never changed: a correction is a new one that takes its place."""

from enum import StrEnum


class State(StrEnum):
    PREPARING = "preparing"
    PREPARED = "prepared"
    APPROVED = "approved"
    SENT = "sent"
    WITHDRAWN = "withdrawn"
    REISSUED = "reissued"


S = State

MOVES: dict[str, frozenset[State]] = {
    S.PREPARING: frozenset({S.PREPARED, S.WITHDRAWN}),
    S.PREPARED: frozenset({S.APPROVED, S.PREPARING, S.WITHDRAWN}),
    S.APPROVED: frozenset({S.SENT, S.PREPARING, S.WITHDRAWN}),
    S.SENT: frozenset({S.REISSUED}),
    S.WITHDRAWN: frozenset(),
    S.REISSUED: frozenset(),
}

IN_WORDS: dict[str, str] = {
    S.PREPARING: "Being counted",
    S.PREPARED: "Waiting for somebody else to approve it",
    S.APPROVED: "Approved, not yet sent",
    S.SENT: "Sent",
    S.WITHDRAWN: "Withdrawn before it was sent",
    S.REISSUED: "Sent, and since replaced",
}

# What the commissioner may open: as published, even when a later one has taken its place.
PUBLISHED = (S.SENT, S.REISSUED)
# One of these for a quarter is enough.
STANDING = (S.PREPARING, S.PREPARED, S.APPROVED, S.SENT)
