"""Organisations, accounts, the roles they hold, and the row every owned row begins as."""

import uuid
from datetime import date, datetime

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q

from clearlines.access.declarations import NOBODY, WHOLE_PROGRAMME, Declared, Shown
from clearlines.access.markings import Marking
from clearlines.access.roles import ROLES


class Organisation(models.Model):
    """A controller: the police, the charity, the council … Two of them never own the same row."""

    class Kind(models.TextChoices):
        POLICE = "police", "Police force"
        CHARITY = "charity", "Recovery charity"
        PROBATION = "probation", "Probation"
        FOOD_CLUB = "food_club", "Food club"
        HOUSING = "housing", "Housing"
        HEALTH = "health", "Health"
        TREATMENT = "treatment", "Drug and alcohol treatment"
        SCHOOL = "school", "School"
        COUNCIL = "council", "Council"
        COMMISSIONER = "commissioner", "Police, fire and crime commissioner"
        UNIVERSITY = "university", "University"
        HOST = "host", "Whoever hosts the system"

    class Regime(models.TextChoices):
        PART3 = "part3", "Data Protection Act 2018 Part 3 (law enforcement)"
        PART2 = "part2", "UK GDPR and Data Protection Act 2018 Part 2"

    key = models.SlugField(primary_key=True, max_length=60)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind)
    regime = models.CharField(max_length=10, choices=Regime)

    declared = Declared(
        kept="organisation",
        owner="key",
        told=WHOLE_PROGRAMME,
        pack=dict.fromkeys(["key", "name", "kind", "regime"], Shown.NOT_PERSONAL),
    )

    def __str__(self) -> str:
        return self.name


class Account(AbstractUser):
    """Somebody who signs in. An account belongs to one organisation; a second job is a second account."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    supervisor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # The last day on which each still holds; empty means that this kind of organisation does not ask for it.
    vetted_until = models.DateField(null=True, blank=True)
    trained_until = models.DateField(null=True, blank=True)

    REQUIRED_FIELDS = ["organisation"]
    declared = Declared(
        kept="account",
        owner="organisation",
        told=NOBODY,
        pack={
            **dict.fromkeys(
                [
                    "id",
                    "organisation",
                    "supervisor",
                    "is_active",
                    "is_staff",
                    "is_superuser",
                    "groups",
                    "user_permissions",
                ],
                Shown.NOT_PERSONAL,
            ),
            **dict.fromkeys(
                [
                    "username",
                    "first_name",
                    "last_name",
                    "email",
                    "date_joined",
                    "last_login",
                    "vetted_until",
                    "trained_until",
                ],
                Shown.IN_FULL,
            ),
            "password": Shown.WITHHELD,
        },
    )

    def roles_on(self, day: date) -> list[str]:
        """The keys of the roles held on a day, in the order of the role table; none once a clearance has run out."""
        if not self.is_active or self.has_lapsed_on(day):
            return []
        held = {each.role for each in self.held.all() if each.is_held_on(day)}
        return [key for key in ROLES if key in held]

    def has_lapsed_on(self, day: date) -> bool:
        """Vetting or training ran out before this day: the account is shut from 00:00, before anything else runs."""
        return any(until is not None and until < day for until in (self.vetted_until, self.trained_until))

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class RoleHeld(models.Model):
    """One account holds one role from a day, perhaps until another."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="held")
    role = models.CharField(max_length=40, choices=[(key, role.name) for key, role in ROLES.items()])
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    declared = Declared(
        kept="account",
        owner="account__organisation",
        told=NOBODY,
        pack=dict.fromkeys(["id", "account", "role", "from_on", "until_on"], Shown.IN_FULL),
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="access_role_ends_after_it_begins"
            ),
        ]

    def is_held_on(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


class Tie(models.Model):
    """What binds one account to one person beyond its roles: it brings near, or keeps away.

    `row` is the key of the person or letter; this stands below every register and so holds no key into one.
    """

    class Kind(models.TextChoices):
        ALLOCATED = "allocated", "Allocated to them"
        PANEL = "panel", "On the panel that discusses them"
        OPENED = "opened", "Opened in an emergency"
        ON_DUTY = "on_duty", "On duty for the whole team"
        THEMSELVES = "themselves", "It is about them"
        KEPT_AWAY = "kept_away", "Kept away from them"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="ties")
    kind = models.CharField(max_length=20, choices=Kind)
    noun = models.CharField(max_length=60, blank=True, help_text="people.Person, referrals.Received; none if on duty")
    row = models.UUIDField(null=True, blank=True)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    declared = Declared(
        kept="tie",
        owner="account__organisation",
        told=NOBODY,
        pack={
            **dict.fromkeys(["id", "kind", "noun", "from_at", "until_at"], Shown.NOT_PERSONAL),
            **dict.fromkeys(["account", "made_by", "ended_by", "row", "reason"], Shown.THIRD_PARTIES_REDACTED),
        },
    )

    class Meta:
        indexes = [models.Index(fields=["account", "kind"], name="access_ties_of_an_account")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gte=F("from_at")), name="access_tie_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(kind="on_duty", row=None) | ~Q(kind="on_duty") & Q(row__isnull=False),
                name="access_tie_is_to_somebody_unless_on_duty",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["opened", "on_duty"]) | Q(until_at__isnull=False),
                name="access_emergencies_and_duties_end",
            ),
        ]

    def holds_at(self, moment: datetime) -> bool:
        return self.from_at <= moment and (self.until_at is None or moment < self.until_at)


class Owned(models.Model):
    """A row with one owner. Its key can be made on a phone with no signal."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    marking = models.CharField(max_length=20, choices=Marking, default=Marking.SENSITIVE)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True
