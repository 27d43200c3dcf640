"""Ask another organisation along, and answer. Only an offer's own fields cross, under an agreement that is live."""

import uuid
from collections.abc import Sequence
from typing import Any

from clearlines.access.acts import action, already
from clearlines.access.models import Account, Organisation
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import refuse_if
from clearlines.access.viewer import Viewer
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.visits import rules
from clearlines.visits.models import Appointment, JointOffer
from clearlines.visits.moving import (
    COPIED,
    agreement_for,
    appointment_name,
    drop_accepted,
    held,
    make,
    offer_of,
    organisers,
    refuse_crew,
)
from clearlines.visits.states import Joint


@action(may=P.PLAN_VISITS)
def offer(*, by: Viewer, appointment: Appointment, to: Organisation, seen: int | None = None) -> JointOffer:
    """A copy of where, when, how many, the basis of entry and one sentence on safety; nothing of who or why."""
    appointment = held(by, Appointment.objects.all(), appointment, seen)
    refuse_if(rules.reasons_not_to_offer(appointment, own_key=by.organisation_key, other_key=to.pk, now=by.now))
    agreement = agreement_for(by, to)
    previous = JointOffer.objects.filter(number=appointment.number, owner=to).first()
    copied: dict[str, Any] = {name: getattr(appointment, name) for name in COPIED} | {
        "from_key": by.organisation_key, "from_name": by.organisation.name, "agreement": agreement.key,
        "offered_at": by.now, "offered_by": by.full_name, "state": Joint.OFFERED,
        "answered_at": None, "answered_by": None, "why": "", "created_at": by.now,
        "version": previous.version + 1 if previous else 1,
    }  # fmt: skip
    made, _ = JointOffer.objects.update_or_create(number=appointment.number, owner=to, defaults=copied)
    appointment.joint, appointment.joint_with, appointment.joint_why = Joint.OFFERED, to, ""
    _told(by, "visits.offered", appointment, under=agreement.key)
    return made


@action(may=P.PLAN_VISITS, across="an offer and its appointment are two rows, one each")
def withdraw_offer(*, by: Viewer, appointment: Appointment, seen: int | None = None) -> Appointment:
    """Go without them. An appointment they made of it ends, unless they already went."""
    appointment = held(by, Appointment.objects.all(), appointment, seen)
    refuse_if(rules.reasons_not_to_withdraw(appointment))
    under = ""
    if theirs := offer_of(appointment):
        theirs.state, theirs.version, under = Joint.WITHDRAWN, theirs.version + 1, theirs.agreement
        theirs.save()
        drop_accepted(theirs, "the offer was taken back")
    appointment.joint, appointment.joint_crew = Joint.WITHDRAWN, ""
    _told(by, "visits.offer_withdrawn", appointment, under=under)
    return appointment


@action(may=P.PLAN_VISITS, across="an offer and its appointment are two rows, one each")
def accept_offer(
    *, by: Viewer, offer: JointOffer, crew: Sequence[Account], seen: int | None = None, new_id: uuid.UUID | None = None
) -> Appointment:
    """We come. An appointment of one's own, joined to theirs by its number; the organiser is told who, by name."""
    if ours := already(Appointment.objects.all(), new_id, by=by):
        ledger.record("visits.offer_accepted_again", kind=Kind.COLLECTION, by=by, about=[ours])
        return ours
    offer = held(by, JointOffer.objects.all(), offer, seen)
    refuse_if(rules.reasons_not_to_accept(offer, now=by.now))
    refuse_crew(by, list(crew), alone_refused=offer.never_alone, with_others=True)
    theirs = organisers(offer)
    agreement = agreement_for(by, theirs.owner)
    ours = make(
        by, key=new_id or uuid.uuid4(), crew=crew, offer=offer, joint=Joint.ACCEPTED, joint_with=theirs.owner,
        **{name: getattr(offer, name) for name in COPIED},
    )  # fmt: skip
    _answer(by, offer, Joint.ACCEPTED)
    names = ", ".join(str(account) for account in crew)[:300]
    theirs.joint, theirs.joint_crew, theirs.version = Joint.ACCEPTED, names, theirs.version + 1
    theirs.save()
    about = [ours, offer, appointment_name(offer.number)]
    ledger.record("visits.offer_accepted", kind=Kind.DISCLOSURE, by=by, under=agreement.key, about=about)
    return ours


@action(may=P.PLAN_VISITS, across="an offer and its appointment are two rows, one each")
def decline_offer(*, by: Viewer, offer: JointOffer, why: str = "", seen: int | None = None) -> JointOffer:
    """We cannot come, or no longer can. `why` is told to the organiser: 'no crew that day', not secrets."""
    offer = held(by, JointOffer.objects.all(), offer, seen)
    refuse_if(rules.reasons_not_to_decline(offer))
    theirs = organisers(offer)
    drop_accepted(offer, "we could no longer come")
    offer.why = why[:300]
    _answer(by, offer, Joint.DECLINED)
    theirs.joint, theirs.joint_crew, theirs.joint_why = Joint.DECLINED, "", offer.why
    theirs.version += 1
    theirs.save()
    about = [offer, appointment_name(offer.number)]
    ledger.record("visits.offer_declined", kind=Kind.DISCLOSURE, by=by, under=offer.agreement, about=about)
    return offer


def _answer(by: Viewer, offer: JointOffer, answer: Joint) -> None:
    offer.state, offer.answered_at, offer.answered_by = answer, by.now, by.account
    offer.version += 1
    offer.save()


def _told(by: Viewer, event: str, appointment: Appointment, *, under: str) -> None:
    appointment.version += 1
    appointment.save()
    about = [appointment, appointment_name(appointment.number)]
    ledger.record(event, kind=Kind.DISCLOSURE, by=by, under=under, about=about)
