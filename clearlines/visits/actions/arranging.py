"""Plan a visit, move it, change who goes, cancel it; check in at the door and out again."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from clearlines.access.acts import action, already
from clearlines.access.models import Account
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import Refused, refuse_if
from clearlines.access.viewer import Viewer
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.places.models import Place
from clearlines.visits import rules
from clearlines.visits.models import Appointment, CrewMember
from clearlines.visits.moving import (
    COPIED,
    agreement_for,
    appointment_name,
    crew_size,
    drop_accepted,
    held,
    make,
    number_for,
    offer_of,
    refuse_crew,
    send,
)
from clearlines.visits.states import Joint, State


@action(may=P.PLAN_VISITS)
def plan(
    *, by: Viewer, starts_at: datetime, crew: Sequence[Account], entry_basis: str, place: Place | None = None,
    new_id: uuid.UUID | None = None, **details: Any,
) -> Appointment:  # fmt: skip
    """An appointment of the viewer's own organisation.

    `details`: person, place_words, minutes, crew_needed, purpose, safety, bring, never_alone, only_together.
    """
    if appointment := already(Appointment.objects.all(), new_id, by=by):
        ledger.record("visits.planned_again", kind=Kind.COLLECTION, by=by, about=[appointment])
        return appointment
    details = _with_place(by, place, details)
    refuse_if(
        rules.reasons_not_to_plan(
            place_words=details["place_words"], starts_at=starts_at, minutes=details.get("minutes", 45),
            entry_basis=entry_basis, kind=by.kind, now=by.now,
        )
    )  # fmt: skip
    refuse_crew(by, list(crew), alone_refused=details["never_alone"], with_others=details.get("only_together", False))
    key = new_id or uuid.uuid4()
    appointment = make(
        by, key=key, crew=crew, number=number_for(key), starts_at=starts_at, entry_basis=entry_basis, **details
    )
    about = [row for row in (appointment, place, appointment.person) if row]
    ledger.record("visits.planned", kind=Kind.COLLECTION, by=by, about=about)
    return appointment


@action(may=P.PLAN_VISITS)
def move(*, by: Viewer, appointment: Appointment, seen: int, starts_at: datetime, minutes: int) -> Appointment:
    """Another time. If another organisation was coming, they are offered the new time and answer again."""
    appointment = held(by, Appointment.objects.all(), appointment, seen)
    refuse_if(rules.reasons_not_to_move(appointment))
    refuse_if(
        rules.reasons_not_to_plan(
            place_words=appointment.place_words, starts_at=starts_at, minutes=minutes,
            entry_basis=appointment.entry_basis, kind=by.kind, now=by.now,
        )
    )  # fmt: skip
    appointment.starts_at, appointment.minutes = starts_at, minutes
    if appointment.joint in (Joint.OFFERED, Joint.ACCEPTED):
        _offer_again(by, appointment)
    _changed(by, "visits.moved", appointment)
    return appointment


@action(may=P.PLAN_VISITS)
def send_others(*, by: Viewer, appointment: Appointment, seen: int, crew: Sequence[Account]) -> Appointment:
    """Change who goes from one's own organisation."""
    appointment = held(by, Appointment.objects.all(), appointment, seen)
    if appointment.state != State.PLANNED:
        raise Refused([f"the visit is {appointment.state}"])
    together = appointment.is_joint or appointment.only_together
    refuse_crew(by, list(crew), alone_refused=appointment.never_alone, with_others=together)
    send(by, appointment, crew)
    _changed(by, "visits.crew_changed", appointment)
    return appointment


@action(may=P.PLAN_VISITS, across="an offer and its appointment are two rows, one each")
def cancel(*, by: Viewer, appointment: Appointment, seen: int, why: str) -> Appointment:
    """It is not happening. Another organisation that was asked along is told so, and not why."""
    appointment = held(by, Appointment.objects.all(), appointment, seen)
    refuse_if(rules.reasons_not_to_cancel(appointment, why=why))
    if appointment.offer_id is not None:
        raise Refused(["this visit was arranged by another organisation: say that you cannot come instead"])
    if appointment.joint in (Joint.OFFERED, Joint.ACCEPTED) and (offer := offer_of(appointment)):
        offer.state, offer.version = Joint.WITHDRAWN, offer.version + 1
        offer.save()
        drop_accepted(offer, "the organisation that arranged it cancelled the visit")
        appointment.joint = Joint.WITHDRAWN
    appointment.state, appointment.cancelled_why = State.CANCELLED, why
    _changed(by, "visits.cancelled", appointment)
    return appointment


@action(may=P.RECORD_VISITS)
def check_in(*, by: Viewer, appointment: Appointment) -> CrewMember:
    """At the door. Refused to somebody who would go in alone where nobody may."""
    appointment = held(by, Appointment.objects.all(), appointment)
    refuse_if(rules.reasons_not_to_go(appointment, crew=crew_size(appointment)))
    member = _member(by, appointment)
    if member.checked_in_at is None:
        member.checked_in_at = by.now
        member.save()
    ledger.record("visits.checked_in", kind=Kind.ALTERATION, by=by, about=[appointment, member])
    return member


@action(may=P.RECORD_VISITS, across="an offer and its appointment are two rows, one each")
def check_out(*, by: Viewer, appointment: Appointment) -> CrewMember:
    """Away again, and safe."""
    member = _member(by, held(by, Appointment.objects.all(), appointment))
    if member.checked_in_at is None:
        raise Refused(["you have not checked in here"])
    if member.checked_out_at is None:
        member.checked_out_at = by.now
        member.save()
    ledger.record("visits.checked_out", kind=Kind.ALTERATION, by=by, about=[appointment, member])
    return member


def _member(by: Viewer, appointment: Appointment) -> CrewMember:
    member = CrewMember.objects.select_for_update().filter(
        appointment=appointment, account=by.account, stood_down_at=None
    ).first()  # fmt: skip
    if member is None:
        raise Refused(["you are not in the crew of this visit"])
    return member


def _with_place(by: Viewer, place: Place | None, details: dict[str, Any]) -> dict[str, Any]:
    """The place's own words and warnings are copied, so that what was known on the day stays known."""
    never_alone = bool(details.get("never_alone"))
    if place is None:
        return {"place_words": ""} | details | {"never_alone": never_alone}
    if place.owner_id != by.organisation_key:
        raise Refused(["that place is not one your organisation holds"])
    safety = "; ".join(part for part in (place.warning, details.get("safety", "")) if part)[:300]
    return details | {
        "place": place, "place_words": str(place), "safety": safety, "never_alone": never_alone or place.never_alone
    }  # fmt: skip


def _offer_again(by: Viewer, appointment: Appointment) -> None:
    offer = offer_of(appointment)
    if offer is None or appointment.joint_with is None:
        return
    agreement = agreement_for(by, appointment.joint_with)
    drop_accepted(offer, "the organisation that arranged it moved the visit: answer the new time")
    for name in COPIED:
        setattr(offer, name, getattr(appointment, name))
    offer.state, offer.agreement, offer.offered_at = Joint.OFFERED, agreement.key, by.now
    offer.answered_at = offer.answered_by = None
    offer.version += 1
    offer.save()
    appointment.joint, appointment.joint_crew = Joint.OFFERED, ""
    ledger.record(
        "visits.offered_again", kind=Kind.DISCLOSURE, by=by, under=agreement.key,
        about=[appointment, appointment_name(appointment.number)],
    )  # fmt: skip


def _changed(by: Viewer, event: str, appointment: Appointment) -> None:
    appointment.version += 1
    appointment.save()
    ledger.record(event, kind=Kind.ALTERATION, by=by, about=[appointment])
