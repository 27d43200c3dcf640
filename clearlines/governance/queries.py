"""Who in one's own organisation looked, what stands out, what waits for an answer, and what has been agreed."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from clearlines.access.agreements import Agreement, all_agreements
from clearlines.access.permissions import Permission as P
from clearlines.access.scope import own, the_one
from clearlines.access.viewer import Viewer
from clearlines.governance.models import OddLook, OwnStreet, SampledLook
from clearlines.governance.states import OPEN, Outcome
from clearlines.ledger import queries as ledger
from clearlines.ledger.models import Entry
from clearlines.people import queries as people
from clearlines.people.models import Person
from clearlines.web.due import Due

RECENT = 50
A_WEEK, THREE_DAYS = timedelta(days=7), timedelta(days=3)
SEARCHES_SINCE = timedelta(days=365)


def recent(viewer: Viewer) -> QuerySet[Entry]:
    """The newest entries of the viewer's own organisation."""
    if not viewer.may(P.READ_LEDGER):
        return Entry.objects.none()
    return Entry.objects.filter(organisation=viewer.organisation_key).order_by("-at", "-pk")[:RECENT]


def who_looked(viewer: Viewer, noun: str, key: uuid.UUID, *, since: datetime | None = None) -> QuerySet[Entry]:
    """Every act and look at one record by the viewer's own organisation. A record that is not theirs has none."""
    if not viewer.may(P.READ_LEDGER):
        return Entry.objects.none()
    return ledger.looks_at(viewer, f"{noun}:{key}", since=since)


def who_searched(viewer: Viewer, words: str) -> QuerySet[Entry]:
    """Who in the viewer's own organisation searched for these words in the last year."""
    if not viewer.may(P.READ_LEDGER):
        return Entry.objects.none()
    return ledger.searches_for(viewer, words, viewer.now - SEARCHES_SINCE)


def my_street(viewer: Viewer) -> OwnStreet | None:
    return OwnStreet.objects.filter(account=viewer.account).first() if viewer.account else None


def to_sign_off(viewer: Viewer) -> QuerySet[SampledLook]:
    """Looks put to this supervisor that they have not settled, the oldest first."""
    return answered_by(viewer).filter(answer__in=OPEN).order_by("created_at", "pk")


def answered_by(viewer: Viewer) -> QuerySet[SampledLook]:
    rows = SampledLook.objects.filter(supervisor=viewer.account).select_related("account", "entry", "owner")
    return own(viewer, rows, needs=P.SIGN_OFF_LOOKS)


def sampled(viewer: Viewer, key: uuid.UUID) -> SampledLook:
    return the_one(answered_by(viewer), key)


def shown_in(viewer: Viewer, entry: Entry) -> tuple[list[Person], int]:
    """The people a look showed, as far as this supervisor may see them, and how many more there were."""
    names = ledger.subjects_named([entry], "people.Person:").get(entry.pk, [])
    keys = [name.partition(":")[2] for name in names]
    seen = list(people.visible(viewer).filter(pk__in=keys)[:RECENT])
    return seen, len(keys) - len(seen)


def odd_looks(viewer: Viewer) -> QuerySet[OddLook]:
    """Looks that stand out, the open ones first. Nobody is shown their own."""
    rows = OddLook.objects.exclude(account=viewer.account).select_related("account", "entry", "settled_by", "owner")
    return own(viewer, rows, needs=P.READ_LEDGER).order_by("settled_at", "-entry__at", "pk")


def open_odd_looks(viewer: Viewer) -> QuerySet[OddLook]:
    return odd_looks(viewer).filter(outcome=Outcome.NOT_YET)


def odd_look(viewer: Viewer, key: uuid.UUID) -> OddLook:
    return the_one(odd_looks(viewer), key)


def due(viewer: Viewer, now: datetime) -> list[Due]:
    """What a supervisor is asked, within a week; what an information manager must ask about, within three days."""
    asked = [
        Due(
            timezone.localtime(each.created_at + A_WEEK).date(),
            f"Say whether a look by {each.account} was part of their work",
            reverse("governance-sign-off", args=[each.pk]), "Sign-off", (each,),
        )
        for each in to_sign_off(viewer)
    ]  # fmt: skip
    odd = [
        Due(
            timezone.localtime(each.created_at + THREE_DAYS).date(), f"Ask about a look by {each.account}",
            reverse("governance-odd-look", args=[each.pk]), "Odd look", (each,),
        )
        for each in open_odd_looks(viewer)
    ]  # fmt: skip
    return [*asked, *odd]


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
