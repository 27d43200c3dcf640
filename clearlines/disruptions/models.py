"""What was done, who proposed how far it reached, who decided that, what it rested on, and who took part."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import F, Q

from clearlines.access.declarations import TOTALS, Declared, Shown
from clearlines.access.models import Account, Owned
from clearlines.disruptions import kinds, states
from clearlines.disruptions.agencies import agreed
from clearlines.groups.models import Group
from clearlines.keys.fields import EncryptedText
from clearlines.lines.models import Line
from clearlines.people.models import Person
from clearlines.places.models import Place

LEVELS = [(each.value, each.label) for each in states.Level]
ABOUT = ("disruption__person",)


class AddOnly(Exception):
    """A decision is followed by another; it is never changed."""


@dataclass(frozen=True)
class DoneTo:
    """What an act was done to, as far as a register names it."""

    line: Line | None = None
    group: Group | None = None
    person: Person | None = None
    place: Place | None = None

    @property
    def named(self) -> dict[str, Owned]:
        return {name: row for name, row in vars(self).items() if row is not None}


class Disruption(Owned):
    """One act, counted once whoever reported it. Words are sealed: they may tell where somebody frightened lives."""

    number = models.PositiveIntegerField()
    reference = models.CharField(max_length=12)
    p = models.CharField("4P", max_length=10, choices=[(each.value, each.label) for each in states.P])
    happened_on = models.DateField()
    tactic = models.SlugField(max_length=40)
    tactics_version = models.PositiveSmallIntegerField()
    words = EncryptedText(max_length=1000)
    line = models.ForeignKey(Line, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    about_words = EncryptedText(max_length=200, blank=True, help_text="Anything else: a business, a street")
    level_proposed = models.CharField(max_length=10, choices=LEVELS)
    why_proposed = EncryptedText(max_length=500)
    evidence = EncryptedText(max_length=500, blank=True)
    victim_impact = EncryptedText(max_length=1000, blank=True)
    lead_agency = models.SlugField(max_length=40)
    elsewhere_reference = models.CharField(max_length=60, blank=True, help_text="In the national system, or the lead's")
    exported_on = models.DateField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    taken_back_because = EncryptedText(max_length=500, blank=True)
    same_act_as = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    declared = Declared(
        about=("person",),
        kept="line",
        told=TOTALS,
        pack=dict.fromkeys(
            ["number", "reference", "p", "happened_on", "tactic", "tactics_version", "line", "group", "level_proposed",
             "lead_agency", "elsewhere_reference", "exported_on", "taken_back_at", "same_act_as"],
            Shown.NOT_PERSONAL,
        )
        | dict.fromkeys(
            ["words", "person", "place", "about_words", "why_proposed", "evidence", "victim_impact", "taken_back_by",
             "taken_back_because"],
            Shown.WITHHELD,
        ),
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["owner", "happened_on"], name="disruptions_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["owner", "number"], name="disruptions_one_of_each_number"),
            models.UniqueConstraint(fields=["owner", "reference"], name="disruptions_one_of_each_reference"),
            models.UniqueConstraint(
                fields=["owner", "lead_agency", "elsewhere_reference"],
                condition=~Q(elsewhere_reference="") & Q(taken_back_at=None),
                name="disruptions_taken_in_once",
            ),
            models.CheckConstraint(
                condition=~Q(line=None, group=None, person=None, place=None) | ~Q(about_words=""),
                name="disruptions_done_to_something",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None, same_act_as=None)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="disruptions_taken_back_by_someone_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(exported_on=None) | ~Q(elsewhere_reference=""),
                name="disruptions_exported_under_a_reference",
            ),
        ]

    @property
    def used(self) -> kinds.Tactic:
        """The tactic as its list said it when this was recorded."""
        return kinds.called("tactics", self.tactic, self.tactics_version)

    @property
    def lead(self) -> str:
        return agreed().name_of(self.lead_agency)

    @property
    def about(self) -> list[Owned]:
        """The rows it was done to, for the ledger and for a page."""
        return list(DoneTo(self.line, self.group, self.person, self.place).named.values())

    @property
    def level_label(self) -> str:
        """The level that was decided, where a query brought it along; nothing is counted at the proposed one."""
        level = getattr(self, "level", None)
        return states.Level(level).label if level else ""

    def __str__(self) -> str:
        return f"{self.reference} {self.used.name}"


class Moderation(Owned):
    """A level that somebody other than its proposer decided. Only ever added to; the newest holds."""

    disruption = models.ForeignKey(Disruption, on_delete=models.PROTECT, related_name="moderations")
    sequence = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=10, choices=LEVELS)
    reason = EncryptedText(max_length=500)

    declared = Declared(
        about=ABOUT,
        kept="line",
        told=TOTALS,
        pack=dict.fromkeys(["disruption", "sequence", "level"], Shown.NOT_PERSONAL) | {"reason": Shown.WITHHELD},
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["disruption", "sequence"], name="disruptions_decided_one_after_another"),
            models.CheckConstraint(condition=~Q(reason=""), name="disruptions_decided_with_a_reason"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AddOnly("a level is decided again by another row, never changed")
        super().save(*args, **kwargs)


class Contribution(Owned):
    """What an agency did beside the one that led. Of a charity: which, when, what kind, and no word more."""

    disruption = models.ForeignKey(Disruption, on_delete=models.PROTECT, related_name="contributions")
    agency = models.SlugField(max_length=40)
    agency_kind = models.SlugField(max_length=20, help_text="As the programme's list said it that day")
    on = models.DateField()
    kind = models.SlugField(max_length=40)
    kinds_version = models.PositiveSmallIntegerField()
    words = EncryptedText(max_length=300, blank=True)
    elsewhere_reference = models.CharField(max_length=60, blank=True)

    declared = Declared(
        about=ABOUT,
        kept="line",
        told=TOTALS,
        pack=dict.fromkeys(
            ["disruption", "agency", "agency_kind", "on", "kind", "kinds_version", "elsewhere_reference"],
            Shown.NOT_PERSONAL,
        )
        | {"words": Shown.WITHHELD},
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(agency_kind=states.CHARITY) | Q(words="", elsewhere_reference=""),
                name="disruptions_a_charity_says_no_word",
            ),
            models.UniqueConstraint(
                fields=["owner", "agency", "elsewhere_reference"],
                condition=~Q(elsewhere_reference=""),
                name="disruptions_taken_in_once_beside",
            ),
        ]

    @property
    def agency_name(self) -> str:
        return agreed().name_of(self.agency)

    @property
    def did(self) -> kinds.ContributionKind:
        return kinds.called("contributions", self.kind, self.kinds_version)

    @property
    def is_charity(self) -> bool:
        return self.agency_kind == states.CHARITY


class Order(Owned):
    """An order, a warrant or a notice. Nobody has said whether it was complied with until somebody does."""

    disruption = models.ForeignKey(Disruption, on_delete=models.PROTECT, related_name="orders")
    kind = models.SlugField(max_length=40)
    kinds_version = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=60, blank=True)
    granted_on = models.DateField()
    complies_by = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    identifier = EncryptedText(max_length=120, blank=True, help_text="Which number, handset or address it names")
    answer = models.CharField(
        max_length=3, blank=True, choices=[(states.Complied.YES.value, "Yes"), (states.Complied.NO.value, "No")]
    )
    complied_on = models.DateField(null=True, blank=True)
    answer_words = EncryptedText(max_length=300, blank=True)

    declared = Declared(
        about=ABOUT,
        kept="line",
        told=TOTALS,
        pack=dict.fromkeys(
            ["disruption", "kind", "kinds_version", "reference", "granted_on", "complies_by", "until_on", "answer",
             "complied_on"],
            Shown.NOT_PERSONAL,
        )
        | dict.fromkeys(["identifier", "answer_words"], Shown.WITHHELD),
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["owner", "complies_by"], name="disruptions_orders_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="yes", complied_on__isnull=False) | ~Q(answer="yes") & Q(complied_on=None),
                name="disruptions_complied_on_some_day",
            ),
            models.CheckConstraint(
                condition=Q(complied_on=None) | Q(complied_on__gte=F("granted_on")),
                name="disruptions_complied_after_granted",
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("granted_on")),
                name="disruptions_order_ends_after_granted",
            ),
        ]

    @property
    def is_what(self) -> kinds.OrderKind:
        return kinds.called("orders", self.kind, self.kinds_version)

    @property
    def name(self) -> str:
        return f"{self.is_what.name} {self.reference}".strip()


class Seizure(Owned):
    """What was taken, and how much of it, in the unit that its kind is counted in."""

    disruption = models.ForeignKey(Disruption, on_delete=models.PROTECT, related_name="seizures")
    kind = models.SlugField(max_length=40)
    kinds_version = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    unit = models.CharField(max_length=10)
    on = models.DateField()
    notes = EncryptedText(max_length=300, blank=True)

    declared = Declared(
        about=ABOUT,
        kept="line",
        told=TOTALS,
        pack=dict.fromkeys(["disruption", "kind", "kinds_version", "amount", "unit", "on"], Shown.NOT_PERSONAL)
        | {"notes": Shown.WITHHELD},
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="disruptions_seized_more_than_nought")]

    @property
    def is_what(self) -> kinds.SeizureKind:
        return kinds.called("seizures", self.kind, self.kinds_version)

    @property
    def how_much(self) -> str:
        return states.how_much(self.amount, self.unit)
