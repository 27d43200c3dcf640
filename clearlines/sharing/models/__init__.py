"""What crosses the wall, who decided it, and what the other side was told of it."""

from clearlines.sharing.models.matching import MatchAnswer, Pointer, Question
from clearlines.sharing.models.requests import InformationRequest, PersonNotice, RequestAnswer, RequestDecision
from clearlines.sharing.models.telling import Correction, Disclosure, EmergencyReview, Notice, Proposal, Telling

__all__ = [
    "Correction",
    "Disclosure",
    "EmergencyReview",
    "InformationRequest",
    "MatchAnswer",
    "Notice",
    "PersonNotice",
    "Pointer",
    "Proposal",
    "Question",
    "RequestAnswer",
    "RequestDecision",
    "Telling",
]
