"""What the layout shows on every page: the product, the organisation, who I am, where I can go."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from clearlines.access.permissions import Permission as P
from clearlines.access.viewer import Viewer


@dataclass(frozen=True)
class Place:
    label: str
    route: str
    needs: frozenset[P]

    @property
    def url(self) -> str:
        return reverse(self.route)


SHARING = frozenset(
    {P.TELL, P.READ_TOLD, P.ASK_MATCHING, P.MATCH_ACROSS, P.SEE_REGISTER, P.SEE_POINTERS, P.ASK_FOR_INFORMATION}
)
ASKED = frozenset(
    {P.REVIEW_OPENINGS, P.REVIEW_DISCLOSURES, P.DECIDE_DISCLOSURES, P.SEE_REGISTER, P.READ_TOLD, P.MATCH_ACROSS,
     P.AGREE_RELEASES, P.SIGN_OFF_LOOKS, P.READ_LEDGER, P.LOOK_AFTER_STAFF}
)  # fmt: skip

# In the order of the journey. A route appears here when its room has a first page.
PLACES: list[Place] = [
    Place("My day", "charity-day", frozenset({P.SEE_CARE})),
    Place("This morning", "force-morning", frozenset({P.SEE_REPORTS})),
    Place("Asked of you", "asked", ASKED),
    Place("Report", "reports-start", frozenset({P.SEND_REFERRALS})),
    Place("Triage", "triage-list", frozenset({P.SEE_REPORTS})),
    Place("Names left", "reports-sources", frozenset({P.SEE_SOURCES})),
    Place("Letters", "referrals-inbox", frozenset({P.SEE_RECEIVED_REFERRALS})),
    Place("Letters sent", "referrals-sent", frozenset({P.SEE_SENT_REFERRALS})),
    Place("Screening", "screening-list", frozenset({P.SEE_SCREENINGS})),
    Place("Lines", "lines-list", frozenset({P.SEE_LINES})),
    Place("Places", "places-list", frozenset({P.SEE_PLACES})),
    Place("People", "people-list", frozenset({P.SEE_PEOPLE})),
    Place("Told", "sharing-home", SHARING),
    Place("Hotspots", "hotspots-home", frozenset({P.SEE_HOTSPOTS})),
    Place("Did it work?", "evaluation-home", frozenset({P.SEE_EVALUATIONS})),
    Place("Returns", "returns-list", frozenset({P.SEE_RETURNS, P.SEE_SENT_RETURNS})),
    Place("Visits", "visits-home", frozenset({P.SEE_VISITS})),
    Place("Caseload", "care-list", frozenset({P.SEE_CARE})),
    Place("My plan", "care-mine", frozenset({P.SEE_OWN_PLAN})),
    Place("Staff", "staff-list", frozenset({P.LOOK_AFTER_STAFF})),
    Place("Accounts", "staff-accounts", frozenset({P.MANAGE_ACCOUNTS})),
    Place("Kept away", "conflicts-everybodys", frozenset({P.SEE_CONFLICTS})),
    Place("Who has looked", "governance-home", frozenset({P.READ_LEDGER})),
]


def open_to(viewer: Viewer) -> list[Place]:
    return [place for place in PLACES if any(viewer.may(each) for each in place.needs)]


def within(path: str, places: list[Place]) -> str:
    """The place that this page is in: the longest address it begins with."""
    return max((place.url for place in places if path.startswith(place.url)), key=len, default="")


def everywhere(request: HttpRequest) -> dict[str, Any]:
    viewer = getattr(request, "viewer", None)
    places = open_to(viewer) if viewer and viewer.account else []
    return {
        "viewer": viewer,
        "places": places,
        "is_example": settings.IS_EXAMPLE,
        "example_day": settings.EXAMPLE_DAY,
        "here": request.path,
        "within": within(request.path, places),
    }
