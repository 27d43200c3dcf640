"""Every write of this room. Writing a letter and taking it back are the sender's; answering it is the recipient's."""

from clearlines.referrals.actions.answering import (
    accept,
    acknowledge,
    contacted,
    decline,
    finish,
    record_first_known,
    redirect,
    take_back,
)
from clearlines.referrals.actions.handing import hand_on
from clearlines.referrals.actions.writing import appeal, record_by_phone, send, withdraw

__all__ = [
    "accept",
    "acknowledge",
    "appeal",
    "contacted",
    "decline",
    "finish",
    "hand_on",
    "record_by_phone",
    "record_first_known",
    "redirect",
    "send",
    "take_back",
    "withdraw",
]
