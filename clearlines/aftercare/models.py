"""A watch over an area after a closure, the charity's end of it, and what each organisation saw."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from clearlines.access.declarations import NOBODY, TOTALS, Declared, Near, Shown
from clearlines.access.models import Account, Organisation, Owned
from clearlines.access.permissions import Permission as P
from clearlines.aftercare import states
from clearlines.keys.fields import EncryptedText
from clearlines.people.models import Person

AREA_AND_WINDOW = ("the charity, an area and a window of time under a live agreement; nothing else",)


def and_joined(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


class Window(models.Model):
    """From one moment until another, somewhere."""

    towns = models.JSONField(default=list)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()

    class Meta:
        abstract = True

    @property
    def where(self) -> str:
        return and_joined(self.towns) or "a town not yet recorded"

    def is_open_at(self, moment: datetime) -> bool:
        return self.from_at <= moment < self.until_at


class Watch(Owned, Window):
    """The force's own: a line closed here. `opened_by_reference` is words copied from the line, and no key to it."""

    # Unguessable and uncounted: a number that counts would tell the charity of the watches it was not told of.
    number = models.CharField(max_length=12, unique=True)
    because = models.CharField(max_length=10, choices=states.BECAUSE_IN_WORDS)
    opened_by_reference = models.CharField(max_length=12)
    state = models.CharField(max_length=12, choices=states.IN_WORDS, default=states.Told.WAITING)
    told_to = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    told_where = models.CharField(max_length=400, blank=True)
    agreement = models.CharField(max_length=60, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    told_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    not_told_at = models.DateTimeField(null=True, blank=True)
    not_told_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    not_told_why = EncryptedText(max_length=500, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    declared = Declared(
        kept="watch",
        told=AREA_AND_WINDOW,
        pack=dict.fromkeys(
            ["number", "towns", "from_at", "until_at", "state", "told_to", "told_where", "agreement", "told_at",
             "told_by", "not_told_at", "not_told_by", "taken_back_at", "taken_back_by"],
            Shown.NOT_PERSONAL,
        )
        | dict.fromkeys(["because", "opened_by_reference", "not_told_why"], Shown.WITHHELD),
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["owner", "until_at"], name="aftercare_watches_open")]
        constraints = [
            models.UniqueConstraint(fields=["owner", "opened_by_reference", "from_at"], name="aftercare_opened_once"),
            models.CheckConstraint(condition=Q(until_at__gt=F("from_at")), name="aftercare_ends_after_it_begins"),
            models.CheckConstraint(
                condition=~Q(state__in=["told", "taken_back"]) | Q(told_to__isnull=False, told_at__isnull=False),
                name="aftercare_told_to_somebody",
            ),
            *[
                models.CheckConstraint(
                    condition=Q(**{f"{verb}_at": None, f"{verb}_by": None})
                    | Q(**{f"{verb}_at__isnull": False, f"{verb}_by__isnull": False}),
                    name=f"aftercare_{verb}_by_someone_at_some_time",
                )
                for verb in ("told", "not_told", "taken_back")
            ],
        ]

    @property
    def in_words(self) -> str:
        return states.IN_WORDS[self.state]

    def __str__(self) -> str:
        return f"{self.number} {self.where}"


class WatchTold(Owned, Window):
    """The charity's own end: where and until when. It has no key to the force's rows, and no account's name."""

    number = models.CharField(max_length=12)
    part = models.CharField(max_length=60, blank=True)
    from_key = models.CharField(max_length=60)
    from_name = models.CharField(max_length=120)
    agreement = models.CharField(max_length=60)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    declared = Declared(
        is_posted=True,
        kept="watch",
        told=NOBODY,
        pack=dict.fromkeys(
            ["number", "towns", "part", "from_at", "until_at", "from_key", "from_name", "agreement", "withdrawn_at"],
            Shown.NOT_PERSONAL,
        ),
    )

    class Meta:
        indexes = [models.Index(fields=["owner", "until_at"], name="aftercare_told_open")]
        constraints = [
            models.UniqueConstraint(fields=["owner", "number"], name="aftercare_told_once"),
            models.CheckConstraint(condition=Q(until_at__gt=F("from_at")), name="aftercare_told_ends_after_it_begins"),
        ]

    @property
    def area(self) -> str:
        return f"{self.part}, {self.where}" if self.part else self.where

    def __str__(self) -> str:
        return f"{self.number} {self.area}"


class Harm(Owned):
    """What one organisation saw. Inside a watch it is counted as possible harm from closing, and never as its effect.

    `watch` is the number of a watch, words and no key: the other organisation has a row of the same number.
    """

    watch = models.CharField(max_length=12, blank=True)
    kind = models.CharField(max_length=12, choices=states.SEEN_IN_WORDS)
    happened_at = models.DateTimeField()
    area = models.CharField(max_length=60, blank=True)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    words = EncryptedText(max_length=2000, blank=True)
    followed_up = EncryptedText(max_length=1000, blank=True)
    followed_up_at = models.DateTimeField(null=True, blank=True)
    followed_up_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    declared = Declared(
        about=("person",),
        near=Near(P.SEE_EVERY_HARM, accounts=("created_by",), until_taken="person"),
        kept="watch",
        told=TOTALS,
        pack=dict.fromkeys(["kind", "happened_at", "area"], Shown.IN_FULL)
        | dict.fromkeys(["words", "followed_up", "followed_up_by"], Shown.THIRD_PARTIES_REDACTED)
        | dict.fromkeys(["watch", "person", "followed_up_at"], Shown.NOT_PERSONAL),
    )

    class Meta:
        indexes = [models.Index(fields=["owner", "watch", "happened_at"], name="aftercare_harm_in_a_watch")]
        constraints = [
            models.CheckConstraint(
                condition=Q(followed_up_at=None, followed_up_by=None)
                | Q(followed_up_at__isnull=False, followed_up_by__isnull=False),
                name="aftercare_followed_up_by_someone_at_some_time",
            ),
        ]

    @property
    def in_words(self) -> str:
        return states.SEEN_IN_WORDS[self.kind]
