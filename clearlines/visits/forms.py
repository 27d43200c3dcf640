"""Forms of the room. They parse; rules decide."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from clearlines.access.models import Account, Organisation
from clearlines.access.viewer import Viewer
from clearlines.people.models import Person
from clearlines.places.models import Place
from clearlines.visits.models import (
    Appointment,
    Children,
    Earshot,
    EntryBasis,
    Kit,
    NoAnswerDecision,
    Outcome,
    VisitAccount,
)
from clearlines.web.forms import ChangingForm, Filters, Form, MakingForm, any_of, clock, day, line, one_of, text, tick

CHARITYS_BASES = [EntryBasis.INVITED, EntryBasis.PUBLIC]
ELSEWHERE = "elsewhere"


def moment(on: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(on, at))


def bases_for(kind: str) -> list[tuple[str, str]]:
    """A warrant and section 17 are the police's: nobody else is shown them."""
    return [(each.value, each.label) for each in EntryBasis if kind == "police" or each in CHARITYS_BASES]


def named(accounts: Iterable[Account]) -> list[tuple[str, str]]:
    return [(str(each.pk), str(each)) for each in accounts]


class Find(Filters):
    words = line("Name, street or town", longest=80, required=False)


class CrewField:
    """Turns ticked keys back into the accounts that were offered; nobody else can be named."""

    def __init__(self, colleagues: Iterable[Account]) -> None:
        self.by_key = {str(each.pk): each for each in colleagues}

    def chosen(self, keys: Iterable[str]) -> list[Account]:
        return [self.by_key[key] for key in keys]


class Plan(MakingForm):
    """`person` and `places` are what the worker found first; a place in words needs neither."""

    where = one_of("Where?", ())
    place_words = line("If somewhere else, where?", longest=200, required=False)
    on = day("Which day?")
    at = clock("What time?", help_text="By the 24-hour clock, such as 14:30")
    minutes = forms.IntegerField(label="How many minutes?", initial=45)
    crew = any_of("Who is going?", ())
    entry_basis = one_of("If you go in, on what basis?", ())
    purpose = line("What is the visit for?", required=False, help_text="Only your organisation sees this")
    bring = line("What to bring", required=False, help_text="For example naloxone, a chain lock, a door viewer")
    safety = line(
        "What must anybody who goes know to be safe?", required=False,
        help_text="One sentence. If you ask another organisation along, they see it",
    )  # fmt: skip
    never_alone = tick("Nobody should go there alone")
    only_together = tick("Go only if another organisation comes too")

    def __init__(
        self, *args: Any, viewer: Viewer, colleagues: Iterable[Account], places: Iterable[Place],
        person: Person | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        self.person, self.places, self.going = person, {str(each.pk): each for each in places}, CrewField(colleagues)
        fields["where"].choices = [
            *((key, str(each)) for key, each in self.places.items()),
            (ELSEWHERE, "Somewhere else"),
        ]
        fields["where"].initial = next(iter(self.places), ELSEWHERE)
        fields["crew"].choices = named(self.going.by_key.values())
        fields["crew"].initial = [str(viewer.account.pk)] if viewer.account else []
        fields["entry_basis"].choices = bases_for(viewer.kind)
        fields["minutes"].widget.attrs["class"] = "govuk-input--width-3"

    def said(self) -> dict[str, Any]:
        clean = dict(self.cleaned_data)
        place = self.places.get(clean.pop("where"))
        words = clean.pop("place_words")
        return clean | {
            "starts_at": moment(clean.pop("on"), clean.pop("at")),
            "crew": self.going.chosen(clean.pop("crew")),
            "person": self.person,
            **({"place": place} if place else {"place_words": words}),
        }


class Move(ChangingForm):
    on = day("Which day?")
    at = clock("What time?")
    minutes = forms.IntegerField(label="How many minutes?")

    def said(self) -> dict[str, Any]:
        clean = self.cleaned_data
        return {"seen": clean["seen"], "starts_at": moment(clean["on"], clean["at"]), "minutes": clean["minutes"]}


class Crew(ChangingForm):
    crew = any_of("Who is going?", ())

    def __init__(self, *args: Any, colleagues: Iterable[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        self.going = CrewField(colleagues)
        fields["crew"].choices = named(self.going.by_key.values())

    def said(self) -> dict[str, Any]:
        return {"seen": self.cleaned_data["seen"], "crew": self.going.chosen(self.cleaned_data["crew"])}


class Accept(Crew, MakingForm):
    """Both: it answers one row and makes another."""

    def said(self) -> dict[str, Any]:
        return super().said() | {"new_id": self.cleaned_data["new_id"]}


class Cancel(ChangingForm):
    why = line("Why is it not happening?")


class Decline(ChangingForm):
    why = line(
        "What should they be told?", required=False, help_text="They will read this. For example: no crew that day"
    )


class Ask(ChangingForm):
    to = one_of("Who are you asking along?", ())

    def __init__(self, *args: Any, organisations: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        self.organisations = {each.pk: each for each in organisations}
        fields["to"].choices = [(key, each.name) for key, each in self.organisations.items()]

    def said(self) -> dict[str, Any]:
        return {"seen": self.cleaned_data["seen"], "to": self.organisations[self.cleaned_data["to"]]}


class Telling(Form):
    """What every account says, first written or corrected. Most of it may be left empty, so nothing says so."""

    marks_optional = False

    outcome = one_of("What happened?", Outcome.choices)
    on = day("Which day did you get there?")
    arrived = clock("What time did you get there?")
    left = clock("What time did you leave?", required=False)
    entry = one_of("Did you go in?", ())
    who_was_there = text("Who was there?", rows=2, required=False, help_text="In words. You need not know their names")
    children = one_of("Were there any children?", Children.choices, initial=Children.NOT_KNOWN)
    facts = text("What did you see and hear?", required=False, help_text="Only what you saw and heard yourself")
    opinion = text("What do you think it means?", rows=3, required=False, help_text="Kept apart, as your opinion")
    kit = any_of("What did you give or fit?", Kit.choices, required=False)
    earshot = one_of(
        "Could a police officer hear what was said?",
        Earshot.choices,
        required=False,
        help_text="Answer if you saw them",
    )

    def __init__(self, *args: Any, kind: str, is_joint: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["entry"].choices = [("outside", "No, we stayed outside"), *bases_for(kind)]
        if not is_joint or kind == "police":
            del fields["earshot"]

    def said(self) -> dict[str, Any]:
        clean = dict(self.cleaned_data)
        on, arrived, left = clean.pop("on"), clean.pop("arrived"), clean.pop("left")
        return clean | {"arrived_at": moment(on, arrived), "left_at": moment(on, left) if left else None}


class Record(Telling, MakingForm):
    promise = line("Something you promised to do", required=False)
    promise_by = day("By when?", required=False)

    def said(self) -> dict[str, Any]:
        said = super().said()
        return said | {"promise": (said.pop("promise"), said.pop("promise_by"))}


class Correct(Telling):
    why = line("Why are you correcting it?")


class Decide(Form):
    decision = one_of("What is tried next?", NoAnswerDecision.Decision.choices)
    why = line("Why?")


class Period(Filters):
    start = day("From")
    end = day("To")


def first_words(appointment: Appointment) -> dict[str, Any]:
    """The times that a new account begins from: when it was planned, or when the crew checked in."""
    begun = timezone.localtime(appointment.starts_at)
    return {"on": begun.date(), "arrived": begun.strftime("%H:%M")}


def words_of(account: VisitAccount) -> dict[str, Any]:
    arrived = timezone.localtime(account.arrived_at)
    kept = ("outcome", "entry", "who_was_there", "children", "facts", "opinion", "kit", "earshot")
    return {name: getattr(account, name) for name in kept} | {
        "on": arrived.date(),
        "arrived": arrived.strftime("%H:%M"),
        "left": timezone.localtime(account.left_at).strftime("%H:%M") if account.left_at else "",
    }
