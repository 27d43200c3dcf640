"""What came in, as it came in. The words are never changed; more words are another row."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q

from clearlines.access.declarations import NOBODY, Declared, Near, Shown
from clearlines.access.markings import Marking
from clearlines.access.models import Account, Organisation, Owned
from clearlines.access.permissions import Permission as P
from clearlines.reports import phrases, rules
from clearlines.reports.sealed import ReporterText, SealedWho
from clearlines.reports.states import (
    IN_WORDS,
    NOT_RELEASED_IN_WORDS,
    RELEASING_IN_WORDS,
    URGENCY_IN_WORDS,
    Progress,
    Releasing,
    Urgency,
)


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


class Photograph(Owned):
    """A picture sent with a report, drawn anew without what its phone wrote into it. The file lies sealed in a vault.

    `sent_as` is the key its report has, or will have: until it is sent there is no report, and in four hours it goes.
    """

    report = models.ForeignKey(Report, null=True, blank=True, on_delete=models.PROTECT, related_name="photographs")
    sent_as = models.UUIDField(db_index=True)
    file = models.CharField(max_length=32)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    declared = Declared(
        about=("report",),
        is_posted=True,
        kept="report",
        told=NOBODY,
        pack=dict.fromkeys(["report", "sent_as", "width", "height"], Shown.NOT_PERSONAL) | {"file": Shown.WITHHELD},
    )

    class Meta:
        ordering = ["created_at", "id"]

    @property
    def place(self) -> str:
        """What its file is bound to in the vault."""
        return f"reports.Photograph:{self.pk}"


class Source(Owned):
    """Who gave one report, sealed. Every report has a row here, so that a row says nothing: most hold nobody.

    Only the custodian opens it. Nothing in this row is in clear but which report it is about.
    """

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="+")
    who = SealedWho(blank=True)

    declared = Declared(
        about=("report",),
        is_posted=True,
        kept="source",
        told=NOBODY,
        pack={"report": Shown.NOT_PERSONAL, "who": Shown.WITHHELD},
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(marking=Marking.CUSTODIAN), name="reports_source_for_the_custodian")
        ]

    @property
    def reference(self) -> str:
        """Made from this row's own random key, so that it leads nowhere."""
        return f"S-{self.pk.hex[:6].upper()}"

    def __str__(self) -> str:
        return self.reference


class Contact(Owned):
    """Once that the custodian spoke with whoever gave a report, or tried to."""

    class How(models.TextChoices):
        SPOKE = "spoke", "Spoke with them"
        WROTE = "wrote", "Wrote to them"
        TRIED = "tried", "Tried, and did not reach them"
        CAME = "came", "They came to us"

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="contacts")
    how = models.CharField(max_length=10, choices=How)
    said = ReporterText()

    declared = Declared(
        about=("source__report",),
        kept="source",
        told=NOBODY,
        pack={"source": Shown.NOT_PERSONAL, "how": Shown.WITHHELD, "said": Shown.WITHHELD},
    )

    class Meta:
        ordering = ["-created_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(marking=Marking.CUSTODIAN), name="reports_contact_for_the_custodian")
        ]


class Release(Owned):
    """Somebody asks who gave a report. They may ask of any report: asking shows nothing, and neither does a refusal."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=list(RELEASING_IN_WORDS.items()), default=Releasing.WAITING)
    what_for = models.CharField(max_length=500)
    risk = models.CharField(max_length=500)
    to = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    because = ReporterText(blank=True)
    not_because = models.CharField(max_length=20, blank=True, choices=list(NOT_RELEASED_IN_WORDS.items()))
    until_at = models.DateTimeField(null=True, blank=True)
    shown_at = models.DateTimeField(null=True, blank=True)

    declared = Declared(
        about=("report",),
        near=Near(whole=P.AGREE_RELEASES, accounts=("created_by", "to")),
        kept="source",
        told=NOBODY,
        pack=dict.fromkeys(["report", "state", "proposed_at", "decided_at", "until_at", "shown_at"], Shown.NOT_PERSONAL)
        | dict.fromkeys(
            ["what_for", "risk", "to", "proposed_by", "decided_by", "because", "not_because"], Shown.WITHHELD
        ),
    )

    class Meta:
        indexes = [models.Index(fields=["owner", "state", "created_at"], name="reports_releases_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="agreed")
                | Q(until_at__isnull=False, proposed_by__isnull=False, decided_by__isnull=False),
                name="reports_release_takes_two_and_ends",
            ),
            models.CheckConstraint(
                condition=Q(proposed_by=None) | ~Q(proposed_by=F("created_by")) & ~Q(proposed_by=F("to")),
                name="reports_release_proposed_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state="agreed")
                | ~Q(decided_by=F("created_by")) & ~Q(decided_by=F("to")) & ~Q(decided_by=F("proposed_by")),
                name="reports_release_agreed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(shown_at=None) | Q(state="agreed"), name="reports_release_shown_if_agreed"
            ),
        ]

    def is_open_at(self, moment: datetime) -> bool:
        """Whether it may still be shown, once, to the one account it was released to."""
        return (
            self.state == Releasing.AGREED and self.shown_at is None and bool(self.until_at and moment < self.until_at)
        )

    def said_at(self, moment: datetime) -> str:
        """All that whoever asked is told. That it was proposed is not said: it would show that there is a name."""
        if self.state == Releasing.AGREED and not self.is_open_at(moment):
            return "Shown, and shut again" if self.shown_at else "Not looked at in time, and shut again"
        return RELEASING_IN_WORDS[Releasing.WAITING if self.state == Releasing.PROPOSED else self.state]
