"""Reasons not to send a letter, nor to answer it in a given way. Pure."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Protocol

from clearlines.referrals.states import IN_WORDS, MOVES, UNDECIDED, State

# Every field a letter can have, in the order it is read. Which of them may cross is the agreement's to say.
FIELDS = ("name", "age", "phone", "safe_contact", "area", "address", "why", "urgency", "children_at_home", "knows",
          "go_with_care", "release_on")  # fmt: skip
LONGEST = {"name": 160, "age": 40, "phone": 20, "safe_contact": 200, "area": 80, "address": 200, "why": 5000,
           "go_with_care": 200}  # fmt: skip

# A letter asks for help; it never tells the charity what the police believe. Source: domain.md 1.3.
BELIEFS = re.compile(
    r"\b(suspect\w*|intel|intelligence|informants?|nominals?|subject of interest|pnc|ocg|chis|warrants?|"
    r"line holders?)\b",
    re.IGNORECASE,
)


class Arrived(Protocol):
    @property
    def state(self) -> str: ...
    @property
    def from_key(self) -> str: ...
    @property
    def channel(self) -> str: ...


def said_in(letter: Mapping[str, Any]) -> list[str]:
    """The names of the fields that say something: only these need cover."""
    return [name for name in FIELDS if letter.get(name) not in (None, "")]


def reasons_not_to_write(letter: Mapping[str, Any]) -> Iterator[str]:
    """What any letter needs, whoever wrote it down."""
    if not str(letter.get("name") or "").strip():
        yield "give a name, even if it is only a first name"
    if not str(letter.get("why") or "").strip():
        yield "say what worries you"
    if not letter.get("knows"):
        yield "say whether the person knows about this letter"
    for name, longest in LONGEST.items():
        if len(str(letter.get(name) or "")) > longest:
            yield f"'{name.replace('_', ' ')}' is longer than {longest} characters: shorten it"
    if unknown := sorted(set(letter) - set(FIELDS)):
        yield f"a letter has no place for: {', '.join(unknown)}"


def reasons_not_to_record(*, source: str, said_by: str) -> Iterator[str]:
    if not source:
        yield "say what kind of person or service told you"
    if not said_by.strip():
        yield "say who told you"


def reasons_not_to_send(
    letter: Mapping[str, Any], *, sender: str, sender_kind: str, recipient: str, person_owner: str | None, today: date
) -> Iterator[str]:
    """`person_owner` is the organisation that holds the person the letter is about, if it is about one already held."""
    yield from reasons_not_to_write(letter)
    if sender == recipient:
        yield "an organisation does not write to itself"
    if person_owner is not None and person_owner != sender:
        yield "the person is not on your own organisation's records"
    words = [str(letter.get("go_with_care") or "")]
    if sender_kind == "police":
        words.append(str(letter.get("why") or ""))
    if found := BELIEFS.search(" ".join(words)):
        yield f"take out '{found.group()}': say what help is needed and how to go, never what is believed or recorded"
    release_on = letter.get("release_on")
    if release_on and abs((release_on - today).days) > 366:
        yield "the release date is more than a year away: check it"


def reasons_not_to_move(received: Arrived, to: State) -> Iterator[str]:
    if to not in MOVES[received.state]:
        yield f"this letter is now '{IN_WORDS[received.state]}', so it cannot become '{IN_WORDS[to]}'"


def reasons_not_to_answer(received: Arrived, *, organisation: str) -> Iterator[str]:
    if received.from_key == organisation:
        yield "the organisation that wrote a letter cannot answer it"


def reasons_not_to_acknowledge(received: Arrived, *, organisation: str, worker_organisation: str) -> Iterator[str]:
    yield from reasons_not_to_answer(received, organisation=organisation)
    if received.state not in (State.RECEIVED, State.APPEALED):
        yield f"this letter is now '{IN_WORDS[received.state]}', so it needs no acknowledgement"
    if worker_organisation != organisation:
        yield "name a worker of your own organisation"


def reasons_not_to_accept(received: Arrived, *, organisation: str, person_owner: str | None = None) -> Iterator[str]:
    yield from reasons_not_to_answer(received, organisation=organisation)
    if received.state == State.RECEIVED:
        yield "acknowledge it and name a worker first, so that the sender knows who has it"
    else:
        yield from reasons_not_to_move(received, State.ACCEPTED)
    if person_owner is not None and person_owner != organisation:
        yield "choose somebody on your own organisation's records"


def reasons_not_to_decline(
    received: Arrived, *, organisation: str, because: str, declined_before_by_same: bool = False
) -> Iterator[str]:
    yield from reasons_not_to_answer(received, organisation=organisation)
    yield from reasons_not_to_move(received, State.DECLINED)
    if not because:
        yield "choose a reason that the sender can be told"
    if declined_before_by_same:
        yield "somebody else must look this time: you declined it before"


def reasons_not_to_redirect(received: Arrived, *, organisation: str, to: str, why: str) -> Iterator[str]:
    yield from reasons_not_to_answer(received, organisation=organisation)
    yield from reasons_not_to_move(received, State.REDIRECTED)
    if not to.strip():
        yield "say who is better placed"
    if not why.strip():
        yield "say why they are better placed"


def reasons_not_to_take_back(received: Arrived, *, why: str) -> Iterator[str]:
    """Take back an answer that was wrong: accepted, declined or sent on by mistake."""
    if received.state not in (State.ACCEPTED, State.CONTACTED, State.DECLINED, State.REDIRECTED):
        yield f"this letter is now '{IN_WORDS[received.state]}', so there is no answer to take back"
    if not why.strip():
        yield "say what was wrong with the answer"


def reasons_not_to_withdraw(*, state: str, withdrawn: bool, why: str) -> Iterator[str]:
    if withdrawn:
        yield "this letter has already been withdrawn"
    elif state not in UNDECIDED:
        yield "it has been answered already: ring the worker instead"
    elif State.WITHDRAWN not in MOVES[state]:
        yield "they are looking at it again: ring them instead"
    if not why.strip():
        yield "say why you are taking it back"


def reasons_not_to_appeal(*, declined: bool, why: str) -> Iterator[str]:
    if not declined:
        yield "only a letter that was declined can be looked at again"
    if not why.strip():
        yield "say what they should look at again"


def reasons_not_to_record_first_known(received: Arrived, *, known: str) -> Iterator[str]:
    if known not in ("yes", "no", "not_asked"):
        yield "choose yes, no or not asked"
    if received.state not in (State.ACCEPTED, State.CONTACTED, State.FINISHED):
        yield "ask the person this after the letter is accepted"
