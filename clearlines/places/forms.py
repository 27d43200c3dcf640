"""A place as somebody knows it: an address, a caravan, or where a person can usually be found."""

from typing import Any

from django import forms

from clearlines.places.models import Place
from clearlines.web.forms import ChangingForm, Filters, Form, MakingForm, line, one_of, tick

NARROW = {"class": "govuk-input--width-10"}


class Find(Filters):
    q = line("Street, town or postcode", required=False)


class PlaceForm(Form):
    kind = one_of("What kind of place is it?", Place.Kind.choices, initial=Place.Kind.HOME)
    words = line("Number and street", help_text="If it has no address, say where it is: ‘bus shelter, Duke Street’.")
    flat = line("Flat, room or pitch", longest=60, required=False)
    town = line("Town or village", longest=80)
    postcode = line("Postcode", longest=10, required=False)
    warning = line(
        "What should somebody know before going there?", required=False,
        help_text="A dog, a steep track, who might be there. Only your own organisation sees this.",
    )  # fmt: skip
    never_alone = tick("Nobody goes there alone")
    latitude = forms.FloatField(
        label="Latitude", required=False, min_value=-90, max_value=90, widget=forms.TextInput(attrs=NARROW),
        help_text="For a place with no postcode, if you have it.",
    )  # fmt: skip
    longitude = forms.FloatField(
        label="Longitude", required=False, min_value=-180, max_value=180, widget=forms.TextInput(attrs=NARROW)
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["postcode"].widget.attrs.update(NARROW)

    @property
    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in PlaceForm.base_fields}


class Add(MakingForm, PlaceForm):
    pass


class Correct(ChangingForm, PlaceForm):
    @classmethod
    def of(cls, data: Any, place: Place) -> "Correct":
        now = {name: getattr(place, name) for name in PlaceForm.base_fields}
        return cls(data, initial=now | {"seen": place.version})
