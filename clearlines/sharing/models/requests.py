"""Victim information requests: what police ask, what the holder decides, and what the person is told of it.

Source: Police, Crime, Sentencing and Courts Act 2022 ss.44A–44E; domain.md 0 finding 7. Unverified: law/*.toml.
"""

from django.db import models
from django.db.models import Q

from clearlines.access.declarations import NOBODY, Declared, Near, Shown
from clearlines.access.models import Organisation, Owned
from clearlines.access.permissions import Permission as P
from clearlines.keys.fields import EncryptedText
from clearlines.people.models import Person
from clearlines.sharing.models.telling import Disclosure
from clearlines.sharing.states import REQUEST_IN_WORDS, RequestState


class InformationRequest(Owned):
    """What the police ask and why. They ask by name, and learn only what they are answered."""

    class NoticeGiven(models.TextChoices):
        GIVEN = "given", "Yes, in writing"
        NOT_YET = "not_yet", "Not yet"
        NOT_SAFE = "not_safe", "No: it would not be safe"

    number = models.CharField(max_length=20, unique=True)
    to = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    from_name = models.CharField(max_length=120)
    signed_by = models.CharField(max_length=150)
    law = models.CharField(max_length=80)
    name = models.CharField(max_length=160)
    born = models.CharField(max_length=60, blank=True)
    line_of_enquiry = EncryptedText(max_length=1000)
    scope = EncryptedText(max_length=1000)
    why_necessary = EncryptedText(max_length=1000)
    why_proportionate = EncryptedText(max_length=1000)
    asks_counselling = models.BooleanField()
    probative = EncryptedText(max_length=1000, blank=True)
    notice_given = models.CharField(max_length=20, choices=NoticeGiven)
    notice_how = EncryptedText(max_length=300, blank=True)
    views = EncryptedText(max_length=1000, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = EncryptedText(max_length=300, blank=True)

    declared = Declared(
        about=("pk",),
        near=Near(P.SEE_REGISTER, accounts=("created_by",)),
        kept="information-request",
        told=("the organisation that is asked, until the request is withdrawn",),
        disclosed_to="to",
        disclosed_while=("withdrawn_at",),
        pack=dict.fromkeys(
            ["name", "born", "to", "from_name", "asks_counselling", "notice_given", "notice_how", "views",
             "withdrawn_at", "withdrawn_why"],
            Shown.IN_FULL,
        )
        | dict.fromkeys(["line_of_enquiry", "scope", "why_necessary", "why_proportionate", "probative"], Shown.WITHHELD)
        | {"number": Shown.NOT_PERSONAL, "law": Shown.NOT_PERSONAL, "signed_by": Shown.THIRD_PARTIES_REDACTED},
    )  # fmt: skip

    def __str__(self) -> str:
        return self.number


class PersonNotice(Owned):
    """How the holder told the person of a request, or why not; and of a child, the look at a parent first."""

    class Told(models.TextChoices):
        PERSON = "person", "The person themselves, in writing"
        PARENT = "parent", "A parent or carer, in writing"
        NOT_YET = "not_yet", "Nobody yet"

    class MayExploit(models.TextChoices):
        NO = "no", "No: I looked, and nothing suggests it"
        YES = "yes", "Yes, they may be"
        NOT_KNOWN = "not_known", "I could not tell"

    request = models.ForeignKey(InformationRequest, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    told = models.CharField(max_length=20, choices=Told)
    how = EncryptedText(max_length=300, blank=True)
    why_not = EncryptedText(max_length=300, blank=True)
    look_again_on = models.DateField(null=True, blank=True)
    parent = EncryptedText(max_length=160, blank=True)
    parent_may_exploit = models.CharField(max_length=20, choices=MayExploit, blank=True)
    parent_why = EncryptedText(max_length=300, blank=True)

    declared = Declared(
        about=("person",),
        kept="information-request",
        told=NOBODY,
        pack=dict.fromkeys(["told", "how", "why_not", "look_again_on"], Shown.IN_FULL)
        | dict.fromkeys(["request", "person"], Shown.NOT_PERSONAL)
        | {"parent": Shown.THIRD_PARTIES_REDACTED}
        | dict.fromkeys(["parent_may_exploit", "parent_why"], Shown.WITHHELD),
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(told="parent") | Q(parent_may_exploit="no"), name="sharing_parent_told_only_after_a_look"
            ),
        ]


class RequestDecision(Owned):
    """What the holder decided and why. It stays with the holder."""

    request = models.OneToOneField(InformationRequest, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=[(each.value, REQUEST_IN_WORDS[each]) for each in RequestState])
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_counselling = models.BooleanField()
    not_counselling_why = EncryptedText(max_length=300, blank=True)
    probative_met_why = EncryptedText(max_length=300, blank=True)
    why = EncryptedText(max_length=1000)
    disclosure = models.ForeignKey(Disclosure, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    declared = Declared(
        about=("person",),
        kept="information-request",
        told=NOBODY,
        pack=dict.fromkeys(["state", "is_counselling", "not_counselling_why", "probative_met_why"], Shown.IN_FULL)
        | dict.fromkeys(["request", "person", "disclosure"], Shown.NOT_PERSONAL)
        | {"why": Shown.THIRD_PARTIES_REDACTED},
    )


class RequestAnswer(Owned):
    """All that whoever asked is told: one of three outcomes. "Cannot say" is the same words whatever is held."""

    class Outcome(models.TextChoices):
        ANSWERED = "answered", "Answered"
        REFUSED = "refused", "Refused"
        CANNOT_SAY = "cannot_say", "We cannot answer this request"

    number = models.CharField(max_length=20, unique=True)
    outcome = models.CharField(max_length=20, choices=Outcome)
    words = EncryptedText(max_length=1000)
    from_name = models.CharField(max_length=120)
    disclosure_number = models.CharField(max_length=20, blank=True)

    declared = Declared(
        is_posted=True,
        kept="information-request",
        told=("the police force that asked",),
        pack=dict.fromkeys(["number", "outcome", "from_name", "disclosure_number"], Shown.NOT_PERSONAL)
        | {"words": Shown.WITHHELD},
    )
