"""What the clock brings: a file that was brought and neither loaded nor left is let go."""

from clearlines.access.viewer import Viewer
from clearlines.calls import queries
from clearlines.calls.actions import forget_waiting


def tick(*, by: Viewer) -> int:
    return forget_waiting(by=by) if queries.left_waiting(by).exists() else 0
