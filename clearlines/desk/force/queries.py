"""What the sergeant's morning gathers from the rooms the police work in. Each room decides what may be seen."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count
from django.utils import timezone

from clearlines.access.permissions import Permission as P
from clearlines.access.viewer import Viewer
from clearlines.aftercare import queries as aftercare
from clearlines.disruptions import queries as disruptions
from clearlines.governance import queries as governance
from clearlines.groups import queries as groups
from clearlines.lines import queries as lines
from clearlines.lines.models import LineStatus
from clearlines.referrals import queries as referrals
from clearlines.referrals.models import Sent
from clearlines.reports.states import URGENCY_IN_WORDS
from clearlines.safeguarding import queries as safeguarding
from clearlines.staff import queries as staff
from clearlines.triage import queries as triage
from clearlines.visits import queries as visits
from clearlines.visits.models import Appointment, JointOffer
from clearlines.web.due import Due, by_heading

FIRST = 5
THIS_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Morning:
    """In the order of screens.md: what came in, the lines, the doors, what crossed to the charity."""

    waiting: int
    by_urgency: list[tuple[str, int]]
    first: list[Any]
    standing: lines.Standing
    changed: list[LineStatus]
    today: list[Appointment]
    offers: list[JointOffer]
    letters: list[Sent]
    due: dict[str, list[Due]]

    @property
    def is_asked(self) -> bool:
        return any(self.due.values())

    @property
    def shown(self) -> list[Any]:
        """Every row on the page, for the ledger; the page itself, where there is none."""
        rows = [*self.first, *self.changed, *self.today, *self.offers, *self.letters]
        return ["desk.morning", *rows, *(row for found in self.due.values() for each in found for row in each.about)]


def morning(viewer: Viewer) -> Morning:
    queue = triage.waiting(viewer)
    counted = dict(queue.order_by().values_list("urgency").annotate(how_many=Count("pk")))
    return Morning(
        sum(counted.values()),
        [(word, counted[urgency]) for urgency, word in URGENCY_IN_WORDS.items() if urgency in counted],
        list(queue[:FIRST]),
        lines.status_on(viewer, viewer.today),
        changed_since_yesterday(viewer),
        list(visits.appointments(viewer).filter(starts_at__range=_day_of(viewer)).order_by("starts_at", "pk")),
        list(visits.offers_waiting(viewer)) if viewer.may(P.PLAN_VISITS) else [],
        list(referrals.sent(viewer).filter(sent_at__gte=viewer.now - THIS_WEEK, sent_at__lte=viewer.now)),
        due(viewer),
    )


def due(viewer: Viewer) -> dict[str, list[Due]]:
    """What every room of the force puts to this person, overdue first."""
    rooms = (aftercare, disruptions, groups, safeguarding, governance, staff)
    found = [each for room in rooms for each in room.due(viewer, viewer.now)]
    heard = triage.last_heard_of_lines(viewer) if viewer.may(P.KEEP_LINES) else {}
    return by_heading([*found, *lines.due(viewer, viewer.now, heard)], viewer.today)


def changed_since_yesterday(viewer: Viewer) -> list[LineStatus]:
    """Every status written down since yesterday began, whenever it was true from: the newest first."""
    since = _day_of(viewer)[0] - timedelta(days=1)
    rows = lines.statuses(viewer).filter(known_at__gte=since, known_at__lte=viewer.now)
    return list(rows.select_related("line", "created_by").order_by("-known_at", "-sequence"))


def _day_of(viewer: Viewer) -> tuple[datetime, datetime]:
    begins, ends = (datetime.combine(viewer.today, each) for each in (time.min, time.max))
    return timezone.make_aware(begins), timezone.make_aware(ends)
