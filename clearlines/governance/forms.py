"""Which record or search an information manager asks about, a supervisor's answer, and one's own street."""

import re
import uuid
from typing import Any

from django import forms

from clearlines.governance.models import OddLook, SampledLook
from clearlines.governance.states import Answer
from clearlines.web.forms import Filters, Form, line, one_of, pick, text

A_KEY = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
A_NAME = re.compile(r"([a-z]+\.[A-Za-z]+):$")
DAYS = [("30", "The last 30 days"), ("90", "The last 90 days"), ("365", "The last year"), ("all", "Since it began")]


class WhichRecord(Form):
    name = line(
        "Which record?",
        longest=500,
        help_text="Open the record, or ask whoever can, and copy the address of its page here.",
    )
    noun = ""
    key: uuid.UUID

    def clean_name(self) -> str:
        """An address, a name as the ledger writes it, or the bare key: whatever holds a key will do."""
        said = self.cleaned_data["name"].strip()
        found = A_KEY.search(said)
        if not found:
            raise forms.ValidationError(
                "Copy the address of the record’s page. It holds a long key, such as "
                "0b5c1f9e-7a52-4c1e-9d2b-4f6f0c1a7e33."
            )
        self.key = uuid.UUID(found[0])
        named = A_NAME.search(said[: found.start()])
        self.noun = named[1] if named else ""
        return said


class Since(Filters):
    days = pick("From when?", DAYS, initial="90", required=False)


class WhichWords(Form):
    words = line(
        "What was searched for?",
        longest=100,
        help_text="Whole words: a name as it would be typed, in any order. What is searched for is not kept in words, "
        "so only somebody who knows the name can ask.",
    )


class SignOff(Form):
    answer = one_of("Was this look part of their work?", SampledLook.ANSWERS[1:])
    reason = text(
        "Why do you say so?", rows=3, max_length=300, required=False,
        help_text="Needed unless you answer yes. It is read by your information manager.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("answer") not in (None, Answer.PART) and not said.get("reason", "").strip():
            self.add_error("reason", "Say why, in a few words: whoever reads this next was not there.")
        return said


class Settle(Form):
    outcome = one_of("What did you find?", OddLook.OUTCOMES)
    found = text("In a few words", rows=3, max_length=300)


class Street(Form):
    words = line(
        "Number and street", longest=200, help_text="Such as 12 Duke Street. A house with only a name will do."
    )
    town = line("Town or village", longest=80)
    postcode = line("Postcode", longest=10, required=False)
