"""The rows a half is counted from, as they were known by the end of a day, seen with the counting account's eyes."""

from collections.abc import Hashable, Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from clearlines.access.permissions import Permission as P
from clearlines.access.scope import own
from clearlines.access.viewer import Viewer
from clearlines.care.models import Case, CaseMove, OutcomeMeasure, Plan
from clearlines.disruptions.models import Disruption, Moderation
from clearlines.evaluation import queries as comparisons
from clearlines.people import queries as people
from clearlines.referrals.models import Received, ReceivedMove
from clearlines.reports.models import Report
from clearlines.returns.counted import Window
from clearlines.triage.models import Decision
from clearlines.visits.models import VisitAccount


def reports(viewer: Viewer, window: Window) -> QuerySet[Report]:
    """Reports that came in during the window. None is ever deleted or moved in time, so this cannot drift."""
    rows = Report.objects.filter(created_at__gte=window.began, created_at__lt=window.over)
    return own(viewer, rows, needs=P.SEE_REPORTS)


def decided(viewer: Viewer, window: Window) -> QuerySet[Any]:
    """The keys of reports on which a first decision stood by then."""
    rows = Decision.objects.filter(number=1, created_at__lt=window.known_before)
    return own(viewer, rows, needs=P.SEE_REPORTS).values("report")


def disruptions(viewer: Viewer, window: Window) -> list[tuple[str, str]]:
    """Of each act that happened in the window and stood by then: its P, and the level decided by then or nothing."""
    stood = Q(taken_back_at=None) | Q(taken_back_at__gte=window.known_before)
    rows = Disruption.objects.filter(stood, created_at__lt=window.known_before)
    acts = own(viewer, rows.filter(happened_on__range=(window.from_on, window.to_on)), needs=P.SEE_LINES)
    decided = Moderation.objects.filter(created_at__lt=window.known_before).order_by("sequence")
    levels = dict(own(viewer, decided, needs=P.SEE_LINES).values_list("disruption", "level"))
    return [(p, levels.get(key, "")) for key, p in acts.values_list("pk", "p")]


def latest_comparison(viewer: Viewer, window: Window) -> str | None:
    """The name and the guarded sentences of the latest comparison kept by then, or nothing while none is kept."""
    run = comparisons.first_runs(viewer).filter(created_at__lt=window.known_before).first()
    return f"{run.name}. {' '.join(run.result['sentences'])}" if run else None


def letters(viewer: Viewer, window: Window) -> QuerySet[Received]:
    rows = Received.objects.filter(created_at__lt=window.known_before).order_by("created_at", "pk")
    return own(viewer, rows, needs=P.SEE_RECEIVED_REFERRALS)


def letter_states(viewer: Viewer, window: Window) -> dict[Any, list[str]]:
    """Every state each letter had been in by then, the one it was in last."""
    rows = ReceivedMove.objects.filter(created_at__lt=window.known_before).order_by("created_at")
    moves = own(viewer, rows, needs=P.SEE_RECEIVED_REFERRALS).values_list("received", "created_at", "was", "became")
    return _each_in_order(moves)


def _each_in_order(moves: Iterable[tuple[Any, Any, str, str]]) -> dict[Any, list[str]]:
    """The states of each row one after another. Moves of one moment follow from each other: was, then became."""
    found: dict[Any, list[tuple[Any, str, str]]] = {}
    for key, at, was, became in moves:
        found.setdefault(key, []).append((at, was, became))
    return {key: _in_order(left) for key, left in found.items()}


def _in_order(left: list[tuple[Any, str, str]]) -> list[str]:
    states = [""]
    while left:
        following = (each for each in left if each[0] == left[0][0] and each[1] == states[-1])
        here = next(following, left[0])
        left.remove(here)
        states.append(here[2])
    return states[1:]


def accounts(viewer: Viewer, window: Window) -> QuerySet[VisitAccount]:
    """One account a visit: the one that stood then. A correction learned of later is not in it."""
    rows = VisitAccount.objects.filter(
        Q(replaced_at=None) | Q(replaced_at__gte=window.known_before), created_at__lt=window.known_before
    ).select_related("appointment__person", "appointment__place")
    return own(viewer, rows.order_by("arrived_at", "pk"), needs=P.SEE_VISITS)


def caseload(viewer: Viewer, window: Window) -> list[Case]:
    """Cases that were open on the window's last day."""
    rows = CaseMove.objects.filter(created_at__lt=window.known_before, on__lte=window.to_on).order_by(
        "on", "created_at"
    )
    moves = own(viewer, rows, needs=P.SEE_CARE).values_list("case", "on", "was", "became")
    states = _each_in_order(moves)
    cases = own(viewer, Case.objects.filter(created_at__lt=window.known_before), needs=P.SEE_CARE)
    return [each for each in cases.filter(opened_on__lte=window.to_on) if states.get(each.pk, ["open"])[-1] == "open"]


def plans_agreed(viewer: Viewer, window: Window, by: date) -> QuerySet[Plan]:
    rows = Plan.objects.filter(created_at__lt=window.known_before, agreed_on__lte=by)
    return own(viewer, rows, needs=P.SEE_CARE)


def measures(viewer: Viewer, window: Window, instrument: str) -> QuerySet[OutcomeMeasure]:
    rows = OutcomeMeasure.objects.filter(
        Q(replaced_at=None) | Q(replaced_at__gte=window.known_before),
        created_at__lt=window.known_before,
        instrument=instrument,
    ).select_related("case")
    return own(viewer, rows.order_by("taken_on", "created_at"), needs=P.SEE_CARE)


class AsOne:
    """Records said to be the same person stand for one: `of(key)` is the same for all of them."""

    def __init__(self, pairs: Iterable[tuple[Hashable, Hashable]]) -> None:
        self.stands_for: dict[Hashable, Hashable] = {}
        for one, other in pairs:
            first, second = self.of(one), self.of(other)
            self.stands_for[max(first, second, key=str)] = min(first, second, key=str)
            self.stands_for.setdefault(min(first, second, key=str), min(first, second, key=str))

    def of(self, key: Hashable) -> Hashable:
        while self.stands_for.get(key, key) != key:
            key = self.stands_for[key]
        return key


def people_as_one(viewer: Viewer, window: Window) -> AsOne:
    said = people.said_to_be_same(viewer).filter(created_at__lt=window.known_before)
    return AsOne(said.values_list("one", "other"))
