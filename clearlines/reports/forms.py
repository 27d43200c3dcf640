"""One question a page."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms

from clearlines.access.permissions import Permission as P
from clearlines.access.viewer import Viewer
from clearlines.reports import rules
from clearlines.reports.drafts import NOBODY_IN_PARTICULAR, OTHER_ORGANISATION
from clearlines.reports.models import Report
from clearlines.web.forms import Form, MakingForm, line, one_of, text

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
