"""National referrals: one controller's record of where each stands, and every step by which it got there."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q

from clearlines.access.declarations import NOBODY, Declared, Shown
from clearlines.access.models import Owned
from clearlines.keys.fields import EncryptedText
from clearlines.people.models import Person
from clearlines.safeguarding import states
from clearlines.safeguarding.states import Path, State


def _values(among: Iterable[State]) -> list[str]:
    """In one order, so that no migration is made of the order of a set."""
    return sorted(each.value for each in among)


PATHS = [(each.value, each.label) for each in Path]
NOT_OF_A_CHILD = states.CONSENT | {State.DTN_SUBMITTED}
STATES = [(each.value, each.label) for each in State]


class AddOnlySteps(Exception):
    """A step is never changed: the next one says what became of it."""


class NationalReferral(Owned):
    """Read by role alone: whoever decides about children and adults at risk must find it without standing near."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=5, choices=PATHS)
    state = models.CharField(max_length=30, choices=STATES, default=State.INDICATORS_NOTED)
    noted_on = models.DateField()
    reference = models.CharField(max_length=40, blank=True)
    s45_raised_on = models.DateField(null=True, blank=True)
    flagged_county_lines = models.BooleanField(default=False)

    declared = Declared(
        about=("person",),
        kept="national-referral",
        told=NOBODY,
        pack=dict.fromkeys(
            ["person", "path", "state", "noted_on", "reference", "s45_raised_on", "flagged_county_lines"],
            Shown.IN_FULL,
        ),
    )

    class Meta:
        indexes = [models.Index(fields=["owner", "state", "noted_on"], name="safeguarding_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=_values(states.WITH_REFERENCE)) | ~Q(reference=""),
                name="safeguarding_submitted_has_a_reference",
            ),
            models.CheckConstraint(
                condition=Q(path="adult") | ~Q(state__in=_values(NOT_OF_A_CHILD)),
                name="safeguarding_a_child_is_not_asked",
            ),
            models.UniqueConstraint(
                fields=["owner", "person"],
                condition=~Q(state__in=_values(states.OVER)),
                name="safeguarding_one_under_way_a_person",
            ),
        ]  # fmt: skip

    @property
    def at(self) -> State:
        return State(self.state)

    @property
    def label(self) -> str:
        return self.at.label

    @property
    def is_under_way(self) -> bool:
        return self.at not in states.OVER

    @property
    def shape(self) -> str:
        """web's status component."""
        if self.at in states.NOT_YET_SUBMITTED:
            return "wait"
        return "ended" if self.at in states.OVER - {State.CG_POSITIVE} else "going"

    def __str__(self) -> str:
        return f"{self.person.name}: {self.label}"


class NationalReferralMove(Owned):
    """One step: what it was, what it became, on which day, who was asked, and the words. Rows are only ever added."""

    referral = models.ForeignKey(NationalReferral, on_delete=models.PROTECT, related_name="moves")
    sequence = models.PositiveIntegerField()
    was = models.CharField(max_length=30, choices=STATES, blank=True)
    became = models.CharField(max_length=30, choices=STATES)
    path = models.CharField(max_length=5, choices=PATHS)
    decides_path = models.BooleanField(default=False, help_text="Somebody decided to go on by the other path")
    on = models.DateField()
    who = EncryptedText(max_length=200, blank=True)
    words = EncryptedText(max_length=4000, blank=True)
    reference = models.CharField(max_length=40, blank=True)

    declared = Declared(
        about=("referral__person",),
        kept="national-referral",
        told=NOBODY,
        pack=dict.fromkeys(
            ["referral", "sequence", "was", "became", "path", "decides_path", "on", "reference"], Shown.IN_FULL
        )
        | dict.fromkeys(["who", "words"], Shown.THIRD_PARTIES_REDACTED),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["referral", "sequence"], name="safeguarding_steps_in_order"),
            models.CheckConstraint(
                condition=~Q(became__in=_values(states.SUBMITTED)) | ~Q(reference="") | Q(decides_path=True),
                name="safeguarding_step_submitted_has_a_reference",
            ),
        ]

    @property
    def label(self) -> str:
        state = State(self.became).label
        return (
            f"Goes on as {'a child’s' if self.path == Path.CHILD else 'an adult’s'}: {state}"
            if self.decides_path
            else state
        )

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise AddOnlySteps("a step of a national referral is never changed")
        super().save(*args, **kwargs)
