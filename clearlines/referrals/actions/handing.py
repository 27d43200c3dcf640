"""Hand somebody's unfinished letters to a colleague."""

from collections.abc import Collection
from uuid import UUID

from clearlines.access.acts import action
from clearlines.access.handing import can_take
from clearlines.access.models import Account
from clearlines.access.permissions import Permission as P
from clearlines.access.viewer import Viewer
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.referrals.models import Received
from clearlines.referrals.states import State

ENDED = (State.REDIRECTED, State.DECLINED, State.WITHDRAWN, State.FINISHED)


@action(may=P.LOOK_AFTER_STAFF)
def hand_on(*, by: Viewer, from_: Account, to: Account, only: Collection[UUID] | None = None) -> list[Received]:
    """The letters that changed hands; `only` names some of them. Nothing is told to whoever wrote them."""
    unfinished = Received.objects.filter(worker=from_).exclude(state__in=ENDED)
    handed = can_take(unfinished, to=to, by=by, needs=P.ANSWER_REFERRALS, only=only)
    for letter in handed:
        letter.worker = to
        letter.version += 1
        letter.save()
    about = [from_, to, *(row for letter in handed for row in (letter, letter.person) if row)]
    ledger.record("referrals.handed_on", kind=Kind.ALTERATION, by=by, about=about)
    return handed
