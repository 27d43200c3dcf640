"""Where every query starts: the rows of one's own organisation, at the markings one may read. Deny by default."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

from clearlines.access.permissions import Permission
from clearlines.access.viewer import Viewer

Row = TypeVar("Row", bound=Model)


def own(viewer: Viewer, rows: QuerySet[Row], *, needs: Permission | Iterable[Permission]) -> QuerySet[Row]:
    """Rows the viewer's organisation owns, if a role of theirs holds any of the permissions; otherwise none."""
    wanted = [needs] if isinstance(needs, Permission) else list(needs)
    if not any(viewer.may(each) for each in wanted):
        return rows.none()
    return rows.filter(owner=viewer.organisation_key, marking__in=viewer.markings)


def the_one(rows: QuerySet[Row], key: object) -> Row:
    """The row with this key, or the page that says it is not there: hidden and absent look the same."""
    row = rows.filter(pk=key).first()
    if row is None:
        raise Http404
    return row
