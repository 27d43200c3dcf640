"""A letter is two rows that share nothing but its number: Sent stays with the sender, Received with the recipient."""

from datetime import date

from django.db import models
from django.db.models import Q

from clearlines.access.declarations import BY_LETTER, NOBODY, Declared, Near, Shown
from clearlines.access.models import Account, Organisation, Owned
from clearlines.access.permissions import Permission as P
from clearlines.keys.fields import EncryptedText
from clearlines.people.models import Person
from clearlines.referrals.states import IN_WORDS, NEWS_IN_WORDS, News, State


class Urgency(models.TextChoices):
    TODAY = "today", "Today"
    THIS_WEEK = "this_week", "This week"
    WHEN_YOU_CAN = "when_you_can", "When you can"


class Knows(models.TextChoices):
    AGREES = "agrees", "Yes, and they want help"
    KNOWS = "knows", "Yes, but they are not sure"
    NO = "no", "No, I have not told them"
    NOT_SAFE = "not_safe", "No, it would not be safe to tell them"


class Children(models.TextChoices):
    NO = "no", "No"
    YES = "yes", "Yes"
    WORRIED = "worried", "Yes, and I am worried about them"
    NOT_KNOWN = "not_known", "I do not know"


class Source(models.TextChoices):
    POLICE = "police", "Police"
    PROBATION = "probation", "Probation"
    FOOD_CLUB = "food_club", "Food club"
    HOUSING = "housing", "Housing"
    GP = "gp", "GP surgery"
    HOSPITAL = "hospital", "Hospital"
    TREATMENT = "treatment", "Drug and alcohol treatment"
    SCHOOL = "school", "School or college"
    COUNCIL = "council", "Council"
    FAMILY = "family", "Family or a friend"
    SELF = "self", "The person themselves"
    OTHER = "other", "Somebody else"


class DeclineReason(models.TextChoices):
    """Reasons a sender may be told. None of them says anything about the person."""

    OUT_OF_AREA = "out_of_area", "It is outside the area we cover"
    NOT_OUR_WORK = "not_our_work", "It is not the kind of help we give"
    NOT_ENOUGH = "not_enough", "There is not enough to go on: please ring us"
    NO_ROOM = "no_room", "We cannot take anybody else on at the moment"
    SENT_TWICE = "sent_twice", "It was sent to us twice"


LETTER_PACK = {
    **dict.fromkeys(
        ["name", "age", "phone", "safe_contact", "area", "address", "urgency", "children_at_home", "knows",
         "release_on"],
        Shown.IN_FULL,
    ),
    "why": Shown.THIRD_PARTIES_REDACTED,
    "go_with_care": Shown.WITHHELD,
    **dict.fromkeys(["letter_number", "agreement", "gateway", "source", "sent_at"], Shown.NOT_PERSONAL),
    "signed_by": Shown.THIRD_PARTIES_REDACTED,
}  # fmt: skip


class Letter(Owned):
    """What is copied. `go_with_care` says how to go ("two people should go"), never what is known."""

    letter_number = models.CharField(max_length=20, unique=True)
    source = models.CharField(max_length=20, choices=Source)
    signed_by = models.CharField(max_length=150)
    sent_at = models.DateTimeField()
    agreement = models.CharField(max_length=60, blank=True)
    gateway = models.CharField(max_length=300, blank=True)

    name = models.CharField(max_length=160)
    age = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    safe_contact = EncryptedText(max_length=200, blank=True)
    area = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=200, blank=True)
    why = EncryptedText()
    urgency = models.CharField(max_length=20, choices=Urgency, default=Urgency.THIS_WEEK)
    children_at_home = models.CharField(max_length=20, choices=Children, default=Children.NOT_KNOWN)
    knows = models.CharField(max_length=20, choices=Knows)
    go_with_care = EncryptedText(max_length=200, blank=True)
    release_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.letter_number


class Sent(Letter):
    """The sender's own copy. It alone may point at the sender's own person."""

    to = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = EncryptedText(max_length=300, blank=True)

    declared = Declared(
        about=("person",),
        near=Near(P.SEE_EVERY_SENT_REFERRAL, accounts=("created_by",)),
        kept="letter",
        told=BY_LETTER,
        pack=LETTER_PACK
        | dict.fromkeys(["to", "withdrawn_at", "withdrawn_why"], Shown.IN_FULL)
        | {"person": Shown.NOT_PERSONAL},
    )

    class Meta:
        indexes = [models.Index(fields=["owner", "-sent_at"], name="referrals_sent_newest")]

    @property
    def latest_news(self) -> "SentNews | None":
        return next(iter(self.news.all()), None)

    @property
    def progress(self) -> str:
        if self.withdrawn_at:
            return "Withdrawn"
        latest = self.latest_news
        return NEWS_IN_WORDS[latest.news if latest else ""]


class SentNews(Owned):
    """What the recipient told the sender. Never attendance, never the person's own reasons."""

    sent = models.ForeignKey(Sent, on_delete=models.PROTECT, related_name="news")
    news = models.CharField(max_length=20, choices=[(each.value, NEWS_IN_WORDS[each]) for each in News])
    said_by = models.CharField(max_length=120)
    words = EncryptedText(max_length=300, blank=True)
    step = models.PositiveIntegerField(default=0, help_text="Which came after which, within one moment")

    declared = Declared(
        about=("sent__person",),
        near=Near(P.SEE_EVERY_SENT_REFERRAL, accounts=("sent__created_by",)),
        is_posted=True,
        kept="letter",
        told=NOBODY,
        pack=dict.fromkeys(["sent", "news", "said_by", "words"], Shown.IN_FULL) | {"step": Shown.NOT_PERSONAL},
    )

    class Meta:
        ordering = ["-step", "-created_at"]

    @property
    def in_words(self) -> str:
        return NEWS_IN_WORDS[self.news]


class Received(Letter):
    """The recipient's own copy: no key to the sender's person or row. `person` is the recipient's own person."""

    class Channel(models.TextChoices):
        LETTER = "letter", "A letter through this system"
        PHONE = "phone", "By phone, written down by a worker"
        IN_PERSON = "in_person", "In person, written down by a worker"

    class Known(models.TextChoices):
        YES = "yes", "Yes, a service already knew them"
        NO = "no", "No, this was the first time anybody had come"
        NOT_ASKED = "not_asked", "Not asked yet"

    channel = models.CharField(max_length=20, choices=Channel, default=Channel.LETTER)
    from_name = models.CharField(max_length=120)
    from_kind = models.CharField(max_length=20)
    from_key = models.CharField(max_length=60, blank=True)
    state = models.CharField(
        max_length=20, choices=[(each.value, IN_WORDS[each]) for each in State], default=State.RECEIVED
    )
    acknowledge_by = models.DateField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    worker = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    declined_because = models.CharField(max_length=20, choices=DeclineReason, blank=True)
    redirected_to = EncryptedText(max_length=160, blank=True)
    known_to_services = models.CharField(max_length=20, choices=Known, default=Known.NOT_ASKED)

    declared = Declared(
        about=("pk", "person"),
        near=Near(P.SEE_WHOLE_CASELOAD, accounts=("worker",), until_taken="worker"),
        is_posted=True,
        kept="letter",
        told=NOBODY,
        pack=LETTER_PACK
        | dict.fromkeys(["channel", "from_kind", "from_key", "acknowledge_by", "person"], Shown.NOT_PERSONAL)
        | dict.fromkeys(
            ["state", "acknowledged_at", "declined_because", "redirected_to", "known_to_services"], Shown.IN_FULL
        )
        | dict.fromkeys(["from_name", "worker"], Shown.THIRD_PARTIES_REDACTED),
    )

    class Meta:
        indexes = [
            models.Index(fields=["owner", "state", "acknowledge_by"], name="referrals_received_waiting"),
            models.Index(fields=["owner", "-sent_at"], name="referrals_received_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(acknowledged_at=None, worker=None) | Q(acknowledged_at__isnull=False, worker__isnull=False),
                name="referrals_acknowledged_with_a_worker",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "contacted"]) | Q(person__isnull=False),
                name="referrals_accepted_is_a_person",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(declined_because=""), name="referrals_declined_because"
            ),
        ]

    @property
    def in_words(self) -> str:
        return IN_WORDS[self.state]

    def is_overdue_on(self, day: date) -> bool:
        return self.state == State.RECEIVED and day > self.acknowledge_by


class ReceivedMove(Owned):
    """One change of state: who, from, to, why, when. The sender never sees these."""

    received = models.ForeignKey(Received, on_delete=models.PROTECT, related_name="moves")
    was = models.CharField(max_length=20, blank=True)
    became = models.CharField(max_length=20)
    why = EncryptedText(max_length=300, blank=True)
    step = models.PositiveIntegerField(default=0, help_text="Which came after which, within one moment")

    declared = Declared(
        about=("received", "received__person"),
        is_posted=True,
        kept="letter",
        told=NOBODY,
        pack=dict.fromkeys(["received", "was", "became"], Shown.IN_FULL)
        | {"why": Shown.THIRD_PARTIES_REDACTED, "step": Shown.NOT_PERSONAL},
    )

    class Meta:
        ordering = ["step", "created_at"]

    @property
    def in_words(self) -> str:
        return IN_WORDS[self.became]
