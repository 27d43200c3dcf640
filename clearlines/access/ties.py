"""Bring an account near to somebody, end that, or keep it away. Called inside an action; never by itself."""

from datetime import datetime
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from clearlines.access.models import Account, Tie
from clearlines.access.viewer import Viewer


def tie(
    account: Account, row: Model, kind: Tie.Kind, *, by: Viewer, until_at: datetime | None = None, reason: str = ""
) -> Tie:
    """One tie of this kind; an account that is tied already stays as it was."""
    if standing := standing_ties(kind, by.now).filter(account=account, row=row.pk).first():
        return standing
    return Tie.objects.create(
        account=account, kind=kind, noun=row._meta.label, row=row.pk, from_at=by.now, until_at=until_at,
        made_by=by.account, reason=reason,
    )  # fmt: skip


def untie(row: Model | UUID, kind: Tie.Kind, *, by: Viewer, account: Account | None = None) -> int:
    """How many ties of this kind ended now: one account's, or everybody's."""
    found = standing_ties(kind, by.now).filter(row=row if isinstance(row, UUID) else row.pk)
    if account is not None:
        found = found.filter(account=account)
    return found.update(until_at=by.now, ended_by=by.account)


def standing_ties(kind: Tie.Kind, moment: datetime) -> QuerySet[Tie]:
    return Tie.objects.filter(Q(until_at=None) | Q(until_at__gt=moment), kind=kind, from_at__lte=moment)
