"""Reasons not to take a report, how soon it should be read, and whether its progress may change."""

from collections.abc import Iterator

from clearlines.reports.phrases import about_a_child, crime_in_progress
from clearlines.reports.states import MOVES, NOT_RELEASED_IN_WORDS, RELEASING_MOVES, Releasing, Urgency

LONGEST = 20_000
DANGER = ("yes", "not_sure", "no")
HOW_KNOWN = ("saw", "told", "heard", "other")
# Guesses at somebody's three words: enough for tired fingers, too few for a machine. 100 each ten minutes
# against 3.7 thousand million triples needs some hundreds of days for one hit on a thousand reports.
WRONG_TRIES_EACH_WINDOW = 100
WINDOW_MINUTES = 10
# In bytes, of all that somebody leaves about themselves: it is sealed at one length, so that the length says nothing.
LONGEST_IDENTITY = 900
PHOTOGRAPHS_EACH = 3
# Waiting with reports that are not sent yet, over the whole force: so that nobody can fill a disk without a name.
MOST_UNSENT_PHOTOGRAPHS = 300
UNSENT_HOURS = 4


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


def reasons_not_to_keep_photograph(*, already: int, unsent: int) -> Iterator[str]:
    if already >= PHOTOGRAPHS_EACH:
        yield f"a report can carry {PHOTOGRAPHS_EACH} photographs: remove one first, or send this with another report"
    if unsent >= MOST_UNSENT_PHOTOGRAPHS:
        yield "too many photographs are being sent just now: send your report in words, without one"


def reasons_not_to_leave_name(*, name: str, reach: str, safely: str) -> Iterator[str]:
    if safely and not (name or reach):
        yield "say who you are or how to reach you, or leave all three boxes empty"
    if len(f"{name}{reach}{safely}".encode("utf-8", "replace")) > LONGEST_IDENTITY:
        yield "that is too long to lock away: say how to reach you in fewer words"


def reasons_not_to_note_contact(*, said: str, is_anybody_there: bool) -> Iterator[str]:
    if not is_anybody_there:
        yield "nobody left a name with this report, so there is nobody to reach"
    if not said.strip():
        yield "say in a sentence what was said"


def reasons_not_to_ask_who(*, reader_sees_reports: bool, same_organisation: bool) -> Iterator[str]:
    if not same_organisation:
        yield "who gave a report is never released to another organisation"
    if not reader_sees_reports:
        yield "choose somebody who may read this report"


def reasons_not_to_propose(
    *, state: str, by: object, asker: object, to: object, is_anybody_there: bool
) -> Iterator[str]:
    yield from _out_of_turn(state, Releasing.PROPOSED)
    yield from _not_whoever_gains(by, asker=asker, to=to)
    if not is_anybody_there:
        yield "nobody left a name with this report: answer that there is nothing that can be released"


def reasons_not_to_agree(*, state: str, by: object, asker: object, to: object, proposer: object) -> Iterator[str]:
    yield from _out_of_turn(state, Releasing.AGREED)
    yield from _not_whoever_gains(by, asker=asker, to=to)
    if by == proposer:
        yield "whoever proposed it cannot also agree to it: it takes two"


def reasons_not_to_refuse(*, state: str, because: str) -> Iterator[str]:
    yield from _out_of_turn(state, Releasing.REFUSED)
    if because not in NOT_RELEASED_IN_WORDS:
        yield "choose what whoever asked is told"


def reasons_not_to_show(*, is_open: bool, was_shown: bool, is_theirs: bool) -> Iterator[str]:
    if not is_theirs:
        yield "it was released to somebody else"
    elif was_shown:
        yield "it has been shown once: ask again if it is needed again"
    elif not is_open:
        yield "it is not open: it was never released, or its time has run out"


def _out_of_turn(state: str, then: Releasing) -> Iterator[str]:
    if then not in RELEASING_MOVES[state]:
        yield "it has already been answered, or somebody else must act first"


def _not_whoever_gains(by: object, *, asker: object, to: object) -> Iterator[str]:
    if by == asker:
        yield "you asked for it yourself: somebody else must decide"
    if by == to:
        yield "it would be shown to you: somebody else must decide"
