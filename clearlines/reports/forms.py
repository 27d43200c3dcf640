"""One question a page."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms

from clearlines.access.models import Account
from clearlines.access.permissions import Permission as P
from clearlines.access.viewer import Viewer
from clearlines.reports import rules
from clearlines.reports.drafts import NOBODY_IN_PARTICULAR, OTHER_ORGANISATION
from clearlines.reports.models import Contact, Report
from clearlines.reports.sealed import Who
from clearlines.reports.states import NOT_RELEASED_IN_WORDS
from clearlines.web.forms import Form, MakingForm, line, one_of, pick, text
from clearlines.web.photographs import PhotographField

TOO_LONG = "This is too long to send at once. Keep the most important 20,000 letters; you can add the rest afterwards."


def words(label: str, *, say: str = "", **more: Any) -> forms.CharField:
    return text(
        label, max_length=rules.LONGEST, error_messages={"max_length": TOO_LONG, "required": say or None}, **more
    )


class Danger(Form):
    danger = one_of(
        "Is anyone in danger right now?",
        Report.Danger.choices,
        error_messages={"required": "Say whether anyone is in danger right now."},
    )


class What(Form):
    words = words(
        "What happened?",
        rows=9,
        say="Say what happened, in your own words.",
        help_text="In your own words: who was there and what they looked like, what they did, cars, nicknames, phone "
        "numbers. You do not need to know everything.",
    )


class Where(Form):
    where_words = line(
        "Where?", longest=500, required=False,
        help_text="A street, a building, or how to find it. For example: the flats behind the bus depot, top floor.",
    )  # fmt: skip
    town = line("Town or village", longest=80, required=False)
    postcode = line("Postcode", longest=10, required=False)


class When(Form):
    when_words = line(
        "When?", longest=500, required=False,
        help_text="As near as you can. For example: most nights since Easter, after ten.",
    )  # fmt: skip


class HowKnown(Form):
    how_known = one_of("How do you know?", Report.HowKnown.choices, error_messages={"required": "Say how you know."})
    how_known_words = line(
        "If somebody told you, what kind of person was it?", longest=300, required=False,
        help_text="Not their name. For example: a contractor, a customer, somebody who visits.",
    )  # fmt: skip

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if viewer.may(P.SEE_REPORTS):
            told_to = [each for each in Report.Channel.choices if each[0] not in ("web", "partner")]
            self.fields["channel"] = one_of(
                "How did it reach you?", told_to, error_messages={"required": "Say how it reached you."}
            )
        elif viewer.account:
            self.fields["sender"] = one_of(
                "Who is this from?", self.senders(viewer), error_messages={"required": "Say who this is from."}
            )

    @staticmethod
    def senders(viewer: Viewer) -> list[tuple[str, str]]:
        return [
            (OTHER_ORGANISATION, f"{viewer.organisation}. The police see the organisation, not you"),
            (NOBODY_IN_PARTICULAR, "A member of the public. Nothing about you or where you work is kept"),
        ]


class AboutYou(Form):
    risk_words = words(
        "Could anything here tell them it was you?",
        required=False,
        help_text="For example: only two people saw it. The police are told this so that they can be careful.",
    )


class AddPhotograph(Form):
    photograph = PhotographField(
        label="Choose a photograph", required=False,
        help_text="A JPEG, PNG or WebP, smaller than 10 MB. What your phone wrote into it (where, when, which phone) "
        "is thrown away. Leave out faces, cars or windows that could show it was you.",
    )  # fmt: skip


class YourName(Form):
    """Never filled in again with what was typed: somebody else may be looking."""

    name = line("Your name", longest=120, required=False)
    reach = line(
        "How can we reach you?",
        longest=200,
        required=False,
        help_text="A telephone number, an e-mail address, or a place.",
    )
    safely = line(
        "How and when is it safe?", longest=300, required=False,
        help_text="For example: text first, not after six, never say who you are.",
    )  # fmt: skip

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        kwargs.pop("initial", None)
        super().__init__(*args, **kwargs)
        if viewer.account:
            # Information taken from a named source: they stand between.
            self.fields["name"].label = "Who told you?"
            self.fields["reach"].label = "How can they be reached?"
            self.fields["safely"].label = "How and when is it safe for them?"

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        left = {name: said.get(name, "") for name in ("name", "reach", "safely")}
        for reason in rules.reasons_not_to_leave_name(**left):
            self.add_error(None, f"{reason[0].upper()}{reason[1:]}.")
        return said

    @property
    def who(self) -> Who:
        return Who(**{name: self.cleaned_data[name].strip() for name in ("name", "reach", "safely")})


FORMS: dict[str, type[Form]] = {"what": What, "where": Where, "when": When, "about-you": AboutYou}


def form_for(step: str, viewer: Viewer) -> Callable[..., Form]:
    if step == "how-known":
        return lambda *args, **kwargs: HowKnown(*args, viewer=viewer, **kwargs)
    return FORMS[step]


class Answer(NamedTuple):
    question: str
    answer: str
    route: str
    field: str


def answers(form: Form, said: dict[str, str], route: str) -> list[Answer]:
    """What was answered on one page, as whoever answered would read it."""
    found = []
    for name, field in form.fields.items():
        value = said.get(name, "")
        choices: dict[str, str] = dict(getattr(field, "choices", ()))
        found.append(Answer(str(field.label), choices.get(value, value), route, name))
    return found


class ThreeWords(Form):
    words = line(
        "Your three words", longest=100, error_messages={"required": "Type the three words of your receipt."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip


class More(MakingForm):
    opened = forms.CharField(widget=forms.HiddenInput)
    words = words("What do you want to add?", say="Say what you want to add.", rows=7)


# Of the custodian, and of whoever asks them.


class AskWho(Form):
    what_for = text(
        "What do you need to know it for?", rows=3, max_length=500,
        help_text="What you will do with it, and why it cannot be done without.",
    )  # fmt: skip
    risk = text(
        "What could happen to them if it became known?", rows=3, max_length=500,
        help_text="Think of who could guess, who is violent, and whether there are children.",
    )  # fmt: skip

    def __init__(self, *args: Any, accounts: list[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.accounts = {str(each.pk): each for each in accounts}
        choices = [("", "Choose one"), *((key, str(each)) for key, each in self.accounts.items())]
        self.fields["to"] = pick("Who would be shown it?", choices, help_text="One person, once, for a few hours.")

    @property
    def to(self) -> Account:
        return self.accounts[self.cleaned_data["to"]]


class Propose(Form):
    because = text(
        "Why should it be released?", rows=3, max_length=500,
        help_text="The second person reads this. Do not write the name in it.",
    )  # fmt: skip


class Refuse(Form):
    not_because = one_of(
        "What are they told?", list(NOT_RELEASED_IN_WORDS.items()),
        help_text="Each is true whether or not there is a name.",
        error_messages={"required": "Choose what they are told."},
    )  # fmt: skip


class NoteContact(Form):
    how = one_of("What happened?", Contact.How.choices)
    said = text(
        "What was said?", rows=4, max_length=2000, help_text="Was anything offered freely, or was it asked for?"
    )


class ForgetName(Form):
    because = line("Why?", longest=200, help_text="For example: they asked. Do not write their name.")
