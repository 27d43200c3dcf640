"""What the clock brings to reports: what was begun and never sent is let go."""

from clearlines.access.viewer import Viewer
from clearlines.reports import queries
from clearlines.reports.actions.photographs import forget_all_unsent


def tick(*, by: Viewer) -> int:
    return forget_all_unsent(by=by) if queries.begun_and_never_sent(by).exists() else 0
