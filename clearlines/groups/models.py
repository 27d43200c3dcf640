"""Groups: what each is called and by whom, which lines it runs, who directs it, what others assessed of it."""

from django.db import models
from django.db.models import F, Q

from clearlines.access.declarations import NOBODY, TOTALS, Declared, Shown
from clearlines.access.models import Account, Owned
from clearlines.groups import names
from clearlines.keys.fields import EncryptedJSON, EncryptedText
from clearlines.lines.models import Line
from clearlines.people.models import Person

UNTIL_AFTER_FROM = Q(until_on=None) | Q(until_on__gte=F("from_on"))
ENDED_FOR_A_REASON = Q(until_on=None, ended_because="") | Q(until_on__isnull=False) & ~Q(ended_because="")
TAKEN_BACK_BY_SOMEBODY = (
    Q(taken_back_at=None, taken_back_by=None, taken_back_because="")
    | Q(taken_back_at__isnull=False, taken_back_by__isnull=False) & ~Q(taken_back_because="")
)  # fmt: skip
TAKEN_BACK = {
    "taken_back_at": Shown.NOT_PERSONAL, "taken_back_by": Shown.WITHHELD, "taken_back_because": Shown.WITHHELD,
}  # fmt: skip


class AlreadyKnown(models.TextChoices):
    UNRELATED = "unrelated", "Unrelated to the group that is also called this"


class Group(Owned):
    """One organised crime group. It may run several lines, and be called several things."""

    number = models.PositiveIntegerField()
    reference = models.CharField(max_length=12)
    name = models.CharField(max_length=80)
    name_folded = models.CharField(max_length=120, editable=False)
    already_known = models.CharField(max_length=10, choices=AlreadyKnown, blank=True)
    known = EncryptedText(max_length=2000, blank=True)

    declared = Declared(
        kept="line",
        told=TOTALS,
        pack=dict.fromkeys(["number", "reference", "already_known"], Shown.NOT_PERSONAL)
        | dict.fromkeys(["name", "name_folded", "known"], Shown.WITHHELD),
    )

    class Meta:
        indexes = [models.Index(fields=["owner", "name_folded"], name="groups_by_name")]
        constraints = [
            models.UniqueConstraint(fields=["owner", "number"], name="groups_one_of_each_number"),
            models.UniqueConstraint(fields=["owner", "reference"], name="groups_one_of_each_reference"),
        ]

    def save(self, *args, **kwargs) -> None:
        self.name_folded = names.folded(self.name)
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return f"{self.reference} {self.name}"


class GroupAlias(Owned):
    """Something else the group is called, who says so, and in which days."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="aliases")
    name = models.CharField(max_length=80)
    name_folded = models.CharField(max_length=120, editable=False)
    source_words = models.CharField(max_length=200)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    grade = models.CharField(max_length=20, blank=True)
    already_known = models.CharField(max_length=10, choices=AlreadyKnown, blank=True)

    declared = Declared(
        kept="line",
        told=NOBODY,
        pack=dict.fromkeys(["group", "from_on", "until_on", "grade", "already_known"], Shown.NOT_PERSONAL)
        | dict.fromkeys(["name", "name_folded", "source_words"], Shown.WITHHELD),
    )

    class Meta:
        indexes = [models.Index(fields=["owner", "name_folded"], name="groups_by_alias")]
        constraints = [models.CheckConstraint(condition=UNTIL_AFTER_FROM, name="groups_alias_ends_after_it_begins")]

    def save(self, *args, **kwargs) -> None:
        self.name_folded = names.folded(self.name)
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.name


class GroupRunsLine(Owned):
    """From one day until another a group ran a line, as somebody believed with this grade. Ended, never deleted."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="runs")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    grade = models.CharField(max_length=20)
    reason = models.CharField(max_length=500)
    ended_because = models.CharField(max_length=500, blank=True)

    declared = Declared(
        kept="line",
        told=TOTALS,
        pack=dict.fromkeys(["group", "line", "from_on", "until_on", "grade"], Shown.NOT_PERSONAL)
        | dict.fromkeys(["reason", "ended_because"], Shown.WITHHELD),
    )

    class Meta:
        indexes = [models.Index(fields=["owner", "from_on", "until_on"], name="groups_running_on")]
        constraints = [
            models.CheckConstraint(condition=UNTIL_AFTER_FROM, name="groups_run_ends_after_it_begins"),
            models.CheckConstraint(condition=ENDED_FOR_A_REASON, name="groups_run_ends_for_a_reason"),
            models.UniqueConstraint(
                fields=["group", "line"], condition=Q(until_on=None), name="groups_run_a_line_once_at_a_time"
            ),
        ]


class GroupPerson(Owned):
    """Somebody known to be an adult directs the group or works for it, on evidence. Exploited people stand on lines."""

    class AsWhat(models.TextChoices):
        DIRECTS = "directs", "Directs it"
        WORKS_FOR = "works_for", "Works for it"

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    as_what = models.CharField(max_length=10, choices=AsWhat)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    grade = models.CharField(max_length=20)
    reason = EncryptedText(max_length=500)
    ended_because = models.CharField(max_length=500, blank=True)

    declared = Declared(
        about=("person",),
        kept="line",
        told=NOBODY,
        pack=dict.fromkeys(
            ["group", "person", "as_what", "from_on", "until_on", "grade", "reason", "ended_because"], Shown.WITHHELD
        ),
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=UNTIL_AFTER_FROM, name="groups_person_ends_after_they_begin"),
            models.CheckConstraint(condition=ENDED_FOR_A_REASON, name="groups_person_ends_for_a_reason"),
            models.UniqueConstraint(
                fields=["group", "person", "as_what"], condition=Q(until_on=None), name="groups_person_once_at_a_time"
            ),
        ]


class TakenBack(Owned):
    """What somebody said can be taken back by name and for a reason; it stays readable."""

    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    taken_back_because = models.CharField(max_length=500, blank=True)

    class Meta:
        abstract = True


class GroupLink(TakenBack):
    """What somebody believes one group has to do with another. Nothing is ever merged by it."""

    class Kind(models.TextChoices):
        MAY_BE_SAME = "may_be_same", "May be the same as"
        SPLIT_FROM = "split_from", "Split from"
        WORKS_WITH = "works_with", "Works with"

    from_group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="links_on")
    to_group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="links_from")
    kind = models.CharField(max_length=15, choices=Kind)
    grade = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=500)

    declared = Declared(
        kept="line",
        told=NOBODY,
        pack=dict.fromkeys(["from_group", "to_group", "kind", "grade"], Shown.NOT_PERSONAL)
        | {"reason": Shown.WITHHELD}
        | TAKEN_BACK,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(from_group=F("to_group")), name="groups_linked_to_another"),
            models.CheckConstraint(condition=TAKEN_BACK_BY_SOMEBODY, name="groups_link_taken_back_by_somebody"),
            models.UniqueConstraint(
                fields=["from_group", "to_group", "kind"], condition=Q(taken_back_at=None), name="groups_linked_once"
            ),
        ]


class Assessment(TakenBack):
    """A result of another tool, as it was given. Scores and band lie sealed, so that no list can be sorted by them."""

    TOOLS = ("MoRiLE", "OCGM")

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="assessments")
    tool = models.CharField(max_length=40)
    tool_version = models.CharField(max_length=40)
    assessed_on = models.DateField()
    assessor = models.CharField(max_length=120)
    scores = EncryptedJSON(holds=dict)
    priority_band = EncryptedText(max_length=120, blank=True)
    next_review_on = models.DateField(null=True, blank=True)
    imported_from = models.CharField(max_length=120)

    declared = Declared(
        kept="line",
        told=NOBODY,
        pack=dict.fromkeys(
            ["group", "tool", "tool_version", "assessed_on", "next_review_on", "imported_from"], Shown.NOT_PERSONAL
        )
        | dict.fromkeys(["assessor", "scores", "priority_band"], Shown.WITHHELD)
        | TAKEN_BACK,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=TAKEN_BACK_BY_SOMEBODY, name="groups_assessment_taken_back_by_somebody"),
            models.CheckConstraint(
                condition=Q(next_review_on=None) | Q(next_review_on__gt=F("assessed_on")),
                name="groups_assessment_reviewed_after_it",
            ),
            models.UniqueConstraint(
                fields=["group", "tool", "assessed_on"], condition=Q(taken_back_at=None),
                name="groups_assessed_once_a_day_by_a_tool",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.tool} {self.tool_version}"
