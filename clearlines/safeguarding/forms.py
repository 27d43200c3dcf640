"""What is asked when signs are noted, and at each step. Each page asks only what its step rests on."""

from datetime import date
from typing import Any

from clearlines.safeguarding.states import SUBMITTED, Path, State
from clearlines.web.forms import ChangingForm, MakingForm, day, line, one_of, text, tick

WHO = {
    State.FIRST_RESPONDER_CONTACTED: "Who was asked? The organisation, and the person by name",
    State.CONSENT_DISCUSSED: "Who talked it through with them?",
}
HINTS = {
    State.CONSENT_DISCUSSED: "Whether there was an interpreter, and what they were given to read or keep.",
    State.CONSENT_REFUSED: "Only if they chose to say. Their support goes on whatever they answer.",
    State.DTN_SUBMITTED: "Write nothing here that says who they are.",
}


class Begin(MakingForm):
    noted_on = day("On which day were the signs noted?")
    words = text("Which signs, and who noted them?", rows=5, max_length=4000)
    flagged_county_lines = tick("A county line is part of it")

    def __init__(self, *args: Any, decided: Path | None, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"noted_on": today}, **kwargs)
        self.decided = decided
        if decided is None:
            self.fields["path"] = one_of(
                "Is this person a child?",
                [(Path.CHILD.value, "Under 18, or may be: they are always referred"),
                 (Path.ADULT.value, "18 or over: they are referred only if they agree")],
                help_text="Their age is not known well enough to say. Whoever may be a child is treated as one.",
                error_messages={"required": "Say whether this person may be under 18."},
            )  # fmt: skip

    @property
    def said(self) -> dict[str, Any]:
        return {"path": self.decided} | self.cleaned_data


class Move(ChangingForm):
    on = day("On which day?")
    who = line("Who?", longest=200, required=False)
    reference = line("The Home Office’s reference", longest=40)
    words = text("Anything else that whoever reads this must know", rows=4, max_length=4000, required=False)

    def __init__(self, *args: Any, to: State, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if to in WHO:
            self.fields["who"].label, self.fields["who"].required = WHO[to], True
            self.fields["who"].error_messages["required"] = "Say who it was."
        else:
            del self.fields["who"]
        if to not in SUBMITTED:
            del self.fields["reference"]
        if to == State.WITHDRAWN:
            self.fields["words"].label, self.fields["words"].required = "Why is it withdrawn?", True
            self.fields["words"].error_messages["required"] = "Say why it is withdrawn."
        self.fields["words"].help_text = HINTS.get(to, "")


class RaiseS45(ChangingForm):
    on = day("On which day was it raised?")


class ChangePath(ChangingForm):
    reason = text("Why?", rows=3, max_length=1000, help_text="The decision is yours. A birthday decides nothing.")
