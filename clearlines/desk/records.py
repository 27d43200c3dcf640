"""Every kind of record that has a page: the query that shows it, what opens it, and where it is.

One line a kind. A page whose head offers "Why can I see this?" for a kind that is not here fails a test.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from clearlines.access.models import Owned
from clearlines.access.permissions import Permission as P
from clearlines.access.viewer import Viewer
from clearlines.aftercare import queries as aftercare
from clearlines.calls import queries as calls
from clearlines.care import queries as care
from clearlines.disruptions import queries as disruptions
from clearlines.evaluation import queries as evaluation
from clearlines.groups import queries as groups
from clearlines.hotspots import queries as hotspots
from clearlines.lines import queries as lines
from clearlines.openings import queries as openings
from clearlines.people import queries as people
from clearlines.places import queries as places
from clearlines.referrals import queries as referrals
from clearlines.reports import queries as reports
from clearlines.returns import queries as returns
from clearlines.safeguarding import queries as safeguarding
from clearlines.screening import queries as screening
from clearlines.sharing import queries as sharing
from clearlines.visits import queries as visits


@dataclass(frozen=True)
class Record:
    visible: Callable[[Viewer], QuerySet[Any]]
    needs: tuple[P, ...]
    page: str

    def address(self, row: Owned) -> str:
        return reverse(self.page, args=[row.pk])


RECORDS: dict[str, Record] = {
    "people.Person": Record(people.visible, (P.SEE_PEOPLE,), "people-person"),
    "places.Place": Record(places.visible, (P.SEE_PLACES,), "places-place"),
    "lines.Line": Record(lines.visible, (P.SEE_LINES,), "lines-line"),
    "disruptions.Disruption": Record(disruptions.visible, (P.SEE_LINES,), "disruptions-disruption"),
    "groups.Group": Record(groups.visible, (P.SEE_LINES,), "groups-group"),
    "safeguarding.NationalReferral": Record(safeguarding.visible, (P.SEE_NATIONAL_REFERRALS,), "safeguarding-referral"),
    "reports.Report": Record(reports.visible, (P.SEE_REPORTS,), "triage-report"),
    "reports.Source": Record(reports.sources, (P.SEE_SOURCES,), "reports-source"),
    "sharing.Disclosure": Record(sharing.given, (P.TELL, P.SEE_REGISTER), "sharing-given-one"),
    "referrals.Sent": Record(referrals.sent, (P.SEE_SENT_REFERRALS,), "referrals-sent-one"),
    "referrals.Received": Record(referrals.received, (P.SEE_RECEIVED_REFERRALS,), "referrals-letter"),
    "screening.Screening": Record(screening.visible, (P.SEE_SCREENINGS,), "screening-result"),
    "visits.Appointment": Record(visits.appointments, (P.SEE_VISITS,), "visits-appointment"),
    "visits.JointOffer": Record(visits.offers, (P.SEE_VISITS,), "visits-offer"),
    "care.Case": Record(care.cases, (P.SEE_CARE,), "care-case"),
    "aftercare.Watch": Record(aftercare.watches, (P.SEE_AFTERCARE,), "aftercare-watch"),
    "aftercare.WatchTold": Record(aftercare.standing, (P.SEE_AFTERCARE,), "aftercare-told"),
    "aftercare.Harm": Record(aftercare.harms, (P.SEE_AFTERCARE,), "aftercare-harm"),
    "hotspots.HotspotSet": Record(hotspots.sets, (P.SEE_HOTSPOTS,), "hotspots-set"),
    "evaluation.Protocol": Record(evaluation.protocols, (P.SEE_EVALUATIONS,), "evaluation-protocol"),
    "calls.Extract": Record(calls.extracts, (P.SEE_HOTSPOTS,), "calls-extract"),
    "evaluation.Result": Record(evaluation.results, (P.SEE_EVALUATIONS,), "evaluation-result"),
    "evaluation.Run": Record(evaluation.runs, (P.SEE_EVALUATIONS,), "evaluation-run"),
    "returns.Return": Record(returns.visible, (P.SEE_RETURNS, P.SEE_SENT_RETURNS), "returns-return"),
    "openings.Opening": Record(openings.to_judge, (P.REVIEW_OPENINGS,), "openings-judge"),
}
