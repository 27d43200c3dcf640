"""Which protocols a viewer may read, and what one may be written about."""

from django.db.models import QuerySet

from clearlines.access import scope
from clearlines.access.permissions import Permission as P
from clearlines.access.viewer import Viewer
from clearlines.evaluation.models import Protocol
from clearlines.hotspots.models import HotspotSet


def protocols(viewer: Viewer) -> QuerySet[Protocol]:
    """Every protocol of the viewer's own organisation, newest first."""
    rows = Protocol.objects.select_related("created_by", "hotspots", "replaces").order_by("-created_at", "-pk")
    return scope.own(viewer, rows, needs=P.SEE_EVALUATIONS)


def protocols_of(viewer: Viewer, hotspot_set: HotspotSet) -> QuerySet[Protocol]:
    """Those written for one set of hotspots."""
    return protocols(viewer).filter(hotspots=hotspot_set)


def replaced_by(viewer: Viewer, protocol: Protocol) -> QuerySet[Protocol]:
    """Those that were written in this one's place."""
    return protocols(viewer).filter(replaces=protocol)
