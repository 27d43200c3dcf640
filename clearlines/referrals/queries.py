"""Letters sent by one's own organisation, letters it received, and what is due. Neither ever looks at the other's."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils import timezone

from clearlines.access import agreements
from clearlines.access.models import Account, Organisation
from clearlines.access.permissions import Permission as P
from clearlines.access.rules import reasons_not_to_share
from clearlines.access.scope import own, the_one
from clearlines.access.viewer import Viewer
from clearlines.people import queries as people
from clearlines.people.models import Person
from clearlines.referrals import rules
from clearlines.referrals.models import Received, Sent
from clearlines.referrals.protocol import ChildWords, protocol
from clearlines.referrals.states import UNDECIDED, State
from clearlines.web.due import Due
from clearlines.web.working_days import working_days_after


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


def may_be(viewer: Viewer, letter: Received) -> QuerySet[Person]:
    """People on one's own records who share the first name in the letter. A person decides; nothing is joined."""
    first = letter.name.split()[0] if letter.name.split() else ""
    found = people.matching(viewer, first) if first else people.visible(viewer).none()
    return found.order_by("family_name", "given_name", "pk")


def recipients(viewer: Viewer) -> list[Organisation]:
    """Organisations that an agreement of any date lets one's own organisation write to."""
    others = Organisation.objects.exclude(pk=viewer.organisation_key).order_by("name")
    return [each for each in others if _about_letters(viewer.kind, each.kind)]


def _about_letters(sender_kind: str, recipient_kind: str) -> list[agreements.Agreement]:
    """Agreements that cover what no letter can do without; others are about something else."""
    every = agreements.between(sender_kind, recipient_kind)
    return [each for each in every if {"name", "why", "knows"} <= set(each.fields)]


def reasons_not_to_send(
    viewer: Viewer, *, to: Organisation, letter: Mapping[str, Any], person: Person | None = None
) -> list[str]:
    """Every reason why this letter could not cross today: asked before the preview, and again by the action."""
    fields = rules.said_in(letter)
    return [
        *rules.reasons_not_to_send(
            letter, sender=viewer.organisation_key, sender_kind=viewer.kind, recipient=to.key,
            person_owner=person.owner_id if person else None, today=viewer.today,
        ),
        *reasons_not_to_share(
            agreement_with(viewer, to.kind), sender_kind=viewer.kind, recipient_kind=to.kind, fields=fields,
            today=viewer.today,
        ),
    ]  # fmt: skip


def child_words() -> ChildWords:
    """What to say, and whom to ring, where a child may be at risk."""
    return protocol().child


def reasons_not_to_begin(viewer: Viewer, to: Organisation) -> list[str]:
    """Whether there is any use in writing: no live agreement, no letter."""
    agreement = agreement_with(viewer, to.kind)
    kinds = {"sender_kind": viewer.kind, "recipient_kind": to.kind}
    return [*reasons_not_to_share(agreement, fields=(), today=viewer.today, **kinds)]


def agreement_with(viewer: Viewer, recipient_kind: str) -> agreements.Agreement | None:
    """The live agreement, or failing that the last one that ended, so that a refusal can name it."""
    return max(
        _about_letters(viewer.kind, recipient_kind),
        key=lambda each: (each.is_live(viewer.today), each.until_on),
        default=None,
    )


def due(viewer: Viewer, now: datetime) -> list[Due]:
    """What a letter asks of the organisation that received it, soonest first."""
    today = timezone.localtime(now).date()
    open_ones = received(viewer).filter(state__in=[*UNDECIDED, State.ACCEPTED])
    return sorted((_due_on(letter, today) for letter in open_ones), key=lambda due: (due.when, due.words))


def _due_on(letter: Received, today: date) -> Due:
    if letter.state == State.RECEIVED:
        when, words = letter.acknowledge_by, f"Acknowledge the letter about {letter.name}, from {letter.from_name}"
    elif letter.state == State.APPEALED:
        when, words = today, f"Look again at the letter about {letter.name}: {letter.from_name} asks you to"
    elif letter.state == State.ACKNOWLEDGED:
        when, words = contact_by(letter), f"Decide on the letter about {letter.name}"
    else:
        when, words = contact_by(letter), f"Speak to {letter.name} for the first time"
        if letter.release_on:
            words += f": released on {letter.release_on:%-d %B %Y}"
    about = (letter, letter.person) if letter.person else (letter,)
    return Due(when, words, reverse("referrals-letter", args=[letter.pk]), "letter", about)


def contact_by(letter: Received) -> date:
    """The day of a first contact: within a day of release, or as soon as the sender asked."""
    agreed = protocol()
    if letter.release_on:
        return letter.release_on + timedelta(hours=agreed.contact_hours_after_release)
    days = agreed.contact_working_days[letter.urgency]
    return working_days_after(timezone.localtime(letter.sent_at).date(), days, agreed.holidays)


def live_agreement(viewer: Viewer, to: Organisation) -> agreements.Agreement:
    """The agreement a letter would go under, once nothing stands against writing one."""
    agreement = agreement_with(viewer, to.kind)
    if agreement is None:
        raise LookupError(f"no agreement with {to.key}")
    return agreement
