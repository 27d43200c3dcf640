"""Write down what will be measured, where, when, against what and how: once, and before it is."""

import uuid
from typing import Any

from clearlines.access.acts import action, already, made_by
from clearlines.access.markings import Marking
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import refuse_if
from clearlines.access.viewer import Viewer
from clearlines.analysis.impact import METHOD
from clearlines.evaluation import reckoning, rules
from clearlines.evaluation.models import Protocol
from clearlines.evaluation.promised import Draft
from clearlines.hotspots.models import HotspotSet
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind


@action(may=P.REGISTER_PROTOCOLS)
def register(
    *, by: Viewer, hot: HotspotSet, draft: Draft, replaces: Protocol | None = None, new_id: uuid.UUID | None = None
) -> Protocol:
    """The protocol stands as it was written, with what was known then; one that it replaces stands beside it."""
    if (made := already(Protocol.objects.all(), new_id, by=by)) is not None:
        ledger.record("evaluation.registered_again_pressed", kind=Kind.OPERATION, by=by, about=[made])
        return made
    known = reckoning.known(by, hot, draft)
    refuse_if(rules.reasons_not_to_register(draft, known))
    written = Protocol.objects.create(
        **made_by(by, new_id), marking=Marking.OFFICIAL,
        hotspots=hot, replaces=replaces, method=METHOD, **_as_kept(draft),
        power=known.power | {"baseline": known.baseline, "cautions": list(rules.cautions_of_protocol(draft, known))},
        seen_already=rules.seen_already(draft, known.loaded),
    )  # fmt: skip
    ledger.record(
        "evaluation.registered", kind=Kind.COLLECTION, by=by, about=[written], note=f"fingerprint {written.fingerprint}"
    )
    return written


def _as_kept(draft: Draft) -> dict[str, Any]:
    return {
        "name": draft.name, "question": draft.question,
        "measures": [each.as_json() for each in draft.measures],
        "before_first": draft.before.first, "before_last": draft.before.last,
        "after_first": draft.after.first, "after_last": draft.after.last,
        "controls": {"how": draft.how, "areas": list(draft.areas), "ring": list(draft.ring)},
        "level": draft.level, "smallest_effect": draft.smallest,
    }  # fmt: skip
