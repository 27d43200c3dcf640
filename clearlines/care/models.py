"""A case, its plans in the person's own words, and measures of how life is. The police never read these."""

from django.db import models
from django.db.models import Q

from clearlines.access.declarations import NOBODY, TOTALS, Declared, Near, Shown
from clearlines.access.models import Account, Owned
from clearlines.access.permissions import Permission as P
from clearlines.care.states import GOAL_IN_WORDS, PLAN_IN_WORDS, CaseState, GoalState, PlanState
from clearlines.keys.fields import EncryptedJSON, EncryptedText
from clearlines.people.models import Person


class ClosedReason(models.TextChoices):
    PLANNED = "planned_exit", "Planned ending: they no longer need us"
    CHOICE = "persons_choice", "The person's own choice"
    MOVED = "moved", "Moved away"
    CUSTODY = "custody", "In custody"
    DIED = "died", "Died"
    TRANSFERRED = "transferred", "Another service has taken over"
    LOST = "lost_contact", "Lost contact, after trying"


class Consent(models.TextChoices):
    """Consent to support. It is not the lawful basis for keeping a record, which is a different field."""

    GIVEN = "given", "Yes, they want support"
    NOT_ASKED = "not_asked", "Not asked yet"
    REFUSED = "refused", "No"
    WITHDRAWN = "withdrawn", "They have changed their mind"


class LawfulBasis(models.TextChoices):
    LEGITIMATE = "legitimate_interests", "Legitimate interests (UK GDPR Article 6(1)(f))"
    SAFEGUARDING = "safeguarding", "Safeguarding of children and individuals at risk (Schedule 1 paragraph 18)"
    VITAL = "vital_interests", "To protect somebody's life (Article 6(1)(d))"


class Case(Owned):
    """Somebody on the charity's caseload, from acceptance to close."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField()
    worker = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    letter_number = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in CaseState], default=CaseState.OPEN)
    consent_to_support = models.CharField(max_length=20, choices=Consent, default=Consent.NOT_ASKED)
    consent_on = models.DateField(null=True, blank=True)
    lawful_basis = models.CharField(max_length=30, choices=LawfulBasis, default=LawfulBasis.LEGITIMATE)
    closed_on = models.DateField(null=True, blank=True)
    closed_reason = models.CharField(max_length=20, choices=ClosedReason, blank=True)

    declared = Declared(
        about=("person",),
        near=Near(P.SEE_WHOLE_CASELOAD, accounts=("worker",)),
        kept="case",
        told=(*NOBODY, *TOTALS),
        pack=dict.fromkeys(["person", "letter_number"], Shown.NOT_PERSONAL)
        | dict.fromkeys(
            ["opened_on", "state", "consent_to_support", "consent_on", "lawful_basis", "closed_on", "closed_reason"],
            Shown.IN_FULL,
        )
        | {"worker": Shown.THIRD_PARTIES_REDACTED},
    )

    class Meta:
        indexes = [
            models.Index(fields=["owner", "state", "worker"], name="care_caseload"),
            # Counted and listed from the index alone: who owns it, how far it may travel, whom it is about.
            models.Index(fields=["owner", "marking", "person"], name="care_scoped"),
            models.Index(fields=["worker", "id"], name="care_of_a_worker"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["owner", "person"], condition=Q(state="open"), name="care_one_open_case"),
            models.CheckConstraint(
                condition=Q(state="open", closed_on=None, closed_reason="")
                | Q(state="closed", closed_on__isnull=False) & ~Q(closed_reason=""),
                name="care_closed_on_a_day_for_a_reason",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.state == CaseState.OPEN

    def __str__(self) -> str:
        return str(self.person)


class CaseMove(Owned):
    """One opening, closing or reopening: from, to, why, when."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="moves")
    was = models.CharField(max_length=20, blank=True)
    became = models.CharField(max_length=20)
    on = models.DateField()
    reason = models.CharField(max_length=20, choices=ClosedReason, blank=True)
    words = EncryptedText(max_length=500, blank=True)
    attempts = EncryptedText(max_length=500, blank=True, help_text="How contact was tried, before it was called lost")

    declared = Declared(
        about=("case__person",),
        near=Near(P.SEE_WHOLE_CASELOAD, accounts=("case__worker",)),
        kept="case",
        told=NOBODY,
        pack=dict.fromkeys(["case", "was", "became", "on", "reason", "attempts"], Shown.IN_FULL)
        | {"words": Shown.THIRD_PARTIES_REDACTED},
    )

    class Meta:
        ordering = ["on", "created_at"]


class Plan(Owned):
    """What one person wants, in their own words, and what was agreed."""

    class Copy(models.TextChoices):
        NONE = "none", "No copy wanted"
        PAPER = "paper", "On paper"
        LARGE = "large", "In large print"
        EASY_READ = "easy_read", "In easy read"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="plans")
    own_words = EncryptedText()
    keep_safe = EncryptedText(blank=True)
    if_it_slips = EncryptedText(blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    copy_given = models.CharField(max_length=20, choices=Copy, blank=True)
    review_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=20, choices=PLAN_IN_WORDS, default=PlanState.DRAFT)
    closed_on = models.DateField(null=True, blank=True)
    closed_why = EncryptedText(max_length=300, blank=True)

    declared = Declared(
        about=("case__person",), near=Near(P.SEE_WHOLE_CASELOAD, accounts=("case__worker",)),
        kept="case",
        told=("the person whose plan it is", *TOTALS),
        pack={"case": Shown.NOT_PERSONAL}
        | dict.fromkeys(
            ["own_words", "keep_safe", "if_it_slips", "agreed_on", "copy_given", "review_on", "state", "closed_on",
             "closed_why"],
            Shown.IN_FULL,
        ),
    )  # fmt: skip

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["case", "state", "review_on"], name="care_plans_standing")]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=["agreed", "reviewed"]), name="care_one_plan_stands"
            ),
            models.UniqueConstraint(fields=["case"], condition=Q(state="draft"), name="care_one_draft"),
            models.CheckConstraint(
                condition=~Q(state__in=["agreed", "reviewed"]) | Q(agreed_on__isnull=False, review_on__isnull=False),
                name="care_agreed_on_a_day_with_a_review",
            ),
        ]

    @property
    def in_words(self) -> str:
        return PLAN_IN_WORDS[self.state]


class Goal(Owned):
    """Something the person wants: why it matters to them, who does what, by when."""

    class Domain(models.TextChoices):
        SAFETY = "safety", "Safety at home"
        SUBSTANCES = "substances", "Drugs and alcohol"
        HEALTH = "health", "Health"
        MENTAL_HEALTH = "mental_health", "Mental health"
        HOUSING = "housing", "Housing"
        MONEY = "money", "Money"
        WORK = "work", "Work, school and training"
        FAMILY = "family", "Family"
        LEGAL = "legal", "Legal"
        FRIENDS = "friends", "Friends and relationships"
        COMMUNITY = "community", "Community"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="goals")
    words = EncryptedText(max_length=300)
    domain = models.CharField(max_length=20, choices=Domain)
    action = EncryptedText(max_length=300)
    who = EncryptedText(max_length=120)
    by_on = models.DateField(null=True, blank=True)
    is_safeguarding = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=20, choices=GOAL_IN_WORDS, default=GoalState.OPEN)
    marked_on = models.DateField(null=True, blank=True)
    how_it_went = EncryptedText(max_length=300, blank=True)

    declared = Declared(
        about=("plan__case__person",),
        near=Near(P.SEE_WHOLE_CASELOAD, accounts=("plan__case__worker",)),
        kept="case",
        told=("the person whose plan it is",),
        pack={"plan": Shown.NOT_PERSONAL, "position": Shown.NOT_PERSONAL, "who": Shown.THIRD_PARTIES_REDACTED}
        | dict.fromkeys(
            ["words", "domain", "action", "by_on", "is_safeguarding", "state", "marked_on", "how_it_went"],
            Shown.IN_FULL,
        ),
    )

    class Meta:
        ordering = ["position", "created_at"]

    @property
    def in_words(self) -> str:
        return GOAL_IN_WORDS[self.state]


class Review(Owned):
    """How it is going, said together on a day, and when to look again."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reviews")
    held_on = models.DateField()
    person_was_there = models.BooleanField()
    how_it_is = EncryptedText()
    what_changes = EncryptedText(blank=True)
    next_review_on = models.DateField()

    declared = Declared(
        about=("plan__case__person",),
        near=Near(P.SEE_WHOLE_CASELOAD, accounts=("plan__case__worker",)),
        kept="case",
        told=("the person whose plan it is",),
        pack={"plan": Shown.NOT_PERSONAL}
        | dict.fromkeys(["held_on", "person_was_there", "how_it_is", "what_changes", "next_review_on"], Shown.IN_FULL),
    )

    class Meta:
        ordering = ["-held_on", "-created_at"]


class OutcomeMeasure(Owned):
    """One questionnaire, answered on a day. A total stands only when every item was answered."""

    class Stage(models.TextChoices):
        START = "start", "At the start"
        REVIEW = "review", "At a review"
        EXIT = "exit", "At the end"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="measures")
    instrument = models.CharField(max_length=40)
    instrument_version = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=10, choices=Stage)
    taken_on = models.DateField()
    answers = EncryptedJSON(holds=dict)
    total = models.PositiveSmallIntegerField(null=True, blank=True)
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    why_corrected = EncryptedText(max_length=300, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    declared = Declared(
        about=("case__person",),
        near=Near(P.SEE_WHOLE_CASELOAD, accounts=("case__worker",)),
        kept="case",
        told=(*NOBODY, *TOTALS),
        pack=dict.fromkeys(["case", "instrument", "instrument_version", "replaces"], Shown.NOT_PERSONAL)
        | dict.fromkeys(["stage", "taken_on", "answers", "total", "why_corrected", "replaced_at"], Shown.IN_FULL),
    )

    class Meta:
        ordering = ["taken_on", "created_at"]
        indexes = [models.Index(fields=["case", "instrument", "taken_on"], name="care_measures_of_case")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "instrument", "taken_on"],
                condition=Q(replaced_at=None),
                name="care_measured_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None, why_corrected="") | Q(replaces__isnull=False) & ~Q(why_corrected=""),
                name="care_corrected_for_a_reason",
            ),
        ]

    @property
    def is_complete(self) -> bool:
        return self.total is not None


class OwnPlanAccess(Owned):
    """This account belongs to this person, so that they can read their own plan and nothing else."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    declared = Declared(
        about=("person",),
        kept="case",
        told=NOBODY,
        pack=dict.fromkeys(["account", "person", "ended_at"], Shown.IN_FULL),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account"], condition=Q(ended_at=None), name="care_one_person_an_account")
        ]
