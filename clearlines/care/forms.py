"""Forms of the room. They parse; rules decide."""

from collections.abc import Iterable
from typing import Any

from django import forms

from clearlines.access.models import Account
from clearlines.care.instruments import instrument
from clearlines.care.models import ClosedReason, Consent, Goal, LawfulBasis, OutcomeMeasure, Plan
from clearlines.care.states import GOAL_IN_WORDS
from clearlines.web.forms import ChangingForm, Filters, Form, MakingForm, day, line, one_of, pick, text, tick

GOALS_AT_ONCE = 3


class Find(Filters):
    whose = pick("Whose people?", [("mine", "My people"), ("all", "Everybody's")], required=False)
    state = pick("Which?", [("open", "Open"), ("closed", "Closed")], required=False)


class Open(MakingForm):
    worker = pick("Who will stand beside them?", ())
    consent_to_support = one_of("Do they want support?", Consent.choices)
    lawful_basis = one_of(
        "Why may we keep a record?", LawfulBasis.choices, initial=LawfulBasis.LEGITIMATE,
        help_text="This does not change if they later change their mind about support",
    )  # fmt: skip

    def __init__(self, *args: Any, workers: Iterable[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        self.workers = {str(each.pk): each for each in workers}
        fields["worker"].choices = [(key, str(each)) for key, each in self.workers.items()]

    def said(self) -> dict[str, Any]:
        return self.cleaned_data | {"worker": self.workers[self.cleaned_data["worker"]]}


class Support(ChangingForm):
    consent = one_of("Do they want support?", Consent.choices)


class PlanWords(MakingForm):
    """A draft may leave anything out, so nothing says that it may."""

    marks_optional = False
    own_words = text("What matters to them?", help_text="In their own words, as they say it", required=False)
    keep_safe = text("How will they keep safe?", rows=3, required=False)
    if_it_slips = text("What will help if things slip?", rows=3, required=False)
    person_agreed = tick("They have agreed to this plan")
    agreed_on = day("When did they agree it?", required=False)
    copy_given = one_of("Did they get a copy?", Plan.Copy.choices, initial=Plan.Copy.NONE)
    review_on = day("When will you look at it together again?", required=False)


class GoalWords(Form):
    """One goal. Left empty it is no goal, where several are offered."""

    marks_optional = False

    words = line("What do they want?", longest=300, required=False, help_text="For example: get my keys back")
    domain = pick("What is it about?", Goal.Domain.choices)
    action = line("What will be done?", longest=300, required=False)
    who = line("Who will do it?", longest=120, required=False)
    by_on = day("By when?", required=False)
    is_safeguarding = tick("Somebody could be hurt if this is not done")

    @property
    def is_empty(self) -> bool:
        return not any(self.cleaned_data.get(name) for name in ("words", "action", "who"))

    def goal(self) -> Goal:
        return Goal(**self.cleaned_data)


def several_goals(typed: Any) -> list[GoalWords]:
    """Each under its own name on the page, so that a screen reader tells them apart."""
    return [GoalWords(typed, prefix=f"goal{number}") for number in range(1, GOALS_AT_ONCE + 1)]


class Mark(ChangingForm):
    to = one_of("How does it stand?", list(GOAL_IN_WORDS.items()))
    how_it_went = line("How did it go?", longest=300, required=False)


class Look(ChangingForm):
    how_it_is = text("How is it going?", help_text="In their own words")
    what_changes = text("What will change?", rows=3, required=False)
    person_was_there = one_of("Were they there?", [("yes", "Yes"), ("no", "No")])
    held_on = day("When did you look at it together?")
    next_review_on = day("When will you look at it again?")

    def said(self) -> dict[str, Any]:
        return self.cleaned_data | {"person_was_there": self.cleaned_data["person_was_there"] == "yes"}


class Questionnaire(Form):
    """The ten questions, each an empty box that may stay empty."""

    stage = one_of("Which time is this?", OutcomeMeasure.Stage.choices)
    taken_on = day("When did they answer?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = instrument()
        for number, item in enumerate(self.asked.items, start=1):
            box = forms.TextInput(attrs={"class": "govuk-input--width-2", "inputmode": "numeric"})
            self.fields[f"item_{item.key}"] = forms.IntegerField(
                label=f"{number}. {item.text}", required=False, widget=box,
                error_messages={"invalid": f"Question {number}: answer with a number from 1 to 6, or leave it blank."},
            )  # fmt: skip

    @property
    def questions(self) -> list[Any]:
        return [self[f"item_{item.key}"] for item in self.asked.items]

    def said(self) -> dict[str, Any]:
        clean = self.cleaned_data
        answers = {item.key: clean.get(f"item_{item.key}") for item in self.asked.items}
        return {"stage": clean["stage"], "taken_on": clean["taken_on"], "answers": answers}


class Measure(Questionnaire, MakingForm):
    marks_optional = False

    def said(self) -> dict[str, Any]:
        return super().said() | {"new_id": self.cleaned_data["new_id"]}


class CorrectMeasure(Questionnaire):
    marks_optional = False
    why = line("Why are you correcting it?")

    def said(self) -> dict[str, Any]:
        return super().said() | {"why": self.cleaned_data["why"]}


def answered(measure: OutcomeMeasure) -> dict[str, Any]:
    answers = {f"item_{key}": answer for key, answer in measure.answers.items()}
    return answers | {"stage": measure.stage, "taken_on": measure.taken_on}


class Close(ChangingForm):
    reason = one_of("Why is it closing?", ClosedReason.choices)
    closed_on = day("On which day?")
    attempts = text("If you lost contact, how did you try to reach them?", rows=3, required=False)
    words = text("Anything the next worker should know?", rows=3, required=False)


class Reopen(ChangingForm):
    why = line("Why is it opening again?")


class GiveOwnPlan(Form):
    account = pick("Which account is theirs?", ())

    def __init__(self, *args: Any, accounts: Iterable[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        self.accounts = {str(each.pk): each for each in accounts}
        fields["account"].choices = [(key, f"{each} ({each.username})") for key, each in self.accounts.items()]

    def said(self) -> dict[str, Any]:
        return {"account": self.accounts[self.cleaned_data["account"]]}
