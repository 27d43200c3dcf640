"""Looks put to a supervisor, looks that stand out, and the street somebody chose to tell us."""

from django.db import models
from django.db.models import Q

from clearlines.access.declarations import NOBODY, Declared, Shown
from clearlines.access.models import Account, Owned
from clearlines.governance.rules import way_of, where_of
from clearlines.governance.states import Answer, Odd, Outcome
from clearlines.ledger.models import Entry

HELD_BACK = Shown.THIRD_PARTIES_REDACTED


def in_words(event: str) -> str:
    return f"{way_of(event).capitalize()}, {where_of(event)}"


class OwnStreet(Owned):
    """Where somebody who signs in lives, if they chose to say: read by their information manager and nobody else."""

    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=200)
    town = models.CharField(max_length=80)
    postcode = models.CharField(max_length=10, blank=True)

    declared = Declared(
        kept="own_street",
        told=NOBODY,
        pack=dict.fromkeys(["account", "words", "town", "postcode"], Shown.IN_FULL),
    )


class SampledLook(Owned):
    """One look out of a week's, drawn by lot and put to the supervisor of whoever looked."""

    ANSWERS = [
        (Answer.WAITING, "Not answered yet"),
        (Answer.PART, "Yes, part of their work"),
        (Answer.ASKED, "I need to ask them first"),
        (Answer.NOT_PART, "No, it was not part of their work"),
    ]

    week = models.DateField(help_text="The Monday of the week that was drawn from")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    supervisor = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, choices=ANSWERS, default=Answer.WAITING)
    reason = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    declared = Declared(
        kept="look_check",
        told=NOBODY,
        pack={
            **dict.fromkeys(["week", "entry", "answer", "answered_at"], Shown.NOT_PERSONAL),
            **dict.fromkeys(["account", "supervisor", "reason"], HELD_BACK),
        },
    )

    class Meta:
        indexes = [models.Index(fields=["supervisor", "answer"], name="governance_looks_to_sign_off")]
        constraints = [
            models.UniqueConstraint(fields=["week", "entry"], name="governance_a_look_is_drawn_once"),
            models.CheckConstraint(condition=~Q(account=models.F("supervisor")), name="governance_never_to_oneself"),
            models.CheckConstraint(
                condition=Q(answer="waiting", answered_at=None) | ~Q(answer="waiting") & Q(answered_at__isnull=False),
                name="governance_answered_at_some_time",
            ),
        ]

    @property
    def how(self) -> str:
        return in_words(self.entry.event)


class OddLook(Owned):
    """A look that stands out, and what an information manager found. Colleagues never see that there is one."""

    REASONS = [
        (Odd.OWN_STREET, "They live in the same street"),
        (Odd.SAME_NAME, "They have the same family name"),
        (Odd.FAR_MORE, "They opened far more people’s records than others in their role"),
        (Odd.NOT_PART, "Their supervisor said it was not part of their work"),
    ]
    OUTCOMES = [
        (Outcome.PART, "It was part of their work"),
        (Outcome.SPOKEN, "I spoke to them, and it ends there"),
        (Outcome.FURTHER, "It goes further: professional standards, or a disciplinary matter"),
    ]

    why = models.CharField(max_length=12, choices=REASONS)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    record = models.CharField(max_length=120, blank=True, help_text="As the ledger names it; empty if about many")
    words = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=10, choices=OUTCOMES, blank=True, default=Outcome.NOT_YET)
    found = models.CharField(max_length=300, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    declared = Declared(
        kept="look_check",
        told=NOBODY,
        pack={
            **dict.fromkeys(["why", "entry", "record", "outcome", "settled_at"], Shown.NOT_PERSONAL),
            **dict.fromkeys(["account", "words", "found", "settled_by"], HELD_BACK),
        },
    )

    class Meta:
        indexes = [models.Index(fields=["owner", "outcome"], name="governance_odd_and_open")]
        constraints = [
            models.UniqueConstraint(fields=["why", "entry", "record"], name="governance_odd_once"),
            models.CheckConstraint(
                condition=Q(outcome="", settled_at=None, settled_by=None)
                | ~Q(outcome="") & Q(settled_at__isnull=False, settled_by__isnull=False),
                name="governance_settled_by_somebody",
            ),
        ]

    @property
    def how(self) -> str:
        return in_words(self.entry.event)
