"""At 00:00 an account whose clearance ran out holds nothing, by its date. This ends its sessions and hands work on."""

from django.db.models import Q

from clearlines.access.models import Account
from clearlines.access.viewer import Viewer
from clearlines.staff import actions
from clearlines.staff.models import HandOver
from clearlines.staff.standing_in import standing_in


def tick(*, by: Viewer) -> int:
    """How many accounts were handed over. One that was already is left alone."""
    done = [HandOver.Why.LAPSED, HandOver.Why.LEFT]
    finished = HandOver.objects.filter(came_back_at=None, why__in=done).values("account")
    lapsed = Account.objects.filter(Q(vetted_until__lt=by.today) | Q(trained_until__lt=by.today), is_active=True)
    waiting = list(lapsed.exclude(pk__in=finished).select_related("organisation").order_by("username"))
    for account in waiting:
        inside = standing_in(by, account.organisation)
        actions.hand_over(by=inside, account=account, why=HandOver.Why.LAPSED)
    return len(waiting)
