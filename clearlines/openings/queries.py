"""What I opened, and what waits for a second person."""

import uuid
from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from clearlines.access.permissions import Permission as P
from clearlines.access.scope import own, the_one
from clearlines.access.viewer import Viewer
from clearlines.openings import rules
from clearlines.openings.models import Opening
from clearlines.openings.states import Verdict
from clearlines.web.due import Due


def mine(viewer: Viewer) -> QuerySet[Opening]:
    rows = Opening.objects.filter(created_by=viewer.account).select_related("person", "judged_by")
    return own(viewer, rows, needs=P.OPEN_IN_AN_EMERGENCY).order_by("-created_at", "pk")


def my_own(viewer: Viewer, key: uuid.UUID) -> Opening:
    return the_one(mine(viewer), key)


def to_judge(viewer: Viewer) -> QuerySet[Opening]:
    """Everybody's but one's own; what waits first, the oldest of it at the top."""
    rows = Opening.objects.exclude(created_by=viewer.account).select_related("person", "created_by", "judged_by")
    return own(viewer, rows, needs=P.REVIEW_OPENINGS).order_by("judged_at", "created_at", "pk")


def waiting(viewer: Viewer) -> QuerySet[Opening]:
    return to_judge(viewer).filter(verdict=Verdict.WAITING)


def one_to_judge(viewer: Viewer, key: uuid.UUID) -> Opening:
    return the_one(to_judge(viewer), key)


def found_wrong(viewer: Viewer) -> QuerySet[Opening]:
    return to_judge(viewer).filter(verdict=Verdict.WRONG)


def standing(viewer: Viewer) -> QuerySet[Opening]:
    """Those whose time has not run out, for the banner and for whoever asks what is open now."""
    return mine(viewer).filter(Q(ended_at=None), until_at__gt=viewer.now)


def due(viewer: Viewer, now: datetime) -> list[Due]:
    return [
        Due(
            timezone.localtime(rules.judge_by(each.created_at)).date(),
            f"Say whether {each.created_by} was right to open {each.person} in an emergency",
            reverse("openings-judge", args=[each.pk]), "Emergency", (each, each.person),
        )
        for each in waiting(viewer)
    ]  # fmt: skip
