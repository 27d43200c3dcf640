"""Every write of this room: telling and taking back, looking again, asking and pointing, requests and answers."""

from clearlines.sharing.actions.asking import answer_nothing, ask, confirm, let_know, let_nothing_be_said
from clearlines.sharing.actions.correcting import correct, say_destroyed, tell_parted
from clearlines.sharing.actions.requesting import answer, notify_person, refuse, request, say_nothing, withdraw
from clearlines.sharing.actions.reviewing import look_again, review
from clearlines.sharing.actions.telling import decide, decline, propose, revoke, tell, tell_in_an_emergency, tell_once

__all__ = [
    "answer",
    "answer_nothing",
    "ask",
    "confirm",
    "correct",
    "decide",
    "decline",
    "let_know",
    "let_nothing_be_said",
    "look_again",
    "notify_person",
    "propose",
    "refuse",
    "request",
    "review",
    "revoke",
    "say_destroyed",
    "say_nothing",
    "tell",
    "tell_in_an_emergency",
    "tell_once",
    "tell_parted",
    "withdraw",
]
