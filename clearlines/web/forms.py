"""Forms as GOV.UK would lay them out, that keep what was typed when an action refuses it."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting

from clearlines.access.refusals import Refused

# Long enough for any account of a visit; short enough that a pasted file is refused with a sentence.
LONGEST_TEXT = 20_000


class Renderer(TemplatesSetting):
    form_template_name = "web/form.html"
    field_template_name = "web/field.html"


def speak_plainly(name: str, field: forms.Field) -> None:
    """Put the field's own name into the sentences that the framework leaves bare."""
    label = str(field.label or name.replace("_", " ").capitalize())
    if str(field.error_messages.get("required")) == str(forms.Field.default_error_messages["required"]):
        field.error_messages["required"] = how_to_fill(label, field)
    if getattr(field, "max_length", None):
        escaped = label.replace("%", "%%")
        field.error_messages.setdefault(
            "max_length", f"Shorten “{escaped}” to %(limit_value)s characters or fewer. It has %(show_value)s now."
        )


def how_to_fill(label: str, field: forms.Field) -> str:
    if label.endswith("?"):
        return f"Answer “{label}”"
    if isinstance(field, forms.BooleanField):
        return f"Tick “{label}”"
    # NHS number keeps its capitals; "Full name" becomes "Enter full name".
    begun = label if label[1:2].isupper() else f"{label[:1].lower()}{label[1:]}"
    return f"{'Choose' if isinstance(field, forms.ChoiceField | forms.FileField) else 'Enter'} {begun}"


class Form(forms.Form):
    """A form whose refusals land on it as errors, and whose errors say what to do."""

    use_required_attribute = False
    # Whether a field that may be left empty says "(optional)".
    marks_optional = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            speak_plainly(name, field)

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Whatever an action refuses inside becomes a sentence at the top of the form; what was typed stays."""
        try:
            yield
        except Refused as refused:
            for reason in refused.reasons:
                self.add_error(None, f"{reason[0].upper()}{reason[1:]}.")


class Filters(Form):
    """The row of choices above a list. Leaving one empty means all, so none says "(optional)"."""

    marks_optional = False


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


def folded(label: str, choices: Any, **more: Any) -> forms.MultipleChoiceField:
    """Tick boxes that few people need, behind a word that opens them."""
    return any_of(label, choices, required=False, template_name="web/folded_field.html", **more)


def pick(label: str, choices: Any, **more: Any) -> forms.ChoiceField:
    """A drop-down, for lists too long for radio buttons."""
    return forms.ChoiceField(label=label, choices=choices, **more)


def tick(label: str, **more: Any) -> forms.BooleanField:
    """One box to tick."""
    more.setdefault("required", False)
    return forms.BooleanField(label=label, **more)


def clock(label: str, **more: Any) -> forms.TimeField:
    """A time by the 24-hour clock; 14:02, 14.02 and 1402 are all understood."""
    more.setdefault("error_messages", {"invalid": "Enter a time by the 24-hour clock, such as 14:02."})
    narrow = forms.TextInput(attrs={"class": "govuk-input--width-5", "autocomplete": "off"})
    return forms.TimeField(label=label, input_formats=["%H:%M", "%H.%M", "%H%M"], widget=narrow, **more)


class DayInput(forms.SelectDateWidget):
    """Day, month and year as three boxes; the browser's own picker is unkind to birthdays and to keyboards."""

    template_name = "web/widgets/day.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = forms.Widget.get_context(self, name, value, attrs)
        parts = self.format_value(value)
        context["widget"]["wrong"] = context["widget"]["attrs"].pop("aria-invalid", None)
        context["widget"]["parts"] = [
            {"name": f"{name}_{part}", "label": part.capitalize(), "value": parts.get(part), "wide": part == "year"}
            for part in ("day", "month", "year")
        ]
        return context

    def format_value(self, value: Any) -> dict[str, Any]:
        """The three boxes as they were typed, sense or nonsense."""
        if isinstance(value, date):
            return {"year": value.year, "month": value.month, "day": value.day}
        year, month, day, *_ = [*str(value or "").split("-", 2), "", "", ""]
        return {"year": year, "month": month, "day": day}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        parts = [(data.get(f"{name}_{part}") or "").strip() for part in ("year", "month", "day")]
        return "-".join(parts) if any(parts) else data.get(name) or None


def day(label: str, **more: Any) -> forms.DateField:
    more.setdefault("error_messages", {"invalid": "Enter a real date, such as 27 3 2023."})
    return forms.DateField(label=label, widget=DayInput(), input_formats=["%Y-%m-%d"], **more)
