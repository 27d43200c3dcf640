from clearlines.openings.rules import HOURS
from clearlines.openings.states import Verdict
from clearlines.web.forms import Form, MakingForm, one_of, text

IN_HOURS = [(str(hours), "1 hour" if hours == 1 else f"{hours} hours") for hours in HOURS]


class Open(MakingForm, Form):
    reason = text(
        "What has happened, and why can it not wait?", rows=4, max_length=2000,
        help_text="Somebody else reads this within a day and says whether it was right.",
    )  # fmt: skip
    hours = one_of("For how long?", IN_HOURS, initial="1")


class Judge(Form):
    verdict = one_of(
        "Was it right to open it?",
        [(Verdict.RIGHT, "Yes"), (Verdict.WRONG, "No: it closes now, and the information manager reads this")],
    )
    words = text("What should have happened instead?", rows=3, max_length=500, required=False)
