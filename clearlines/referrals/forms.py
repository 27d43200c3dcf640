"""The letter's form asks only what its agreement covers: what is not covered cannot be typed."""

from typing import Any

from django import forms

from clearlines.access.agreements import Agreement
from clearlines.access.viewer import Viewer
from clearlines.referrals import queries
from clearlines.referrals.models import Children, DeclineReason, Knows, Received, Source, Urgency
from clearlines.referrals.rules import FIELDS, LONGEST
from clearlines.web.forms import ChangingForm, MakingForm, any_of, day, line, one_of, text

# A food club fills this in on a phone with a queue waiting: eight questions, and no date of birth.
SHORT = ("name", "age", "phone", "safe_contact", "why", "children_at_home", "knows")
# Quicker than typing, and never a word about what somebody may have done.
WORRIES = [
    (words, words)
    for words in (
        "People they do not know come and go at their home",
        "They seem frightened, or hurt",
        "Money, food or belongings go missing",
        "Somebody speaks for them, or waits for them",
        "New telephones, clothes or money they cannot explain",
        "They have stopped coming, or have changed",
    )
]
ASKED_OF = {"food_club": SHORT}


def letter_fields(names: tuple[str, ...]) -> dict[str, forms.Field]:
    every: dict[str, Any] = {
        "name": lambda: line("What is their name?", longest=LONGEST["name"], help_text="A first name is enough."),
        "age": lambda: line("About how old are they?", longest=LONGEST["age"], required=False,
                            help_text="A guess is fine, such as “about 40”."),
        "phone": lambda: line("Their telephone number", longest=LONGEST["phone"], required=False),
        "safe_contact": lambda: line(
            "How can we reach them safely?", longest=LONGEST["safe_contact"], required=False,
            help_text="When, what to say, and who must not know.",
        ),
        "area": lambda: line("Which part of town?", longest=LONGEST["area"], required=False),
        "address": lambda: line("Their address", longest=LONGEST["address"], required=False,
                                help_text="Or where they can usually be found."),
        "why": lambda: text("What worries you?", max_length=LONGEST["why"],
                            help_text="What you have seen or been told, in your own words."),
        "urgency": lambda: one_of("How soon should somebody go?", Urgency.choices),
        "children_at_home": lambda: one_of("Are there children at home?", Children.choices),
        "knows": lambda: one_of("Do they know you are writing to us?", Knows.choices),
        "go_with_care": lambda: line(
            "Anything to say about going there safely?", longest=LONGEST["go_with_care"], required=False,
            help_text="How to go, such as “two people should go”. Never what is believed or recorded about anybody.",
        ),
        "release_on": lambda: day("When are they released?", required=False, help_text="For example, 27 3 2023."),
    }  # fmt: skip
    return {name: every[name]() for name in FIELDS if name in names}


class LetterForm(MakingForm):
    """Made whole by letter_form: these are only what every letter has besides its words."""

    person = forms.UUIDField(widget=forms.HiddenInput, required=False)

    @property
    def letter(self) -> dict[str, Any]:
        said = said_in(self.cleaned_data)
        if noticed := "; ".join(self.cleaned_data.get("worries", [])):
            said["why"] = f"{noticed}.\n{said.get('why', '')}".strip()
        return said


def letter_form(agreement: Agreement, *, sender_kind: str) -> type[LetterForm]:
    wanted = ASKED_OF.get(sender_kind, FIELDS)
    asked = letter_fields(tuple(name for name in agreement.fields if name in wanted))
    if wanted is SHORT:
        asked = before("why", asked, worries=any_of("What have you noticed?", WORRIES, required=False))
        asked["why"].required = False
    if sender_kind == "health":
        where = [(each.value, each.label) for each in (Source.GP, Source.HOSPITAL)]
        asked["source"] = one_of("Where do you work?", where)
    return type("Letter", (LetterForm,), asked)


def before(name: str, fields: dict[str, forms.Field], **more: forms.Field) -> dict[str, forms.Field]:
    """The same questions, with some more asked just before one of them."""
    found: dict[str, forms.Field] = {}
    for each, field in fields.items():
        found |= more | {each: field} if each == name else {each: field}
    return found


def said_in(answers: dict[str, Any]) -> dict[str, Any]:
    return {name: answers[name] for name in FIELDS if answers.get(name) not in (None, "")}


class Recorded(MakingForm):
    """What somebody told a worker, before the questions of the letter itself."""

    source = one_of("Who told you?", Source.choices)
    said_by = line("Their name, or how you would describe them", longest=120, help_text="For example, “his sister”.")
    in_person = one_of("How did they tell you?", [("no", "By phone"), ("yes", "In person")], initial="no")

    @property
    def letter(self) -> dict[str, Any]:
        return said_in(self.cleaned_data)


# Whoever answers the telephone asks everything except how to go: nobody outside has assessed that.
RecordForm = type("RecordForm", (Recorded,), letter_fields(tuple(name for name in FIELDS if name != "go_with_care")))


class AnswerForm(ChangingForm):
    """`said` is what the action is given, word for word."""

    def __init__(self, *args: Any, letter: Any, viewer: Viewer, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"seen": letter.version})
        super().__init__(*args, **kwargs)


class Acknowledge(AnswerForm):
    worker: Any = forms.ModelChoiceField(
        queryset=None, label="Who has it?", widget=forms.RadioSelect, empty_label=None,
        help_text="The sender will be told their name.",
    )  # fmt: skip

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, viewer=viewer, **kwargs)
        self.fields["worker"].queryset = queries.workers(viewer)  # type: ignore[attr-defined]
        self.initial["worker"] = viewer.account


class Accept(AnswerForm):
    marks_optional = False
    person: Any = forms.ModelChoiceField(
        queryset=None, label="Is this somebody we already know?", widget=forms.RadioSelect, required=False,
        empty_label="No, or I am not sure: begin a new record", blank=True,
        help_text="Only our own records are searched. A new record can be joined to an old one later.",
    )  # fmt: skip

    def __init__(self, *args: Any, letter: Received, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, letter=letter, viewer=viewer, **kwargs)
        self.fields["person"].queryset = queries.may_be(viewer, letter)  # type: ignore[attr-defined]


class Decline(AnswerForm):
    because = one_of("Why?", DeclineReason.choices, help_text="The sender will see this.")
    why = text("Anything for our own record?", rows=3, max_length=300, required=False,
               help_text="The sender will not see this.")  # fmt: skip


class Redirect(AnswerForm):
    to = line("Who is better placed?", longest=160, help_text="The sender will see this. We pass nothing on.")
    why = line("Why?", longest=300, help_text="The sender will not see this.")


class TakeBack(AnswerForm):
    why = line("What was wrong with the answer?", longest=300)


class Withdraw(AnswerForm):
    why = line("Why are you taking it back?", longest=300, help_text="They will see this.")


class Appeal(AnswerForm):
    why = line("What should they look at again?", longest=300, help_text="They will see this.")


class FirstKnown(AnswerForm):
    known = one_of("Did any service know you before?", Received.Known.choices,
                   help_text="Ask the person. Write down their answer, not what a record says.")  # fmt: skip
