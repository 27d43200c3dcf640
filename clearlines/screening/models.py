"""A screening, its answers, and the band a named person set."""

from django.db import models
from django.db.models import Q

from clearlines.access.declarations import NOBODY, Declared, Near, Shown
from clearlines.access.models import Account, Owned
from clearlines.access.permissions import Permission as P
from clearlines.keys.fields import EncryptedJSON, EncryptedText
from clearlines.people.models import Person
from clearlines.referrals.models import Received
from clearlines.screening.instruments import Tool, all_tools
from clearlines.screening.states import (
    BAND_IN_WORDS,
    EVIDENCE_IN_WORDS,
    IN_WORDS,
    SAID_IN_WORDS,
    Band,
    Evidence,
    Said,
    State,
)

BANDS = [(each.value, BAND_IN_WORDS[each]) for each in Band]


class Screening(Owned):
    """Consent to support and the lawful basis are two different facts: one can end without the other."""

    class Consent(models.TextChoices):
        YES = "yes", "Yes, they want support"
        NO = "no", "No"
        NOT_ASKED = "not_asked", "They have not been asked"

    class Basis(models.TextChoices):
        LEGITIMATE_INTERESTS = "legitimate_interests", "Legitimate interests: offering support"
        SAFEGUARDING = "safeguarding", "Safeguarding a child, or an adult at risk"

    class Understood(models.TextChoices):
        YES = "yes", "Yes, as it is"
        EASY_READ = "easy_read", "Yes, in easy read"
        INTERPRETER = "interpreter", "Yes, through an interpreter"
        NOT_SURE = "not_sure", "I am not sure: explain it again next time"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    letter = models.ForeignKey(Received, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    tool = models.CharField(max_length=80, help_text="Key and version, as in the file's name")
    state = models.CharField(
        max_length=20, choices=[(each.value, IN_WORDS[each]) for each in State], default=State.BEGUN
    )
    statement = models.CharField(max_length=20, help_text="Version of the confidentiality statement given")
    understood = models.CharField(max_length=20, choices=Understood, default=Understood.YES)
    consent = models.CharField(max_length=20, choices=Consent)
    basis = models.CharField(max_length=30, choices=Basis)
    facts = EncryptedJSON(holds=dict, help_text="What was known besides the answers when the band was set")
    grounds = EncryptedJSON(holds=list, help_text="Each rule that spoke, its band, its words and what it read")
    not_known = EncryptedJSON(holds=list)
    helps = EncryptedJSON(holds=list)
    band_suggested = models.CharField(max_length=20, choices=BANDS, blank=True)
    band = models.CharField(max_length=20, choices=BANDS, blank=True)
    set_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(null=True, blank=True)
    reason = EncryptedText(max_length=500, blank=True)
    next_on = models.DateField(null=True, blank=True)
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    replaced_because = EncryptedText(max_length=300, blank=True)

    declared = Declared(
        about=("person",), near=Near(P.SEE_WHOLE_CASELOAD, accounts=("created_by", "letter__worker")),
        kept="screening",
        told=NOBODY,
        pack=dict.fromkeys(
            ["person", "tool", "state", "statement", "understood", "consent", "basis", "facts", "band_suggested",
             "band", "set_at", "next_on", "not_known", "helps"],
            Shown.IN_FULL,
        )
        | dict.fromkeys(["grounds", "reason", "set_by", "replaced_because"], Shown.THIRD_PARTIES_REDACTED)
        | dict.fromkeys(["letter", "replaces"], Shown.NOT_PERSONAL),
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["owner", "state", "next_on"], name="screening_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "person"], condition=Q(state="begun"), name="screening_one_begun_a_person"
            ),
            models.CheckConstraint(
                condition=Q(state="begun", band="", set_by=None, set_at=None)
                | ~Q(state="begun") & ~Q(band="") & Q(set_by__isnull=False, set_at__isnull=False),
                name="screening_band_set_by_somebody_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(band=models.F("band_suggested")) | Q(band="") | ~Q(reason=""),
                name="screening_another_band_has_a_reason",
            ),
        ]

    @property
    def instrument(self) -> Tool:
        return all_tools()[self.tool]

    @property
    def band_in_words(self) -> str:
        return BAND_IN_WORDS.get(self.band, "")

    @property
    def in_words(self) -> str:
        return IN_WORDS[self.state]

    def __str__(self) -> str:
        return f"{self.instrument.title} {self.in_words}"


class Answer(Owned):
    """One question, one answer. A yes needs its evidence before the screening is completed."""

    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="answers")
    item = models.SlugField(max_length=60)
    said = models.CharField(max_length=20, choices=[(each.value, SAID_IN_WORDS[each]) for each in Said])
    evidence = models.CharField(
        max_length=20, blank=True, choices=[(each.value, EVIDENCE_IN_WORDS[each]) for each in Evidence]
    )

    declared = Declared(
        about=("screening__person",),
        near=Near(P.SEE_WHOLE_CASELOAD, accounts=("screening__created_by", "screening__letter__worker")),
        kept="screening",
        told=NOBODY,
        pack=dict.fromkeys(["screening", "item", "said"], Shown.IN_FULL) | {"evidence": Shown.THIRD_PARTIES_REDACTED},
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["screening", "item"], name="screening_one_answer_a_question"),
            models.CheckConstraint(condition=Q(said="yes") | Q(evidence=""), name="screening_evidence_is_for_yes"),
        ]
