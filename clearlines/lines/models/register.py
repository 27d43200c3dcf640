"""A line: what it is called, was reached on, where it sells, what shows it is one, what joins it to others."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from clearlines.access.declarations import NOBODY, TOTALS, Declared, Shown
from clearlines.access.models import Account, Owned
from clearlines.lines import identifiers, states

UNTIL_AFTER_FROM = Q(until_on=None) | Q(until_on__gte=F("from_on"))


class Line(Owned):
    """One branded line. It may change its number and keep its name; its number may be sold and change its name."""

    class Qualifies(models.TextChoices):
        UNDECIDED = "", "Nobody has decided yet"
        YES = "yes", "It is a county line"
        NO = "no", "It is not a county line"

    number = models.PositiveIntegerField()
    reference = models.CharField(max_length=12)
    brand = models.CharField(max_length=80)
    exporter_area = models.CharField(max_length=120, blank=True)
    qualifies = models.CharField(max_length=3, choices=Qualifies, blank=True, default=Qualifies.UNDECIDED)
    qualifies_reason = models.CharField(max_length=500, blank=True)
    qualifies_on = models.DateField(null=True, blank=True)
    qualifies_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    declared = Declared(
        kept="line",
        told=TOTALS,
        pack=dict.fromkeys(["number", "reference", "qualifies", "qualifies_on"], Shown.NOT_PERSONAL)
        | dict.fromkeys(["brand", "exporter_area", "qualifies_reason", "qualifies_by"], Shown.WITHHELD),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "number"], name="lines_one_of_each_number"),
            models.UniqueConstraint(fields=["owner", "reference"], name="lines_one_of_each_reference"),
            models.CheckConstraint(
                condition=Q(qualifies="", qualifies_on=None, qualifies_by=None)
                | ~Q(qualifies="") & Q(qualifies_on__isnull=False, qualifies_by__isnull=False),
                name="lines_qualify_by_someone_on_some_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.brand}"


class LineIdentifier(Owned):
    """A number, handset, SIM or handle that a line was reached on, from one day until another."""

    class Kind(models.TextChoices):
        NUMBER = states.Identifier.NUMBER.value, "Phone number"
        IMEI = states.Identifier.IMEI.value, "Handset (IMEI)"
        ICCID = states.Identifier.ICCID.value, "SIM card (ICCID)"
        HANDLE = states.Identifier.HANDLE.value, "Social media or messaging name"

    class AlreadyKnown(models.TextChoices):
        NEW_BRAND = states.Known.NEW_BRAND.value, "The number moved to a new brand"
        UNRELATED = states.Known.UNRELATED.value, "Unrelated to the line that had it"

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField(max_length=80)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="When we learned that it had ended")
    ended_because = models.CharField(max_length=500, blank=True)
    grade = models.CharField(max_length=20, blank=True)
    already_known = models.CharField(max_length=10, choices=AlreadyKnown, blank=True)

    declared = Declared(
        kept="line",
        told=NOBODY,
        pack=dict.fromkeys(
            ["line", "kind", "valid_from", "valid_until", "ended_at", "grade", "already_known"], Shown.NOT_PERSONAL
        )
        | {"value": Shown.WITHHELD, "ended_because": Shown.WITHHELD},
    )

    class Meta:
        indexes = [models.Index(fields=["owner", "value"], name="lines_by_identifier")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="lines_identifier_ends_after_it_begins",
            ),
        ]

    @property
    def days(self) -> tuple[date, date | None]:
        return self.valid_from, self.valid_until

    @property
    def shown(self) -> str:
        return identifiers.shown(self.kind, self.value)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.shown}"


class LineMarket(Owned):
    """A town or area where a line sells."""

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="markets")
    town = models.CharField(max_length=80)
    area = models.CharField(max_length=120, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="When we learned that it no longer sold there")
    ended_because = models.CharField(max_length=500, blank=True)

    declared = Declared(
        kept="line",
        told=TOTALS,
        pack=dict.fromkeys(["line", "town", "area", "from_on", "until_on", "ended_at"], Shown.NOT_PERSONAL)
        | {"ended_because": Shown.WITHHELD},
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=UNTIL_AFTER_FROM, name="lines_market_ends_after_it_begins")]

    @property
    def days(self) -> tuple[date, date | None]:
        return self.from_on, self.until_on

    def sells_on(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)

    def __str__(self) -> str:
        return f"{self.area}, {self.town}" if self.area else self.town


class ElementTest(Owned):
    """One of the four elements of a county line, as one person found it on one day. The newest finding holds."""

    class Element(models.TextChoices):
        COMMUNICATION = "communication", "Communication"
        MOVEMENT = "movement", "Movement"
        VIOLENCE = "violence", "Violence"
        VULNERABILITY = "vulnerability", "Vulnerability"

    class Finding(models.TextChoices):
        PRESENT = "present", "Present"
        NOT_SEEN = "not_seen", "Not seen"
        UNKNOWN = "unknown", "Not known"

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="elements")
    element = models.CharField(max_length=15, choices=Element)
    finding = models.CharField(max_length=10, choices=Finding)
    evidence = models.CharField(max_length=500, blank=True)

    declared = Declared(
        kept="line",
        told=NOBODY,
        pack=dict.fromkeys(["line", "element", "finding"], Shown.NOT_PERSONAL) | {"evidence": Shown.WITHHELD},
    )


class LineLink(Owned):
    """What one line has to do with another, said by a person. Nothing is ever merged by a link."""

    class Kind(models.TextChoices):
        DISPLACEMENT = "displacement", "Moved on to"
        NEW_BRAND = "new_brand", "Number now used by"

    from_line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="links_on")
    to_line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="links_from")
    kind = models.CharField(max_length=15, choices=Kind)
    seen_on = models.DateField()
    grade = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=500)

    declared = Declared(
        kept="line",
        told=NOBODY,
        pack=dict.fromkeys(["from_line", "to_line", "kind", "seen_on", "grade"], Shown.NOT_PERSONAL)
        | {"reason": Shown.WITHHELD},
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(from_line=F("to_line")), name="lines_linked_to_another"),
            models.UniqueConstraint(fields=["from_line", "to_line", "kind"], name="lines_linked_once"),
        ]


class NotDisplaced(Owned):
    """Somebody looked at two lines that share something, and said that one did not move on to the other."""

    from_line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+")
    to_line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)

    declared = Declared(
        kept="line",
        told=NOBODY,
        pack=dict.fromkeys(["from_line", "to_line"], Shown.NOT_PERSONAL) | {"reason": Shown.WITHHELD},
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(from_line=F("to_line")), name="lines_not_displaced_to_itself"),
            models.UniqueConstraint(fields=["from_line", "to_line"], name="lines_not_displaced_said_once"),
        ]
