"""What we told, and what we may read of what we were told."""

import uuid

from django.db.models import Q, QuerySet

from clearlines.access.permissions import Permission as P
from clearlines.access.scope import not_kept_away, own, the_one
from clearlines.access.viewer import Viewer
from clearlines.sharing.models import Disclosure, EmergencyReview, Notice, Proposal

# All that a recipient's page ever asks of the database: never the giver's person, reason or decider.
CROSSES = ("id", "number", "owner", "to", "from_name", "signed_by", "name", "told", "basis", "agreement", "gateway",
           "given_at", "until_on", "review_on", "in_place_of", "revoked_at", "marking")  # fmt: skip


def given(viewer: Viewer) -> QuerySet[Disclosure]:
    """What the viewer's own organisation told, taken back or not."""
    rows = Disclosure.objects.select_related("to", "person", "decided_by", "revoked_by")
    return own(viewer, rows, needs=[P.TELL, P.SEE_REGISTER]).order_by("-given_at", "-pk")


def given_one(viewer: Viewer, key: uuid.UUID) -> Disclosure:
    return the_one(given(viewer).prefetch_related("corrections__in_place", "corrections__created_by"), key)


def told_us(viewer: Viewer) -> QuerySet[Disclosure]:
    """What the viewer's organisation was told and may still read: the copy, and nothing that leads to the giver's."""
    if not viewer.may(P.READ_TOLD):
        return Disclosure.objects.none()
    living = Q(revoked_at=None) & (Q(until_on=None) | Q(until_on__gte=viewer.today))
    open_to = living & not_kept_away(viewer, Disclosure.declared)
    mine = Disclosure.objects.filter(open_to, to=viewer.organisation_key, marking__in=viewer.markings)
    return mine.only(*CROSSES).order_by("-given_at", "-pk")


def notices(viewer: Viewer) -> QuerySet[Notice]:
    """Our own end of whatever was told, put right or taken back."""
    rows = Notice.objects.select_related("destroyed_by")
    return own(viewer, rows, needs=[P.READ_TOLD, P.SEE_REGISTER]).order_by("-created_at", "-pk")


def notice_one(viewer: Viewer, key: uuid.UUID) -> Notice:
    return the_one(notices(viewer), key)


def to_destroy(viewer: Viewer) -> QuerySet[Notice]:
    """What was taken back, was wrong, or may be read no longer, and nobody has yet said what became of it."""
    past = Q(news=Notice.News.TOLD, until_on__lt=viewer.today)
    asked_for = ~Q(news__in=[Notice.News.TOLD, Notice.News.WITHDRAWN])
    already = notices(viewer).filter(asked_for).order_by().values("number")
    asks = asked_for | (past & ~Q(number__in=already))
    return notices(viewer).filter(asks, destroyed_at=None)


def notices_about(viewer: Viewer, number: str) -> QuerySet[Notice]:
    return notices(viewer).filter(number=number)


def proposals(viewer: Viewer) -> QuerySet[Proposal]:
    rows = Proposal.objects.select_related("to", "person", "created_by", "decided_by", "disclosure")
    return own(viewer, rows, needs=P.TELL).order_by("-created_at", "-pk")


def proposal(viewer: Viewer, key: uuid.UUID) -> Proposal:
    return the_one(proposals(viewer), key)


def reviews(viewer: Viewer) -> QuerySet[EmergencyReview]:
    rows = EmergencyReview.objects.select_related("disclosure__to", "disclosure__decided_by", "reviewed_by")
    return own(viewer, rows, needs=[P.REVIEW_DISCLOSURES, P.SEE_REGISTER]).order_by("review_by", "pk")


def reviews_waiting(viewer: Viewer) -> QuerySet[EmergencyReview]:
    return reviews(viewer).filter(reviewed_at=None)


def the_review(viewer: Viewer, key: uuid.UUID) -> EmergencyReview:
    return the_one(reviews(viewer), key)
