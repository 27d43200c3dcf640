"""People: identity only. What happened to them stands in the rooms above."""

from datetime import date

from django.db import models
from django.db.models import Q

from clearlines.access.declarations import BY_LETTER, NOBODY, Declared, Shown
from clearlines.access.models import Account, Owned
from clearlines.keys.fields import EncryptedText
from clearlines.places.models import Place


class Person(Owned):
    """One controller's record of one person. The police's and the charity's are never the same row."""

    class Precision(models.TextChoices):
        DAY = "day", "The full date"
        YEAR = "year", "Only the year"
        ABOUT = "about", "About, by looks or by what was said"
        UNKNOWN = "unknown", "Not known"

    given_name = models.CharField(max_length=80, blank=True)
    family_name = models.CharField(max_length=80, blank=True)
    known_as = models.CharField(max_length=80, blank=True)
    born_on = models.DateField(null=True, blank=True)
    born_precision = models.CharField(max_length=10, choices=Precision, default=Precision.UNKNOWN)
    sex = models.CharField(max_length=20, blank=True)
    ethnicity = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    # Read by whoever holds the handset, this tells a frightened person's plan: it lies sealed.
    safe_contact = EncryptedText(
        max_length=200, blank=True, help_text="Which number, when, what to say, who must not know"
    )
    home = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    declared = Declared(
        about=("pk",),
        kept="person",
        told=BY_LETTER,
        pack=dict.fromkeys(
            ["given_name", "family_name", "known_as", "born_on", "born_precision", "sex", "ethnicity", "phone",
             "safe_contact", "home"],
            Shown.IN_FULL,
        ),
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["owner", "family_name", "given_name"], name="people_by_name")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(given_name="", family_name="", known_as=""), name="people_have_some_name"
            ),
            models.CheckConstraint(
                condition=Q(born_on=None, born_precision="unknown")
                | Q(born_on__isnull=False) & ~Q(born_precision="unknown"),
                name="people_birth_and_its_precision_together",
            ),
        ]

    @property
    def name(self) -> str:
        full = f"{self.given_name} {self.family_name}".strip()
        return f"{full} (known as {self.known_as})" if full and self.known_as else full or self.known_as

    def age_on(self, day: date) -> int | None:
        if self.born_on is None:
            return None
        before_birthday = (day.month, day.day) < (self.born_on.month, self.born_on.day)
        return day.year - self.born_on.year - before_birthday

    def is_child_on(self, day: date) -> bool:
        """Someone whose age is not known is not assumed to be an adult by anything that asks this of a child's path."""
        age = self.age_on(day)
        return age is not None and age < 18

    def __str__(self) -> str:
        return self.name


class SameAs(Owned):
    """One organisation's recorded belief that two of its records are one person, with a way back."""

    one = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    parted_at = models.DateTimeField(null=True, blank=True)
    parted_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    parted_reason = models.CharField(max_length=300, blank=True)

    declared = Declared(
        about=("one", "other"),
        kept="person",
        told=NOBODY,
        pack=dict.fromkeys(
            ["one", "other", "reason", "parted_at", "parted_by", "parted_reason"], Shown.THIRD_PARTIES_REDACTED
        ),
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(one=models.F("other")), name="people_same_as_somebody_else"),
            models.UniqueConstraint(
                fields=["one", "other"], condition=Q(parted_at=None), name="people_said_to_be_same_once"
            ),
            models.CheckConstraint(
                condition=Q(parted_at=None, parted_by=None) | Q(parted_at__isnull=False, parted_by__isnull=False),
                name="people_parted_by_someone_at_some_time",
            ),
        ]
