"""Reasons not to plan, offer, accept, move, record or correct a visit."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Protocol

from clearlines.visits.states import JOINT_MOVES, MOVES, Joint, State

POLICE_POWERS = frozenset({"section_17", "warrant"})
NOBODY_MET = frozenset({"no_reply", "moved", "unsafe"})
# A visit nobody planned may still be written up, but not for ever.
WRITE_UP_DAYS = 7
AHEAD_DAYS = 366
EARLY = timedelta(hours=1)
ANSWERS_BEFORE_DECISION = 3


class Planned(Protocol):
    @property
    def state(self) -> str: ...
    @property
    def joint(self) -> str: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def never_alone(self) -> bool: ...
    @property
    def only_together(self) -> bool: ...
    @property
    def offer_id(self) -> object: ...


class Offered(Protocol):
    @property
    def state(self) -> str: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def from_name(self) -> str: ...


def reasons_not_to_plan(
    *, place_words: str, starts_at: datetime, minutes: int, entry_basis: str, kind: str, now: datetime
) -> Iterator[str]:
    if not place_words.strip():
        yield "say where the visit is"
    if not entry_basis:
        yield "say on what basis anybody will go in"
    if entry_basis in POLICE_POWERS and kind != "police":
        yield "entry under section 17 or a warrant is a police power: choose another basis"
    if not 5 <= minutes <= 480:
        yield "say how long it will take, between 5 minutes and 8 hours"
    if starts_at < now - timedelta(days=WRITE_UP_DAYS):
        yield "that was more than a week ago: check the date"
    if starts_at > now + timedelta(days=AHEAD_DAYS):
        yield "that is more than a year away: check the date"


def reasons_not_to_send_crew(
    crew: Iterable[str], *, organisation: str, alone_refused: bool, with_others: bool = False
) -> Iterator[str]:
    """`crew` are the organisations of those named. With the other organisation coming, one of ours is not alone."""
    named = list(crew)
    if not named:
        yield "name at least one person who will go"
    if any(each != organisation for each in named):
        yield "somebody named is not from your organisation: offer the visit, and they name their own people"
    if alone_refused and len(named) == 1 and not with_others:
        yield "nobody goes to this place alone: name a second person, or go only if the other organisation comes"


def reasons_not_to_offer(appointment: Planned, *, own_key: str, other_key: str, now: datetime) -> Iterator[str]:
    if appointment.offer_id is not None:
        yield "another organisation arranged this visit: only they can ask somebody along"
        return
    if appointment.state != State.PLANNED:
        yield f"the visit is {appointment.state}, so nobody can be asked along"
    if other_key == own_key:
        yield "choose another organisation: your own colleagues are named as the crew"
    if appointment.joint in (Joint.OFFERED, Joint.ACCEPTED):
        yield "it has already been offered: take the offer back before you offer it again"
    if appointment.starts_at <= now:
        yield "the visit has already begun"


def reasons_not_to_accept(offer: Offered, *, now: datetime) -> Iterator[str]:
    yield from _reasons_not_to_answer(offer, Joint.ACCEPTED)
    if offer.starts_at <= now:
        yield f"the visit has already begun: ring {offer.from_name}"


def reasons_not_to_decline(offer: Offered) -> Iterator[str]:
    yield from _reasons_not_to_answer(offer, Joint.DECLINED)


def _reasons_not_to_answer(offer: Offered, answer: Joint) -> Iterator[str]:
    if offer.state == Joint.WITHDRAWN:
        yield f"{offer.from_name} took the offer back"
    elif answer not in JOINT_MOVES[offer.state]:
        yield f"the offer has been answered: it is {offer.state}"


def reasons_not_to_withdraw(appointment: Planned) -> Iterator[str]:
    if Joint.WITHDRAWN not in JOINT_MOVES[appointment.joint]:
        yield "there is no offer to take back"
    if appointment.state != State.PLANNED:
        yield f"the visit is {appointment.state}"


def reasons_not_to_move(appointment: Planned) -> Iterator[str]:
    if appointment.offer_id is not None:
        yield "another organisation arranged this visit: only they can move it"
    if appointment.state != State.PLANNED:
        yield f"the visit is {appointment.state}, so it cannot be moved"


def reasons_not_to_cancel(appointment: Planned, *, why: str) -> Iterator[str]:
    if State.CANCELLED not in MOVES[appointment.state]:
        yield f"the visit is {appointment.state}"
    if not why.strip():
        yield "say why it is not happening"


def reasons_not_to_go(appointment: Planned, *, crew: int) -> Iterator[str]:
    """Before anybody checks in at the door."""
    if appointment.state != State.PLANNED:
        yield f"the visit is {appointment.state}"
    if appointment.never_alone and crew < 2 and appointment.joint != Joint.ACCEPTED:
        yield "nobody goes to this place alone, and nobody else is coming"
    if appointment.only_together and appointment.joint != Joint.ACCEPTED:
        yield "this visit was planned only if the other organisation comes, and they have not said that they will"


def reasons_not_to_record(
    appointment: Planned, *, arrived_at: datetime, now: datetime, already_written: bool
) -> Iterator[str]:
    """A visit that should not have happened is still recorded: safety is refused at the door, not on paper."""
    if already_written:
        yield "your organisation has already written its account of this visit: correct that one instead"
    elif appointment.state == State.CANCELLED:
        yield "the visit was cancelled: plan a new one and record that"
    if arrived_at > now or appointment.starts_at > now + EARLY:
        yield "a visit cannot be recorded before it has happened"


def reasons_not_to_write(
    *, outcome: str, arrived_at: datetime, left_at: datetime | None, now: datetime, entry: str, kind: str
) -> Iterator[str]:
    """Reasons that hold for a first account and for a correction alike."""
    if not outcome:
        yield "say what happened: seen, refused, no reply, not safe or moved"
    if left_at is not None and left_at < arrived_at:
        yield "you cannot leave before you arrive: check the two times"
    if left_at is not None and left_at > now:
        yield "the time you left is still to come"
    if not entry:
        yield "say on what basis anybody went in, or that nobody did"
    if entry in POLICE_POWERS and kind != "police":
        yield "entry under section 17 or a warrant is a police power: say on what basis you yourself went in"
    if outcome in NOBODY_MET and entry not in ("", "outside", "public"):
        yield "nobody was met, so nobody can have been invited in"


def reasons_not_to_say_of_the_meeting(
    *, outcome: str, kit: Iterable[str], earshot: str, is_joint: bool, kind: str
) -> Iterator[str]:
    if outcome in NOBODY_MET and list(kit):
        yield "nobody was met, so nothing can have been given to them"
    if outcome == "seen" and is_joint and kind != "police" and not earshot:
        yield "say whether an officer could hear, and whether the person had been told so"


def reasons_not_to_correct(*, replaced: bool, why: str, arrived_at: datetime, now: datetime) -> Iterator[str]:
    if replaced:
        yield "this account has been corrected since: open the newest one"
    if not why.strip():
        yield "say why you are correcting it"
    if arrived_at > now:
        yield "a visit cannot be recorded before it has happened"


def reasons_not_to_promise(*, words: str, by_on: date | None, today: date) -> Iterator[str]:
    if words.strip() and by_on is None:
        yield "say by when you will do what you promised"
    if by_on is not None and not words.strip():
        yield "say what you promised"
    if by_on is not None and by_on < today:
        yield "the day you promised it by has passed"


def is_decision_due(outcomes: Iterable[str]) -> bool:
    """`outcomes` newest first: three in a row without an answer."""
    latest = list(outcomes)[:ANSWERS_BEFORE_DECISION]
    return len(latest) == ANSWERS_BEFORE_DECISION and all(each == "no_reply" for each in latest)


def reasons_not_to_decide(*, is_due: bool, decided: bool, why: str) -> Iterator[str]:
    if decided:
        yield "somebody has already decided this"
    elif not is_due:
        yield "there have not been three visits in a row without an answer"
    if not why.strip():
        yield "say why"
