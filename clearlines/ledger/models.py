"""Entries and their seals: both are only ever added."""

from django.db import models

from clearlines.ledger.kinds import Kind

# Where the application's own role may add and read, and nothing else.
LEDGER_TABLES = ("ledger_entry", "ledger_subject", "ledger_seal")


class Unchangeable(Exception):
    """The ledger is only ever added to."""


class AddOnly(models.Model):
    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise Unchangeable("a ledger entry is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise Unchangeable("a ledger entry is never deleted")


class Entry(AddOnly):
    """One act or one look. It holds names, not keys, so that it outlives what it is about."""

    partition = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=150)
    organisation = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=Kind)
    event = models.CharField(max_length=80)
    under = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "at"], name="ledger_by_organisation"),
            models.Index(fields=["actor", "at"], name="ledger_by_actor"),
        ]

    SAID = ("partition", "at", "actor", "organisation", "kind", "event", "under", "note")

    def said(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in self.SAID}

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.event}"


class Subject(AddOnly):
    """What an entry is about, by name: 'people.Person:0f3c…'. A list page has one for each row shown."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="subjects")
    name = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["name", "entry"], name="ledger_who_looked")]


class Seal(AddOnly):
    """One link of a chain: the entry it fixes, and the hash that the next link builds on."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="seal")
    partition = models.PositiveSmallIntegerField()
    sequence = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partition", "sequence"], name="ledger_one_link_each")]
