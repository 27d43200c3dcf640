"""Work out what a protocol promised to measure, once its months can be counted; and again, to see that it holds."""

import uuid

from clearlines.access.acts import action, already, made_by
from clearlines.access.markings import Marking
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import Refused, refuse_if
from clearlines.access.viewer import Viewer
from clearlines.evaluation import extracts, rules, working
from clearlines.evaluation.models import Protocol, Result
from clearlines.evaluation.versions import code_version
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind


@action(may=P.RUN_EVALUATIONS)
def work_out(*, by: Viewer, protocol: Protocol, seed: int | None = None, new_id: uuid.UUID | None = None) -> Result:
    """The result, kept with everything that is needed to find it again.

    Without a seed it is the protocol's own, so that nobody draws again until the answer suits.
    """
    if (made := _pressed_before(by, new_id)) is not None:
        return made
    return _kept(by, protocol, seed=_seed_of(protocol) if seed is None else seed, new_id=new_id)


@action(may=P.RUN_EVALUATIONS)
def work_out_again(*, by: Viewer, before: Result, new_id: uuid.UUID | None = None) -> Result:
    """The same protocol and seed on today's rows and code; `drift` of the new row says what is different."""
    if (made := _pressed_before(by, new_id)) is not None:
        return made
    first = before.repeats or before
    return _kept(by, first.protocol, seed=first.seed, new_id=new_id, repeats=first)


def _seed_of(protocol: Protocol) -> int:
    return protocol.pk.int % 2**31


def _pressed_before(by: Viewer, new_id: uuid.UUID | None) -> Result | None:
    made = already(Result.objects.all(), new_id, by=by)
    if made is not None:
        ledger.record("evaluation.worked_out_again_pressed", kind=Kind.OPERATION, by=by, about=[made])
    return made


def _kept(
    by: Viewer, protocol: Protocol, *, seed: int, new_id: uuid.UUID | None, repeats: Result | None = None
) -> Result:
    panels = extracts.panels(by, protocol)
    refuse_if(rules.reasons_not_to_work_out(protocol, loaded=panels.loaded))
    try:
        found = working.worked_out(panels, protocol, seed=seed)
    except ValueError as why:
        raise Refused([str(why)]) from why
    kept = Result.objects.create(
        **made_by(by, new_id), marking=Marking.OFFICIAL,
        protocol=protocol, found=found, extract_hash=panels.hash,
        code_version=code_version(), seed=seed, repeats=repeats,
    )  # fmt: skip
    ledger.record(
        "evaluation.worked_out",
        kind=Kind.OPERATION,
        by=by,
        about=[kept, protocol],
        note=f"seed {seed}, {kept.code_version}",
    )
    return kept
