"""Hand somebody's open cases to a colleague."""

from collections.abc import Collection
from uuid import UUID

from clearlines.access.acts import action
from clearlines.access.handing import can_take
from clearlines.access.models import Account
from clearlines.access.permissions import Permission as P
from clearlines.access.viewer import Viewer
from clearlines.care.models import Case
from clearlines.care.moving import changed
from clearlines.care.states import CaseState
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind


@action(may=P.LOOK_AFTER_STAFF)
def hand_on(*, by: Viewer, from_: Account, to: Account, only: Collection[UUID] | None = None) -> list[Case]:
    """The open cases that changed hands; `only` names some of them."""
    open_ones = Case.objects.filter(worker=from_, state=CaseState.OPEN)
    handed = can_take(open_ones, to=to, by=by, needs=P.KEEP_CARE, only=only)
    for case in handed:
        case.worker = to
        changed(case)
    about = [from_, to, *(row for case in handed for row in (case, case.person))]
    ledger.record("care.handed_on", kind=Kind.ALTERATION, by=by, about=about)
    return handed
