"""What the layout shows on every page: the product, the organisation, who I am, where I can go."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from clearlines.access.permissions import Permission as P
from clearlines.access.viewer import Viewer


class Part(StrEnum):
    """The headings that the first page gathers its doors under."""

    TODAY = "Today"
    MESSAGES = "Reports, letters and what is told"
    RECORDS = "People, places and lines"
    FIGURES = "Figures"
    UPKEEP = "Colleagues and checks"


@dataclass(frozen=True)
class Place:
    label: str
    route: str
    needs: frozenset[P]
    part: Part
    is_daily: bool = False

    @property
    def url(self) -> str:
        return reverse(self.route)


@dataclass(frozen=True)
class Menu:
    """`row` stands on every page; `more` is folded behind one word, so that the row stays one line."""

    row: list[Place]
    more: list[Place]
    within: str

    @property
    def is_within_more(self) -> bool:
        return self.within in [place.url for place in self.more]

    @property
    def parts(self) -> dict[Part, list[Place]]:
        places = [*self.row, *self.more]
        found = {part: [place for place in PLACES if place in places and place.part == part] for part in Part}
        return {part: here for part, here in found.items() if here}


# As many as stand in one line on a small desk screen; with more than this, those not opened daily are folded.
ROW_HOLDS = 7

SHARING = frozenset(
    {P.TELL, P.READ_TOLD, P.ASK_MATCHING, P.MATCH_ACROSS, P.SEE_REGISTER, P.SEE_POINTERS, P.ASK_FOR_INFORMATION}
)
ASKED = frozenset(
    {P.REVIEW_OPENINGS, P.REVIEW_DISCLOSURES, P.DECIDE_DISCLOSURES, P.SEE_REGISTER, P.READ_TOLD, P.MATCH_ACROSS,
     P.AGREE_RELEASES, P.SIGN_OFF_LOOKS, P.READ_LEDGER, P.LOOK_AFTER_STAFF}
)  # fmt: skip

# In the order of the journey. A route appears here when its room has a first page.
PLACES: list[Place] = [
    Place("My day", "charity-day", frozenset({P.SEE_CARE}), Part.TODAY, is_daily=True),
    Place("This morning", "force-morning", frozenset({P.SEE_REPORTS}), Part.TODAY, is_daily=True),
    Place("Asked of you", "asked", ASKED, Part.TODAY, is_daily=True),
    Place("After a closure", "aftercare-list", frozenset({P.SEE_AFTERCARE}), Part.TODAY),
    Place("Report", "reports-start", frozenset({P.SEND_REFERRALS}), Part.MESSAGES),
    Place("Triage", "triage-list", frozenset({P.SEE_REPORTS}), Part.MESSAGES, is_daily=True),
    Place("Names left", "reports-sources", frozenset({P.SEE_SOURCES}), Part.MESSAGES),
    Place("Letters", "referrals-inbox", frozenset({P.SEE_RECEIVED_REFERRALS}), Part.MESSAGES, is_daily=True),
    Place("Letters sent", "referrals-sent", frozenset({P.SEE_SENT_REFERRALS}), Part.MESSAGES),
    Place("Screening", "screening-list", frozenset({P.SEE_SCREENINGS}), Part.MESSAGES),
    Place("Lines", "lines-list", frozenset({P.SEE_LINES}), Part.RECORDS, is_daily=True),
    Place("Groups", "groups-list", frozenset({P.SEE_LINES}), Part.RECORDS),
    Place("Disruptions", "disruptions-list", frozenset({P.SEE_LINES}), Part.RECORDS),
    Place("Link chart", "force-chart", frozenset({P.SEE_LINES}), Part.RECORDS),
    Place("Where lines come from", "force-flows", frozenset({P.SEE_LINES}), Part.RECORDS),
    Place("Networks", "force-networks", frozenset({P.ANALYSE_NETWORKS}), Part.RECORDS),
    Place("Places", "places-list", frozenset({P.SEE_PLACES}), Part.RECORDS),
    Place("People", "people-list", frozenset({P.SEE_PEOPLE}), Part.RECORDS, is_daily=True),
    Place("National referrals", "safeguarding-list", frozenset({P.SEE_NATIONAL_REFERRALS}), Part.RECORDS),
    Place("Telling", "sharing-home", SHARING, Part.MESSAGES),
    Place("Hotspots", "hotspots-home", frozenset({P.SEE_HOTSPOTS}), Part.FIGURES),
    Place("Did it work?", "evaluation-home", frozenset({P.SEE_EVALUATIONS}), Part.FIGURES),
    Place("Returns", "returns-list", frozenset({P.SEE_RETURNS, P.SEE_SENT_RETURNS}), Part.FIGURES),
    Place("Visits", "visits-home", frozenset({P.SEE_VISITS}), Part.RECORDS, is_daily=True),
    Place("Caseload", "care-list", frozenset({P.SEE_CARE}), Part.RECORDS, is_daily=True),
    Place("My plan", "care-mine", frozenset({P.SEE_OWN_PLAN}), Part.RECORDS),
    Place("Staff", "staff-list", frozenset({P.LOOK_AFTER_STAFF}), Part.UPKEEP),
    Place("Accounts", "staff-accounts", frozenset({P.MANAGE_ACCOUNTS}), Part.UPKEEP),
    Place("Kept away", "conflicts-everybodys", frozenset({P.SEE_CONFLICTS}), Part.UPKEEP),
    Place("Who has looked", "governance-home", frozenset({P.READ_LEDGER}), Part.UPKEEP),
]


def open_to(viewer: Viewer) -> list[Place]:
    return [place for place in PLACES if any(viewer.may(each) for each in place.needs)]


def within(path: str, places: list[Place]) -> str:
    """The place that this page is in: the longest address it begins with."""
    return max((place.url for place in places if path.startswith(place.url)), key=len, default="")


def menu_of(viewer: Viewer, path: str) -> Menu:
    places = open_to(viewer)
    is_short = len(places) <= ROW_HOLDS
    row = [place for place in places if is_short or place.is_daily]
    return Menu(row, [place for place in places if place not in row], within(path, places))


def everywhere(request: HttpRequest) -> dict[str, Any]:
    viewer = getattr(request, "viewer", None)
    return {
        "viewer": viewer,
        "menu": menu_of(viewer, request.path) if viewer and viewer.account else Menu([], [], ""),
        "is_example": settings.IS_EXAMPLE,
        "example_day": settings.EXAMPLE_DAY,
        "here": request.path,
    }
