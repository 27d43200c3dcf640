"""Which counts to show."""

from typing import Any

from clearlines.hotspots import counts, reference
from clearlines.hotspots.measures import CALLS
from clearlines.web import forms
from clearlines.web.months import called

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
