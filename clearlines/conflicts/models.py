"""One thing somebody said about whom they know. What it hides is in access.Tie."""

from django.db import models
from django.db.models import Q

from clearlines.access.declarations import NOBODY, Declared, Shown
from clearlines.access.models import Account, Owned
from clearlines.keys.fields import EncryptedText


class Conflict(Owned):
    """This account is to see nothing of the person so named. The name is sealed: a list of whom staff know is itself
    worth stealing."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    is_self = models.BooleanField(default=False)
    given_name = EncryptedText(blank=True)
    family_name = EncryptedText(blank=True)
    born_year = models.PositiveSmallIntegerField(null=True, blank=True)
    relation = EncryptedText(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_why = EncryptedText(max_length=300, blank=True)

    declared = Declared(
        kept="tie",
        told=NOBODY,
        pack={
            **dict.fromkeys(["account", "is_self", "ended_at"], Shown.THIRD_PARTIES_REDACTED),
            **dict.fromkeys(["given_name", "family_name", "born_year", "relation"], Shown.THIRD_PARTIES_REDACTED),
            **dict.fromkeys(["ended_by", "ended_why"], Shown.WITHHELD),
        },
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="conflicts_ended_by_someone",
            ),
        ]

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()
