"""What crosses the wall, who decided it, and what the other side was told of it afterwards.

What is told is one row: its giver owns it, and its recipient reads it while it lives. See docs/adr (one row, not two).
"""

from datetime import date

from django.db import models
from django.db.models import Q

from clearlines.access.declarations import NOBODY, Declared, Near, Shown
from clearlines.access.models import Account, Organisation, Owned
from clearlines.access.permissions import Permission as P
from clearlines.keys.fields import EncryptedJSON, EncryptedText
from clearlines.people.models import Person
from clearlines.sharing import rules
from clearlines.sharing.states import PROPOSAL_IN_WORDS, ProposalState

BY_DISCLOSURE = ("the organisation named on the row, while it is neither taken back nor past its last day",)
ONLY_THE_RECIPIENT = ("the organisation it was written for: whose, when and what to do, never what was told",)
TELLING_PACK = {
    "told": Shown.THIRD_PARTIES_REDACTED,
    "reason": Shown.THIRD_PARTIES_REDACTED,
    **dict.fromkeys(["name", "to", "gateway", "until_on", "review_on"], Shown.IN_FULL),
    "person": Shown.NOT_PERSONAL,
}


class Telling(Owned):
    """Exact words under exact headings, for one organisation. `person` is the giver's own record, and stays there."""

    to = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    told = EncryptedJSON(holds=list, help_text="[{field, words, said_as}], in the order they are read")
    gateway = models.CharField(max_length=300)
    reason = EncryptedText(max_length=1000, blank=True)
    review_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def fields(self) -> list[str]:
        return [each["field"] for each in self.told]

    @property
    def field_names(self) -> str:
        return ", ".join(rules.FIELDS[field] for field in self.fields)


class Disclosure(Telling):
    """One act of telling. Taken back, or past its last day, it is its giver's alone again."""

    class Basis(models.TextChoices):
        AGREEMENT = "agreement", "A live agreement"
        ONE_OFF = "one_off", "A one-off decision"
        EMERGENCY = "emergency", "An emergency, looked at by somebody else within a day"
        REQUEST = "request", "An answer to a request for information"

    number = models.CharField(max_length=20, unique=True)
    from_name = models.CharField(max_length=120)
    signed_by = models.CharField(max_length=150)
    basis = models.CharField(max_length=20, choices=Basis)
    agreement = models.CharField(max_length=60, blank=True)
    decided_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    in_place_of = models.CharField(max_length=20, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    revoked_why = EncryptedText(max_length=300, blank=True)

    declared = Declared(
        # By its own key too: whoever was told holds no key to the person, and is kept away from the telling.
        about=("pk", "person"),
        near=Near(P.SEE_REGISTER, accounts=("created_by", "decided_by")),
        kept="disclosure",
        told=BY_DISCLOSURE,
        disclosed_to="to",
        disclosed_while=("revoked_at", "until_on"),
        pack=TELLING_PACK
        | dict.fromkeys(["from_name", "basis", "agreement", "given_at", "revoked_at", "revoked_why"], Shown.IN_FULL)
        | dict.fromkeys(["signed_by", "decided_by", "revoked_by"], Shown.THIRD_PARTIES_REDACTED)
        | dict.fromkeys(["number", "in_place_of"], Shown.NOT_PERSONAL),
    )

    class Meta:
        indexes = [
            models.Index(fields=["owner", "-given_at"], name="sharing_given_newest"),
            models.Index(fields=["to", "-given_at"], name="sharing_told_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="sharing_revoked_by_someone_at_some_time",
            ),
            models.CheckConstraint(
                condition=~Q(basis="agreement") | ~Q(agreement=""), name="sharing_under_a_named_agreement"
            ),
            models.CheckConstraint(condition=~Q(gateway=""), name="sharing_through_a_gateway"),
            models.CheckConstraint(condition=~Q(owner=models.F("to")), name="sharing_with_somebody_else"),
        ]

    def is_live_on(self, day: date) -> bool:
        return rules.is_live(self, today=day)

    def standing_on(self, day: date) -> tuple[str, str]:
        """A word and its kind, for a page."""
        if self.revoked_at:
            return "Taken back", "ended"
        return ("Live", "going") if self.is_live_on(day) else ("Past its last day", "ended")

    def __str__(self) -> str:
        return self.number


class Proposal(Telling):
    """Somebody asks whether this may be told where no agreement covers it. Nothing has crossed."""

    state = models.CharField(
        max_length=20, choices=[(each.value, PROPOSAL_IN_WORDS[each]) for each in ProposalState],
        default=ProposalState.WAITING,
    )  # fmt: skip
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_why = EncryptedText(max_length=300, blank=True)
    disclosure = models.ForeignKey(Disclosure, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    declared = Declared(
        about=("person",),
        near=Near(P.SEE_REGISTER, accounts=("created_by",)),
        kept="disclosure",
        told=NOBODY,
        pack=TELLING_PACK
        | dict.fromkeys(["state", "decided_at", "decided_why"], Shown.IN_FULL)
        | {"decided_by": Shown.THIRD_PARTIES_REDACTED, "disclosure": Shown.NOT_PERSONAL},
    )

    @property
    def in_words(self) -> str:
        return PROPOSAL_IN_WORDS[self.state]


class EmergencyReview(Owned):
    """A second person looks, within a day, at what was told in an emergency."""

    class Verdict(models.TextChoices):
        RIGHT = "right", "It was right to tell them"
        WRONG = "wrong", "It was wrong: take it back and say so"

    disclosure = models.OneToOneField(Disclosure, on_delete=models.PROTECT, related_name="review")
    risk = EncryptedText(max_length=1000)
    review_by = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    words = EncryptedText(max_length=1000, blank=True)

    declared = Declared(
        about=("disclosure__person",),
        kept="disclosure",
        told=NOBODY,
        pack=dict.fromkeys(["risk", "verdict", "words"], Shown.THIRD_PARTIES_REDACTED)
        | {"reviewed_by": Shown.THIRD_PARTIES_REDACTED}
        | dict.fromkeys(["disclosure", "review_by", "reviewed_at"], Shown.NOT_PERSONAL),
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_at=None, reviewed_by=None, verdict="")
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False) & ~Q(verdict=""),
                name="sharing_reviewed_with_a_verdict",
            ),
        ]


class Correction(Owned):
    """The giver said that something it had told was wrong, or was about somebody else. The DPA 2018 s.38."""

    class Because(models.TextChoices):
        WORDS = "words", "What was told was wrong"
        PERSON = "person", "It may have been about somebody else"

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="corrections")
    because = models.CharField(max_length=10, choices=Because)
    field = models.CharField(max_length=20, blank=True)
    why = EncryptedText(max_length=300)
    in_place = models.ForeignKey(Disclosure, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    declared = Declared(
        about=("disclosure__person",),
        kept="disclosure",
        told=NOBODY,
        pack=dict.fromkeys(["because", "field", "why"], Shown.THIRD_PARTIES_REDACTED)
        | dict.fromkeys(["disclosure", "in_place"], Shown.NOT_PERSONAL),
    )


class Notice(Owned):
    """The recipient's own end: that something was told, put right or taken back. Never what it said, nor of whom."""

    class News(models.TextChoices):
        TOLD = "told", "Told to us"
        REVOKED = "revoked", "Taken back: destroy every copy"
        WRONG = "wrong", "Some of it was wrong"
        SOMEBODY_ELSE = "somebody_else", "It may have been about somebody else"
        WITHDRAWN = "withdrawn", "They no longer ask for this"

    number = models.CharField(max_length=20)
    news = models.CharField(max_length=20, choices=News)
    from_key = models.CharField(max_length=60)
    from_name = models.CharField(max_length=120)
    words = EncryptedText(max_length=400, blank=True)
    until_on = models.DateField(null=True, blank=True, help_text="The last day on which what was told may be read")
    destroyed_at = models.DateTimeField(null=True, blank=True)
    destroyed_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    destroyed_how = EncryptedText(max_length=300, blank=True)

    declared = Declared(
        is_posted=True,
        kept="disclosure",
        told=ONLY_THE_RECIPIENT,
        pack=dict.fromkeys(["number", "news", "from_key", "from_name", "until_on", "destroyed_at"], Shown.NOT_PERSONAL)
        | dict.fromkeys(["words", "destroyed_how", "destroyed_by"], Shown.THIRD_PARTIES_REDACTED),
    )

    class Meta:
        indexes = [models.Index(fields=["owner", "-created_at"], name="sharing_notices_newest")]

    def asks_for_destruction_on(self, day: date) -> bool:
        """Taken back, wrong, about somebody else; or told, and past its last day."""
        if self.news == self.News.TOLD:
            return self.until_on is not None and self.until_on < day
        return self.news != self.News.WITHDRAWN
