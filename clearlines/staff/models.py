"""A hand-over, each thing that was handed on, each session that was ended, and what a supervisor is told."""

from django.db import models
from django.db.models import Q

from clearlines.access.declarations import NOBODY, Declared, Shown
from clearlines.access.models import Account, Owned


class HandOver(Owned):
    """The work of one account goes to colleagues. `owner` is the organisation they work for."""

    class Why(models.TextChoices):
        LAPSED = "lapsed", "Their vetting or training ran out"
        LEFT = "left", "They left"
        MOVED = "moved", "They moved to other work"
        AWAY = "away", "They are away for a long time"

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=20, choices=Why)
    came_back_at = models.DateTimeField(null=True, blank=True)
    came_back_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    declared = Declared(
        kept="staff",
        told=NOBODY,
        pack=dict.fromkeys(["account", "why", "came_back_at"], Shown.IN_FULL)
        | {"came_back_by": Shown.THIRD_PARTIES_REDACTED},
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(came_back_at=None), name="staff_one_hand_over_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(came_back_at=None, came_back_by=None) | Q(came_back_at__isnull=False),
                name="staff_brought_back_at_some_time",
            ),
        ]

    @property
    def has_left(self) -> bool:
        return self.came_back_at is None

    def __str__(self) -> str:
        return f"{self.account}: {self.get_why_display().lower()}"


class HandedOn(Owned):
    """One thing that changed hands. `row` is the key of a case, a letter, a visit, a promise or a screening."""

    hand_over = models.ForeignKey(HandOver, on_delete=models.PROTECT, related_name="items")
    noun = models.CharField(max_length=60)
    row = models.UUIDField()
    to = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    given_back_at = models.DateTimeField(null=True, blank=True)

    declared = Declared(
        kept="staff",
        told=NOBODY,
        pack=dict.fromkeys(["hand_over", "noun", "row", "given_back_at"], Shown.NOT_PERSONAL)
        | {"to": Shown.THIRD_PARTIES_REDACTED},
    )

    class Meta:
        ordering = ["noun", "row"]
        indexes = [models.Index(fields=["to", "given_back_at"], name="staff_handed_to")]
        constraints = [models.UniqueConstraint(fields=["hand_over", "noun", "row"], name="staff_handed_on_once")]


class EndedSession(Owned):
    """A session that was ended before its time. Its device forgets what it held when it next asks for a page."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    device = models.CharField(max_length=80)
    signed_in_at = models.DateTimeField()
    last_used_at = models.DateTimeField()
    mark = models.CharField(max_length=64, unique=True, help_text="A keyed digest of the session's key, never the key")
    why = models.CharField(max_length=120)

    declared = Declared(
        kept="staff",
        told=NOBODY,
        pack=dict.fromkeys(["account", "device", "signed_in_at", "last_used_at", "why"], Shown.IN_FULL)
        | {"mark": Shown.NOT_PERSONAL},
    )

    class Meta:
        ordering = ["-created_at", "device"]


class Notice(Owned):
    """Something a supervisor is told about somebody they answer for, until they say that they have seen to it."""

    class About(models.TextChoices):
        SECOND_FACTOR = "second_factor", "An administrator took away their second factor"
        OPENED_AGAIN = "opened_again", "An administrator opened their account again"

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=20, choices=About)
    seen_at = models.DateTimeField(null=True, blank=True)

    declared = Declared(
        kept="staff",
        told=NOBODY,
        pack=dict.fromkeys(["account", "about", "seen_at"], Shown.IN_FULL) | {"to": Shown.THIRD_PARTIES_REDACTED},
    )

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["to", "seen_at"], name="staff_told")]
