"""Write a protocol: what is counted, where, when, against what, and the smallest fall that would be worth the work."""

from typing import Any

from django import forms as django

from clearlines.access.viewer import Viewer
from clearlines.evaluation import queries
from clearlines.evaluation.forms import month
from clearlines.evaluation.promised import ALIKE, NAMED, Draft
from clearlines.evaluation.questions import Window
from clearlines.hotspots import queries as hotspots
from clearlines.hotspots.measures import Measure
from clearlines.hotspots.models import HotspotSet
from clearlines.web import forms

TOUCHING, NO_RING = "touching", "none"
COMPARED = {ALIKE: "Areas that were as hot in the same months, chosen in the same way", NAMED: "Areas that I name"}
RINGS = {TOUCHING: "The areas that touch those of the set", NAMED: "Areas that I name", NO_RING: "None"}


def _per_cent(label: str, **more: Any) -> django.IntegerField:
    narrow = django.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric", "autocomplete": "off"})
    said = {"invalid": f"“{label}” must be a whole number, such as 20."}
    return django.IntegerField(label=label, min_value=1, max_value=95, widget=narrow, error_messages=said, **more)


class ProtocolForm(forms.MakingForm):
    name = forms.line("What is this protocol called?", help_text="Such as: Visits in Barrow, first winter")
    question = forms.text(
        "What do you want to find out?",
        rows=3,
        max_length=500,
        help_text="In a sentence that somebody who was not there would understand.",
    )
    basket = forms.pick("Main outcome: what is counted", [])
    types = forms.folded("Count only some types", [], help_text="Tick none to count all of them together.")
    others = forms.folded("Other outcomes, each shown beside the main one", [])
    before_first = month(
        "Before: first month", help_text="After the months the set was chosen on. Such as October 2021"
    )
    before_last = month("Before: last month")
    after_first = month("After: first month", help_text="Best the same months of a later year")
    after_last = month("After: last month")
    how = forms.one_of("Compared with", list(COMPARED.items()), initial=ALIKE)
    areas = forms.text("Areas to compare with: a name or code on each line", rows=3, required=False)
    ring_how = forms.one_of("Ring, where incidents might have moved to", list(RINGS.items()))
    ring = forms.text("Areas in the ring: a name or code on each line", rows=3, required=False)
    level = forms.pick("How sure must it be?", [("0.9", "90 %"), ("0.95", "95 %"), ("0.99", "99 %")], initial="0.95")
    smallest = _per_cent("Smallest fall that would be worth the work, in per cent", initial=20)

    def __init__(self, *args: Any, viewer: Viewer, hot: HotspotSet, **more: Any) -> None:
        super().__init__(*args, **more)
        self.viewer, self.hot = viewer, hot
        self.touching = hotspots.touching(viewer, kind=hot.kind, codes=hot.codes)
        self.fields["ring_how"].initial = TOUCHING if self.touching else NO_RING
        self.baskets = baskets = hotspots.outcomes(viewer)
        each_type = [(Measure(key, (each,)).key, each) for key, basket in baskets.items() for each in basket.types]
        choices = {
            "basket": [(key, each.title) for key, each in baskets.items()],
            "types": [(name, name) for _, name in each_type],
            "others": [*((Measure(key).key, each.title) for key, each in baskets.items()), *each_type],
        }
        for name, offers in choices.items():
            self.fields[name].choices = offers  # type: ignore[attr-defined]

    @property
    def shown_apart(self) -> list[str]:
        """What is counted and is never success."""
        return hotspots.never_outcomes()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if strange := [each for each in said.get("types", []) if not self._is_of(said.get("basket"), each)]:
            self.add_error("types", f"{strange[0]} is not a type of the main outcome. Untick it, or choose another.")
        said["compared"] = self._codes("areas") if said.get("how") == NAMED else []
        said["around"] = self._codes("ring") if said.get("ring_how") == NAMED else []
        if said.get("ring_how") == TOUCHING:
            said["around"] = [code for code, _ in self.touching if code not in said["compared"]]
        return said

    def _is_of(self, basket: str | None, of_type: str) -> bool:
        return basket is None or of_type in self.baskets[basket].types

    def _codes(self, name: str) -> list[str]:
        names = [each.strip() for each in (self.cleaned_data.get(name) or "").splitlines() if each.strip()]
        codes, unknown = queries.codes_named(self.viewer, self.hot.kind, names)
        if unknown:
            self.add_error(name, f"No loaded record is in: {', '.join(unknown[:5])}. Check the spelling.")
        return list(dict.fromkeys(codes))

    def draft(self) -> Draft:
        said = self.cleaned_data
        main = Measure(said["basket"], tuple(said["types"]))
        by_key = {Measure(key).key: Measure(key) for key in self.baskets}
        by_key |= {
            Measure(key, (each,)).key: Measure(key, (each,))
            for key, basket in self.baskets.items()
            for each in basket.types
        }
        return Draft(
            name=said["name"],
            question=said["question"],
            measures=(main, *(by_key[each] for each in said["others"])),
            before=Window(said["before_first"], said["before_last"]),
            after=Window(said["after_first"], said["after_last"]),
            how=said["how"],
            areas=tuple(said["compared"]),
            ring=tuple(said["around"]),
            level=float(said["level"]),
            smallest=said["smallest"] / 100,
        )
