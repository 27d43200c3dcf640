"""The recipient's verbs. Each is a move of its own row; some also tell the sender one thing."""

from datetime import date
from typing import Any

from django.db.models import Model

from clearlines.access.acts import action, locked
from clearlines.access.models import Account, Tie
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import refuse_if
from clearlines.access.ties import tie
from clearlines.access.viewer import Viewer
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.people import actions as people
from clearlines.people.models import Person
from clearlines.referrals import rules
from clearlines.referrals.ages import about_years
from clearlines.referrals.models import DeclineReason, Received, ReceivedMove
from clearlines.referrals.moving import letter_name, move, tell_sender
from clearlines.referrals.states import News, State


@action(may=P.ANSWER_REFERRALS, across="a letter is two rows, one each")
def acknowledge(*, by: Viewer, received: Received, worker: Account, seen: int | None = None) -> Received:
    """Name the worker who has the letter; the sender is told the name and nothing else."""
    received = _held(by, received, seen)
    refuse_if(
        rules.reasons_not_to_acknowledge(
            received, organisation=by.organisation_key, worker_organisation=worker.organisation_id
        )
    )
    received.worker, received.acknowledged_at = worker, by.now
    move(received, State.ACKNOWLEDGED, at=by.now, who=by.account)
    tell_sender(received, News.WORKER_NAMED, by=by, words=str(worker))
    return _told(by, "referrals.acknowledged", received)


@action(may=P.ANSWER_REFERRALS)
def accept(*, by: Viewer, received: Received, person: Person | None = None, seen: int | None = None) -> Received:
    """The organisation stands beside this person: its own new record, or `person`, one it already has."""
    received = _held(by, received, seen)
    owner = person.owner_id if person else None
    refuse_if(rules.reasons_not_to_accept(received, organisation=by.organisation_key, person_owner=owner))
    received.person = person or _own_person(by, received)
    tie(received.worker or by.themselves, received.person, Tie.Kind.ALLOCATED, by=by)
    move(received, State.ACCEPTED, at=by.now, who=by.account)
    ledger.record(
        "referrals.accepted", kind=Kind.COLLECTION, by=by, under=received.agreement,
        about=[received, received.person, letter_name(received.letter_number)],
    )  # fmt: skip
    return received


@action(may=P.ANSWER_REFERRALS, across="a letter is two rows, one each")
def decline(*, by: Viewer, received: Received, because: str, why: str = "", seen: int | None = None) -> Received:
    """`because` is one of the reasons a sender may be told; `why` stays here."""
    received = _held(by, received, seen)
    before = ReceivedMove.objects.filter(received=received, became=State.DECLINED, created_by=by.account).exists()
    again_by_same = before and received.state == State.APPEALED
    refuse_if(
        rules.reasons_not_to_decline(
            received, organisation=by.organisation_key, because=because, declined_before_by_same=again_by_same
        )
    )
    received.declined_because = DeclineReason(because)
    move(received, State.DECLINED, at=by.now, who=by.account, why=why)
    tell_sender(received, News.DECLINED, by=by, words=DeclineReason(because).label)
    return _told(by, "referrals.declined", received)


@action(may=P.ANSWER_REFERRALS, across="a letter is two rows, one each")
def redirect(*, by: Viewer, received: Received, to: str, why: str, seen: int | None = None) -> Received:
    """Say who is better placed. Nothing is passed on: the sender writes to them under their own agreement."""
    received = _held(by, received, seen)
    refuse_if(rules.reasons_not_to_redirect(received, organisation=by.organisation_key, to=to, why=why))
    received.redirected_to = to
    move(received, State.REDIRECTED, at=by.now, who=by.account, why=why)
    tell_sender(received, News.REDIRECTED, by=by, words=to)
    return _told(by, "referrals.redirected", received)


@action(may=P.ANSWER_REFERRALS, across="a letter is two rows, one each")
def take_back(*, by: Viewer, received: Received, why: str, seen: int | None = None) -> Received:
    """Put a wrong answer right: the letter is acknowledged again. A person made by accepting it stays, unjoined."""
    received = _held(by, received, seen)
    refuse_if(rules.reasons_not_to_take_back(received, why=why))
    was_told = received.state in (State.DECLINED, State.REDIRECTED)
    received.person, received.declined_because, received.redirected_to = None, "", ""
    received.worker = worker = received.worker or by.account
    received.acknowledged_at = received.acknowledged_at or by.now
    move(received, State.ACKNOWLEDGED, at=by.now, who=by.account, why=why)
    if was_told:
        tell_sender(received, News.WORKER_NAMED, by=by, words=str(worker))
    return _told(by, "referrals.answer_taken_back", received)


@action(may=P.ANSWER_REFERRALS)
def contacted(*, by: Viewer, received: Received) -> Received:
    """The person has been spoken to. The sender is not told: attendance is the person's own business."""
    received = _held(by, received, None)
    refuse_if(rules.reasons_not_to_move(received, State.CONTACTED))
    move(received, State.CONTACTED, at=by.now, who=by.account)
    ledger.record("referrals.contacted", kind=Kind.ALTERATION, by=by, about=[received])
    return received


@action(may=P.ANSWER_REFERRALS, across="a letter is two rows, one each")
def finish(*, by: Viewer, received: Received) -> Received:
    """Support has ended. The sender is told that, and never how or why."""
    received = _held(by, received, None)
    refuse_if(rules.reasons_not_to_move(received, State.FINISHED))
    move(received, State.FINISHED, at=by.now, who=by.account)
    tell_sender(received, News.FINISHED, by=by)
    return _told(by, "referrals.finished", received)


@action(may=P.ANSWER_REFERRALS)
def record_first_known(*, by: Viewer, received: Received, known: str, seen: int | None = None) -> Received:
    """The person's own answer to 'did any service know you before?', asked later and kept as their answer."""
    received = _held(by, received, seen)
    refuse_if(rules.reasons_not_to_record_first_known(received, known=known))
    received.known_to_services = Received.Known(known)
    received.version += 1
    received.save()
    ledger.record("referrals.first_known_recorded", kind=Kind.ALTERATION, by=by, about=[received])
    return received


def _held(by: Viewer, received: Received, seen: int | None) -> Received:
    return locked(Received.objects.filter(owner=by.organisation_key), received, seen=seen)


def _told(by: Viewer, event: str, received: Received) -> Received:
    """Only what goes back to a sender is a disclosure; nobody else is told of what was rung in."""
    kind = Kind.DISCLOSURE if received.from_key else Kind.ALTERATION
    about: list[Model | str] = [received, letter_name(received.letter_number)]
    ledger.record(event, kind=kind, by=by, about=about, under=received.agreement)
    return received


def _own_person(by: Viewer, received: Received) -> Person:
    """The recipient's own record, begun from what the letter says. Nothing joins it to the sender's."""
    given, _, family = received.name.strip().partition(" ")
    details: dict[str, Any] = {"given_name": given, "family_name": family.strip(), "phone": received.phone,
               "safe_contact": received.safe_contact}  # fmt: skip
    years = about_years(received.age)
    if years is not None:
        details |= {"born_on": date(received.sent_at.year - years, 1, 1), "born_precision": Person.Precision.ABOUT}
    return people.add(by=by, **details)
