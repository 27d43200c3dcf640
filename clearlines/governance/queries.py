"""Who in one's own organisation looked, and what the programme has agreed."""

import uuid
from dataclasses import dataclass

from django.db.models import QuerySet

from clearlines.access.agreements import Agreement, all_agreements
from clearlines.access.permissions import Permission as P
from clearlines.access.viewer import Viewer
from clearlines.ledger import queries as ledger
from clearlines.ledger.models import Entry

RECENT = 50


def recent(viewer: Viewer) -> QuerySet[Entry]:
    """The newest entries of the viewer's own organisation."""
    if not viewer.may(P.READ_LEDGER):
        return Entry.objects.none()
    return Entry.objects.filter(organisation=viewer.organisation_key).order_by("-at", "-pk")[:RECENT]


def who_looked(viewer: Viewer, noun: str, key: uuid.UUID) -> QuerySet[Entry]:
    """Every act and look at one record by the viewer's own organisation. A record that is not theirs has none."""
    if not viewer.may(P.READ_LEDGER):
        return Entry.objects.none()
    return ledger.looks_at(viewer, f"{noun}:{key}")


@dataclass(frozen=True)
class Standing:
    """An agreement and how it stands today, in words."""

    agreement: Agreement
    is_live: bool
    words: str


def agreements(viewer: Viewer) -> list[Standing]:
    """Those the viewer's kind of organisation is a party to, soonest to end first."""
    mine = [each for each in all_agreements().values() if viewer.kind in (*each.sender_kinds, *each.recipient_kinds)]
    return [standing(each, viewer) for each in sorted(mine, key=lambda each: each.until_on)]


def standing(agreement: Agreement, viewer: Viewer) -> Standing:
    if agreement.is_live(viewer.today):
        left = (agreement.until_on - viewer.today).days
        return Standing(agreement, True, f"Live: {left} days left" if left <= 90 else "Live")
    ended = viewer.today > agreement.until_on
    return Standing(agreement, False, "Ended: nothing can be shared under it" if ended else "Not begun")
