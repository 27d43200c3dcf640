"""What is asked when a line is registered, moved, corrected or added to. Each page asks only what its rule needs."""

from typing import Any

from django.forms import CharField

from clearlines.lines.models import CheckBack, ElementTest, Line, LineIdentifier, LineStatus, RoleOnLine
from clearlines.lines.states import FIRST, MOVES, Known, Status
from clearlines.people.models import Person
from clearlines.web.forms import ChangingForm, Filters, Form, MakingForm, day, line, one_of, pick, text

FACTS: dict[Status, tuple[str, ...]] = {
    Status.CLOSED_T1: ("holder_arrested_on", "holder_charged_on", "confirmed_by", "confirmed_on"),
    Status.CLOSED_T1_PROPOSED: ("holder_arrested_on", "holder_charged_on"),
    Status.CLOSED_T2: ("order_reference", "order_granted_on", "complied_on"),
    Status.DISRUPTED: ("disruption",),
}
EVERY_FACT = [*dict.fromkeys(name for names in FACTS.values() for name in names)]


def how_sure() -> CharField:
    return line("Grade", longest=20, required=False, help_text="On the 3x5x2 scheme, such as 2B.")


class Differences(Filters):
    """A figure was given on one day and again on another: what had we learned in between?"""

    on = day("As it was on")
    first_known = day("As we knew on")
    then_known = day("And as we knew on")


class Find(Filters):
    q = line("Find a line", required=False, help_text="Its name, its reference, or any number it ever had.")


class DecidesOnOthers(Form):
    """Where another line has the same number, a person says what that means before anything is kept."""

    def __init__(self, *args: Any, others: list[Line] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if others:
            names = ", ".join(str(each) for each in others)
            self.fields["decided"] = one_of(
                f"This is already known on {names}. What is it here?",
                [
                    (Known.SAME_LINE.value, "the same line: nothing is added here, open that one"),
                    (Known.NEW_BRAND.value, "a new brand on the same number: both stay, and are linked"),
                    (Known.UNRELATED.value, "unrelated: the number was passed on"),
                ],
                error_messages={"required": "Say whether it is the same line, a new brand or unrelated."},
            )

    @property
    def decided(self) -> str:
        return self.cleaned_data.get("decided", "")


class Register(MakingForm, DecidesOnOthers):
    brand = line("What is the line called?", longest=80, help_text="Its brand, or what you call it until you know.")
    number = line("Its telephone number", longest=40, required=False)
    exporter_area = line("Where does it come from?", longest=120, required=False)
    town = line("Which town does it sell in?", longest=80, required=False)
    area = line("Which part of that town?", longest=120, required=False)
    since = day("When did it first come to notice?")
    status = one_of(
        "Where does it stand?", [(each.value, each.label) for each in Status if each in FIRST],
        initial=Status.UNDER_ASSESSMENT.value,
    )  # fmt: skip
    reason = text("How did it come to notice?", rows=3, max_length=500, required=False)

    @property
    def first(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("number", "town", "area")} | {"decided": self.decided}


class WhatItBecame(Filters):
    """The first of two questions: only then is it known what a closure must rest on."""

    def __init__(self, *args: Any, status: Status | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        moves = [each for each in Status if status and each in MOVES[status]]
        self.fields["to"] = one_of("What did the line become?", [(each.value, each.label) for each in moves])
        self.fields["to"].error_messages["required"] = "Choose what the line became."
        self.fields["to"].error_messages["invalid_choice"] = (
            "It cannot become that from where it stands now: choose one of these."
        )


class Became(ChangingForm):
    """From which day, why, and what a closure rests on."""

    on = day("From which day?")
    holder_arrested_on = day("When was the line holder arrested?", required=False)
    holder_charged_on = day("When was the line holder charged?", required=False)
    confirmed_by = line("Who at the national centre confirmed it?", longest=120, required=False)
    confirmed_on = day("When did the national centre confirm it?", required=False)
    order_reference = line("Reference of the order", longest=80, required=False)
    order_granted_on = day("When was the order granted?", required=False)
    complied_on = day(
        "When was the order complied with, or the number dead?", required=False,
        help_text="The closure counts from this day, not from the order.",
    )  # fmt: skip
    merged_into = pick("Which line is it the same as?", [])
    reason = text("What shows it?", rows=3, max_length=500, required=False)

    def __init__(self, *args: Any, to: Status, others: list[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = {str(each.pk): each for each in others}
        for name in {*EVERY_FACT} - {*FACTS.get(to, ())} & {*self.fields}:
            del self.fields[name]
        # Nothing that a Type 1 closure rests on may be left out, though it is the rule that says so.
        self.marks_optional = to != Status.CLOSED_T1
        if to == Status.CLOSED_T2:
            del self.fields["on"]
            self.fields["complied_on"].required = True
        if to == Status.MERGED:
            choices = [("", "Choose a line"), *((key, str(each)) for key, each in self.others.items())]
            self.fields["merged_into"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["merged_into"]

    @property
    def said(self) -> dict[str, Any]:
        """What the action takes: the day, the reason, the closure's facts."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "seen" and value}
        if "merged_into" in said:
            said["merged_into"] = self.others[said["merged_into"]]
        return said | {"on": said.get("on") or said.get("complied_on")}


class CorrectStatus(ChangingForm):
    """Another row in place of a wrong one, beginning from what it said."""

    to = pick("What was it really?", [(each.value, each.label) for each in Status])
    on = day("From which day?")
    reason = text("What was wrong, and how do we know?", rows=3, max_length=500)
    holder_arrested_on = day("When was the line holder arrested?", required=False)
    holder_charged_on = day("When was the line holder charged?", required=False)
    confirmed_by = line("Who at the national centre confirmed it?", longest=120, required=False)
    confirmed_on = day("When did the national centre confirm it?", required=False)
    order_reference = line("Reference of the order", longest=80, required=False)
    order_granted_on = day("When was the order granted?", required=False)
    complied_on = day("When was the order complied with, or the number dead?", required=False)
    disruption = line("Reference of what was done, if it was disrupted", longest=12, required=False)

    @classmethod
    def of(cls, data: Any, row: LineStatus) -> "CorrectStatus":
        now = {name: getattr(row, name) for name in EVERY_FACT}
        return cls(data, initial=now | {"to": row.status, "on": row.valid_from, "seen": row.line.version})

    @property
    def said(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "seen" and value}


class Identify(DecidesOnOthers):
    kind = one_of("What is it?", LineIdentifier.Kind.choices, initial=LineIdentifier.Kind.NUMBER)
    said = line("The number or name", longest=80, help_text="Written in any way: spaces and +44 do not matter.")
    valid_from = day("From which day did the line use it?")
    valid_until = day("Until which day?", required=False, help_text="Leave it empty if the line still uses it.")
    grade = how_sure()


class ChangeNumber(DecidesOnOthers):
    said = line("The new number or name", longest=80)
    on = day("From which day?", help_text="The old one ends the day before.")
    grade = how_sure()


class Market(Form):
    town = line("Which town?", longest=80)
    area = line("Which part of it?", longest=120, required=False)
    from_on = day("From which day?")
    until_on = day("Until which day?", required=False)


class Element(Form):
    finding = one_of("What was found?", ElementTest.Finding.choices)
    evidence = text("What shows it?", rows=3, max_length=500, required=False)


class Qualifies(ChangingForm):
    answer = one_of("Is it a county line?", [("yes", "Yes"), ("no", "No")])
    reason = text("Why?", rows=3, max_length=500, help_text="The decision is yours. Nothing is worked out for you.")


class PutPerson(Form):
    person = pick("Who?", [])
    role = one_of("In which role?", RoleOnLine.Role.choices)
    from_on = day("From which day?")
    category = pick(
        "In what light?", [("", "As the role says"), *RoleOnLine.Category.choices], required=False,
        help_text="Somebody can be a victim and a suspect: record a role for each.",
    )  # fmt: skip
    grade = how_sure()
    reason = text("What shows it?", rows=3, max_length=500, required=False)

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(each.pk): each for each in people}
        choices = [("", "Choose a person"), *((key, each.name) for key, each in self.people.items())]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]


class Displacement(Form):
    to_line = pick("Where did it go on?", [])
    on = day("When was that seen?")
    grade = how_sure()
    reason = text("What joins the two?", rows=3, max_length=500, help_text="The same holder, brand, number or handset.")

    def __init__(self, *args: Any, others: list[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = {str(each.pk): each for each in others}
        choices = [("", "Choose a line"), *((key, str(each)) for key, each in self.others.items())]
        self.fields["to_line"].choices = choices  # type: ignore[attr-defined]


class End(Form):
    on = day("What was the last day?")
    because = text("What shows it?", rows=3, max_length=500)


class Seen(Form):
    on = day("On which day?")
    words = text("What was seen or heard?", rows=3, max_length=500)
    grade = how_sure()


class Check(Form):
    found = one_of("What did you find?", CheckBack.Result.choices)
    on = day("On which day did you look?", help_text="If it is in use again, the day from which.")
    words = text("What did you see or try?", rows=3, max_length=500, required=False)


class Displaced(Form):
    answer = one_of(
        "Did it move on?",
        [("yes", "Yes: the same people went on there"), ("no", "No: they share something, and it is not the same")],
    )
    on = day("When was that seen?", required=False, help_text="Only if it moved on.")
    grade = how_sure()
    reason = text("What makes you say so?", rows=3, max_length=500)

    @property
    def moved_on(self) -> bool:
        return self.cleaned_data["answer"] == "yes"

    @property
    def said(self) -> dict[str, Any]:
        asks = ("on", "grade", "reason") if self.moved_on else ("reason",)
        return {name: self.cleaned_data[name] for name in asks}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("answer") == "yes" and not said.get("on") and "on" not in self.errors:
            self.add_error("on", "Enter the day on which it was seen there.")
        return said


class Recognise(Form):
    suspect_roles = one_of(
        "What becomes of the roles as a suspect?",
        [
            ("end", "They end on the day of the decision"),
            ("annotate", "They stay, with the decision written beside each of them"),
        ],
    )  # fmt: skip
    words = text("Anything to write beside them?", rows=3, max_length=300, required=False)
