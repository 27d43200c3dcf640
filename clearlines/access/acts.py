"""The wrapper every action wears: who may, one transaction, at least one ledger entry, or nothing happened."""

import functools
import uuid
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import models, transaction

from clearlines.access import second_lock
from clearlines.access.permissions import Permission
from clearlines.access.refusals import Forbidden, Refused, Unrecorded
from clearlines.access.viewer import Viewer
from clearlines.ledger import actions as ledger

Verb = TypeVar("Verb", bound=Callable[..., Any])
Row = TypeVar("Row", bound=models.Model)


def action(*, may: Permission, across: str = "") -> Callable[[Verb], Verb]:
    """Only a viewer who may; all of it or none of it; and never without a ledger entry.

    `across` says why an act meets rows of two organisations: the second lock stands open for it, and for no other.
    """

    def wrap(verb: Verb) -> Verb:
        @functools.wraps(verb)
        def act(*, by: Viewer, **given: Any) -> Any:
            if not by.may(may):
                raise Forbidden(f"Your role does not let you {may.sentence}.")
            lock = second_lock.whole_house(across) if across else second_lock.held(by)
            with lock, transaction.atomic(), ledger.watched_entries() as entries:
                done = verb(by=by, **given)
                if not entries:
                    raise Unrecorded(f"{verb.__module__}.{verb.__name__} left no ledger entry, so it was undone")
            return done

        act.needs, act.across = may, across  # type: ignore[attr-defined]
        return act  # type: ignore[return-value]

    return wrap


def already(rows: models.QuerySet[Row], key: uuid.UUID | None, *, by: Viewer) -> Row | None:
    """What an earlier press of the same button made, so that a double click makes one row.

    `rows` are all rows of the model: a key that somebody else's row has is refused without saying whose.
    """
    row = rows.filter(pk=key).first() if key else None
    if row is not None and getattr(row, "created_by", None) != by.account:
        raise Refused(["this page has been used before: open a new one and try again"])
    return row


def locked(rows: models.QuerySet[Row], row: Row, *, seen: int | None = None) -> Row:
    """The row as it stands now, held until the action ends; refused if it changed after the page was opened."""
    held = rows.select_for_update().get(pk=row.pk)
    if seen is not None and held.version != seen:  # type: ignore[attr-defined]
        raise Refused(["somebody changed this after you opened the page: look at it again, then try once more"])
    return held


def made_by(by: Viewer, new_id: uuid.UUID | None = None) -> dict[str, Any]:
    """What every new row begins with: its key, its owner, and who made it when."""
    return {"id": new_id or uuid.uuid4(), "owner": by.organisation, "created_by": by.account, "created_at": by.now}
