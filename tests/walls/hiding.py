"""The ways in which a row is hidden from somebody, each done to the rows of a test."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Model

from clearlines.access.markings import Marking
from clearlines.access.models import Account, Organisation, Owned, Tie
from tests.cast import NOON
from tests.house.drawing import our_models

# People, letters and reports: what an account may be kept away from.
SOMEBODY = {"people.Person", "referrals.Received", "reports.Report"}
ELSEWHERE, FARTHER = "elsewhere", "farther"


def owned_models() -> list[type[Model]]:
    return sorted((each for each in our_models() if issubclass(each, Owned)), key=lambda each: each._meta.label)


def elsewhere() -> None:
    """Two organisations that take part and have no account, so that nobody in the cast reads their rows."""
    for key, name in ((ELSEWHERE, "Farshire Police"), (FARTHER, "Farthershire Police")):
        Organisation.objects.get_or_create(key=key, defaults={"name": name, "kind": "police", "regime": "part3"})


def row_with(key: UUID) -> Owned | None:
    """The row, if it is one that an organisation owns and a marking hides."""
    return next((row for model in owned_models() if (row := model.objects.filter(pk=key).first())), None)


def mark(rows: Iterable[Model], marking: Marking) -> None:
    for row in rows:
        type(row).objects.filter(pk=row.pk).update(marking=marking)


def parties(row: Model) -> set[str]:
    """The columns that name an organisation."""
    return {
        field.name
        for field in row._meta.concrete_fields
        if field.is_relation and field.related_model is Organisation and getattr(row, field.attname)
    }


def move_elsewhere(rows: Iterable[Model]) -> None:
    """Between two other organisations from now on, whichever of its columns says so."""
    for row in rows:
        now = {name: ELSEWHERE if name == "owner" else FARTHER for name in parties(row)}
        type(row).objects.filter(pk=row.pk).update(**now)


def keep_everybody_away_from(keys: Iterable[UUID]) -> None:
    Tie.objects.bulk_create(
        Tie(account=account, kind=Tie.Kind.KEPT_AWAY, noun="people.Person", row=key, from_at=NOON - timedelta(days=1))
        for account in Account.objects.all()
        for key in keys
    )


def keep_everybody_away_from_strangers(how_many: int) -> None:
    """As many ties as in the world beside it, to nobody who is there."""
    keep_everybody_away_from([uuid4() for _ in range(how_many)])


def bring_everybody_near_strangers() -> None:
    """Whether one stands near anybody at all is in all one's queries, and is no secret from oneself."""
    Tie.objects.bulk_create(
        Tie(account=account, kind=Tie.Kind.PANEL, noun="people.Person", row=uuid4(), from_at=NOON - timedelta(days=1))
        for account in Account.objects.all()
        for _ in range(2)
    )


def about(row: Model) -> set[UUID]:
    """Everybody a row tells of, found by following its keys: its own, its parent's, and so on."""
    found: set[UUID] = {row.pk} if row._meta.label in SOMEBODY else set()
    for field in row._meta.concrete_fields:
        if field.is_relation and isinstance(field.related_model, type) and issubclass(field.related_model, Owned):
            parent = None if field.related_model is type(row) else getattr(row, field.name)
            found |= about(parent) if parent is not None and parent._meta.label not in NOT_PARENTS else set()
    return found


# A place is not about whoever lives there, nor is a line about whoever was put on it.
NOT_PARENTS = {"places.Place", "lines.Line"}


def every_row() -> dict[UUID, Any]:
    return {row.pk: row for model in owned_models() for row in model.objects.all()}
