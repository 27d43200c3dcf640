"""What somebody may take over from a colleague. Called inside each room's own `hand_on`; never by itself."""

from collections.abc import Collection
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from clearlines.access.models import Account, Tie
from clearlines.access.permissions import Permission
from clearlines.access.roles import ROLES
from clearlines.access.scope import not_kept_away
from clearlines.access.ties import standing_ties
from clearlines.access.viewer import Viewer

Row = TypeVar("Row", bound=Model)


def can_take(
    rows: QuerySet[Row], *, to: Account, by: Viewer, needs: Permission, only: Collection[UUID] | None = None
) -> list[Row]:
    """Those rows, held until the action ends, that the receiver's roles let them work on.

    Never a row about somebody they are kept away from, nor one that another organisation owns.
    """
    may = any(needs in ROLES[key].permissions for key in to.roles_on(by.today))
    if to.organisation_id != by.organisation_key or not may:
        return []
    away = standing_ties(Tie.Kind.KEPT_AWAY, by.now).filter(account=to).values_list("row", flat=True)
    eyes = Viewer(to, by.now, kept_away=frozenset(row for row in away if row))
    found = rows.filter(not_kept_away(eyes, rows.model.declared), owner=by.organisation_key)  # type: ignore[attr-defined]
    if only is not None:
        found = found.filter(pk__in=only)
    return list(found.select_for_update(of=("self",)).order_by("pk"))
