"""Begin, ask, set the band."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField

from clearlines.screening.instruments import Item, Tool
from clearlines.screening.models import BANDS, Screening
from clearlines.screening.states import EVIDENCE_IN_WORDS, SAID_IN_WORDS, Evidence, Footing, Said
from clearlines.screening.suggest import Answered
from clearlines.web.forms import ChangingForm, MakingForm, one_of, text

SAID = [(each.value, SAID_IN_WORDS[each]) for each in Said]
EVIDENCE = [("", "Choose how you know"), *((each.value, EVIDENCE_IN_WORDS[each]) for each in Evidence)]


class Begin(MakingForm):
    understood = one_of("Did they understand it?", Screening.Understood.choices)
    consent = one_of("Do they want support?", Screening.Consent.choices,
                     help_text="Their answer. It is not the same as the lawful basis below.")  # fmt: skip
    basis = one_of("Why may we ask these questions?", Screening.Basis.choices, initial="legitimate_interests")
    tool = one_of("Which questions?", ())

    def __init__(self, *args: Any, tools: list[Tool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tool"].choices = [(tool.name, tool.title) for tool in tools]  # type: ignore[attr-defined]

    def footing(self, statement: str) -> Footing:
        said = self.cleaned_data
        return Footing(statement, said["consent"], said["basis"], said["understood"])


class Questions(ChangingForm):
    """A radio and a way of knowing for each question. Nothing is required: half a form can be saved."""

    marks_optional = False

    def __init__(self, *args: Any, tool: Tool, answers: dict[str, Answered], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tool = tool
        for item in tool.everything:
            given = answers.get(item.id, Answered(""))
            self.fields[item.id] = one_of(item.words, SAID, required=False, initial=given.said)
            if item in tool.items:
                self.fields[_how(item)] = forms.ChoiceField(
                    label="If yes, how do you know?", choices=EVIDENCE, required=False, initial=given.evidence
                )

    @property
    def answers(self) -> dict[str, Answered]:
        """What was answered; evidence is kept only for a yes."""
        said = self.cleaned_data
        return {
            item.id: Answered(said[item.id], said.get(_how(item), "") if said[item.id] == Said.YES else "")
            for item in self.tool.everything
            if said.get(item.id)
        }

    def groups(self) -> Iterator[tuple[str, list[tuple[BoundField, BoundField | None]]]]:
        """The questions by domain, in the tool's order, and what helps at the end."""
        for key, words in self.tool.domains.items():
            yield words, [(self[item.id], self[_how(item)]) for item in self.tool.items if item.domain == key]
        yield "What helps", [(self[item.id], None) for item in self.tool.protective]


class SetBand(ChangingForm):
    band = one_of("How soon should somebody go?", BANDS, help_text="You decide. The suggestion is not a decision.")
    reason = text("Why, if it is not the band suggested?", rows=3, max_length=500, required=False)


class Redo(MakingForm):
    why = text("What needs putting right?", rows=3, max_length=300)


def _how(item: Item) -> str:
    return f"{item.id}-how"
