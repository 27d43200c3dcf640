"""What one has said oneself; and, for the information manager, what colleagues have."""

import uuid

from django.db.models import Q, QuerySet

from clearlines.access.models import Account
from clearlines.access.permissions import Permission as P
from clearlines.access.scope import own, the_one
from clearlines.access.viewer import Viewer
from clearlines.conflicts.models import Conflict


def mine(viewer: Viewer) -> QuerySet[Conflict]:
    """What this account said of itself; never what a lead decided about it."""
    rows = Conflict.objects.filter(account=viewer.account, created_by=viewer.account).order_by("-created_at", "pk")
    return own(viewer, rows, needs=P.KEEP_AWAY)


def everybodys(viewer: Viewer) -> QuerySet[Conflict]:
    """Of the whole organisation, but not what somebody else decided about the one who asks."""
    rows = Conflict.objects.select_related("account", "created_by", "ended_by").order_by(
        "ended_at", "-created_at", "pk"
    )
    decided_about_me = Q(account=viewer.account) & ~Q(created_by=viewer.account)
    return own(viewer, rows.exclude(decided_about_me), needs=P.SEE_CONFLICTS)


def conflict(viewer: Viewer, key: uuid.UUID) -> Conflict:
    return the_one(everybodys(viewer), key)


def colleagues(viewer: Viewer) -> QuerySet[Account]:
    staff = Account.objects.filter(organisation=viewer.organisation_key, is_active=True).exclude(
        pk=viewer.themselves.pk
    )
    return staff.order_by("first_name", "last_name")


def information_managers(viewer: Viewer) -> list[str]:
    """Whom to ask, by name."""
    held = Account.objects.filter(
        organisation=viewer.organisation_key, is_active=True, held__role="information_manager"
    )
    return [str(account) for account in held.distinct().order_by("first_name")]
