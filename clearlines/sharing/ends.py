"""Both ends of a crossing: an entry in each organisation's own ledger, and a notice the recipient keeps."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model

from clearlines.access.viewer import Viewer
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.sharing.models import Disclosure, Notice


@dataclass(frozen=True)
class OtherEnd:
    """Whoever did it, as the other organisation's ledger names them: by organisation, never by account."""

    name: str
    organisation_key: str
    now: datetime


def number_name(number: str) -> str:
    """How both ledgers name what crossed: by the one thing that both ends hold."""
    return f"sharing.crossing:{number}"


def record_both(
    event: str, *, by: Viewer, to: str, number: str, kind: Kind = Kind.DISCLOSURE, about: Iterable[Model] = (),
    under: str = "", note: str = "",
) -> None:  # fmt: skip
    """`about` are the rows of whoever acts; the other end's entry holds the number and nothing else."""
    ledger.record(event, kind=kind, by=by, about=[*about, number_name(number)], under=under, note=note)
    there = OtherEnd(by.organisation_key, to, by.now)
    ledger.record(event, kind=kind, by=there, about=[number_name(number)], under=under)


def notify(told: Disclosure, news: Notice.News, *, by: Viewer, words: str = "") -> Notice:
    return Notice.objects.create(
        owner_id=told.to_id, created_at=by.now, number=told.number, news=news,
        from_key=by.organisation_key, from_name=by.organisation.name, words=words,
        until_on=told.until_on if news == Notice.News.TOLD else None,
    )  # fmt: skip
