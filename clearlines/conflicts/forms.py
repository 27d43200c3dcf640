"""As little as will do: a name, and how they are known."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from clearlines.access.models import Account
from clearlines.web.forms import Form, MakingForm, line, pick, text, tick


class Declare(MakingForm, Form):
    marks_optional = False
    is_self = tick("It is me: I may be on record here myself", required=False)
    given_name = line("First name", longest=80, required=False, help_text="One of the two names is enough.")
    family_name = line("Family name", longest=80, required=False)
    born_year = forms.IntegerField(
        label="Year they were born, if you know it", required=False, min_value=1900, max_value=2100,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
        help_text="It keeps people who only share the name in your lists.",
        error_messages={"invalid": "Enter a year of four figures, such as 2006."},
    )  # fmt: skip
    relation = line(
        "How do you know them?",
        longest=120,
        required=False,
        help_text="Such as: my cousin, a neighbour, an old friend. Leave it empty if it is you.",
    )


class KeepMeAway(Form):
    relation = line("How do you know them?", longest=120, help_text="Such as: my cousin, a neighbour, an old friend.")


class KeepColleagueAway(Form):
    account = pick("Which colleague?", [])
    relation = line("Why must they be kept away?", longest=120, help_text="Such as: they are family; for their safety.")

    def __init__(self, *args: Any, colleagues: QuerySet[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(account.pk): account for account in colleagues}
        self.fields["account"].choices = [  # type: ignore[attr-defined]
            ("", "Choose a colleague"), *((key, str(account)) for key, account in self.colleagues.items())
        ]  # fmt: skip

    @property
    def chosen(self) -> Account:
        return self.colleagues[self.cleaned_data["account"]]


class Lift(Form):
    why = text("Why may they see this person again?", rows=3, max_length=300)
