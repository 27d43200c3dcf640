"""Hand somebody's planned visits, and what they promised at a door, to a colleague."""

from collections.abc import Collection
from uuid import UUID

from clearlines.access.acts import action
from clearlines.access.handing import can_take
from clearlines.access.models import Account
from clearlines.access.permissions import Permission as P
from clearlines.access.viewer import Viewer
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.visits.models import Appointment, CrewMember, FollowUp
from clearlines.visits.moving import send
from clearlines.visits.states import State


@action(may=P.LOOK_AFTER_STAFF)
def hand_on(
    *, by: Viewer, from_: Account, to: Account, only: Collection[UUID] | None = None
) -> list[Appointment | FollowUp]:
    """The visits and promises that changed hands. A visit somebody is already at stays theirs to end."""
    going = CrewMember.objects.filter(account=from_, stood_down_at=None, checked_in_at=None)
    planned = Appointment.objects.filter(state=State.PLANNED, pk__in=going.values("appointment"))
    visits = can_take(planned, to=to, by=by, needs=P.RECORD_VISITS, only=only)
    for appointment in visits:
        _send_instead(by, appointment, from_, to)
    # Whoever wrote a promise down keeps it: whose it was before is in the ledger.
    owed = FollowUp.objects.filter(created_by=from_, done_at=None)
    promises = can_take(owed, to=to, by=by, needs=P.RECORD_VISITS, only=only)
    for promise in promises:
        promise.created_by = to
        promise.version += 1
        promise.save()
    ledger.record("visits.handed_on", kind=Kind.ALTERATION, by=by, about=[from_, to, *visits, *promises])
    return [*visits, *promises]


def _send_instead(by: Viewer, appointment: Appointment, from_: Account, to: Account) -> None:
    others = [
        member.account
        for member in appointment.crew.filter(stood_down_at=None).select_related("account")
        if member.account_id not in (from_.pk, to.pk)
    ]
    send(by, appointment, [*others, to])
    appointment.version += 1
    appointment.save()
