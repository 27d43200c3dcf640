"""Reports the viewer's own force received, what was sent with them, and who gave them, for the custodian."""

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet, prefetch_related_objects
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from clearlines.access.models import Account
from clearlines.access.permissions import Permission as P
from clearlines.access.roles import ROLES
from clearlines.access.scope import own, the_one
from clearlines.access.second_lock import whole_house
from clearlines.access.viewer import Viewer
from clearlines.keys import box
from clearlines.keys.files import Vault
from clearlines.reports import rules
from clearlines.reports.custody import custody
from clearlines.reports.models import Contact, Photograph, Release, Report, Source
from clearlines.reports.states import Releasing
from clearlines.web.due import Due


def visible(viewer: Viewer) -> QuerySet[Report]:
    reports = Report.objects.select_related("sent_by", "created_by").prefetch_related("additions")
    return own(viewer, reports, needs=P.SEE_REPORTS).order_by("urgency", "created_at", "pk")


def report(viewer: Viewer, key: uuid.UUID) -> Report:
    return the_one(visible(viewer), key)


def opened(viewer: Viewer, key: uuid.UUID | None) -> Report | None:
    """The report whose three words have just been given; `key` comes out of a signed pass, never out of an address."""
    if key is None or not viewer.may(P.MAKE_REPORT):
        return None
    with whole_house("the signed pass shows that they hold its three words"):
        return Report.objects.filter(pk=key).select_related("sent_by").first()


def how_many_unsent(viewer: Viewer, sent_as: uuid.UUID) -> int:
    """How many photographs are chosen for a report that is being written; `sent_as` comes out of their own session."""
    if not viewer.may(P.MAKE_REPORT):
        return 0
    with whole_house("whoever sends a report is not of the force whose it becomes"):
        return Photograph.objects.filter(report=None, sent_as=sent_as).count()


def begun_and_never_sent(viewer: Viewer) -> QuerySet[Photograph]:
    """For the clock alone: photographs whose report nobody sent."""
    if not viewer.may(P.RUN_SYSTEM):
        return Photograph.objects.none()
    return Photograph.objects.filter(report=None, created_at__lt=viewer.now - timedelta(hours=rules.UNSENT_HOURS))


def photographs(viewer: Viewer) -> QuerySet[Photograph]:
    """Those of reports that the viewer may read."""
    rows = Photograph.objects.filter(report__marking__in=viewer.markings)
    return own(viewer, rows, needs=P.SEE_REPORTS)


def photograph(viewer: Viewer, report: Report, key: uuid.UUID) -> tuple[Photograph, bytes]:
    """The row and the picture; a picture that cannot be opened is not there."""
    found = the_one(photographs(viewer).filter(report=report), key)
    try:
        return found, Vault().open(found.owner_id, found.file, about=found.place)
    except box.Unreadable:
        raise Http404 from None


# The source register. Only the custodian's own pages ask these.


@dataclass(frozen=True)
class Kept:
    """One source that somebody left a name with. `times` counts their reports in the days that custody() names."""

    source: Source
    times: int

    @property
    def may_be_drifting(self) -> bool:
        return self.times >= custody().drift_from


def sources(viewer: Viewer) -> QuerySet[Source]:
    return own(viewer, Source.objects.select_related("report"), needs=P.SEE_SOURCES).order_by("-created_at", "pk")


def kept(viewer: Viewer) -> list[Kept]:
    """Those of the last ninety days that hold a name, newest first. Each is opened: nothing in clear says which."""
    since = viewer.now - timedelta(days=custody().drift_days)
    recent = (
        sources(viewer).filter(created_at__gte=since).select_related(None).only("owner", "who", "created_at", "report")
    )
    named = [each for each in recent if each.who]
    prefetch_related_objects(named, "report")
    times = Counter(each.who.thumbprint for each in named)
    return [Kept(each, times[each.who.thumbprint]) for each in named]


def source(viewer: Viewer, key: uuid.UUID) -> Kept:
    found = the_one(sources(viewer), key)
    around = timedelta(days=custody().drift_days)
    near = sources(viewer).select_related(None).filter(created_at__range=(found.created_at - around, found.created_at))
    same = sum(each.who.thumbprint == found.who.thumbprint for each in near) if found.who else 0
    return Kept(found, same)


def contacts(viewer: Viewer, source: Source) -> QuerySet[Contact]:
    rows = Contact.objects.select_related("created_by").filter(source=source)
    return own(viewer, rows, needs=P.SEE_SOURCES)


def releases(viewer: Viewer) -> QuerySet[Release]:
    rows = Release.objects.select_related("report", "created_by", "to", "proposed_by", "decided_by")
    return own(viewer, rows, needs=P.SEE_REPORTS).order_by("-created_at", "pk")


def asked(viewer: Viewer) -> QuerySet[Release]:
    """What the viewer asked, and what was released to them."""
    return releases(viewer).filter(Q(created_by=viewer.account) | Q(to=viewer.account))


def to_decide(viewer: Viewer) -> QuerySet[Release]:
    """What waits for a custodian, and for the second person once a custodian has proposed it."""
    if not viewer.may(P.AGREE_RELEASES):
        return Release.objects.none()
    states = [Releasing.PROPOSED, Releasing.WAITING] if viewer.may(P.SEE_SOURCES) else [Releasing.PROPOSED]
    return releases(viewer).filter(state__in=states)


def release_asked(viewer: Viewer, key: uuid.UUID) -> Release:
    return the_one(asked(viewer), key)


def release_to_decide(viewer: Viewer, key: uuid.UUID) -> Release:
    return the_one(to_decide(viewer), key)


def may_be_shown_it(viewer: Viewer) -> list[Account]:
    """Accounts of the viewer's own organisation that may read reports: nobody else is ever offered."""
    mine = Account.objects.filter(organisation=viewer.organisation, is_active=True).prefetch_related("held", "ties")
    found = [each for each in mine.select_related("organisation") if may_read_reports(each, viewer)]
    return sorted(found, key=str)


def may_read_reports(account: Account, viewer: Viewer) -> bool:
    return any(P.SEE_REPORTS in ROLES[key].permissions for key in account.roles_on(viewer.today))


def due(viewer: Viewer, now: datetime) -> list[Due]:
    """Names that somebody asked for, and nobody has decided on."""
    return [
        Due(
            timezone.localtime(each.proposed_at or each.created_at).date(),
            f"Decide whether {each.to} may know who gave report {each.report.reference}",
            reverse("reports-decide", args=[each.pk]), "Name", (each,),
        )
        for each in to_decide(viewer)
    ]  # fmt: skip
