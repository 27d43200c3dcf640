"""The lives of a proposal to tell, of a question to the matching role, and of a request for information."""

from enum import StrEnum


class ProposalState(StrEnum):
    WAITING = "waiting"
    DECIDED = "decided"
    DECLINED = "declined"


PROPOSAL_MOVES: dict[str, frozenset[ProposalState]] = {
    ProposalState.WAITING: frozenset({ProposalState.DECIDED, ProposalState.DECLINED}),
    ProposalState.DECIDED: frozenset(),
    ProposalState.DECLINED: frozenset(),
}

PROPOSAL_IN_WORDS: dict[str, str] = {
    ProposalState.WAITING: "Waiting for a decision",
    ProposalState.DECIDED: "Told",
    ProposalState.DECLINED: "Not to be told",
}


class QuestionState(StrEnum):
    """Where a question stands with whoever was asked. Whoever asked has no state at all."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    POINTED = "pointed"
    NOTHING_SAID = "nothing_said"


QUESTION_MOVES: dict[str, frozenset[QuestionState]] = {
    QuestionState.WAITING: frozenset({QuestionState.CONFIRMED, QuestionState.POINTED, QuestionState.NOTHING_SAID}),
    # Only a question from police stops here: the safeguarding lead decides whether they are told anything.
    QuestionState.CONFIRMED: frozenset({QuestionState.POINTED, QuestionState.NOTHING_SAID}),
    QuestionState.POINTED: frozenset(),
    QuestionState.NOTHING_SAID: frozenset(),
}

QUESTION_IN_WORDS: dict[str, str] = {
    QuestionState.WAITING: "Waiting to be looked at",
    QuestionState.CONFIRMED: "Known here: waiting for the safeguarding lead",
    QuestionState.POINTED: "Their safeguarding lead was told whom to ring",
    QuestionState.NOTHING_SAID: "Nothing was said",
}


class RequestState(StrEnum):
    """A request for information where it was received. The police see only what they are answered."""

    ARRIVED = "arrived"
    ANSWERED = "answered"
    REFUSED = "refused"
    NOT_SAID = "not_said"


REQUEST_MOVES: dict[str, frozenset[RequestState]] = {
    RequestState.ARRIVED: frozenset({RequestState.ANSWERED, RequestState.REFUSED, RequestState.NOT_SAID}),
    RequestState.ANSWERED: frozenset(),
    RequestState.REFUSED: frozenset(),
    RequestState.NOT_SAID: frozenset(),
}

REQUEST_IN_WORDS: dict[str, str] = {
    RequestState.ARRIVED: "Waiting for a decision",
    RequestState.ANSWERED: "Answered",
    RequestState.REFUSED: "Refused, with the reason",
    RequestState.NOT_SAID: "Neither confirmed nor denied",
}
