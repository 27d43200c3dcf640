"""Reasons not to take a report, how soon it should be read, and whether its progress may change."""

from collections.abc import Iterator

from clearlines.reports.phrases import about_a_child, crime_in_progress
from clearlines.reports.states import MOVES, Urgency

LONGEST = 20_000
DANGER = ("yes", "not_sure", "no")
HOW_KNOWN = ("saw", "told", "heard", "other")
# Guesses at somebody's three words: enough for tired fingers, too few for a machine. 100 each ten minutes
# against 3.7 thousand million triples needs some hundreds of days for one hit on a thousand reports.
WRONG_TRIES_EACH_WINDOW = 100
WINDOW_MINUTES = 10


def reasons_not_to_receive(*, danger: str, words: str, how_known: str, others: list[str]) -> Iterator[str]:
    if danger not in DANGER:
        yield "say whether anyone is in danger now"
    if not words.strip():
        yield "say what happened, in your own words"
    if how_known not in HOW_KNOWN:
        yield "say how you know"
    if any(len(said) > LONGEST for said in (words, *others)):
        yield "that is too long to send at once: keep the most important 20,000 letters, and add the rest afterwards"


def reasons_not_to_add_more(*, words: str) -> Iterator[str]:
    if not words.strip():
        yield "say what you want to add"
    if len(words) > LONGEST:
        yield "that is too long to send at once: send the first 20,000 letters, then come back and send the rest"


def reasons_not_to_note_progress(*, now: str, then: str) -> Iterator[str]:
    if then not in MOVES[now]:
        yield f"a report that is {now.replace('_', ' ')} does not become {then.replace('_', ' ')}"


def reasons_not_to_look_up(*, wrong_tries: int) -> Iterator[str]:
    if wrong_tries >= WRONG_TRIES_EACH_WINDOW:
        yield "too many wrong words have been tried: wait ten minutes, then try again"


def urgency(*, danger: str, words: str) -> Urgency:
    """Danger said or described is first; a child or a doubt is read the same day. Nothing makes it later."""
    if danger == "yes" or crime_in_progress(words):
        return Urgency.HIGH
    if danger == "not_sure" or about_a_child(words):
        return Urgency.TODAY
    return Urgency.IN_TURN


def reasons_for_urgency(*, danger: str, words: str) -> Iterator[str]:
    if danger == "yes":
        yield "whoever sent it said that somebody was in danger"
    if danger == "not_sure":
        yield "whoever sent it was not sure whether somebody was in danger"
    if said := crime_in_progress(words):
        yield f"it reads as if it was happening: “{'”, “'.join(said)}”"
    if said := about_a_child(words):
        yield f"it may be about a child: “{'”, “'.join(said)}”"
