"""Who stands on a line, in which role and as what; and what a national decision changed in that."""

from datetime import date

from django.db import models

from clearlines.access.declarations import NOBODY, Declared, Shown
from clearlines.access.models import Owned
from clearlines.lines import states
from clearlines.lines.models.register import UNTIL_AFTER_FROM, Line
from clearlines.people.models import Person


class RoleOnLine(Owned):
    """A person stands on a line in one role. Two roles may stand beside each other; none replaces another."""

    class Role(models.TextChoices):
        EXPLOITED_CHILD = states.Role.EXPLOITED_CHILD.value, "Exploited child"
        EXPLOITED_ADULT = states.Role.EXPLOITED_ADULT.value, "Exploited adult"
        HOST = states.Role.HOST.value, "Home taken over"
        DEBT_BONDED = states.Role.DEBT_BONDED.value, "Held by a debt"
        CUSTOMER = states.Role.CUSTOMER.value, "Buys from the line"
        HOLDER = states.Role.HOLDER.value, "Line holder"
        SENIOR = states.Role.SENIOR.value, "Directs others"
        DEALER = states.Role.DEALER.value, "Sells locally"
        CARRIER = states.Role.CARRIER.value, "Carries, by their own choice as far as is known"
        UNKNOWN = states.Role.UNKNOWN.value, "Not known"

    class Category(models.TextChoices):
        VICTIM = states.Category.VICTIM.value, "Victim"
        AT_RISK = states.Category.AT_RISK.value, "At risk"
        WITNESS = states.Category.WITNESS.value, "Witness"
        SUSPECT = states.Category.SUSPECT.value, "Suspect"
        CONVICTED = states.Category.CONVICTED.value, "Convicted"
        ASSOCIATE = states.Category.ASSOCIATE.value, "Associate"
        OTHER = states.Category.OTHER.value, "None of these"

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="roles")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=Role)
    category = models.CharField(max_length=10, choices=Category, default=Category.OTHER)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    grade = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="When we learned or decided that it had ended")
    ended_because = models.CharField(max_length=500, blank=True)
    # What a national decision means for a role that stays: it is never read without this beside it.
    note = models.CharField(max_length=500, blank=True)

    declared = Declared(
        about=("person",),
        kept="line",
        told=NOBODY,
        pack=dict.fromkeys(
            [
                "line",
                "person",
                "role",
                "category",
                "from_on",
                "until_on",
                "grade",
                "reason",
                "ended_at",
                "ended_because",
                "note",
            ],
            Shown.WITHHELD,
        ),
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=UNTIL_AFTER_FROM, name="lines_role_ends_after_it_begins")]

    @property
    def is_victim(self) -> bool:
        return self.role in states.VICTIMS

    @property
    def is_suspected(self) -> bool:
        return self.role in states.SUSPECTS or self.category in (self.Category.SUSPECT, self.Category.CONVICTED)

    @property
    def days(self) -> tuple[date, date | None]:
        return self.from_on, self.until_on
