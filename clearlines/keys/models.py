"""A data key seals words and files; it lies here wrapped, and only its controller's own key opens it."""

import uuid

from django.db import models

from clearlines.access.declarations import NOBODY, Declared, Shown
from clearlines.access.models import Organisation


class Purpose(models.TextChoices):
    """One key each, so that whoever opens files need not be able to open notes."""

    NOTES = "notes", "Support notes"
    FILES = "files", "Files"
    BACKUPS = "backups", "Backups"
    REPORTERS = "reporters", "Who gave a report"


class DataKey(models.Model):
    """One version of one key of one controller. Never deleted while anything is sealed under it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20, choices=Purpose)
    version = models.PositiveIntegerField()
    wrapped = models.BinaryField()
    made_at = models.DateTimeField()

    declared = Declared(
        kept="data_key",
        owner="organisation",
        told=NOBODY,
        pack=dict.fromkeys(["id", "organisation", "purpose", "version", "wrapped", "made_at"], Shown.NOT_PERSONAL),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "purpose", "version"], name="keys_one_of_each_version"),
        ]

    @property
    def about(self) -> str:
        return f"data key {self.pk} of {self.organisation_id} for {self.purpose}, version {self.version}"

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.purpose} {self.version}"
