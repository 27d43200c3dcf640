"""What came in, as it came in. The words are never changed; more words are another row."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from clearlines.access.declarations import NOBODY, Declared, Shown
from clearlines.access.models import Organisation, Owned
from clearlines.reports import phrases, rules
from clearlines.reports.states import IN_WORDS, URGENCY_IN_WORDS, Progress, Urgency


class AsReceived(Exception):
    """What somebody said is kept as they said it."""


class NeverEdited(Owned):
    """A row of somebody's words. Only what is about the words, never the words, may change."""

    MAY_CHANGE: frozenset[str] = frozenset()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        changing = kwargs.get("update_fields")
        if not self._state.adding and (changing is None or set(changing) - self.MAY_CHANGE):
            raise AsReceived("what was received is never edited: add to it instead")
        super().save(*args, **kwargs)


class Report(NeverEdited):
    """One account from one source. Nothing here says who that is: no name, no account, no address, no device.

    `created_by` is the officer who wrote it down for somebody, and is empty for what people send themselves.
    """

    class Channel(models.TextChoices):
        WEB = "web", "The public page"
        PARTNER = "partner", "A partner"
        RANG_101 = "101", "101"
        RANG_999 = "999", "999"
        IN_PERSON = "in_person", "In person"
        CRIMESTOPPERS = "crimestoppers", "Crimestoppers"
        EMAIL = "email", "E-mail"

    class Danger(models.TextChoices):
        YES = "yes", "Yes, somebody is in danger now"
        NOT_SURE = "not_sure", "I am not sure"
        NO = "no", "No"

    class HowKnown(models.TextChoices):
        SAW = "saw", "I saw or heard it happen myself"
        TOLD = "told", "Somebody told me"
        HEARD = "heard", "I have heard talk about it"
        OTHER = "other", "Some other way"

    channel = models.CharField(max_length=20, choices=Channel)
    sent_by = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    danger = models.CharField(max_length=10, choices=Danger)
    words = models.TextField()
    where_words = models.CharField(max_length=500, blank=True)
    town = models.CharField(max_length=80, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    when_words = models.CharField(max_length=500, blank=True)
    how_known = models.CharField(max_length=10, choices=HowKnown)
    how_known_words = models.CharField(max_length=300, blank=True)
    risk_words = models.TextField(blank=True)
    urgency = models.PositiveSmallIntegerField(choices=list(URGENCY_IN_WORDS.items()))
    progress = models.CharField(max_length=20, choices=list(IN_WORDS.items()), default=Progress.RECEIVED)
    was_used = models.BooleanField(null=True, blank=True)
    receipt_hash = models.CharField(max_length=64, unique=True)

    MAY_CHANGE = frozenset({"urgency", "progress", "was_used", "version"})
    declared = Declared(
        about=("pk",),
        is_posted=True,
        kept="report",
        told=NOBODY,
        pack=dict.fromkeys(
            ["channel", "sent_by", "danger", "urgency", "progress", "was_used", "receipt_hash"], Shown.NOT_PERSONAL
        )
        | dict.fromkeys(
            ["words", "where_words", "town", "postcode", "when_words", "how_known", "how_known_words", "risk_words"],
            Shown.WITHHELD,
        ),
    )

    class Meta:
        indexes = [models.Index(fields=["owner", "urgency", "created_at"], name="reports_in_order")]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="reports_say_something"),
            models.CheckConstraint(
                condition=~Q(channel__in=["web", "partner"]) | Q(created_by=None), name="reports_sent_by_nobody"
            ),
            models.CheckConstraint(
                condition=Q(sent_by=None) | ~Q(sent_by=F("owner")), name="reports_partner_is_another_organisation"
            ),
        ]

    @property
    def is_urgent(self) -> bool:
        return self.urgency == Urgency.HIGH

    @property
    def place_in_words(self) -> str:
        return ", ".join(part for part in (self.where_words, self.town, self.postcode) if part)

    @property
    def all_words(self) -> str:
        """Everything said that is about what happened, in one string, for the rules that read it."""
        return "\n".join(
            [self.words, self.where_words, self.when_words, *(each.words for each in self.additions.all())]
        )

    @property
    def why_urgent(self) -> list[str]:
        return list(rules.reasons_for_urgency(danger=self.danger, words=self.all_words))

    @property
    def sounds_like_a_child(self) -> bool:
        return bool(phrases.about_a_child(self.all_words))

    @property
    def could_tell_who(self) -> list[str]:
        """Words that may show who sent it: to be taken out of anything that is passed on."""
        return phrases.tells_who("\n".join([self.all_words, self.how_known_words]))

    @property
    def reference(self) -> str:
        """Short enough to say on the telephone. It opens nothing by itself."""
        return f"R-{self.pk.hex[:6].upper()}"

    def __str__(self) -> str:
        return self.reference


class Addition(NeverEdited):
    """More from whoever holds the three words, or from an officer who was told it."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="additions")
    words = models.TextField()

    declared = Declared(
        about=("report",),
        is_posted=True,
        kept="report",
        told=NOBODY,
        pack={"report": Shown.NOT_PERSONAL, "words": Shown.WITHHELD},
    )

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="reports_addition_says_something")]


class WrongWords(Owned):
    """How many wrong receipts everybody together tried in one ten-minute window. Nothing about who tried."""

    tries = models.PositiveIntegerField(default=0)

    declared = Declared(is_posted=True, kept="guesses", told=NOBODY, pack={"tries": Shown.NOT_PERSONAL})

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "created_at"], name="reports_one_count_each_window")]
