"""Forms for joining, grading and deciding."""

from collections.abc import Iterable
from typing import Any

from django import forms

from clearlines.people.models import Person
from clearlines.places.models import Place
from clearlines.triage import rules
from clearlines.triage.models import Comparison, ReportToPerson, Thrive
from clearlines.triage.states import OUTCOME_IN_WORDS
from clearlines.web.forms import Form, MakingForm, day, line, one_of, pick, text


class Find(Form):
    marks_optional = False
    find = line("Find by any part of the name, number or address", longest=100, required=False)


class Join(MakingForm):
    """Joins the report to one row of the register."""

    row = one_of("Which?", (), error_messages={"required": "Choose one, or add a new one below."})
    why = line("Why do you think so?", longest=300, required=False)

    def __init__(self, *args: Any, rows: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {str(row.pk): row for row in rows}
        which = self.fields["row"]
        assert isinstance(which, forms.ChoiceField)
        which.choices = [(key, str(row)) for key, row in self.rows.items()]

    @property
    def chosen(self) -> Any:
        return self.rows[self.cleaned_data["row"]]

    @property
    def more(self) -> dict[str, Any]:
        """What the link says besides what it points at."""
        return {name: self.cleaned_data[name] for name in ("why", "as_what") if name in self.cleaned_data}


def as_what() -> forms.ChoiceField:
    return pick("As what?", ReportToPerson.As.choices, initial=ReportToPerson.As.NOT_KNOWN)


class JoinPerson(Join):
    as_what = as_what()


class NewRow(MakingForm):
    """Adds a row to a register and joins the report to it."""

    @property
    def details(self) -> dict[str, Any]:
        return {name: said for name, said in self.cleaned_data.items() if name not in ("new_id", "as_what")}

    @property
    def more(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("as_what",) if name in self.cleaned_data}


class NewLine(NewRow):
    brand = line("What is the line called?", longest=80)
    since = day("Since when, as far as you know?")
    number = line("Its number", longest=30, required=False)
    town = line("Town it sells in", longest=80, required=False)

    @property
    def details(self) -> dict[str, Any]:
        said = self.cleaned_data
        first = {name: said[name] for name in ("number", "town") if said[name]}
        return {"brand": said["brand"], "since": said["since"], "first": first}


class NewPlace(NewRow):
    words = line("Number and street, or the place in words")
    flat = line("Flat or room", longest=60, required=False)
    town = line("Town or village", longest=80)
    postcode = line("Postcode", longest=10, required=False)
    kind = pick("What kind of place?", Place.Kind.choices)


class NewPerson(NewRow):
    given_name = line("Given name", longest=80, required=False)
    family_name = line("Family name", longest=80, required=False)
    known_as = line("What people call them", longest=80, required=False)
    born_on = day("Date of birth", required=False)
    born_precision = pick(
        "How sure is the date?",
        [each for each in Person.Precision.choices if each[0] != Person.Precision.UNKNOWN],
        help_text="For a year or a guess, put 1 January.",
    )
    as_what = as_what()

    @property
    def details(self) -> dict[str, Any]:
        said = super().details
        return said if said["born_on"] else {name: value for name, value in said.items() if not name.startswith("born")}


JOIN: dict[str, type[Join]] = {"line": Join, "place": Join, "person": JoinPerson}
NEW: dict[str, type[NewRow]] = {"line": NewLine, "place": NewPlace, "person": NewPerson}


class Grade(Form):
    source = one_of("Source evaluation", rules.SOURCES.items())
    assessment = one_of("Assessment of the information", rules.ASSESSMENTS.items())
    handling = one_of("Handling", rules.HANDLINGS.items())
    conditions = line(
        "Conditions of code C", longest=500, required=False,
        help_text="Who may use it and how: covert development, covert use, overt use; who may take names out; "
        "whom to ask first.",
    )  # fmt: skip
    because = line("If it was graded before, why does the grade change?", longest=500, required=False)


THRIVE_ASKS = {
    "threat": "Threat: what could happen, and to whom?",
    "harm": "Harm: what would it do, or has it done?",
    "risk": "Risk: how likely is it, and how soon?",
    "investigation": "Investigation: what could be found out, and how?",
    "vulnerability": "Vulnerability: who cannot protect themselves?",
    "engagement": "Engagement: who else should be spoken to, and how safely?",
}


class ThinkThrough(Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for letter in Thrive.LETTERS:
            self.fields[letter] = text(THRIVE_ASKS[letter], rows=2, max_length=500, required=False)


class Decide(Form):
    outcome = one_of("What happens?", OUTCOME_IN_WORDS.items())
    reason = text("Why?", rows=4, max_length=1000, error_messages={"required": "Say why."})
    reference = line("Crime, log or safeguarding reference", longest=60, required=False)


class Because(Form):
    because = text("Why?", rows=3, max_length=300, error_messages={"required": "Say why."})


class Compare(Form):
    verdict = one_of("Is it the same account again?", Comparison._meta.get_field("verdict").choices)
    reason = line(
        "Why do you think so?", longest=300, error_messages={"required": "Say why."},
        help_text="If you think that somebody sends it again and again to harm somebody, say so here.",
    )  # fmt: skip
