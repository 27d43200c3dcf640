"""Where a national referral stands, and a table of moves for an adult and one for a child. Source: domain 2.7.

A child is referred whatever they say: their table has no consent in it. From an adult's refusal no move leads to a
referral in their name: if they think better of it, another is begun, and what they said stays.
"""

from enum import StrEnum


class Path(StrEnum):
    ADULT = "adult"
    CHILD = "child"

    @property
    def label(self) -> str:
        return "Adult: only if they agree" if self == Path.ADULT else "Child: always, whatever they say"


class State(StrEnum):
    INDICATORS_NOTED = "indicators_noted"
    FIRST_RESPONDER_CONTACTED = "first_responder_contacted"
    CONSENT_DISCUSSED = "consent_discussed"
    CONSENT_GIVEN = "consent_given"
    CONSENT_REFUSED = "consent_refused"
    CANNOT_DECIDE = "cannot_decide"
    NRM_SUBMITTED = "nrm_submitted"
    DTN_SUBMITTED = "dtn_submitted"
    RG_POSITIVE = "rg_positive"
    RG_NEGATIVE = "rg_negative"
    CG_POSITIVE = "cg_positive"
    CG_NEGATIVE = "cg_negative"
    WITHDRAWN = "withdrawn"
    RECONSIDERATION = "reconsideration"

    @property
    def label(self) -> str:
        return LABELS[self]


S = State
LABELS = {
    S.INDICATORS_NOTED: "Signs of modern slavery noted",
    S.FIRST_RESPONDER_CONTACTED: "A first responder has been asked",
    S.CONSENT_DISCUSSED: "Consent talked through",
    S.CONSENT_GIVEN: "They agreed to be referred",
    S.CONSENT_REFUSED: "They said no",
    S.CANNOT_DECIDE: "They cannot decide now",
    S.NRM_SUBMITTED: "Referred to the National Referral Mechanism",
    S.DTN_SUBMITTED: "Home Office notified without their name",
    S.RG_POSITIVE: "Reasonable grounds: yes",
    S.RG_NEGATIVE: "Reasonable grounds: no",
    S.CG_POSITIVE: "Conclusive grounds: recognised as a victim",
    S.CG_NEGATIVE: "Conclusive grounds: not recognised",
    S.WITHDRAWN: "Withdrawn",
    S.RECONSIDERATION: "The decision is being looked at again",
}

_DECIDED: dict[State, set[State]] = {
    S.NRM_SUBMITTED: {S.RG_POSITIVE, S.RG_NEGATIVE, S.WITHDRAWN},
    # Nobody decides on a notification: there is no name in it.
    S.DTN_SUBMITTED: set(),
    S.RG_POSITIVE: {S.CG_POSITIVE, S.CG_NEGATIVE, S.WITHDRAWN},
    S.RG_NEGATIVE: {S.RECONSIDERATION},
    S.CG_POSITIVE: set(),
    S.CG_NEGATIVE: {S.RECONSIDERATION},
    S.RECONSIDERATION: {S.RG_POSITIVE, S.RG_NEGATIVE, S.CG_POSITIVE, S.CG_NEGATIVE, S.WITHDRAWN},
    S.WITHDRAWN: set(),
}
ADULT_MOVES: dict[State, set[State]] = {
    S.INDICATORS_NOTED: {S.FIRST_RESPONDER_CONTACTED, S.WITHDRAWN},
    S.FIRST_RESPONDER_CONTACTED: {S.CONSENT_DISCUSSED, S.WITHDRAWN},
    S.CONSENT_DISCUSSED: {S.CONSENT_GIVEN, S.CONSENT_REFUSED, S.CANNOT_DECIDE},
    S.CONSENT_GIVEN: {S.NRM_SUBMITTED, S.CONSENT_REFUSED},
    S.CONSENT_REFUSED: {S.DTN_SUBMITTED},
    S.CANNOT_DECIDE: {S.CONSENT_DISCUSSED, S.DTN_SUBMITTED},
} | _DECIDED
CHILD_MOVES: dict[State, set[State]] = {
    S.INDICATORS_NOTED: {S.FIRST_RESPONDER_CONTACTED, S.WITHDRAWN},
    S.FIRST_RESPONDER_CONTACTED: {S.NRM_SUBMITTED, S.WITHDRAWN},
} | {state: moves for state, moves in _DECIDED.items() if state != S.DTN_SUBMITTED}
MOVES = {Path.ADULT: ADULT_MOVES, Path.CHILD: CHILD_MOVES}

CONSENT = frozenset({S.CONSENT_DISCUSSED, S.CONSENT_GIVEN, S.CONSENT_REFUSED, S.CANNOT_DECIDE})
SUBMITTED = frozenset({S.NRM_SUBMITTED, S.DTN_SUBMITTED})
RG, CG = frozenset({S.RG_POSITIVE, S.RG_NEGATIVE}), frozenset({S.CG_POSITIVE, S.CG_NEGATIVE})
# Something has gone to the Home Office, so there is a reference; a withdrawal may come before that.
WITH_REFERENCE = SUBMITTED | RG | CG | {S.RECONSIDERATION}
NOT_YET_SUBMITTED = frozenset({S.INDICATORS_NOTED, S.FIRST_RESPONDER_CONTACTED}) | CONSENT
# Another may be begun beside one of these.
OVER = frozenset({S.CONSENT_REFUSED, S.DTN_SUBMITTED, S.RG_NEGATIVE, S.CG_POSITIVE, S.CG_NEGATIVE, S.WITHDRAWN})
# Whoever may be a victim is taken for one until somebody competent has said no. The safe reading: noted is enough.
PENDING_OR_POSITIVE = frozenset(State) - {S.RG_NEGATIVE, S.CG_NEGATIVE, S.WITHDRAWN}

# Organisations of the programme that are first responders; the others ask one. Source: the file in reference/.
FIRST_RESPONDER_KINDS = frozenset({"police", "council"})
