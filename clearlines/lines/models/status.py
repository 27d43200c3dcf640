"""What a line was on which day, what was found when a closure was checked, and when it was last seen selling."""

from django.db import models
from django.db.models import F, Q

from clearlines.access.declarations import NOBODY, TOTALS, Declared, Shown
from clearlines.access.models import Owned
from clearlines.lines import states
from clearlines.lines.history import Step
from clearlines.lines.models.register import Line


class AddOnlyHistory(Exception):
    """A status is put right by another row that points at it, never by changing it."""


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
    # The reference of what was done to it, as words: the act itself stands in the room above.
    disruption = models.CharField(max_length=12, blank=True)

    declared = Declared(
        kept="line",
        told=TOTALS,
        pack=dict.fromkeys(
            ["line", "sequence", "status", "valid_from", "known_at", "corrects", "merged_into", "confirmed_by",
             "confirmed_on", "order_reference", "order_granted_on", "complied_on", "disruption"],
            Shown.NOT_PERSONAL,
        )
        | dict.fromkeys(["reason", "holder_arrested_on", "holder_charged_on"], Shown.WITHHELD),
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["line", "valid_from", "known_at", "sequence"], name="lines_status_by_day")]
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

    @property
    def is_closure(self) -> bool:
        return self.status in states.CLOSED

    @property
    def is_corrected(self) -> bool:
        return hasattr(self, "corrected_by")

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise AddOnlyHistory("a line's status is corrected by another row, never changed")
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return f"{self.label} from {self.valid_from}"


class CheckBack(Owned):
    """Some days after a closure somebody looked whether the number stays out of use. Each check is answered once.

    `closure` is the first entry of the closure, so that putting its day right does not ask for the checks again.
    """

    class Result(models.TextChoices):
        STILL_DEAD = states.Found.STILL_DEAD.value, "Still out of use"
        IN_USE = states.Found.IN_USE.value, "In use again"
        COULD_NOT_TELL = states.Found.COULD_NOT_TELL.value, "Could not tell"

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="checks")
    closure = models.ForeignKey(LineStatus, on_delete=models.PROTECT, related_name="checks")
    days = models.PositiveSmallIntegerField(help_text="Which check: how many days after the closure")
    on = models.DateField()
    found = models.CharField(max_length=15, choices=Result)
    words = models.CharField(max_length=500, blank=True)

    declared = Declared(
        kept="line",
        told=TOTALS,
        pack=dict.fromkeys(["line", "closure", "days", "on", "found"], Shown.NOT_PERSONAL) | {"words": Shown.WITHHELD},
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["closure", "days"],
                condition=~Q(found=states.Found.COULD_NOT_TELL.value),
                name="lines_each_check_answered_once",
            ),
        ]


class Sighting(Owned):
    """On a day the line was seen or heard to be selling. It changes no status: a person does."""

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="sightings")
    seen_on = models.DateField()
    words = models.CharField(max_length=500)
    grade = models.CharField(max_length=20, blank=True)

    declared = Declared(
        kept="line",
        told=NOBODY,
        pack=dict.fromkeys(["line", "seen_on", "grade"], Shown.NOT_PERSONAL) | {"words": Shown.WITHHELD},
    )
