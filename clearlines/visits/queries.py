"""One's own organisation's appointments and accounts, the offers made to it, and what they add up to."""

import itertools
import uuid
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone

from clearlines.access import agreements
from clearlines.access.models import Account, Organisation
from clearlines.access.permissions import Permission as P
from clearlines.access.scope import own, the_one
from clearlines.access.viewer import Viewer
from clearlines.people.models import Person
from clearlines.visits import rules
from clearlines.visits.counting import Counts, counted
from clearlines.visits.models import (
    Appointment,
    CrewMember,
    FollowUp,
    JointOffer,
    NoAnswerDecision,
    VisitAccount,
)
from clearlines.visits.states import Joint, State
from clearlines.web.due import Due

# Three visits without an answer longer ago than this are history, not a decision that waits.
LOOK_BACK = timedelta(days=365)
# The desk shows these as unfinished, not as due.
WRITE_UP = "Write up"


def appointments(viewer: Viewer) -> QuerySet[Appointment]:
    going = CrewMember.objects.filter(stood_down_at=None).select_related("account")
    rows = Appointment.objects.select_related("place", "person", "joint_with").prefetch_related(
        Prefetch("crew", queryset=going, to_attr="going")
    )
    return own(viewer, rows, needs=P.SEE_VISITS).order_by("starts_at", "pk")


def appointment(viewer: Viewer, key: uuid.UUID) -> Appointment:
    return the_one(appointments(viewer), key)


def going(appointment: Appointment) -> list[CrewMember]:
    """Who goes, as `appointments` fetched it."""
    return appointment.going  # type: ignore[attr-defined,no-any-return]


def mine(viewer: Viewer) -> QuerySet[Appointment]:
    """Those on which the viewer is one of the crew."""
    return appointments(viewer).filter(crew__account=viewer.account, crew__stood_down_at=None)


def my_round(viewer: Viewer) -> QuerySet[Appointment]:
    return mine(viewer).filter(starts_at__date=viewer.today).exclude(state=State.CANCELLED)


def coming(viewer: Viewer) -> QuerySet[Appointment]:
    """Everything one's own organisation has planned after today, and of today what the viewer is not on."""
    planned = appointments(viewer).filter(state=State.PLANNED, starts_at__date__gte=viewer.today)
    return planned.exclude(pk__in=my_round(viewer).values("pk"))


def to_write_up(viewer: Viewer) -> QuerySet[Appointment]:
    """Planned for a day that has passed and not written up: somebody went, or must say that nobody did."""
    return appointments(viewer).filter(state=State.PLANNED, starts_at__date__lt=viewer.today)


def for_person(viewer: Viewer, person: Person) -> QuerySet[Appointment]:
    return appointments(viewer).filter(person=person).order_by("-starts_at", "pk")


def offers(viewer: Viewer) -> QuerySet[JointOffer]:
    """What other organisations asked one's own to come along to."""
    return own(viewer, JointOffer.objects.select_related("answered_by"), needs=P.SEE_VISITS).order_by("starts_at", "pk")


def offer(viewer: Viewer, key: uuid.UUID) -> JointOffer:
    return the_one(offers(viewer), key)


def offers_waiting(viewer: Viewer) -> QuerySet[JointOffer]:
    return offers(viewer).filter(state=Joint.OFFERED, starts_at__gt=viewer.now)


def accounts(viewer: Viewer) -> QuerySet[VisitAccount]:
    """The accounts that stand: a corrected one is kept, and counted once."""
    rows = VisitAccount.objects.filter(replaced_at=None).select_related("appointment__person", "created_by")
    return own(viewer, rows, needs=P.SEE_VISITS).order_by("-arrived_at", "-pk")


def account_of(viewer: Viewer, appointment: Appointment) -> VisitAccount | None:
    return accounts(viewer).filter(appointment=appointment).first()


def account(viewer: Viewer, key: uuid.UUID) -> VisitAccount:
    return the_one(accounts(viewer), key)


def earlier_accounts(viewer: Viewer, appointment: Appointment) -> QuerySet[VisitAccount]:
    """What was written before it was corrected, newest first."""
    rows = VisitAccount.objects.filter(appointment=appointment, replaced_at__isnull=False).select_related("created_by")
    return own(viewer, rows, needs=P.SEE_VISITS).order_by("-replaced_at", "pk")


def accounts_of(viewer: Viewer, person: Person) -> QuerySet[VisitAccount]:
    return accounts(viewer).filter(appointment__person=person)


def promises(viewer: Viewer) -> QuerySet[FollowUp]:
    rows = FollowUp.objects.select_related("appointment__person", "done_by")
    return own(viewer, rows, needs=P.SEE_VISITS).order_by("by_on", "created_at", "pk")


def promise(viewer: Viewer, key: uuid.UUID) -> FollowUp:
    return the_one(promises(viewer), key)


def outcomes_at_this_door(viewer: Viewer, appointment: Appointment) -> list[str]:
    """How visits to this person went since anybody last decided, newest first; to this place, if nobody is named."""
    found = _with_decisions(viewer)
    if appointment.person_id:
        found = found.filter(appointment__person=appointment.person_id)
    elif appointment.place_id:
        found = found.filter(appointment__place=appointment.place_id)
    else:
        found = found.filter(appointment__place_words__iexact=appointment.place_words)
    return [each.outcome for each in _since_decided(found)]


def decisions_due(viewer: Viewer) -> list[Appointment]:
    """The latest visit of each three in a row without an answer, where no supervisor has decided what is next."""
    doors: dict[object, list[VisitAccount]] = {}
    for each in _with_decisions(viewer).filter(arrived_at__gte=viewer.now - LOOK_BACK):
        doors.setdefault(_door(each.appointment), []).append(each)
    runs = [list(_since_decided(found)) for found in doors.values()]
    return [run[0].appointment for run in runs if rules.is_decision_due(each.outcome for each in run)]


def _with_decisions(viewer: Viewer) -> QuerySet[VisitAccount]:
    decided = NoAnswerDecision.objects.filter(appointment=OuterRef("appointment"))
    return accounts(viewer).annotate(is_decided=Exists(decided))


def _since_decided(found: Iterable[VisitAccount]) -> Iterator[VisitAccount]:
    return itertools.takewhile(lambda each: not each.is_decided, found)  # type: ignore[attr-defined]


def _door(appointment: Appointment) -> object:
    return appointment.person_id or appointment.place_id or appointment.place_words.casefold()


def decision_on(viewer: Viewer, appointment: Appointment) -> NoAnswerDecision | None:
    rows = NoAnswerDecision.objects.filter(appointment=appointment).select_related("created_by")
    return own(viewer, rows, needs=P.SEE_VISITS).first()


def colleagues(viewer: Viewer) -> QuerySet[Account]:
    """Whom one may send: people of one's own organisation whose role visits."""
    visiting = ["manager", "visit_officer", "project_lead", "recovery_worker"]
    staff = Account.objects.filter(organisation=viewer.organisation_key, is_active=True, held__role__in=visiting)
    return staff.filter(held__from_on__lte=viewer.today).distinct().order_by("first_name", "last_name")


def who_may_be_asked(viewer: Viewer) -> list[Organisation]:
    """Organisations that a live agreement lets one's own ask along."""
    others = Organisation.objects.exclude(pk=viewer.organisation_key).order_by("name")
    return [
        each
        for each in others
        if any("entry_basis" in found.fields for found in agreements.covering(viewer.kind, each.kind, viewer.today))
    ]


def counts(viewer: Viewer, start: date, end: date) -> Counts:
    """What one's own organisation did between two days, both included."""
    rows = accounts(viewer).filter(arrived_at__date__range=(start, end)).select_related("appointment__place")
    return counted(viewer, rows)


def due(viewer: Viewer, now: datetime) -> list[Due]:
    """The viewer's own visits and promises, offers that wait and, for a supervisor, what is to be decided."""
    today = timezone.localtime(now).date()
    return [*_visits_due(viewer), *_promises_due(viewer), *_offers_due(viewer), *_decisions_due(viewer, today)]


def _visits_due(viewer: Viewer) -> Iterator[Due]:
    for each in mine(viewer).filter(state=State.PLANNED).prefetch_related(None):
        begins = timezone.localtime(each.starts_at)
        whom = each.person or each.place_words
        is_over = each.ends_at < viewer.now
        words = f"Write up the visit to {whom}" if is_over else f"{begins:%H:%M} visit {whom}"
        about = tuple(row for row in (each, each.person, each.place) if row)
        link = reverse("visits-appointment", args=[each.pk])
        yield Due(begins.date(), words, link, WRITE_UP if is_over else "Visit", about)


def _promises_due(viewer: Viewer) -> Iterator[Due]:
    for each in promises(viewer).filter(done_at=None, created_by=viewer.account):
        whom = each.appointment.person or each.appointment.place_words
        link = reverse("visits-appointment", args=[each.appointment_id])
        yield Due(each.by_on, f"{each.words} (promised to {whom})", link, "Promise", (each, each.appointment))


def _offers_due(viewer: Viewer) -> Iterator[Due]:
    for each in offers_waiting(viewer):
        begins = timezone.localtime(each.starts_at)
        words = f"Answer {each.from_name}: joint visit at {begins:%H:%M}, {each.place_words}"
        yield Due(begins.date(), words, reverse("visits-offer", args=[each.pk]), "Joint visit", (each,))


def _decisions_due(viewer: Viewer, today: date) -> Iterator[Due]:
    for each in decisions_due(viewer) if viewer.may(P.SUPERVISE_VISITS) else []:
        words = f"Three visits without an answer: decide what is tried next for {each.person or each.place_words}"
        yield Due(today, words, reverse("visits-appointment", args=[each.pk]), "Decision", (each,))
