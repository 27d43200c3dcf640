"""The places one's own organisation holds."""

import uuid

from django.db.models import Q, QuerySet

from clearlines.access.permissions import Permission as P
from clearlines.access.scope import own, the_one
from clearlines.access.viewer import Viewer
from clearlines.places.models import Place


def visible(viewer: Viewer) -> QuerySet[Place]:
    return own(viewer, Place.objects.order_by("town", "words", "flat", "pk"), needs=P.SEE_PLACES)


def place(viewer: Viewer, key: uuid.UUID) -> Place:
    return the_one(visible(viewer), key)


def matching(viewer: Viewer, words: str) -> QuerySet[Place]:
    """Places whose address, town or postcode holds every word typed."""
    found = visible(viewer)
    for word in words.split()[:8]:
        found = found.filter(Q(words__icontains=word) | Q(town__icontains=word) | Q(postcode__icontains=word))
    return found
