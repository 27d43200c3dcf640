"""What is asked when a group is registered, named, joined to a line or a person, linked, or assessed."""

from datetime import date
from typing import Any

from django import forms
from django.forms import CharField

from clearlines.access.refusals import Refused
from clearlines.groups import results, rules
from clearlines.groups.models import Assessment, Group, GroupLink, GroupPerson
from clearlines.lines.models import Line
from clearlines.people.models import Person
from clearlines.web.forms import ChangingForm, Filters, Form, MakingForm, day, line, one_of, pick, text
from clearlines.web.sheets import NOT_A_SHEET, SheetField

OTHER = "other"


def how_sure(**more: Any) -> CharField:
    return line("Grade", longest=20, help_text="On the 3x5x2 scheme, such as 2B.", **more)


def offering(form: Form, box: str, rows: list[Any], empty: str) -> dict[str, Any]:
    """Fills a drop-down with rows, and answers them by key."""
    found = {str(each.pk): each for each in rows}
    choices = [
        (key, getattr(each, "name", "") if isinstance(each, Person) else str(each)) for key, each in found.items()
    ]
    form.fields[box].choices = [("", empty), *choices]  # type: ignore[attr-defined]
    return found


class Find(Filters):
    q = line("Find a group", required=False, help_text="Its reference, or anything it was ever called.")


class AsAt(Filters):
    on = day("As it was on", required=False)

    def __init__(self, said: Any, *, today: date) -> None:
        is_asked = any(name.startswith("on") for name in said)
        super().__init__(said if is_asked else None, initial={"on": today})
        self.today = today

    def clean_on(self) -> date:
        on = self.cleaned_data["on"] or self.today
        if on > self.today:
            raise forms.ValidationError("That day has not come: nobody knows yet.")
        return on

    @property
    def day(self) -> date:
        """Today, where no day was asked for or what was asked for is none."""
        return self.cleaned_data["on"] if self.is_valid() else self.today


class DecidesOnOthers(Form):
    """Where another group is called the same, a person says what that means before anything is kept."""

    def __init__(self, *args: Any, others: list[Group] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if others:
            known_on = ", ".join(str(each) for each in others)
            self.fields["decided"] = one_of(
                f"That name is already known on {known_on}. Which is it here?",
                [
                    (rules.SAME_GROUP, "the same group: nothing is made here, open that one and add what you know"),
                    (rules.UNRELATED, "another group that is called the same: both stay"),
                ],
                error_messages={"required": "Say whether it is the same group or another."},
            )

    @property
    def decided(self) -> str:
        return self.cleaned_data.get("decided", "")


class Register(MakingForm, DecidesOnOthers):
    name = line("What is the group called?", longest=80, help_text="Its name, or what you call it until you know.")
    known = text("What is known of it?", required=False, max_length=2000)


class Known(ChangingForm):
    known = text("What is known of it?", required=False, max_length=2000)


class Alias(DecidesOnOthers):
    name = line("What is it called?", longest=80)
    source_words = line("Who says so?", help_text="A report, another force, a message that was seen.")
    from_on = day("From which day?")
    until_on = day("Until which day?", required=False, help_text="Leave it empty if it is still called that.")
    grade = how_sure(required=False)


class RunsLine(Form):
    runs = pick("Which line?", [])
    from_on = day("From which day?")
    grade = how_sure()
    reason = text("What shows it?", rows=3, max_length=500)

    def __init__(self, *args: Any, lines: list[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = offering(self, "runs", lines, "Choose a line")

    @property
    def said(self) -> dict[str, Any]:
        said = {name: self.cleaned_data[name] for name in ("from_on", "grade", "reason")}
        return said | {"line": self.lines[self.cleaned_data["runs"]]}


class Ends(ChangingForm):
    on = day("What was the last day?")
    because = text("Why did it end, or how is that known?", rows=3, max_length=500)


class EndsLine(Ends):
    passed_to = pick("Which group runs it now?", [], required=False, help_text="That group begins the day after.")
    grade = how_sure(required=False)

    def __init__(self, *args: Any, others: list[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = offering(self, "passed_to", others, "No other group, or not known")

    @property
    def said(self) -> dict[str, Any]:
        return self.cleaned_data | {"passed_to": self.others.get(self.cleaned_data["passed_to"])}


class PutPerson(Form):
    person = pick("Who?", [])
    as_what = one_of("What do they do?", GroupPerson.AsWhat.choices)
    from_on = day("From which day?")
    grade = how_sure()
    reason = text("What shows it?", rows=3, max_length=500)

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = offering(self, "person", people, "Choose a person")

    @property
    def said(self) -> dict[str, Any]:
        return self.cleaned_data | {"person": self.people[self.cleaned_data["person"]]}


class Link(Form):
    to_group = pick("Which other group?", [])
    kind = one_of("What do they have to do with each other?", GroupLink.Kind.choices)
    grade = how_sure(required=False)
    reason = text("What joins the two?", rows=3, max_length=500, help_text="People, handsets, lines, or who says so.")

    def __init__(self, *args: Any, others: list[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = offering(self, "to_group", others, "Choose a group")

    @property
    def said(self) -> dict[str, Any]:
        return self.cleaned_data | {"to_group": self.others[self.cleaned_data["to_group"]]}


class TakeBack(ChangingForm):
    because = text("What was wrong?", rows=3, max_length=500)


class Assess(MakingForm):
    """A result that was given on paper: typed or pasted as it stands there."""

    tool = one_of("Which tool is it from?", [*((each, each) for each in Assessment.TOOLS), (OTHER, "Another tool")])
    other_tool = line("Which other tool?", longest=40, required=False)
    tool_version = line("Which version of the tool?", longest=40)
    assessed_on = day("When was it assessed?")
    assessor = line("Who assessed it?", longest=120, help_text="A person or a unit, as the result says.")
    scores = text(
        "The scores, as they were given", rows=6, max_length=8000, required=False,
        help_text="One a line, such as “Physical harm: 12”. They are kept as they are. Nothing is added up.",
    )  # fmt: skip
    priority_band = line("The band, as it was given", longest=120, required=False)
    next_review_on = day("When is it to be reviewed?", required=False)

    def clean_scores(self) -> dict[str, str]:
        try:
            return results.pasted(self.cleaned_data["scores"])
        except Refused as refused:
            raise forms.ValidationError([f"{each[0].upper()}{each[1:]}." for each in refused.reasons]) from None

    @property
    def said(self) -> dict[str, Any]:
        said = {name: value for name, value in self.cleaned_data.items() if name != "other_tool"}
        return said | ({"tool": self.cleaned_data["other_tool"]} if said["tool"] == OTHER else {})


class Import(Form):
    sheet = SheetField(label="A spreadsheet saved as CSV", error_messages={"required": NOT_A_SHEET})
