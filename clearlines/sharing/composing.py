"""Which headings, which basis and which form, for one telling that somebody is writing."""

from dataclasses import dataclass
from typing import Any

from clearlines.access.agreements import Agreement
from clearlines.access.models import Organisation
from clearlines.access.permissions import Permission as P
from clearlines.access.viewer import Viewer
from clearlines.people.models import Person
from clearlines.sharing import actions, forms, queries, rules
from clearlines.sharing.models import Disclosure, Proposal
from clearlines.sharing.queries.covering import reasons_not_to_tell, reasons_not_to_tell_once

UNDER, ONCE, AT_ONCE = "agreement", "one-off", "emergency"


@dataclass(frozen=True)
class Draft:
    """Somebody writes to `to`, under the paper that is live (`how` is UNDER), or by decision, or in an emergency."""

    viewer: Viewer
    to: Organisation
    how: str
    paper: Agreement | None
    person: Person | None = None

    @classmethod
    def of(cls, viewer: Viewer, to: Organisation, *, how: str, person: Person | None) -> "Draft":
        paper = next(iter(queries.papers(viewer, to)), None)
        return cls(viewer, to, how if how in (UNDER, ONCE, AT_ONCE) else UNDER if paper else ONCE, paper, person)

    @property
    def is_live(self) -> bool:
        return bool(self.paper and self.paper.is_live(self.viewer.today))

    @property
    def must_ask(self) -> bool:
        """What no agreement covers, and is no emergency, waits for somebody who may decide."""
        return self.how == ONCE and not self.viewer.may(P.DECIDE_DISCLOSURES)

    def form(self, data: Any) -> forms.Telling:
        start = forms.begin_with(self.person, self.viewer.today)
        if self.how == UNDER:
            return forms.telling_form(self.paper.fields if self.paper else ())(data, initial=start)
        gateways = forms.gateways_for(self.viewer, self.to)
        asked = forms.telling_form(tuple(rules.FIELDS), gateways=gateways, risk=self.how == AT_ONCE)
        return asked(data, initial=start)

    def reasons_not_to(self, form: forms.Telling) -> list[str]:
        words, said = form.words(self.to, self.person), form.cleaned_data
        if self.how == UNDER:
            return reasons_not_to_tell(self.viewer, words, agreement=self.paper.key if self.paper else "")
        found = reasons_not_to_tell_once(self.viewer, words, gateway=said["gateway"], reason=said["reason"])
        return found if self.how == ONCE else [*found, *rules.reasons_not_to_call_it_an_emergency(risk=said["risk"])]

    def send(self, form: forms.Telling) -> Disclosure | Proposal:
        words, said = form.words(self.to, self.person), form.cleaned_data
        whole: dict[str, Any] = {"by": self.viewer, "words": words, "new_id": said["new_id"]}
        if self.how == UNDER:
            return actions.tell(agreement=self.paper.key if self.paper else "", **whole)
        lets = {"gateway": said["gateway"], "reason": said["reason"]}
        if self.how == AT_ONCE:
            return actions.tell_in_an_emergency(risk=said["risk"], **lets, **whole)
        return actions.propose(**lets, **whole) if self.must_ask else actions.tell_once(**lets, **whole)


def lines(told: list[dict[str, str]]) -> list[dict[str, str]]:
    """As the other side reads it: heading, words, and how it is known."""
    return [
        {
            "label": rules.FIELDS[each["field"]],
            "words": each["words"],
            "said_as": "" if each["field"] in forms.PLAIN else rules.SAID_AS[each["said_as"]],
        }
        for each in told
    ]
