"""What is typed to begin, count, put back, withdraw or replace a return."""

from datetime import date
from typing import Any

from clearlines.web.forms import ChangingForm, Form, MakingForm, day, line, pick, text


class BeginForm(MakingForm):
    quarter = pick("Which quarter?", [], help_text="Only quarters that are over can be counted.")
    as_known = day(
        "As known on",
        help_text="What was recorded after this day is left out, so that the same numbers can be counted again later.",
    )

    def __init__(self, *args: Any, quarters: list[tuple[date, date]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.quarters = {f"{last}": (first, last) for first, last in quarters}
        self.fields["quarter"].choices = [  # type: ignore[attr-defined]
            (key, f"{first:%-d %B} to {last:%-d %B %Y}") for key, (first, last) in self.quarters.items()
        ]

    @property
    def dates(self) -> tuple[date, date]:
        return self.quarters[self.cleaned_data["quarter"]]


class CountForm(Form):
    words = text(
        "What should a reader know beside the numbers?",
        required=False,
        max_length=2000,
        help_text="For example: a worker was away for a month. Name nobody.",
    )


class StoryForm(MakingForm):
    words = text(
        "What they agreed may be told",
        rows=8,
        max_length=1500,
        help_text="In their own words where you can. No name, street, school or anything else that says who it is.",
    )
    agreed_on = day("When did they agree?")
    agreed_how = line(
        "How did they agree, and to what?",
        longest=300,
        help_text="For example: read it on paper, agreed to this return.",
    )


class WhyForm(ChangingForm):
    why = text("Why?", rows=3, max_length=500)


class SeenForm(ChangingForm):
    """A button that changes a return. It carries the version the page was opened on."""


class ReissueForm(MakingForm):
    why = text("What was wrong?", rows=3, max_length=500, help_text="The commissioner reads this beside both returns.")
    as_known = day("As known on", help_text="Usually today.")


class NoteForm(Form):
    why = text(
        "What was learned?",
        rows=3,
        max_length=500,
        required=False,
        help_text="The commissioner reads it. Name no line and nobody.",
    )
