"""What other people's acts ask of somebody: to judge, to decide, to sign off, to renew. Each asks for one act."""

from collections.abc import Iterator

from clearlines.access.permissions import Permission as P
from clearlines.access.viewer import Viewer
from clearlines.governance import queries as governance
from clearlines.openings import queries as openings
from clearlines.reports import queries as reports
from clearlines.sharing import queries as sharing
from clearlines.staff import queries as staff
from clearlines.web.due import Due, by_heading

ROOMS = (openings, sharing, reports, governance, staff)
# The whole of each list, judged and decided ones too.
LISTS = (
    ("Opened in an emergency", "openings-waiting", P.REVIEW_OPENINGS),
    ("Names that were asked for", "reports-to-decide", P.AGREE_RELEASES),
    ("Looks to sign off", "governance-sign-offs", P.SIGN_OFF_LOOKS),
    ("Questions to the matching role", "sharing-questions", P.MATCH_ACROSS),
    ("What was told", "sharing-register", P.SEE_REGISTER),
)


def asked_of(viewer: Viewer) -> dict[str, list[Due]]:
    """By when, soonest first: overdue, today, tomorrow, this week, later."""
    return by_heading(_everything(viewer), viewer.today)


def _everything(viewer: Viewer) -> Iterator[Due]:
    for room in ROOMS:
        yield from room.due(viewer, viewer.now)


def lists_of(viewer: Viewer) -> list[tuple[str, str]]:
    return [(label, route) for label, route, needs in LISTS if viewer.may(needs)]
