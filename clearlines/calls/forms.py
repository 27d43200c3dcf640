"""Which file, which column is which, which words mean what, which days are covered."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.utils.html import format_html

from clearlines.calls import columns, reference
from clearlines.calls.columns import Columns
from clearlines.calls.models import Mapping, RuleList
from clearlines.calls.queries import Headings
from clearlines.calls.sheets import NotASheet
from clearlines.web import forms

MOST_BYTES = 15 * 1024 * 1024
TOO_BIG = "Choose a file of 15 MB or less. A larger one is loaded at the console: clearlines import control-room FILE."
NO_FILE = "Choose a file saved as CSV"


class FileField(forms.forms.FileField):
    """A file of rows. What is in it is looked at later; its size is looked at now."""

    widget = forms.forms.FileInput(attrs={"accept": ".csv,text/csv,text/plain", "class": "govuk-file-upload"})

    def to_python(self, data: Any) -> Any:
        if data in self.empty_values:
            return None
        if (data.size or 0) > MOST_BYTES:
            raise forms.forms.ValidationError(TOO_BIG)
        return data


class Bring(forms.MakingForm):
    sheet = FileField(label="The extract, saved as CSV", error_messages={"required": NO_FILE})
    mapping = forms.pick("How its columns are read", [], required=False)
    rule_list = forms.pick("Which logs police made themselves", [], required=False)

    marks_optional = False

    def __init__(self, *args: Any, mappings: list[Mapping], rule_lists: list[RuleList], **more: Any) -> None:
        super().__init__(*args, **more)
        self.rows = {"mapping": _by_key(mappings), "rule_list": _by_key(rule_lists)}
        first = {"mapping": "Say which column is which", "rule_list": "The words the product begins with (unverified)"}
        for name, rows in self.rows.items():
            self.fields[name].choices = [  # type: ignore[attr-defined]
                *((key, str(each)) for key, each in rows.items()), ("", first[name]),
            ]  # fmt: skip
            self.initial.setdefault(name, next(iter(rows), ""))

    def chosen(self, name: str) -> Any:
        return self.rows[name].get(self.cleaned_data[name])


def _by_key(rows: Iterable[Any]) -> dict[str, Any]:
    return {str(each.pk): each for each in rows}


class MapColumns(forms.Form):
    """One choice for each thing we read, with the guess already made."""

    def __init__(self, *args: Any, found: Headings, saved: Mapping | None, **more: Any) -> None:
        super().__init__(*args, **more)
        there = Columns.of(saved.columns) if saved else Columns(found.guessed, found.dates)
        names = [each.name for each in found.columns]
        self.fields["name"] = forms.line("A name to find this mapping by", longest=80)
        self.initial.setdefault("name", saved.name if saved else "")
        for key, ours in columns.FIELDS.items():
            offered = [("", "Not in this file"), *((each, each[:80]) for each in names)]
            self.fields[key] = forms.pick(ours.label, offered, required=ours.is_needed)
            self.initial.setdefault(key, there.headings.get(key, "") if there.headings.get(key) in names else "")
        written = [(key, each.example) for key, each in columns.DATES.items()]
        self.fields["dates"] = forms.one_of("How are dates written?", written)
        self.initial.setdefault("dates", there.dates)
        for name, field in self.fields.items():
            forms.speak_plainly(name, field)

    @property
    def columns(self) -> Columns:
        said = self.cleaned_data
        return Columns({key: said[key] for key in columns.FIELDS if said.get(key)}, said["dates"])


class Words(forms.Form):
    """A list of words for each rule and each kind of demand."""

    marks_optional = False

    def __init__(self, *args: Any, saved: RuleList | None, **more: Any) -> None:
        super().__init__(*args, **more)
        words = saved.words if saved else reference.words()
        self.fields["name"] = forms.line("A name to find this list by", longest=80)
        self.initial.setdefault("name", saved.name if saved else "")
        for key, label in reference.labels().items():
            self.fields[key] = forms.text(label, rows=4, required=False, max_length=5_000)
            self.initial.setdefault(key, "\n".join(words.get(key, [])))
        forms.speak_plainly("name", self.fields["name"])

    @property
    def words(self) -> dict[str, list[str]]:
        return {key: self.cleaned_data[key].splitlines() for key in reference.labels()}


class Days(forms.Form):
    """Which days the extract covers: a day without a call is a day of none, and a day outside is a day not known."""

    first_on = forms.day("First day it covers")
    last_on = forms.day("Last day it covers")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("first_on") and said.get("last_on") and said["first_on"] > said["last_on"]:
            self.add_error("last_on", "The last day it covers must not be before the first.")
        return said

    @property
    def days(self) -> tuple[date | None, date | None]:
        """None where nobody said, or what was said makes no sense: then from the first call to the last."""
        said = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return said.get("first_on"), said.get("last_on")

    def begin(self, first_on: date | None, last_on: date | None) -> None:
        self.initial = {"first_on": first_on, "last_on": last_on}


class Health(forms.Form):
    sheet = FileField(
        label="The counts, saved as CSV", error_messages={"required": NO_FILE},
        help_text=format_html("Columns: {}.", "area, month, measure, count; a withheld count says <5"),
    )  # fmt: skip
    source = forms.line("Who supplied them")
    licence = forms.line("On what terms", longest=120, help_text="The licence, or the agreement they came under.")

    @contextmanager
    def unreadable(self) -> Iterator[None]:
        """A file that cannot be read becomes a sentence beside it."""
        try:
            yield
        except NotASheet as wrong:
            self.add_error("sheet", f"{wrong}.")
