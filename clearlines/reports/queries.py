"""Reports the viewer's own force received, urgent first."""

import uuid

from django.db.models import QuerySet

from clearlines.access.permissions import Permission as P
from clearlines.access.scope import own, the_one
from clearlines.access.viewer import Viewer
from clearlines.reports.models import Report


def visible(viewer: Viewer) -> QuerySet[Report]:
    reports = Report.objects.select_related("sent_by", "created_by").prefetch_related("additions")
    return own(viewer, reports, needs=P.SEE_REPORTS).order_by("urgency", "created_at", "pk")


def report(viewer: Viewer, key: uuid.UUID) -> Report:
    return the_one(visible(viewer), key)


def opened(viewer: Viewer, key: uuid.UUID | None) -> Report | None:
    """The report whose three words have just been given; `key` comes out of a signed pass, never out of an address."""
    return Report.objects.filter(pk=key).first() if key and viewer.may(P.MAKE_REPORT) else None
