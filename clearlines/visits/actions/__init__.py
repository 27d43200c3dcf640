"""Every write of this room: arranging a visit, going together, and writing what happened."""

from clearlines.visits.actions.arranging import cancel, check_in, check_out, move, plan, send_others
from clearlines.visits.actions.handing import hand_on
from clearlines.visits.actions.together import accept_offer, decline_offer, offer, withdraw_offer
from clearlines.visits.actions.writing import correct, decide_after_no_answer, keep_promise, record

__all__ = [
    "accept_offer",
    "cancel",
    "check_in",
    "check_out",
    "correct",
    "decide_after_no_answer",
    "decline_offer",
    "hand_on",
    "keep_promise",
    "move",
    "offer",
    "plan",
    "record",
    "send_others",
    "withdraw_offer",
]
