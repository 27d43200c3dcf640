"""Forms as GOV.UK would lay them out, that keep what was typed when an action refuses it."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting

from clearlines.access.refusals import Refused

# Long enough for any account of a visit; short enough that a pasted file is refused with a sentence.
LONGEST_TEXT = 20_000


class Renderer(TemplatesSetting):
    form_template_name = "web/form.html"
    field_template_name = "web/field.html"


class Form(forms.Form):
    """A form whose refusals land on it as errors."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Whatever an action refuses inside becomes a sentence at the top of the form; what was typed stays."""
        try:
            yield
        except Refused as refused:
            for reason in refused.reasons:
                self.add_error(None, f"{reason[0].upper()}{reason[1:]}.")


class MakingForm(Form):
    """A form that makes a row. The row's key is in the page, so that pressing twice makes one."""

    new_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class ChangingForm(Form):
    """A form that changes a row. It carries the version it was opened on, so that nobody overwrites unseen."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


def text(label: str, *, rows: int = 5, **more: Any) -> forms.CharField:
    """A box for words. Emoji, accents and right-to-left text are ordinary; only length is limited."""
    more.setdefault("max_length", LONGEST_TEXT)
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **more)


def line(label: str, *, longest: int = 200, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, **more)


def one_of(label: str, choices: Any, **more: Any) -> forms.ChoiceField:
    """Radio buttons."""
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **more)


def any_of(label: str, choices: Any, **more: Any) -> forms.MultipleChoiceField:
    """Tick boxes."""
    return forms.MultipleChoiceField(label=label, choices=choices, widget=forms.CheckboxSelectMultiple, **more)


def pick(label: str, choices: Any, **more: Any) -> forms.ChoiceField:
    """A drop-down, for lists too long for radio buttons."""
    return forms.ChoiceField(label=label, choices=choices, **more)


class DayInput(forms.SelectDateWidget):
    """Day, month and year as three boxes; the browser's own picker is unkind to birthdays and to keyboards."""

    template_name = "web/widgets/day.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = forms.Widget.get_context(self, name, value, attrs)
        parts = self.format_value(value) or {}
        context["widget"]["parts"] = [
            {"name": f"{name}_{part}", "label": part.capitalize(), "value": parts.get(part), "wide": part == "year"}
            for part in ("day", "month", "year")
        ]
        return context


def day(label: str, **more: Any) -> forms.DateField:
    more.setdefault("error_messages", {"invalid": "Enter a real date, such as 27 3 2023."})
    return forms.DateField(label=label, widget=DayInput(), input_formats=["%Y-%m-%d"], **more)
