"""Ask a before-and-after: what was chosen how, which months, and the counts or the areas to count."""

import re
from typing import Any

from django import forms as django

from clearlines.access.viewer import Viewer
from clearlines.evaluation import queries
from clearlines.evaluation.questions import LOADED, OUTCOMES, PLACES, TYPED, Question, Window
from clearlines.web import forms

MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december"]  # fmt: skip
KINDS = {"lsoa": "Neighbourhoods (LSOA)", "ward": "Wards"}
MOST = 10_000_000


class MonthField(django.CharField):
    """'2022-02', 'February 2022', 'feb 22' and '2/2022' are all the same month."""

    def to_python(self, value: Any) -> str:
        said = super().to_python(value)
        month = read_month(said) if said else ""
        if month is None:
            raise django.ValidationError("Enter a month, such as February 2022.")
        return month


def read_month(said: str) -> str | None:
    """The month as it is kept, or None."""
    words = re.split(r"[\s/.,-]+", said.strip().casefold())
    if len(words) != 2:
        return None
    if len(words[0]) == 4 and words[0].isascii() and words[0].isdigit():
        words.reverse()
    name, year = words
    if name.isascii() and name.isdigit():
        number = int(name)
    else:
        number = next((n for n, each in enumerate(MONTHS, 1) if len(name) > 2 and each.startswith(name)), 0)
    year = f"20{year}" if len(year) == 2 else year
    is_month = 1 <= number <= 12 and len(year) == 4 and year.isascii() and year.isdigit()
    return f"{year}-{number:02}" if is_month else None


def month(label: str, **more: Any) -> MonthField:
    narrow = django.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"})
    return MonthField(label=label, max_length=20, widget=narrow, **more)


def count(label: str, *, required: bool = False) -> django.IntegerField:
    narrow = django.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric", "autocomplete": "off"})
    invalid = f"“{label}” must be a whole number, such as 20."
    negative = f"“{label}” cannot be negative."
    errors = {"invalid": invalid, "min_value": negative, "max_value": invalid}
    return django.IntegerField(
        label=label, min_value=0, max_value=MOST, required=required, widget=narrow, error_messages=errors
    )


def areas(label: str, *, required: bool = False) -> django.CharField:
    return forms.text(label, rows=3, required=required)


class QuestionForm(forms.MakingForm):
    name = forms.line("What do you want to know?", help_text="Such as: Did the visits in Hindpool reduce incidents?")
    outcome = forms.one_of("What do the counts hold?", list(OUTCOMES.items()), initial="victims")
    chosen_how = forms.line(
        "How was the area chosen?", help_text="Such as: the ten areas with most burglaries; or: the whole town."
    )
    chosen_first = month(
        "First month of the counts it was chosen on",
        required=False,
        help_text="Leave both empty only if it was not chosen by counts.",
    )
    chosen_last = month("Last month of the counts it was chosen on", required=False)
    is_alike = forms.tick("The comparison was picked in the same way, by its counts in the same months")
    before_first = month("Before: first month", help_text="Such as February 2022")
    before_last = month("Before: last month")
    after_first = month("After: first month")
    after_last = month("After: last month")
    level = forms.pick("How sure must it be?", [("0.9", "90 %"), ("0.95", "95 %"), ("0.99", "99 %")], initial="0.95")
    source = django.ChoiceField(choices=[(TYPED, ""), (LOADED, "")], widget=django.HiddenInput)
    treated_before = count("Where the work was done, before", required=True)
    treated_after = count("Where the work was done, after", required=True)
    control_before = count("Comparison, before", required=True)
    control_after = count("Comparison, after", required=True)
    disp_treated_before = count("Ring around where the work was done, before")
    disp_treated_after = count("Ring around where the work was done, after")
    disp_control_before = count("Ring around the comparison, before")
    disp_control_after = count("Ring around the comparison, after")
    kind = forms.pick("Kind of area", [], required=False)
    treated_areas = areas("Areas where the work was done: a name or code on each line", required=True)
    control_areas = areas("Areas to compare with", required=True)
    disp_treated_areas = areas("Areas in the ring around where the work was done")
    disp_control_areas = areas("Areas in the ring around the comparison")

    def __init__(self, *args: Any, viewer: Viewer, **more: Any) -> None:
        super().__init__(*args, **more)
        self.viewer = viewer
        said = self.data.get("source") or self.initial.get("source")
        self.asks_for: str = said if said in self.sources(viewer) else TYPED
        self.initial["source"] = self.asks_for
        for name in [each for each in self.fields if self.is_of_another(each)]:
            del self.fields[name]
        if self.asks_for == LOADED:
            self.fields["kind"].choices = [(each, KINDS[each]) for each in queries.kinds(viewer)]  # type: ignore[attr-defined]

    @staticmethod
    def sources(viewer: Viewer) -> tuple[str, ...]:
        """Where this form may take counts from; the first unless another is asked for."""
        return TYPED, LOADED

    def is_of_another(self, name: str) -> bool:
        """Counts are typed, or areas are named: a form asks for one of them."""
        place, _, what = name.rpartition("_")
        if place in PLACES:
            return (what == "areas") == (self.asks_for == TYPED)
        return name == "kind" and self.asks_for == TYPED

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name in ("before", "after", "chosen"):
            first, last = said.get(f"{name}_first"), said.get(f"{name}_last")
            if first and last and first > last:
                self.add_error(f"{name}_last", "Choose a last month that is not before the first.")
        if bool(said.get("chosen_first")) != bool(said.get("chosen_last")):
            self.add_error("chosen_last", "Enter both months it was chosen on, or neither.")
        said["areas"] = {place: self._codes(said, place) for place in PLACES} if said.get("source") == LOADED else {}
        return said

    def _codes(self, said: dict[str, Any], place: str) -> list[str]:
        names = [each.strip() for each in (said.get(f"{place}_areas") or "").splitlines() if each.strip()]
        codes, unknown = queries.codes_named(self.viewer, said.get("kind") or "lsoa", names)
        if unknown:
            self.add_error(f"{place}_areas", f"No loaded record is in: {', '.join(unknown[:5])}. Check the spelling.")
        return codes

    def question(self) -> Question:
        said = self.cleaned_data
        chosen_on = Window(said["chosen_first"], said["chosen_last"]) if said["chosen_first"] else None
        return Question(
            name=said["name"],
            outcome=said["outcome"],
            source=said["source"],
            before=Window(said["before_first"], said["before_last"]),
            after=Window(said["after_first"], said["after_last"]),
            chosen_how=said["chosen_how"],
            chosen_on=chosen_on,
            level=float(said["level"]),
            kind=said.get("kind") or "lsoa",
            areas=said["areas"],
            counts={} if said["source"] == LOADED else {place: self._pair(place) for place in PLACES},
            is_alike=said["is_alike"],
        )

    def _pair(self, place: str) -> list[int]:
        """Two counts, or none; one alone stays one, and the rules say what is missing."""
        pair = [self.cleaned_data.get(f"{place}_{when}") for when in ("before", "after")]
        return [each for each in pair if each is not None]


class AgainForm(forms.MakingForm):
    """Pressing twice runs once."""
