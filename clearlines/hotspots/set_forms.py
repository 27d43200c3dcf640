"""What a set of hotspots is asked for with, in each of three ways, and the words it is fixed with."""

from typing import Any

from django import forms as django

from clearlines.hotspots import lines_drawn
from clearlines.hotspots.choosing import DRAWN, HOTTEST, NAMED, Rings, Wanted
from clearlines.hotspots.forms import KINDS
from clearlines.hotspots.measures import MAY_BE_OUTCOMES, Measure
from clearlines.hotspots.police_uk import NotWhatItSays
from clearlines.hotspots.reference import Basket
from clearlines.web import forms
from clearlines.web.months import called

WAYS = {
    HOTTEST: "Those with the highest counts",
    NAMED: "Areas you name or tick",
    DRAWN: "Areas within a line you draw",
}
MOST_AREAS = 10_000
# Which fields each way asks for, beside those that all of them do.
ASKED_BY = {HOTTEST: {"top"}, NAMED: {"names"}, DRAWN: {"line"}}


def _how_many() -> django.IntegerField:
    narrow = django.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric", "autocomplete": "off"})
    said = {"invalid": "“How many areas?” must be a whole number, such as 10."}
    return django.IntegerField(
        label="How many areas?", min_value=1, max_value=MOST_AREAS, widget=narrow, error_messages=said
    )


class AskForm(forms.Filters):
    """Which areas, by what, on which months. Only what is loaded is offered."""

    how = django.ChoiceField(choices=[(way, "") for way in WAYS], widget=django.HiddenInput)
    top = _how_many()
    names = forms.text("Areas: a name or code on each line", rows=6, required=False)
    line = forms.text(
        "The line: a point on each line, or GeoJSON",
        rows=6,
        max_length=200_000,
        help_text="Such as SD 195 695, or 319500 469500, or 54.11, -3.22. It is closed for you.",
    )
    kind = forms.pick("Kind of area", [])
    district = forms.pick("Out of", [], required=False)
    basket = forms.pick("Counted by", [])
    first = forms.pick("Chosen on counts from", [], required=False)
    last = forms.pick("Chosen on counts to", [], required=False)
    types = forms.folded("Count only some types", [])

    def __init__(
        self, *args: Any, how: str, months: list[str], kinds: list[str], districts: list[str],
        baskets: dict[str, Basket], **more: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **more)
        self.baskets = baskets
        for name in set().union(*ASKED_BY.values()) - ASKED_BY[how]:
            del self.fields[name]
        none = [] if how == HOTTEST else [("", "Counts were not looked at")]
        offered = [*none, *((month, called(month)) for month in reversed(months))]
        choices = {
            "kind": [(each, KINDS[each]) for each in kinds],
            "district": [("", "The whole force"), *((each, each) for each in districts)],
            "basket": [(key, each.short) for key, each in baskets.items()],
            "types": [(each, each) for key in MAY_BE_OUTCOMES if key in baskets for each in baskets[key].types],
            "first": offered,
            "last": offered,
        }
        for name, offers in choices.items():
            self.fields[name].choices = offers  # type: ignore[attr-defined]

    def clean_line(self) -> Rings:
        try:
            return lines_drawn.read(self.cleaned_data["line"])
        except NotWhatItSays as wrong:
            said = str(wrong)
            raise django.ValidationError(f"{said[0].upper()}{said[1:]}.") from None

    def wanted(self, ticked: list[str]) -> Wanted:
        said = self.cleaned_data
        names = [each.strip() for each in said.get("names", "").splitlines() if each.strip()]
        types = tuple(each for each in said["types"] if each in self.baskets[said["basket"]].types)
        return Wanted(
            how=said["how"],
            kind=said["kind"],
            measure=Measure(said["basket"], types),
            first=said["first"],
            last=said["last"],
            district=said["district"],
            top=said.get("top") or 0,
            names=tuple(dict.fromkeys([*names, *ticked])),
            shape=said.get("line") or (),
        )


class FixForm(forms.MakingForm):
    """`seen` names the areas that were shown, so that nobody fixes others than they looked at."""

    name = forms.line("What is this set called?", help_text="Such as: Ten hottest neighbourhoods, summer 2021")
    why = forms.line("Why are they chosen?", longest=500, help_text="Such as: where the visits will begin")
    seen = django.CharField(widget=django.HiddenInput, max_length=64)
