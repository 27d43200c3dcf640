"""An appointment, the offer to go together, and what each organisation wrote. The two sides share only a number."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from clearlines.access.declarations import NOBODY, TOTALS, Declared, Near, Shown
from clearlines.access.models import Account, Organisation, Owned
from clearlines.access.permissions import Permission as P
from clearlines.keys.fields import EncryptedText
from clearlines.people.models import Person
from clearlines.places.models import Place
from clearlines.visits.states import IN_WORDS, JOINT_IN_WORDS, Joint, State

BY_OFFER = (
    "the organisation a joint visit is offered to, under a live agreement: place, time, crew, entry and safety",
)


class EntryBasis(models.TextChoices):
    INVITED = "invited", "Invited in by the occupier, who knows they may refuse"
    PUBLIC = "public", "A public place, or the doorstep only"
    SECTION_17 = "section_17", "Section 17 of the Police and Criminal Evidence Act (police only)"
    WARRANT = "warrant", "A warrant (police only)"


class Outcome(models.TextChoices):
    SEEN = "seen", "Seen"
    REFUSED = "refused", "Refused"
    NO_REPLY = "no_reply", "No reply"
    UNSAFE = "unsafe", "Not safe to go on"
    MOVED = "moved", "Moved away"


class Children(models.TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "Not known"


class Earshot(models.TextChoices):
    NO_OFFICER = "no_officer", "No police officer could hear"
    WARNED = "warned", "An officer could hear, and they were told so beforehand"
    NOT_WARNED = "not_warned", "An officer could hear, and they had not been told"


class Kit(models.TextChoices):
    CHAIN_LOCK = "chain_lock", "Chain lock"
    SPYHOLE = "spyhole", "Door viewer (spyhole)"
    DOOR_BAR = "door_bar", "Door bar or better lock"
    CAMERA = "camera", "Battery camera"
    NALOXONE = "naloxone", "Naloxone"
    PHONE = "phone", "Phone or credit"
    FOOD = "food", "Food or toiletries"
    LEAFLET = "leaflet", "Card or leaflet"


class AtTheDoor(models.Model):
    """What two organisations must both know to go to one door: the fields an offer copies, and no more."""

    number = models.CharField(max_length=12)
    place_words = models.CharField(max_length=300)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=45)
    crew_needed = models.PositiveSmallIntegerField(default=2)
    entry_basis = models.CharField(max_length=20, choices=EntryBasis)
    safety = EncryptedText(max_length=300, blank=True)
    never_alone = models.BooleanField(default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.number

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


DOOR_PACK = {
    **dict.fromkeys(["number", "minutes", "crew_needed"], Shown.NOT_PERSONAL),
    **dict.fromkeys(["place_words", "starts_at", "entry_basis"], Shown.IN_FULL),
    **dict.fromkeys(["safety", "never_alone"], Shown.WITHHELD),
}


OF_THE_VISIT = Near(
    P.SUPERVISE_VISITS,
    accounts=(
        "created_by",
        "appointment__created_by",
        "appointment__crew__account",
        "appointment__accounts__created_by",
    ),
    while_empty={"appointment__crew__account": "appointment__crew__stood_down_at"},
)


class JointOffer(Owned, AtTheDoor):
    """The copy that the organisation asked along holds. It has no key to the organiser's rows, place or person."""

    from_key = models.CharField(max_length=60)
    from_name = models.CharField(max_length=120)
    agreement = models.CharField(max_length=60)
    offered_at = models.DateTimeField()
    offered_by = models.CharField(max_length=150)
    state = models.CharField(max_length=20, choices=JOINT_IN_WORDS, default=Joint.OFFERED)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    why = EncryptedText(max_length=300, blank=True)

    declared = Declared(
        is_posted=True,
        kept="visit",
        told=NOBODY,
        pack=DOOR_PACK
        | dict.fromkeys(["from_key", "from_name", "agreement"], Shown.NOT_PERSONAL)
        | dict.fromkeys(["offered_at", "state", "answered_at", "why"], Shown.IN_FULL)
        | dict.fromkeys(["offered_by", "answered_by"], Shown.THIRD_PARTIES_REDACTED),
    )

    class Meta:
        indexes = [models.Index(fields=["owner", "state", "starts_at"], name="visits_offers_waiting")]
        constraints = [models.UniqueConstraint(fields=["owner", "number"], name="visits_offered_once")]


class Appointment(Owned, AtTheDoor):
    """One organisation's plan to go to one door. Whoever accepts an offer makes an appointment of their own."""

    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    purpose = EncryptedText(max_length=300, blank=True)
    bring = EncryptedText(max_length=200, blank=True)
    only_together = models.BooleanField(default=False)
    state = models.CharField(max_length=20, choices=IN_WORDS, default=State.PLANNED)
    cancelled_why = EncryptedText(max_length=300, blank=True)
    joint = models.CharField(max_length=20, choices=JOINT_IN_WORDS, default=Joint.NONE)
    joint_with = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    joint_crew = models.CharField(max_length=300, blank=True)
    joint_why = EncryptedText(max_length=300, blank=True)
    offer = models.ForeignKey(JointOffer, null=True, blank=True, on_delete=models.PROTECT, related_name="appointments")

    declared = Declared(
        about=("person",),
        near=Near(
            P.SUPERVISE_VISITS,
            accounts=("created_by", "crew__account", "accounts__created_by"),
            while_empty={"crew__account": "crew__stood_down_at"},
        ),
        kept="visit",
        told=BY_OFFER,
        pack=DOOR_PACK
        | dict.fromkeys(["place", "person", "only_together", "offer", "joint_with"], Shown.NOT_PERSONAL)
        | dict.fromkeys(["state", "cancelled_why", "joint", "joint_why", "bring"], Shown.IN_FULL)
        | dict.fromkeys(["purpose", "joint_crew"], Shown.THIRD_PARTIES_REDACTED),
    )

    class Meta:
        indexes = [
            models.Index(fields=["owner", "state", "starts_at"], name="visits_round"),
            models.Index(fields=["person", "-starts_at"], name="visits_of_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "number"], condition=~Q(state="cancelled"), name="visits_number_once"
            ),
            models.CheckConstraint(
                condition=~Q(joint="accepted") | Q(joint_with__isnull=False), name="visits_joint_with_somebody"
            ),
        ]

    @property
    def is_joint(self) -> bool:
        return self.joint == Joint.ACCEPTED

    @property
    def in_words(self) -> str:
        return IN_WORDS[self.state]

    @property
    def joint_in_words(self) -> str:
        return JOINT_IN_WORDS[self.joint]


class CrewMember(Owned):
    """One of the organisation's own people who goes, and when they said they were there and away again."""

    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="crew")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    checked_in_at = models.DateTimeField(null=True, blank=True)
    checked_out_at = models.DateTimeField(null=True, blank=True)
    stood_down_at = models.DateTimeField(null=True, blank=True)

    declared = Declared(
        about=("appointment__person",),
        near=OF_THE_VISIT,
        kept="visit",
        told=NOBODY,
        pack=dict.fromkeys(
            ["appointment", "account", "checked_in_at", "checked_out_at", "stood_down_at"],
            Shown.THIRD_PARTIES_REDACTED,
        ),
    )

    class Meta:
        ordering = ["account__first_name", "account__last_name"]
        constraints = [
            models.UniqueConstraint(fields=["appointment", "account"], name="visits_in_the_crew_once"),
            models.CheckConstraint(
                condition=Q(checked_out_at=None) | Q(checked_in_at__isnull=False), name="visits_in_before_out"
            ),
        ]


class VisitAccount(Owned):
    """What one organisation wrote about a visit. Never edited: a correction is a new row and the old one is kept."""

    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="accounts")
    outcome = models.CharField(max_length=20, choices=Outcome)
    arrived_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    entry = models.CharField(max_length=20, choices=[*EntryBasis.choices, ("outside", "Did not go in")])
    who_was_there = EncryptedText(blank=True)
    children = models.CharField(max_length=20, choices=Children, default=Children.NOT_KNOWN)
    facts = EncryptedText(blank=True)
    opinion = EncryptedText(blank=True)
    kit = models.JSONField(default=list, blank=True)
    earshot = models.CharField(max_length=20, choices=Earshot, blank=True)
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    why_corrected = EncryptedText(max_length=300, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    declared = Declared(
        about=("appointment__person",), near=OF_THE_VISIT,
        kept="visit",
        told=(*NOBODY, *TOTALS),
        pack=dict.fromkeys(["appointment", "replaces"], Shown.NOT_PERSONAL)
        | dict.fromkeys(
            ["outcome", "arrived_at", "left_at", "entry", "children", "kit", "earshot", "why_corrected",
             "replaced_at"],
            Shown.IN_FULL,
        )
        | dict.fromkeys(["who_was_there", "facts", "opinion"], Shown.THIRD_PARTIES_REDACTED),
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["owner", "arrived_at"], name="visits_accounts_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["appointment"], condition=Q(replaced_at=None), name="visits_one_standing_account"
            ),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=models.F("arrived_at")), name="visits_left_after_arriving"
            ),
            models.CheckConstraint(
                condition=Q(replaces=None, why_corrected="") | Q(replaces__isnull=False) & ~Q(why_corrected=""),
                name="visits_corrected_for_a_reason",
            ),
        ]

    @property
    def kit_in_words(self) -> list[str]:
        return [Kit(each).label for each in self.kit]


class FollowUp(Owned):
    """Something promised at the door, and by when."""

    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="follow_ups")
    words = EncryptedText(max_length=300)
    by_on = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    declared = Declared(
        about=("appointment__person",),
        near=OF_THE_VISIT,
        kept="visit",
        told=NOBODY,
        pack={"appointment": Shown.NOT_PERSONAL, "done_by": Shown.THIRD_PARTIES_REDACTED}
        | dict.fromkeys(["words", "by_on", "done_at"], Shown.IN_FULL),
    )

    class Meta:
        ordering = ["by_on", "created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
                name="visits_followed_up_by_someone",
            )
        ]


class NoAnswerDecision(Owned):
    """What a supervisor decided after three visits without an answer. Nothing is ever closed by itself."""

    class Decision(models.TextChoices):
        ANOTHER_TIME = "another_time", "Try again at another time or on another day"
        PHONE = "phone", "Ring them at a time that is safe for them"
        OUTREACH = "outreach", "Look for them where they are usually found"
        WELFARE = "welfare", "Ask for a welfare check"
        LEAVE_BE = "leave_be", "Stop knocking for now, and leave the door open"

    appointment = models.OneToOneField(Appointment, on_delete=models.PROTECT, related_name="no_answer_decision")
    decision = models.CharField(max_length=20, choices=Decision)
    why = EncryptedText(max_length=300)

    declared = Declared(
        about=("appointment__person",),
        near=OF_THE_VISIT,
        kept="visit",
        told=NOBODY,
        pack={"appointment": Shown.NOT_PERSONAL} | dict.fromkeys(["decision", "why"], Shown.IN_FULL),
    )
