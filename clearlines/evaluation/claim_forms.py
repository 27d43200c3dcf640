"""Type a claim; see what was understood and mend it; give counts, areas or a kept result to hold it against."""

from typing import Any
from urllib.parse import urlencode

from django import forms as django
from django.core.exceptions import ValidationError
from django.http import QueryDict

from clearlines.access.permissions import Permission as P
from clearlines.access.scope import the_one
from clearlines.access.viewer import Viewer
from clearlines.evaluation import checks, claims, queries
from clearlines.evaluation.claims import FALL, LONGEST, RISE, Claim
from clearlines.evaluation.forms import QuestionForm
from clearlines.evaluation.questions import KEPT, LOADED, TYPED, Question
from clearlines.web import forms

DIRECTIONS = [(FALL, "Fewer"), (RISE, "More")]
SAID_OF = {
    TYPED: "You will type the counts.",
    LOADED: "Counts are taken from the incidents that are loaded.",
    KEPT: "It is held against a result that was kept.",
}
OFFERED = {
    TYPED: "type the counts",
    LOADED: "count the incidents that are loaded",
    KEPT: "hold it against a kept result",
}
# What a claim's own question is asked in, in the order of the page.
CLAIMED = ("say", "direction", "size", "what", "where")
COUNTED = (
    "treated_before", "treated_after", "control_before", "control_after", "kind", "treated_areas", "control_areas",
    "before_first", "before_last", "after_first", "after_last", "outcome", "level", "chosen_how",
)  # fmt: skip


class SayForm(forms.Form):
    """One box, sent by GET: nothing is kept and nothing is decided."""

    say = forms.line("What do you want to say?", longest=LONGEST, help_text="Such as: 50 % fewer incidents in Hindpool")
    source = django.CharField(required=False, widget=django.HiddenInput)
    result = django.CharField(required=False, widget=django.HiddenInput)


class ClaimForm(QuestionForm):
    """The claim as it was understood, and what it is held against."""

    source = django.ChoiceField(choices=[(each, "") for each in (TYPED, LOADED, KEPT)], widget=django.HiddenInput)
    say = forms.line("The claim", longest=LONGEST)
    direction = forms.one_of("Which way?", DIRECTIONS)
    size = forms.line("By how much?", longest=40, help_text="A percentage such as 50 %, or a number such as 12")
    what = forms.line("Of what?", longest=80, required=False, help_text="Such as: incidents, burglaries, calls")
    where = forms.line("Where?", longest=80, required=False)

    def __init__(self, *args: Any, viewer: Viewer, **more: Any) -> None:
        super().__init__(*args, viewer=viewer, **more)
        if self.asks_for == KEPT:
            results = [(each.pk, f"{each}, {each.verdict}") for each in queries.first_results(viewer)]
            self.fields["result"] = forms.pick("Which kept result?", results)
        self._speak_of_claims()
        self.order_fields((*CLAIMED, *COUNTED))

    @staticmethod
    def sources(viewer: Viewer) -> tuple[str, ...]:
        """Whoever may keep an answer may count rows for it; others type counts, and nothing is kept."""
        return (TYPED, LOADED, KEPT) if viewer.may(P.RUN_EVALUATIONS) else (TYPED,)

    @property
    def others(self) -> list[tuple[str, str]]:
        """Where else the counts may come from: (address, words)."""
        said = self.data.get("say") or self.initial.get("say") or ""
        offered = [(each, OFFERED[each]) for each in self.sources(self.viewer) if each != self.asks_for]
        return [(f"?{urlencode({'say': said, 'source': each})}", words) for each, words in offered]

    @property
    def said_of_source(self) -> str:
        return SAID_OF[self.asks_for]

    @property
    def reads_of_police(self) -> bool:
        return claims.is_of_police(self.data.get("say") or self.initial.get("say") or "")

    def is_of_another(self, name: str) -> bool:
        if self.asks_for == KEPT:
            return name not in (*CLAIMED, "new_id", "source")
        # A ring is for a comparison that is kept; a claim is held against the area itself.
        return name == "name" or name.startswith("disp_") or super().is_of_another(name)

    def _speak_of_claims(self) -> None:
        helps = {
            "chosen_how": "Such as: the ward with most burglaries. Leave empty if nobody knows.",
            "control_before": "A like area that had none of the work. Without one, little can be said.",
            "control_after": "",
            "control_areas": "Like areas that had none of the work. Without any, little can be said.",
        }
        for name, words in helps.items():
            if name in self.fields:
                self.fields[name].required = False
                self.fields[name].help_text = words

    def clean_size(self) -> str:
        said: str = self.cleaned_data["size"]
        if claims.read_size(said) == (None, None):
            raise ValidationError("Say by how much, such as 50 % or 12.")
        return said

    def claim(self) -> Claim:
        """As it was mended; what is read from the words alone stays as it was read."""
        said = self.cleaned_data
        fraction, number = claims.read_size(said["size"])
        read = claims.read(said["say"])
        return Claim(
            words=read.words,
            direction=said["direction"],
            fraction=fraction,
            number=number,
            what=said["what"],
            where=said["where"],
            is_causal=read.is_causal,
            is_of_police=read.is_of_police or claims.is_of_police(said["what"]),
            is_up_to=read.is_up_to,
        )

    def question(self) -> Question:
        if self.asks_for == KEPT:
            result = the_one(queries.results(self.viewer), self.cleaned_data["result"])
            return checks.question_of(result, self.claim())
        self.cleaned_data["name"] = checks.named(self.claim())
        self.cleaned_data["chosen_how"] = self.cleaned_data["chosen_how"] or "Nobody said"
        return super().question()


def understood(said: QueryDict) -> dict[str, Any]:
    """What a page that was asked about a claim begins its form with."""
    claim = claims.read(said.get("say", ""))
    return {"say": claim.words, "direction": claim.direction, "size": claim.size, "what": claim.what,
            "where": claim.where, "source": said.get("source", ""), "result": said.get("result", "")}  # fmt: skip
