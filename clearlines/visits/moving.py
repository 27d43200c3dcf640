"""What the actions of this room share: one way to make, hold and copy an appointment."""

import uuid
from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from clearlines.access import agreements
from clearlines.access.acts import locked
from clearlines.access.agreements import Agreement
from clearlines.access.models import Account, Organisation
from clearlines.access.refusals import Refused, refuse_if
from clearlines.access.rules import reasons_not_to_share
from clearlines.access.viewer import Viewer
from clearlines.visits import rules
from clearlines.visits.models import Appointment, CrewMember, JointOffer
from clearlines.visits.states import Joint, State

Row = TypeVar("Row", bound=Model)
OFFERED_FIELDS = ("place", "time", "crew", "entry_basis", "safety")
COPIED = ("number", "place_words", "starts_at", "minutes", "crew_needed", "entry_basis", "safety", "never_alone")


def held(by: Viewer, rows: QuerySet[Row], row: Row, seen: int | None = None) -> Row:
    """The row, locked, if it is one of the viewer's own organisation."""
    row = locked(rows, row, seen=seen)
    if row.owner_id != by.organisation_key:  # type: ignore[attr-defined]
        raise Refused(["this belongs to another organisation"])
    return row


def appointment_name(number: str) -> Model | str:
    """How the ledger names the one appointment that two organisations know of, without a key to either's row."""
    return f"visits.number:{number}"


def number_for(key: uuid.UUID) -> str:
    return f"V-{key.hex[:8].upper()}"


def make(by: Viewer, *, key: uuid.UUID, crew: Iterable[Account], **details: Any) -> Appointment:
    appointment = Appointment.objects.create(
        id=key, owner=by.organisation, created_by=by.account, created_at=by.now, **details
    )
    send(by, appointment, crew)
    return appointment


def send(by: Viewer, appointment: Appointment, crew: Iterable[Account]) -> None:
    """Exactly these go. Somebody taken off after checking in is stood down: that they were there is kept."""
    wanted = {account.pk: account for account in crew}
    for member in appointment.crew.all():
        stays = wanted.pop(member.account_id, None)
        member.stood_down_at = None if stays else by.now
        member.save()
    CrewMember.objects.bulk_create(
        CrewMember(
            owner=by.organisation, created_by=by.account, created_at=by.now, appointment=appointment, account=account
        )
        for account in wanted.values()
    )


def crew_size(appointment: Appointment) -> int:
    return appointment.crew.filter(stood_down_at=None).count()


def refuse_crew(by: Viewer, crew: list[Account], *, alone_refused: bool, with_others: bool = False) -> None:
    refuse_if(
        rules.reasons_not_to_send_crew(
            [account.organisation_id for account in crew],
            organisation=by.organisation_key, alone_refused=alone_refused, with_others=with_others,
        )
    )  # fmt: skip


def agreement_for(by: Viewer, to: Organisation) -> Agreement:
    """The agreement under which a visit may be offered today, or a refusal that says what is missing."""
    able = [each for each in agreements.between(by.kind, to.kind) if set(OFFERED_FIELDS) <= set(each.fields)]
    chosen = max(able, key=lambda each: (each.is_live(by.today), each.until_on), default=None)
    refuse_if(
        reasons_not_to_share(chosen, sender_kind=by.kind, recipient_kind=to.kind, fields=OFFERED_FIELDS, today=by.today)
    )
    assert chosen is not None
    return chosen


def offer_of(appointment: Appointment) -> JointOffer | None:
    """The other organisation's copy. Only actions reach it: no page of the organiser's ever reads it."""
    if appointment.joint_with_id is None:
        return None
    offers = JointOffer.objects.select_for_update()
    return offers.filter(number=appointment.number, owner=appointment.joint_with_id).first()


def organisers(offer: JointOffer) -> Appointment:
    """The organiser's own row, to be told the answer and nothing else."""
    rows = Appointment.objects.select_for_update()
    return rows.exclude(state="cancelled").get(number=offer.number, owner=offer.from_key)


def drop_accepted(offer: JointOffer, why: str) -> None:
    """The recipient's own appointment ends with the offer, unless they already went."""
    for accepted in offer.appointments.filter(state="planned"):
        accepted.state, accepted.cancelled_why, accepted.joint = State.CANCELLED, why, Joint.WITHDRAWN
        accepted.save(update_fields=["state", "cancelled_why", "joint"])
