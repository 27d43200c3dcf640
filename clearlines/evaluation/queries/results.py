"""Which results of protocols a viewer may read."""

from django.db.models import QuerySet

from clearlines.access import scope
from clearlines.access.permissions import Permission as P
from clearlines.access.viewer import Viewer
from clearlines.evaluation.models import Protocol, Result


def results(viewer: Viewer) -> QuerySet[Result]:
    """Every result of the viewer's own organisation, newest first."""
    rows = Result.objects.select_related(
        "created_by", "protocol__hotspots", "protocol__created_by", "repeats"
    ).order_by("-created_at", "-pk")
    return scope.own(viewer, rows, needs=P.SEE_EVALUATIONS)


def results_of(viewer: Viewer, protocol: Protocol) -> QuerySet[Result]:
    """What came out of one protocol, newest first."""
    return results(viewer).filter(protocol=protocol)


def first_results(viewer: Viewer) -> QuerySet[Result]:
    """Those that repeat no other."""
    return results(viewer).filter(repeats=None)


def repeats_of(viewer: Viewer, result: Result) -> QuerySet[Result]:
    """The times this one was worked out again, newest first."""
    return results(viewer).filter(repeats=result.repeats_id or result.pk)
