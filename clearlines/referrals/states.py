"""The life of a letter where it was received. What happens after acceptance stands in the rooms above."""

from enum import StrEnum


class State(StrEnum):
    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    ACCEPTED = "accepted"
    CONTACTED = "contacted"
    REDIRECTED = "redirected"
    DECLINED = "declined"
    APPEALED = "appealed"
    WITHDRAWN = "withdrawn"
    FINISHED = "finished"


S = State

# From each state, where a letter may go. Back to acknowledged is the way a wrong answer is put right.
MOVES: dict[str, frozenset[State]] = {
    S.RECEIVED: frozenset({S.ACKNOWLEDGED, S.REDIRECTED, S.DECLINED, S.WITHDRAWN}),
    S.ACKNOWLEDGED: frozenset({S.ACCEPTED, S.REDIRECTED, S.DECLINED, S.WITHDRAWN}),
    S.ACCEPTED: frozenset({S.CONTACTED, S.FINISHED, S.ACKNOWLEDGED}),
    S.CONTACTED: frozenset({S.FINISHED, S.ACKNOWLEDGED}),
    S.DECLINED: frozenset({S.APPEALED, S.ACKNOWLEDGED}),
    S.APPEALED: frozenset({S.ACKNOWLEDGED, S.DECLINED}),
    S.REDIRECTED: frozenset({S.ACKNOWLEDGED}),
    S.WITHDRAWN: frozenset(),
    S.FINISHED: frozenset(),
}

IN_WORDS: dict[str, str] = {
    S.RECEIVED: "Received, not yet acknowledged",
    S.ACKNOWLEDGED: "Acknowledged, worker named",
    S.ACCEPTED: "Accepted",
    S.CONTACTED: "Accepted, and the person has been spoken to",
    S.REDIRECTED: "Sent on to somebody better placed",
    S.DECLINED: "Declined",
    S.APPEALED: "Declined, and the sender has asked for another look",
    S.WITHDRAWN: "Withdrawn by the sender",
    S.FINISHED: "Finished",
}

# Still waiting for somebody here to decide.
UNDECIDED = (S.RECEIVED, S.ACKNOWLEDGED, S.APPEALED)


class News(StrEnum):
    """All that a sender is ever told."""

    WORKER_NAMED = "worker_named"
    REDIRECTED = "redirected"
    DECLINED = "declined"
    LOOKED_AGAIN = "looked_again"
    FINISHED = "finished"


NEWS_IN_WORDS: dict[str, str] = {
    # Before anybody answers: it stands in their inbox.
    "": "Received",
    News.WORKER_NAMED: "A worker has been named",
    News.REDIRECTED: "Sent on to somebody better placed",
    News.DECLINED: "Declined",
    News.LOOKED_AGAIN: "Being looked at again",
    News.FINISHED: "Finished",
}
