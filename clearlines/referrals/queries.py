"""Letters sent by one's own organisation, letters it received, and what is due. Neither ever looks at the other's."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from clearlines.access import agreements
from clearlines.access.models import Account, Organisation
from clearlines.access.permissions import Permission as P
from clearlines.access.scope import own, the_one
from clearlines.access.viewer import Viewer
from clearlines.people.models import Person
from clearlines.referrals.models import Received, Sent
from clearlines.referrals.protocol import protocol
from clearlines.referrals.states import UNDECIDED, State
from clearlines.referrals.working_days import working_days_after


@dataclass(frozen=True)
class Due:
    """One thing somebody must do: what, by when, and the page it is done on. `whose` is nobody's until it is given."""

    what: str
    when: date
    url_name: str
    key: uuid.UUID
    words: str
    whose: uuid.UUID | None = None


def sent(viewer: Viewer) -> QuerySet[Sent]:
    letters = Sent.objects.select_related("to", "person", "created_by").prefetch_related("news")
    return own(viewer, letters, needs=P.SEE_SENT_REFERRALS).order_by("-sent_at", "-pk")


def sent_one(viewer: Viewer, key: uuid.UUID) -> Sent:
    return the_one(sent(viewer), key)


def received(viewer: Viewer) -> QuerySet[Received]:
    letters = Received.objects.select_related("worker", "person")
    return own(viewer, letters, needs=P.SEE_RECEIVED_REFERRALS).order_by("-sent_at", "-pk")


def received_one(viewer: Viewer, key: uuid.UUID) -> Received:
    return the_one(received(viewer).prefetch_related("moves__created_by"), key)


def waiting(viewer: Viewer) -> QuerySet[Received]:
    """Letters nobody has decided on: not acknowledged first, the longest overdue at the top."""
    first = Case(When(state=State.RECEIVED, then=Value(0)), default=Value(1), output_field=IntegerField())
    return received(viewer).filter(state__in=UNDECIDED).order_by(first, "acknowledge_by", "sent_at", "pk")


def decided(viewer: Viewer) -> QuerySet[Received]:
    return received(viewer).exclude(state__in=UNDECIDED)


def for_person(viewer: Viewer, person: Person) -> QuerySet[Received]:
    """The letters that brought this person here, newest first."""
    return received(viewer).filter(person=person)


def workers(viewer: Viewer) -> QuerySet[Account]:
    """Whom a letter may be given to: one's own colleagues whose role answers letters today."""
    answering = Q(held__role__in=["recovery_worker", "project_lead"], held__from_on__lte=viewer.today)
    still = Q(held__until_on=None) | Q(held__until_on__gte=viewer.today)
    staff = Account.objects.filter(organisation=viewer.organisation_key, is_active=True).filter(answering & still)
    return staff.distinct().order_by("first_name", "last_name")


def recipients(viewer: Viewer) -> list[Organisation]:
    """Organisations that an agreement of any date lets one's own organisation write to."""
    others = Organisation.objects.exclude(pk=viewer.organisation_key).order_by("name")
    return [each for each in others if agreements.between(viewer.kind, each.kind)]


def agreement_with(viewer: Viewer, recipient_kind: str) -> agreements.Agreement | None:
    """The live agreement, or failing that the last one that ended, so that a refusal can name it."""
    every = agreements.between(viewer.kind, recipient_kind)
    return max(every, key=lambda each: (each.is_live(viewer.today), each.until_on), default=None)


def due(viewer: Viewer, now: datetime) -> list[Due]:
    """What a letter asks of the organisation that received it, soonest first."""
    today = timezone.localtime(now).date()
    open_ones = received(viewer).filter(state__in=[*UNDECIDED, State.ACCEPTED])
    return sorted((due for letter in open_ones for due in _due_on(letter, today)), key=lambda due: (due.when, due.what))


def _due_on(letter: Received, today: date) -> Iterator[Due]:
    whose = letter.worker_id
    if letter.state == State.RECEIVED:
        late = " It is overdue." if letter.is_overdue_on(today) else ""
        words = f"{letter.name}, from {letter.from_name}.{late}"
        yield Due("Acknowledge a letter", letter.acknowledge_by, "referrals-letter", letter.pk, words)
    elif letter.state == State.APPEALED:
        words = f"{letter.name}: {letter.from_name} asks you to look again"
        yield Due("Look again at a letter", today, "referrals-letter", letter.pk, words)
    elif letter.state == State.ACKNOWLEDGED:
        yield Due("Decide on a letter", contact_by(letter), "referrals-letter", letter.pk, letter.name, whose)
    else:
        words = f"{letter.name}, released on {letter.release_on:%-d %B %Y}" if letter.release_on else letter.name
        yield Due("Make first contact", contact_by(letter), "referrals-letter", letter.pk, words, whose)


def contact_by(letter: Received) -> date:
    """The day of a first contact: within a day of release, or as soon as the sender asked."""
    agreed = protocol()
    if letter.release_on:
        return letter.release_on + timedelta(hours=agreed.contact_hours_after_release)
    days = agreed.contact_working_days[letter.urgency]
    return working_days_after(timezone.localtime(letter.sent_at).date(), days, agreed.holidays)
