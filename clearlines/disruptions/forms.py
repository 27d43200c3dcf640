"""What is asked when an act is recorded, its level decided, or something added. Two questions only if they matter."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.forms import DecimalField, TextInput

from clearlines.disruptions import kinds, queries
from clearlines.disruptions.agencies import agreed
from clearlines.disruptions.models import LEVELS, Disruption, DoneTo
from clearlines.disruptions.rules import Act, Granted, Part
from clearlines.disruptions.states import ANOTHER_ACT, P, same_as
from clearlines.lines.models import Line
from clearlines.web.forms import (
    ChangingForm,
    Filters,
    Form,
    MakingForm,
    day,
    one_of,
    pick,
    speak_plainly,
    text,
    tick,
)
from clearlines.web.forms import (
    line as one_line,
)

PS = [(each.value, each.label) for each in P]
WHAT_FOR = [
    (P.PURSUE.value, "Pursue: stop and prosecute those who run it"),
    (P.PREVENT.value, "Prevent: keep people from being drawn in"),
    (P.PROTECT.value, "Protect: keep people and homes safe"),
    (P.PREPARE.value, "Prepare: be ready for what it does next"),
]


NONE_OF = {"line": "No line", "group": "No group", "person": "Nobody by name", "place": "No place"}


def levels() -> list[tuple[str, str]]:
    return [(each.key, f"{each.name}: {each.means}") for each in kinds.newest("levels").entries.values()]


def tactics() -> list[tuple[str, list[tuple[str, str]]]]:
    return [(area, [(each.key, each.name) for each in found]) for area, found in kinds.tactics_by_area().items()]


class Chooses(Form):
    """Boxes in which one row is chosen from those one may see."""

    def offer(self, name: str, rows: list[Any], first: str) -> None:
        self.rows: dict[str, Any] = getattr(self, "rows", {}) | {str(each.pk): each for each in rows}
        choices = [("", first), *((str(each.pk), str(each)) for each in rows)]
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def chosen(self, name: str) -> Any:
        return self.rows.get(self.cleaned_data.get(name) or "")


class Find(Filters, Chooses):
    p = pick("To what end", [("", "Any"), *PS], required=False)
    line = pick("Line", [], required=False)
    waiting = tick("Only those that wait for a second person")

    def __init__(self, *args: Any, lines: list[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("line", lines, "Any")

    @property
    def asked(self) -> dict[str, Any]:
        if not self.is_valid():
            return {}
        return {"p": self.cleaned_data["p"], "line": self.chosen("line"), "waiting": self.cleaned_data["waiting"]}


class Period(Filters):
    first = day("From")
    last = day("To")

    @classmethod
    def is_asked(cls, said: Any) -> bool:
        return any(name.startswith(("first", "last")) for name in said)


class Record(MakingForm, Chooses):
    """One page. What it means for victims is asked where the tactic can harm them, and whether it is the same act
    where one like it is there: both on the second press, so that nothing depends on JavaScript.
    """

    words = text("What was done?", rows=3, max_length=1000)
    happened_on = day("On which day?")
    line = pick("Which line was it done to?", [], required=False)
    group = pick("Or which group?", [], required=False)
    person = pick("Or which person?", [], required=False)
    place = pick("Or which place?", [], required=False)
    about_words = one_line(
        "Or something else?", longest=200, required=False, help_text="A business, a street, a school: in words."
    )
    tactic = pick("By which tactic?", [])
    p = one_of("To what end?", WHAT_FOR)
    level = one_of("Which level do you propose?", [], help_text="Somebody else decides it.")
    why = text("Why that level?", rows=3, max_length=500)
    evidence = text("What shows it?", rows=2, max_length=500, required=False)
    lead_agency = pick("Which agency led?", [])
    elsewhere_reference = one_line(
        "Its reference in another system", longest=60, required=False,
        help_text="In the national disruption system, or the lead agency’s own.",
    )  # fmt: skip
    exported_on = day("When did it go there?", required=False)
    line_disrupted_from = day(
        "If the line is disrupted by it, from which day?", required=False,
        help_text="The line moves with it. Leave it empty if the line goes on as before.",
    )  # fmt: skip

    def __init__(
        self, *args: Any, offered: dict[str, list[Any]], may_move: bool, alike: Sequence[Disruption] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offered, self.may_move, self.alike = offered, may_move, alike
        for name, rows in offered.items():
            self.offer(name, rows, NONE_OF[name])
        self.fields["tactic"].choices = [("", "Choose a tactic"), *tactics()]  # type: ignore[attr-defined]
        self.fields["level"].choices = levels()  # type: ignore[attr-defined]
        self.fields["lead_agency"].choices = [("", "Choose an agency"), *agreed().that_lead]  # type: ignore[attr-defined]
        if not may_move:
            del self.fields["line_disrupted_from"]
        self._ask_what_it_means()
        self._ask_whether_it_is_the_same(alike)

    def _ask_what_it_means(self) -> None:
        self.used = queries.tactic_of(self.data.get("tactic", ""))
        if self.used and self.used.may_harm_victims:
            self._put_first("victim_impact", text(
                "What does this mean for anybody who is being used, and what was done about it?", rows=4,
                max_length=1000, help_text=f"{self.used.watch_out_for} If nobody is, say how you know.",
                error_messages={
                    "required": f"“{self.used.name}” can harm somebody who is being used. Say what it means for "
                    "them, and what was done about it."
                },
            ))  # fmt: skip

    def _ask_whether_it_is_the_same(self, alike: Sequence[Disruption]) -> None:
        if alike:
            told = "nothing new is counted, and the agency you name stands beside the one that led"
            same = [(same_as(each.reference), f"the same act as {each.reference}: {told}") for each in alike]
            self._put_first("decided", one_of(
                f"{', '.join(each.reference for each in alike)} may be this act already. Is it?",
                [*same, (ANOTHER_ACT, "another act: both stand")],
                error_messages={"required": "Say whether this is the same act, or another."},
            ))  # fmt: skip

    def _put_first(self, name: str, field: Any) -> None:
        speak_plainly(name, field)
        self.fields = {name: field} | self.fields

    def asked_again(self, alike: list[Disruption]) -> "Record":
        """The same answers, with the question whether it is one of these."""
        if not alike:
            return self
        given: dict[str, Any] = {"offered": self.offered, "may_move": self.may_move, "initial": self.initial}
        return type(self)(self.data, alike=alike, **given)

    @property
    def to(self) -> DoneTo:
        return DoneTo(*(self.chosen(name) for name in ("line", "group", "person", "place")))

    @property
    def act(self) -> Act:
        names = (
            "p", "happened_on", "tactic", "words", "level", "why", "lead_agency", "evidence", "about_words",
            "elsewhere_reference", "exported_on",
        )  # fmt: skip
        return Act(
            **{name: self.cleaned_data[name] for name in names},
            victim_impact=self.cleaned_data.get("victim_impact", ""),
        )

    @property
    def more(self) -> dict[str, Any]:
        """What the action takes besides the act and what it was done to."""
        said = self.cleaned_data
        return {
            "new_id": said["new_id"],
            "decided": said.get("decided", ""),
            "line_disrupted_from": said.get("line_disrupted_from"),
        }


class Moderate(Form):
    level = one_of("How far did it reach?", LEVELS)
    reason = text("Why?", rows=3, max_length=500, help_text="Whoever proposed it will read this.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = levels()  # type: ignore[attr-defined]


class AddOrder(MakingForm):
    kind = pick("What was granted?", [])
    reference = one_line("Its reference", longest=60, required=False)
    granted_on = day("When was it granted?")
    identifier = one_line(
        "Which number, handset or address does it name?", longest=120, required=False,
        help_text="As the order names it.",
    )  # fmt: skip
    complies_by = day("By which day must it be complied with?", required=False)
    until_on = day("Until which day does it hold?", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "Choose one"), *kinds.newest("orders").choices]  # type: ignore[attr-defined]
        self.fields["complies_by"].help_text = (
            f"Leave it empty if the order names no day: then it is the end of working day {agreed().comply_within} "
            "after it was granted, if somebody must comply with it."
        )

    @property
    def granted(self) -> Granted:
        return Granted(**{name: value for name, value in self.cleaned_data.items() if name != "new_id"})


class SayComplied(ChangingForm):
    answer = one_of("Was it complied with?", [("yes", "Yes"), ("no", "No, not yet")])
    on = day("On which day?", required=False, help_text="Only if it was. A closure of the line counts from this day.")
    words = text("What shows it?", rows=2, max_length=300, required=False)


class AddSeizure(MakingForm):
    kind = pick("What was seized?", [])
    amount = DecimalField(
        label="How much, or how many?", max_digits=10, decimal_places=2, localize=False,
        widget=TextInput(attrs={"class": "govuk-input--width-10", "inputmode": "decimal"}),
        error_messages={"invalid": "Enter a number, such as 3 or 12.5."},
    )  # fmt: skip
    unit = pick("Counted in what?", [])
    on = day("On which day?")
    notes = text("Anything to add?", rows=2, max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = kinds.newest("seizures")
        units = dict.fromkeys(unit for each in listed.entries.values() for unit in each.units)
        self.fields["kind"].choices = [("", "Choose one"), *listed.choices]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [("", "Choose one"), *((unit, unit) for unit in units)]  # type: ignore[attr-defined]


class AddContribution(MakingForm):
    """Words come last, and only of agencies that are no charity: the rule refuses them of one."""

    agency = pick("Which agency?", [])
    on = day("On which day?")
    kind = pick("What did it do?", [])
    elsewhere_reference = one_line("Its own reference", longest=60, required=False)
    words = text(
        "Anything to add?", rows=2, max_length=300, required=False,
        help_text="Leave this and the reference empty for a charity: only agency, day and kind are kept of one.",
    )  # fmt: skip

    def __init__(self, *args: Any, but_for: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = [(code, name) for code, name in agreed().choices if code != but_for]
        self.fields["agency"].choices = [("", "Choose an agency"), *agencies]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", "Choose one"), *kinds.newest("contributions").choices]  # type: ignore[attr-defined]

    @property
    def part(self) -> Part:
        return Part(**{name: value for name, value in self.cleaned_data.items() if name != "new_id"})


class TakeBack(ChangingForm, Chooses):
    same_act_as = pick("Is it the same act as another?", [], required=False)
    because = text("Why is it taken back?", rows=3, max_length=500)

    def __init__(self, *args: Any, others: list[Disruption], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("same_act_as", others, "No: it was a mistake")

    @property
    def said(self) -> dict[str, Any]:
        return {"because": self.cleaned_data["because"], "same_act_as": self.chosen("same_act_as")}


def a_year_to(today: date) -> dict[str, date]:
    """What the totals begin with: the year so far, from the first of April."""
    return {"first": date(today.year if today >= date(today.year, 4, 1) else today.year - 1, 4, 1), "last": today}
