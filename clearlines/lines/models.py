"""Lines: what each is called, was reached on, where it sells, who stands on it, and what it was on which day."""

from django.db import models
from django.db.models import F, Q

from clearlines.access.declarations import NOBODY, TOTALS, Declared, Shown
from clearlines.access.models import Account, Owned
from clearlines.lines import identifiers, states
from clearlines.lines.history import Step
from clearlines.people.models import Person

UNTIL_AFTER_FROM = Q(until_on=None) | Q(until_on__gte=F("from_on"))


class AddOnlyHistory(Exception):
    """A status is put right by another row that points at it, never by changing it."""


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
    grade = models.CharField(max_length=20, blank=True)
    already_known = models.CharField(max_length=10, choices=AlreadyKnown, blank=True)

    declared = Declared(
        kept="line",
        told=NOBODY,
        pack=dict.fromkeys(["line", "kind", "valid_from", "valid_until", "grade", "already_known"], Shown.NOT_PERSONAL)
        | {"value": Shown.WITHHELD},
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

    declared = Declared(
        kept="line",
        told=TOTALS,
        pack=dict.fromkeys(["line", "town", "area", "from_on", "until_on"], Shown.NOT_PERSONAL),
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=UNTIL_AFTER_FROM, name="lines_market_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"{self.area}, {self.town}" if self.area else self.town


class LineStatus(Owned):
    """From `valid_from` the line was this; we knew it at `known_at`. Rows are only ever added."""

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="statuses")
    sequence = models.PositiveIntegerField(help_text="Which entry of this line's history, from 1")
    status = models.CharField(max_length=20, choices=[(each.value, each.label) for each in states.Status])
    valid_from = models.DateField()
    known_at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    merged_into = models.ForeignKey(Line, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    holder_arrested_on = models.DateField(null=True, blank=True)
    holder_charged_on = models.DateField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=120, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    order_reference = models.CharField(max_length=80, blank=True)
    order_granted_on = models.DateField(null=True, blank=True)
    complied_on = models.DateField(null=True, blank=True)

    declared = Declared(
        kept="line",
        told=TOTALS,
        pack=dict.fromkeys(
            ["line", "sequence", "status", "valid_from", "known_at", "corrects", "merged_into", "confirmed_by",
             "confirmed_on", "order_reference", "order_granted_on", "complied_on"],
            Shown.NOT_PERSONAL,
        )
        | dict.fromkeys(["reason", "holder_arrested_on", "holder_charged_on"], Shown.WITHHELD),
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["line", "valid_from", "known_at"], name="lines_status_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["line", "sequence"], name="lines_one_history_each"),
            models.CheckConstraint(
                condition=~Q(status="closed_t1")
                | Q(holder_arrested_on__isnull=False, holder_charged_on__isnull=False, confirmed_on__isnull=False)
                & ~Q(confirmed_by=""),
                name="lines_type_1_is_charged_and_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(status="closed_t2") | Q(complied_on=F("valid_from")), name="lines_type_2_from_compliance"
            ),
            models.CheckConstraint(
                condition=~Q(status="merged") | Q(merged_into__isnull=False), name="lines_merged_into_some_line"
            ),
        ]

    @property
    def label(self) -> str:
        return states.Status(self.status).label

    @property
    def step(self) -> Step:
        """The row as the pure reading of histories takes it."""
        return Step(
            states.Status(self.status), self.valid_from, self.known_at, self.sequence, self.pk, self.corrects_id
        )

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise AddOnlyHistory("a line's status is corrected by another row, never changed")
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return f"{self.label} from {self.valid_from}"


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

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="roles")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=Role)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    grade = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    declared = Declared(
        about=("person",),
        kept="line",
        told=NOBODY,
        pack=dict.fromkeys(["line", "person", "role", "from_on", "until_on", "grade", "reason"], Shown.WITHHELD),
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=UNTIL_AFTER_FROM, name="lines_role_ends_after_it_begins")]

    @property
    def is_victim(self) -> bool:
        return self.role in states.VICTIMS


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
