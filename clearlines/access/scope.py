"""Where every query starts. In this order: kept away, organisation, role, marking, nearness. Deny by default."""

import functools
from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import Http404

from clearlines.access.declarations import Declared
from clearlines.access.permissions import Permission
from clearlines.access.viewer import Viewer

Row = TypeVar("Row", bound=Model)


def own(viewer: Viewer, rows: QuerySet[Row], *, needs: Permission | Iterable[Permission]) -> QuerySet[Row]:
    """Rows the viewer's organisation owns, if a role of theirs holds any of the permissions; otherwise none.

    Whom a row is about, and who must stand near to read it, the model declares beside its fields.
    """
    wanted = [needs] if isinstance(needs, Permission) else list(needs)
    if not any(viewer.may(each) for each in wanted):
        return rows.none()
    declared: Declared = rows.model.declared  # type: ignore[attr-defined]
    return rows.filter(owner=viewer.organisation_key, marking__in=viewer.markings).filter(
        not_kept_away(viewer, declared), near_enough(viewer, rows.model, declared)
    )


def not_kept_away(viewer: Viewer, declared: Declared) -> Q:
    """Nothing about a person this account is kept away from, whatever else would open it."""
    away = Q()
    if viewer.kept_away:
        for path in declared.about:
            away &= ~Q(**{f"{path}__in": viewer.kept_away})
    return away


def near_enough(viewer: Viewer, model: type[Model], declared: Declared) -> Q:
    """Rows of people the viewer stands near; every row for whoever covers for the team or answers for it."""
    near = declared.near
    if near is None or viewer.is_on_duty or viewer.may(near.whole):
        return Q()
    found = Q(pk__in=[])
    for path in declared.about:
        found |= Q(**{f"{path}__in": viewer.near})
    for path in near.accounts:
        standing = near.standing(path, viewer.account)
        # Through many rows it is asked apart: a visit with a crew of two must not be listed twice.
        found |= Q(**standing) if leads_to_one(model, path) else _asked_apart(model, standing)
    if near.until_taken:
        found |= Q(**{f"{near.until_taken}__isnull": True})
    return found


def _asked_apart(model: type[Model], standing: dict[str, object]) -> Q:
    return Q(pk__in=model._default_manager.filter(**standing).values("pk"))


@functools.cache
def leads_to_one(model: type[Model], path: str) -> bool:
    """Whether every step of the path is a key to one row."""
    here = model
    for step in path.split("__"):
        field = here._meta.get_field(step)
        if field.one_to_many or field.many_to_many:
            return False
        here = field.related_model  # type: ignore[assignment]
    return True


def the_one(rows: QuerySet[Row], key: object) -> Row:
    """The row with this key, or the page that says it is not there: hidden and absent look the same."""
    row = rows.filter(pk=key).first()
    if row is None:
        raise Http404
    return row
