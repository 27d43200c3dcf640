"""Which evaluations a viewer may read, and what a form may offer."""

from django.db.models import QuerySet

from clearlines.access import scope
from clearlines.access.permissions import Permission as P
from clearlines.access.viewer import Viewer
from clearlines.evaluation.models import Run
from clearlines.hotspots import queries as hotspots


def runs(viewer: Viewer) -> QuerySet[Run]:
    """Every run of the viewer's own organisation, newest first."""
    rows = Run.objects.select_related("created_by", "repeats").order_by("-created_at", "-pk")
    return scope.own(viewer, rows, needs=P.SEE_EVALUATIONS)


def first_runs(viewer: Viewer) -> QuerySet[Run]:
    """Those that repeat no other."""
    return runs(viewer).filter(repeats=None)


def again(viewer: Viewer, run: Run) -> list[Run]:
    """The times this one was run again, newest first."""
    return list(runs(viewer).filter(repeats=run.repeats or run))


def kinds(viewer: Viewer) -> list[str]:
    """The kinds of area that loaded incidents can be counted in."""
    return ["lsoa", *(each for each in hotspots.kinds_drawn(viewer) if each != "lsoa")]


def codes_named(viewer: Viewer, kind: str, names: list[str]) -> tuple[list[str], list[str]]:
    """(codes, what is no area): each line a code or a name, however it is capitalised."""
    if not names:
        return [], []
    return hotspots.codes_named(hotspots.areas(viewer, kind), names)
