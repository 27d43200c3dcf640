"""Telling one's street, putting looks to supervisors, marking odd ones, settling them, and reporting who looked."""

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from clearlines.access.acts import action, locked
from clearlines.access.models import Account, Organisation
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import refuse_if
from clearlines.access.viewer import Viewer
from clearlines.governance import rules
from clearlines.governance.models import OddLook, OwnStreet, SampledLook
from clearlines.governance.states import Answer, Odd
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.ledger.models import Entry

# How far the ledger's looks have been gone through is itself in the ledger, under this name.
WATCHED = "governance.watched"


@action(may=P.SAY_OWN_STREET)
def say_street(*, by: Viewer, words: str, town: str, postcode: str) -> OwnStreet:
    """Where somebody lives, kept so that a look at a neighbour is noticed. The ledger says that they said, not what."""
    assert by.account and by.organisation
    made = {"owner": by.organisation, "created_at": by.now, "created_by": by.account}
    said = {"words": words, "town": town, "postcode": postcode}
    street, _ = OwnStreet.objects.update_or_create(account=by.account, defaults=said, create_defaults=made | said)
    ledger.record("governance.street_said", kind=Kind.COLLECTION, by=by, about=[street])
    return street


@action(may=P.SAY_OWN_STREET)
def forget_street(*, by: Viewer) -> None:
    OwnStreet.objects.filter(account=by.account).delete()
    ledger.record("governance.street_forgotten", kind=Kind.ERASURE, by=by)


@dataclass(frozen=True)
class Drawn:
    """A look drawn by lot, whose it was, and who is asked about it."""

    entry: Entry
    account: Account
    supervisor: Account


@action(may=P.RUN_SYSTEM)
def put_to_supervisors(
    *, by: Viewer, organisation: Organisation, week: date, drawn: Iterable[Drawn], nobody_to_ask: int
) -> int:
    rows = [
        SampledLook(
            owner=organisation, created_at=by.now, week=week, account=each.account, supervisor=each.supervisor,
            entry=each.entry,
        )
        for each in drawn
    ]  # fmt: skip
    SampledLook.objects.bulk_create(rows)
    ledger.record(
        "governance.looks_drawn", kind=Kind.OPERATION, by=by, about=[rules.name_of_draw(organisation.pk, week), *rows],
        note=f"{len(rows)} put to supervisors; {nobody_to_ask} with nobody to ask",
    )  # fmt: skip
    return len(rows)


@action(may=P.SIGN_OFF_LOOKS)
def answer(*, by: Viewer, sampled: SampledLook, answer: str, reason: str = "") -> SampledLook:
    """The supervisor's answer, with their reason. A no is put before the information manager."""
    assert by.account
    held = locked(SampledLook.objects.all(), sampled)
    refuse_if(
        rules.reasons_not_to_answer(
            held, by=by.account.pk, supervisor=held.supervisor_id, answer=answer, reason=reason
        )
    )  # fmt: skip
    held.answer, held.reason, held.answered_at = Answer(answer), reason.strip(), by.now
    held.version += 1
    held.save()
    if held.answer == Answer.NOT_PART:
        OddLook.objects.create(
            owner=held.owner, created_at=by.now, created_by=by.account, why=Odd.NOT_PART, account=held.account,
            entry=held.entry, words=held.reason,
        )  # fmt: skip
    ledger.record("governance.look_answered", kind=Kind.ALTERATION, by=by, about=[held])
    return held


@action(may=P.RUN_SYSTEM)
def mark_odd(*, by: Viewer, odd: Iterable[OddLook], upto: int) -> int:
    """Keep those looks that stand out, each once, and say how far the ledger has been gone through."""
    rows = list(odd)
    for row in rows:
        row.created_at = by.now
    OddLook.objects.bulk_create(rows, ignore_conflicts=True)
    ledger.record(WATCHED, kind=Kind.OPERATION, by=by, about=[WATCHED], note=str(upto))
    return len(rows)


@action(may=P.READ_LEDGER)
def settle(*, by: Viewer, odd: OddLook, outcome: str, found: str) -> OddLook:
    assert by.account
    held = locked(OddLook.objects.all(), odd)
    refuse_if(
        rules.reasons_not_to_settle(by=by.account.pk, account=held.account_id, is_settled=bool(held.outcome))
    )  # fmt: skip
    held.outcome, held.found, held.settled_at, held.settled_by = outcome, found.strip(), by.now, by.account
    held.version += 1
    held.save()
    ledger.record("governance.odd_look_settled", kind=Kind.ALTERATION, by=by, about=[held])
    return held


@action(may=P.READ_LEDGER)
def take_report(*, by: Viewer, noun: str, key: uuid.UUID, body: str) -> str:
    """The report's SHA-256, now in the ledger: whoever is handed the file can check that it is the one made."""
    digest = hashlib.sha256(body.encode()).hexdigest()
    ledger.record(REPORTED, kind=Kind.DISCLOSURE, by=by, about=[f"{noun}:{key}"], note=f"SHA-256 {digest}")
    return digest


REPORTED = "governance.looks_reported"
