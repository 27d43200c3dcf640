"""Which record an information manager is asked about."""

import re
import uuid

from django import forms

from clearlines.web.forms import Form, line

ADDRESS = re.compile(r"(?P<noun>[a-z]+\.[A-Za-z]+):(?P<key>[0-9a-f-]{36})")


class WhichRecord(Form):
    name = line(
        "Who looked at which record?",
        longest=120,
        help_text="The record's name as its 'Why can I see this?' page gives it, such as people.Person:0b5c…",
    )

    def clean_name(self) -> str:
        said = self.cleaned_data["name"].strip()
        found = ADDRESS.fullmatch(said)
        if not found:
            raise forms.ValidationError("Copy the record's name from its 'Why can I see this?' page.")
        self.record = (found["noun"], uuid.UUID(found["key"]))
        return said
