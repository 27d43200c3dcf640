"""Which counts to show."""

from typing import Any

from django.core.exceptions import ValidationError

from clearlines.hotspots import counts, reference, rules, severity
from clearlines.hotspots.measures import CALLS
from clearlines.hotspots.police_uk import NotWhatItSays
from clearlines.web import forms
from clearlines.web.months import called
from clearlines.web.sheets import NOT_A_SHEET, SheetField

KINDS = {counts.LSOA: "Neighbourhood (LSOA)", counts.WARD: "Ward", counts.CELL: "Cell of the map"}

RECORDS, SURE = "records", "sure"
SHADES = [(RECORDS, "Records"), (SURE, "How sure it is high")]


class Choices(forms.Filters):
    """The row of choices above the table. Only what can be shown is offered."""

    first = forms.pick("From", [])
    last = forms.pick("To", [])
    basket = forms.pick("What to count", [])
    kind = forms.pick("Area", [])
    district = forms.pick("District", [], required=False)
    shade = forms.pick("Shade the map by", SHADES)

    def __init__(
        self, *args: Any, months: list[str], kinds: list[str], districts: list[str], has_calls: bool = False,
        **more: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **more)
        offered = [(month, called(month)) for month in reversed(months)]
        baskets = reference.baskets() | ({CALLS: reference.supplied()[CALLS]} if has_calls else {})
        choices = {
            "first": offered,
            "last": offered,
            "basket": [(key, each.short) for key, each in baskets.items()],
            "kind": [(kind, KINDS[kind]) for kind in kinds],
            "district": [("", "The whole force"), *((each, each) for each in districts)],
        }
        for name, offers in choices.items():
            self.fields[name].choices = offers  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("first") and said.get("last") and said["first"] > said["last"]:
            self.add_error("first", "Choose a first month that is not after the last.")
        if said.get("basket") == CALLS and said.get("district"):
            self.add_error("district", "Choose the whole force: calls for service are not known by district.")
        return said


class LoadSeverity(forms.MakingForm):
    """A table of harm weights, and what must be known of it."""

    name = forms.line("Name of the table", longest=120, help_text="As its publisher calls it.")
    edition = forms.line("Edition", longest=40, help_text="Its date or version, such as May 2023.")
    source = forms.line("Where it comes from", longest=300, help_text="The publisher, and the page or the letter.")
    licence = forms.line("Licence", longest=120, help_text="What lets us use it. Say “unclear” if you do not know.")
    unit = forms.line("What a weight is", longest=60, help_text="Such as “days of imprisonment”, or “points”.")
    sheet = SheetField(
        label="The table, saved as CSV", error_messages={"required": NOT_A_SHEET},
        help_text="Its first row names the columns: crime_type and weight.",
    )  # fmt: skip

    def clean_sheet(self) -> severity.Table:
        try:
            return severity.read(self.cleaned_data["sheet"], "The file")
        except NotWhatItSays as wrong:
            raise ValidationError(f"{wrong}.") from None

    @property
    def said(self) -> dict[str, Any]:
        about = {name: self.cleaned_data[name] for name in rules.SAID_OF_SEVERITY}
        return {"about": about, "table": self.cleaned_data["sheet"], "new_id": self.cleaned_data["new_id"]}
