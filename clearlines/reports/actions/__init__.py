"""Every write of this room: a report and more beside it, its photographs, and who gave it, held apart."""

from clearlines.reports.actions.photographs import forget_unsent, keep_photograph, remove_photograph
from clearlines.reports.actions.receiving import add_more, come_back, note_progress, receive
from clearlines.reports.actions.releases import agree, ask_who, propose, refuse, show_once
from clearlines.reports.actions.sources import forget, forget_me, note_contact

__all__ = [
    "add_more",
    "agree",
    "ask_who",
    "come_back",
    "forget",
    "forget_me",
    "forget_unsent",
    "keep_photograph",
    "note_contact",
    "note_progress",
    "propose",
    "receive",
    "refuse",
    "remove_photograph",
    "show_once",
]
