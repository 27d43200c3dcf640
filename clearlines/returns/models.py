"""A return, the half that each controller counted, and every move it made."""

from typing import Any

from django.db import models
from django.db.models import Q

from clearlines.access.declarations import NOBODY, TOTALS, Declared, Reader, Shown
from clearlines.access.models import Account, Organisation, Owned
from clearlines.returns.counted import Window
from clearlines.returns.definitions import Definitions, definitions
from clearlines.returns.states import IN_WORDS, PUBLISHED, State


class Return(Owned):
    """One quarter, as known on a day. `figures` holds only what may be shown; it is fixed when prepared.

    It has two readers before it is sent: whoever convened it (its owner) and the partner that counts the other half.
    """

    reference = models.CharField(max_length=20)
    definitions_version = models.CharField(max_length=40)
    from_on = models.DateField()
    to_on = models.DateField()
    as_known = models.DateField()
    partner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=20, choices=[(each.value, IN_WORDS[each]) for each in State], default=State.PREPARING
    )
    figures = models.JSONField(default=dict, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    prepared_at = models.DateTimeField(null=True, blank=True)
    prepared_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    why_replaced = models.CharField(max_length=500, blank=True)

    declared = Declared(
        readers=(Reader("partner"), Reader("to", state="state", among=tuple(PUBLISHED))),
        kept="return",
        told=TOTALS,
        pack=dict.fromkeys(
            ["reference", "definitions_version", "from_on", "to_on", "as_known", "partner", "to", "state", "figures",
             "digest", "prepared_at", "prepared_by", "approved_at", "approved_by", "sent_at", "sent_by", "replaces",
             "why_replaced"],
            Shown.NOT_PERSONAL,
        ),
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "reference"], name="returns_one_reference_each"),
            models.CheckConstraint(condition=Q(to_on__gt=models.F("from_on")), name="returns_end_after_they_begin"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=models.F("prepared_by")),
                name="returns_approved_by_somebody_else",
            ),
            *[
                models.CheckConstraint(
                    condition=Q(**{f"{verb}_at": None, f"{verb}_by": None})
                    | Q(**{f"{verb}_at__isnull": False, f"{verb}_by__isnull": False}),
                    name=f"returns_{verb}_by_someone_at_some_time",
                )
                for verb in ("prepared", "approved", "sent")
            ],
        ]

    @property
    def window(self) -> Window:
        return Window(self.from_on, self.to_on, self.as_known)

    @property
    def definitions(self) -> Definitions:
        return definitions(self.definitions_version)

    @property
    def in_words(self) -> str:
        return IN_WORDS[self.state]

    @property
    def quarter(self) -> str:
        return f"{self.from_on:%-d %B} to {self.to_on:%-d %B %Y}"

    def __str__(self) -> str:
        return self.reference


class Contribution(Owned):
    """One controller's half. `counted` never leaves its owner; `shown` is what crosses, small numbers withheld."""

    part_of = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="halves")
    half = models.CharField(max_length=20)
    counted = models.JSONField(default=dict)
    shown = models.JSONField(default=dict)
    words = models.TextField(blank=True)
    counted_at = models.DateTimeField()
    counted_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    declared = Declared(
        read_with="part_of",
        kept="return",
        told=TOTALS,
        pack=dict.fromkeys(
            ["part_of", "half", "counted", "shown", "words", "counted_at", "counted_by"], Shown.NOT_PERSONAL
        ),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["part_of", "half"], name="returns_each_half_once")]


class Story(Owned):
    """What one person agreed may be told, with nothing in it that says who they are. Taken back, it is gone."""

    part_of = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="stories")
    words = models.TextField()
    agreed_on = models.DateField()
    agreed_how = models.CharField(max_length=300)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    declared = Declared(
        read_with="part_of",
        kept="return",
        told=("the commissioner, in words the person agreed to, until they take them back",),
        pack=dict.fromkeys(["part_of", "agreed_on", "agreed_how", "taken_back_at"], Shown.NOT_PERSONAL)
        | {"words": Shown.IN_FULL},
    )


class NeverChanged(Exception):
    """What was noted beside a published figure is followed by another note, never changed."""


class Amendment(Owned):
    """A note beside a figure that was sent: what would be counted now. The figure itself stays as it was published."""

    part_of = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="amendments")
    figure = models.CharField(max_length=60)
    was = models.CharField(max_length=300)
    now = models.CharField(max_length=300)
    as_known = models.DateField()
    why = models.CharField(max_length=500, blank=True)

    declared = Declared(
        read_with="part_of",
        kept="return",
        told=TOTALS,
        pack=dict.fromkeys(["part_of", "figure", "was", "now", "as_known", "why"], Shown.NOT_PERSONAL),
    )

    class Meta:
        ordering = ["created_at", "id"]

    @property
    def sentence(self) -> str:
        return (
            f"Published as known on {self.part_of.as_known:%-d %B %Y}: {self.was}. "
            f"As known on {self.as_known:%-d %B %Y} it would be {self.now}. {self.why}"
        ).strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise NeverChanged("a note beside a published figure is followed by another, never changed")
        super().save(*args, **kwargs)


class Move(Owned):
    """One change of state: from, to, why. Who and when are its created_by and created_at."""

    part_of = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="moves")
    was = models.CharField(max_length=20, blank=True)
    became = models.CharField(max_length=20)
    why = models.CharField(max_length=500, blank=True)

    declared = Declared(
        read_with="part_of",
        kept="return",
        told=NOBODY,
        pack=dict.fromkeys(["part_of", "was", "became", "why"], Shown.NOT_PERSONAL),
    )

    class Meta:
        ordering = ["created_at", "id"]

    @property
    def in_words(self) -> str:
        return IN_WORDS[self.became]
