"""One emergency: who opened whom, why, until when, and what a second person said of it."""

from django.db import models
from django.db.models import F, Q

from clearlines.access.declarations import NOBODY, Declared, Shown
from clearlines.access.models import Account, Owned
from clearlines.keys.fields import EncryptedText
from clearlines.openings.states import IN_WORDS, Verdict
from clearlines.people.models import Person


class Opening(Owned):
    """`created_by` opened it. The tie that shows the records is in access and ends by itself at `until_at`."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = EncryptedText()
    until_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(max_length=10, choices=list(IN_WORDS.items()), default=Verdict.WAITING)
    judged_at = models.DateTimeField(null=True, blank=True)
    judged_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    words = EncryptedText(max_length=500, blank=True)

    declared = Declared(
        kept="tie",
        told=NOBODY,
        about=("person",),
        pack={
            **dict.fromkeys(["person", "until_at", "ended_at", "verdict", "judged_at"], Shown.IN_FULL),
            **dict.fromkeys(["reason", "judged_by", "words"], Shown.THIRD_PARTIES_REDACTED),
        },
    )

    class Meta:
        indexes = [models.Index(fields=["owner", "verdict", "created_at"], name="openings_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="waiting", judged_by=None) | ~Q(verdict="waiting") & Q(judged_by__isnull=False),
                name="openings_judged_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(judged_by=None) | ~Q(judged_by=F("created_by")), name="openings_judged_by_somebody_else"
            ),
        ]
