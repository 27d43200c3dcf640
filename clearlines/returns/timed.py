"""Each hour what was sent is counted as known now; where a figure of the lines differs, it gains a note."""

import time
from dataclasses import replace

from clearlines.access.viewer import Viewer, the_time
from clearlines.returns import actions, again
from clearlines.returns.models import Return
from clearlines.returns.states import State

AN_HOUR = 3600.0


class Pause:
    """When this running process counts again."""

    until = 0.0


def tick(*, by: Viewer) -> int:
    """How many notes were added."""
    if time.monotonic() < Pause.until:
        return 0
    Pause.until = time.monotonic() + AN_HOUR
    return go_through(by=replace(by, now=the_time()))


def go_through(*, by: Viewer) -> int:
    """Nothing is written where nothing would be different."""
    sent = Return.objects.filter(state=State.SENT).order_by("to_on", "pk")
    return sum(len(actions.note_by_the_clock(by=by, part_of=each)) for each in sent if again.changes(each, by=by))
