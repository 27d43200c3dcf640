"""A small spreadsheet that somebody sends with a form."""

from typing import Any

from django import forms

ONE_MEGABYTE = 1024 * 1024
NOT_A_SHEET = "Choose a spreadsheet saved as CSV (UTF-8)."
TOO_BIG = "Choose a file of 1 MB or less."


class SheetField(forms.FileField):
    """A small spreadsheet saved as CSV. Its cleaned value is its text; its name goes no further."""

    widget = forms.FileInput(attrs={"accept": ".csv,text/csv", "class": "govuk-file-upload"})

    def to_python(self, data: Any) -> Any:
        if data in self.empty_values:
            return None
        if (data.size or 0) > ONE_MEGABYTE:
            raise forms.ValidationError(TOO_BIG)
        try:
            words = data.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError(NOT_A_SHEET) from None
        if "\0" in words:
            raise forms.ValidationError(NOT_A_SHEET)
        return words
