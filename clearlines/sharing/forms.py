"""What somebody types to tell, to take back, to ask and to answer."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet

from clearlines.access.models import Organisation
from clearlines.access.viewer import Viewer
from clearlines.people.models import Person
from clearlines.sharing.models import EmergencyReview, InformationRequest, PersonNotice
from clearlines.sharing.protocol import Gateway, protocol
from clearlines.sharing.rules import FIELDS, LONGEST, SAID_AS
from clearlines.sharing.writing import Words
from clearlines.web.forms import ChangingForm, Filters, Form, MakingForm, day, line, one_of, pick, text

# Neither a fact nor an opinion.
PLAIN = ("name", "ask")
WIDE = {"danger": 3, "children": 3, "exploitation": 3, "support": 3, "happened": 4, "ask": 2, "address": 2}
HINTS = {
    "name": "Only what they need to know who you mean.",
    "danger": "What may happen, to whom, and what makes you think so.",
    "ask": "The one thing you want them to do.",
}


class Telling(MakingForm):
    """The headings of one telling, and how long it may be read."""

    headings: tuple[str, ...] = ()
    # Every heading may be left empty: saying so beside each is noise, so the page says it once.
    marks_optional = False

    review_on = day("When should somebody look at this again?")
    until_on = day("What is the last day they may read it, if there is one?", required=False,
                   help_text="They can read it until you take it back, if you leave this empty.")  # fmt: skip

    @property
    def told(self) -> list[dict[str, str]]:
        said = self.cleaned_data
        return [
            {
                "field": field,
                "words": said[field],
                "said_as": said.get(f"{field}_as") or ("fact" if field in PLAIN else ""),
            }
            for field in self.headings
            if said.get(field)
        ]

    def words(self, to: Organisation, person: Person | None) -> Words:
        said = self.cleaned_data
        return Words(to, self.told, said["review_on"], person, said["until_on"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for field in self.headings:
            if said.get(field) and field not in PLAIN and not said.get(f"{field}_as"):
                self.add_error(f"{field}_as", f"Choose how you know what you say under “{FIELDS[field]}”.")
        return said


def telling_form(
    headings: tuple[str, ...], *, gateways: list[Gateway] | None = None, risk: bool = False
) -> type[Telling]:
    """Only the headings that may cross; and where no agreement covers it, what lets it and why."""
    asked: dict[str, Any] = {"headings": tuple(field for field in FIELDS if field in headings)}
    for field in asked["headings"]:
        asked |= _asked_of(field)
    if gateways is not None:
        asked["gateway"] = one_of("What in law lets you tell them?", [(each.key, each.words) for each in gateways])
        asked["reason"] = text("Why do they need to know?", rows=3, max_length=1000, help_text="They do not see this.")
    if risk:
        asked["risk"] = text("What may happen, and to whom, if they are not told now?", rows=3, max_length=1000,
                             help_text="A second person reads this within a day.")  # fmt: skip
    made = type("TellingForm", (Telling,), asked)
    made.base_fields = {  # type: ignore[attr-defined]
        name: made.base_fields[name]  # type: ignore[attr-defined]
        for name in sorted(made.base_fields, key=lambda each: each in ("review_on", "until_on"))  # type: ignore[attr-defined]
    }
    return made


def _asked_of(field: str) -> dict[str, forms.Field]:
    hint = HINTS.get(field, "")
    if field in WIDE:
        words: forms.Field = text(FIELDS[field], rows=WIDE[field], max_length=LONGEST, required=False, help_text=hint)
    else:
        words = line(FIELDS[field], required=field == "name", help_text=hint)
    if field in PLAIN:
        return {field: words}
    how = pick(
        f"How we know: {FIELDS[field][0].lower()}{FIELDS[field][1:]}",
        [("", "Choose"), *SAID_AS.items()],
        required=False,
    )
    return {field: words, f"{field}_as": how}


def begin_with(person: Person | None, today: date) -> dict[str, Any]:
    start: dict[str, Any] = {"review_on": today + timedelta(days=protocol().review_days)}
    if person is None:
        return start
    home = str(person.home) if person.home else ""
    return start | {"name": str(person.name), "contact": person.safe_contact, "address": home}


class Why(ChangingForm):
    why = text("Why are you taking it back?", rows=3, max_length=300, help_text="They will read this.")


class Correct(ChangingForm):
    field = one_of("What was wrong?", [])
    words = text("What should it say?", rows=3, max_length=LONGEST)
    said_as = one_of("How do you know it?", list(SAID_AS.items()))
    why = line("How do you know that it was wrong?", longest=300, help_text="This stays here.")

    def __init__(self, *args: Any, told: list[dict[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [(each["field"], FIELDS[each["field"]]) for each in told]  # type: ignore[attr-defined]


class LookAgain(ChangingForm):
    review_on = day("It is still needed. When should somebody look again?")


class Decline(Form):
    why = line("Why is it not to be told?", longest=300, help_text="Whoever asked reads this.")


class Review(Form):
    verdict = one_of("What do you think?", EmergencyReview.Verdict.choices)
    words = text("What did you look at, and why do you think so?", rows=4, max_length=1000)


class Destroyed(Form):
    how = text("What became of every copy?", rows=3, max_length=300,
               help_text="Printed pages, notes, what colleagues were told, what was put in other systems.")  # fmt: skip


class Ask(MakingForm):
    to: Any = forms.ModelChoiceField(
        queryset=None, label="Whom do you ask?", widget=forms.RadioSelect, empty_label=None
    )
    name = line("What is their name, or what are they called?", longest=160)
    born = line("Date of birth or age, if you know it", longest=60, required=False)
    area = line("Where are they, roughly?", longest=80, required=False)
    why = text("Why do you need to know?", rows=3, max_length=1000, help_text="Whoever looks will read this.")

    def __init__(self, *args: Any, others: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = others  # type: ignore[attr-defined]
        self.fields["to"].error_messages["invalid_choice"] = (
            "Nobody can ask whom a food club, a surgery, a treatment or a counselling service knows."
        )


class Found(Form):
    """The matching role's answer. Leaving the person empty is 'nothing to say'."""

    marks_optional = False
    person: Any = forms.ChoiceField(label="Is it one of these?", widget=forms.RadioSelect)
    why = line("Why do you think so?", longest=300, required=False, help_text="This stays here.")

    def __init__(self, *args: Any, people: list[Person], reasons: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(each.pk): each for each in ([] if reasons else people)}
        born = {key: f", born about {each.born_on.year}" if each.born_on else "" for key, each in self.people.items()}
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            *((key, f"Yes: {each.name}{born[key]}") for key, each in self.people.items()),
            ("nothing", "There is nothing to say"),
        ]

    @property
    def chosen(self) -> Person | None:
        return self.people.get(self.cleaned_data["person"])


class LetKnow(Form):
    answer = one_of(
        "May the police’s safeguarding lead be told whom to ring?",
        [("no", "No: there is nothing to say"), ("yes", "Yes: tell them whom to ring, and nothing else")],
    )
    why = text("Why?", rows=3, max_length=300, help_text="This stays here.")


class Request(MakingForm):
    to: Any = forms.ModelChoiceField(queryset=None, label="Whom do you ask?", empty_label="Choose",
                                     widget=forms.Select(attrs={"class": "govuk-!-width-full"}))  # fmt: skip
    name = line("Whom is it about?", longest=160)
    born = line("Date of birth or age, if you know it", longest=60, required=False)
    line_of_enquiry = text("Which reasonable line of enquiry is this for?", rows=3, max_length=1000)
    scope = text("Exactly what do you ask for, and over which days?", rows=3, max_length=1000)
    why_necessary = text("Why is it necessary?", rows=3, max_length=1000,
                         help_text="Say why you cannot get it another way.")  # fmt: skip
    why_proportionate = text("Why is it proportionate?", rows=3, max_length=1000)
    asks_counselling = one_of("Do you ask for counselling information?", [("no", "No"), ("yes", "Yes")],
                              help_text="Notes of support given in confidence count as counselling.")  # fmt: skip
    probative = text("If so, why has it substantial probative value?", rows=3, max_length=1000, required=False)
    notice_given = one_of("Has the person been told that you ask?", InformationRequest.NoticeGiven.choices)
    notice_how = line("How and when, or why it would not be safe", longest=300, required=False)
    views = text("What do they say about it?", rows=3, max_length=1000, required=False)

    def __init__(self, *args: Any, others: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = others  # type: ignore[attr-defined]

    @property
    def said(self) -> dict[str, Any]:
        said = {name: value for name, value in self.cleaned_data.items() if name not in ("new_id", "to")}
        return said | {"asks_counselling": said["asks_counselling"] == "yes"}


class Notify(Form):
    told = one_of("Who has been told, in writing?", PersonNotice.Told.choices)
    how = line("How, and when?", longest=300, required=False)
    why_not = line("If nobody, why not yet?", longest=300, required=False)
    look_again_on = day("If nobody, when does somebody look at this again?", required=False)
    is_child = one_of("Are they under 18?", [("no", "No"), ("yes", "Yes, or they may be")])
    parent = line("Which parent or carer?", longest=160, required=False)
    parent_may_exploit = one_of(
        "Before a parent is told: may this parent be the one exploiting the child?", PersonNotice.MayExploit.choices,
        required=False, help_text="Look at what you hold first. If you cannot tell, do not tell the parent.",
    )  # fmt: skip
    parent_why = text("What did you look at?", rows=3, max_length=300, required=False)

    @property
    def said(self) -> dict[str, Any]:
        return self.cleaned_data | {"is_child": self.cleaned_data["is_child"] == "yes"}


class Answering(Form):
    """What lets anything of somebody's support be told at all. The presumption stands unless this moves it."""

    is_counselling = one_of(
        "Does what you tell come from notes of support or anything said in confidence?",
        [("yes", "Yes, or some of it"), ("no", "No, none of it")], initial="yes",
    )  # fmt: skip
    not_counselling_why = line("If not, where does it come from?", longest=300, required=False)
    probative_met_why = line("If so, why has it substantial probative value?", longest=300, required=False)
    why = text("Why do you decide this?", rows=3, max_length=1000, help_text="This stays here.")

    @property
    def decided(self) -> dict[str, Any]:
        said = {name: self.cleaned_data[name] for name in ("not_counselling_why", "probative_met_why", "why")}
        return said | {"is_counselling": self.cleaned_data["is_counselling"] == "yes"}


class Refuse(Form):
    outcome = one_of(
        "What are they told?",
        [("cannot_say", "That we cannot answer. It says nothing of whether we hold anything"),
         ("refused", "That we refuse, and why")],
    )  # fmt: skip
    words = text("If you refuse, what reason are they told?", rows=3, max_length=1000, required=False,
                 help_text="A reason may itself say that the person is known to you.")  # fmt: skip
    why = text("Why do you decide this?", rows=3, max_length=1000, help_text="This stays here.")


class Withdraw(Form):
    why = line("Why do you no longer need it?", longest=300)


class Which(Filters):
    name = line("Name told, or part of it", required=False)
    # An organisation's name can be longer than a phone is wide.
    to = pick("Told to", [], required=False, widget=forms.Select(attrs={"class": "govuk-!-width-full"}))
    from_on = day("From", required=False)
    until_on = day("Until", required=False)
    standing = pick(
        "Which", [("", "All"), ("live", "Live: they can read it"), ("due", "Look again"), ("revoked", "Taken back")],
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, others: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", "Anybody"), *((each.key, each.name) for each in others)]  # type: ignore[attr-defined]


def gateways_for(viewer: Viewer, to: Organisation) -> list[Gateway]:
    return [
        each
        for each in protocol().gateways.values()
        if (not each.sender_kinds or viewer.kind in each.sender_kinds)
        and (not each.recipient_kinds or to.kind in each.recipient_kinds)
    ]
