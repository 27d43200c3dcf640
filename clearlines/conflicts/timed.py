"""People come on to the register after somebody said they know them: each minute, what is new is kept away too."""

from clearlines.access.viewer import Viewer
from clearlines.conflicts import spreading
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind


def tick(*, by: Viewer) -> int:
    """How many records were newly kept from somebody."""
    made = sum(spreading.spread(conflict, by=by) for conflict in spreading.standing(by.now))
    if made:
        ledger.record("conflicts.spread", kind=Kind.ACCESS, by=by)
    return made
