"""Tell another organisation, ask whether it may be told, and take it back."""

import uuid

from clearlines.access.acts import action, already, locked
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import refuse_if
from clearlines.access.viewer import Viewer
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.sharing import queries, rules
from clearlines.sharing.ends import notify, record_both
from clearlines.sharing.models import Disclosure, EmergencyReview, Notice, Proposal
from clearlines.sharing.protocol import protocol
from clearlines.sharing.queries.covering import reasons_not_to_tell, reasons_not_to_tell_once
from clearlines.sharing.states import ProposalState
from clearlines.sharing.writing import Words, end, write


@action(may=P.TELL)
def tell(*, by: Viewer, words: Words, agreement: str, new_id: uuid.UUID | None = None) -> Disclosure:
    """Under a live agreement that covers every field. It can be read until the agreement ends, at the latest."""
    if told := _pressed_before(new_id, by=by):
        return told
    refuse_if(reasons_not_to_tell(by, words, agreement=agreement))
    paper = queries.agreement(agreement)
    until_on = min(day for day in (words.until_on, paper.until_on) if day)
    held = Words(words.to, words.told, words.review_on, words.person, until_on)
    return write(
        held, by=by, basis=Disclosure.Basis.AGREEMENT, new_id=new_id, agreement=paper.key, gateway=paper.gateway
    )


@action(may=P.DECIDE_DISCLOSURES)
def tell_once(*, by: Viewer, words: Words, gateway: str, reason: str, new_id: uuid.UUID | None = None) -> Disclosure:
    """A one-off, where no agreement covers it, by somebody who may decide that."""
    if told := _pressed_before(new_id, by=by):
        return told
    refuse_if(reasons_not_to_tell_once(by, words, gateway=gateway, reason=reason))
    lets = {"gateway": protocol().gateways[gateway].words, "reason": reason}
    return write(words, by=by, basis=Disclosure.Basis.ONE_OFF, new_id=new_id, **lets)


@action(may=P.TELL)
def tell_in_an_emergency(
    *, by: Viewer, words: Words, gateway: str, reason: str, risk: str, new_id: uuid.UUID | None = None
) -> Disclosure:
    """At once, agreement or none. A second person looks at it within a day."""
    if told := _pressed_before(new_id, by=by):
        return told
    refuse_if(
        [
            *reasons_not_to_tell_once(by, words, gateway=gateway, reason=reason),
            *rules.reasons_not_to_call_it_an_emergency(risk=risk),
        ]
    )
    lets = {"gateway": protocol().gateways[gateway].words, "reason": reason}
    told = write(words, by=by, basis=Disclosure.Basis.EMERGENCY, new_id=new_id, **lets)
    EmergencyReview.objects.create(
        owner=by.organisation, created_by=by.account, created_at=by.now,
        disclosure=told, risk=risk, review_by=queries.review_by(by.now),
    )  # fmt: skip
    return told


@action(may=P.TELL)
def propose(*, by: Viewer, words: Words, gateway: str, reason: str, new_id: uuid.UUID | None = None) -> Proposal:
    """Ask somebody who may decide. Nothing crosses."""
    if asked := already(Proposal.objects.all(), new_id, by=by):
        ledger.record("sharing.proposed_again", kind=Kind.COLLECTION, by=by, about=[asked])
        return asked
    refuse_if(reasons_not_to_tell_once(by, words, gateway=gateway, reason=reason))
    asked = Proposal.objects.create(
        id=new_id or uuid.uuid4(), owner=by.organisation, created_by=by.account, created_at=by.now,
        gateway=protocol().gateways[gateway].words, reason=reason, **words.columns(),
    )  # fmt: skip
    about = [asked, *([asked.person] if asked.person else [])]
    ledger.record("sharing.proposed", kind=Kind.COLLECTION, by=by, about=about)
    return asked


@action(may=P.DECIDE_DISCLOSURES)
def decide(*, by: Viewer, proposal: Proposal) -> Disclosure:
    """Tell them, exactly as it was proposed."""
    proposal = locked(Proposal.objects.filter(owner=by.organisation_key), proposal)
    refuse_if(_why_not(proposal, by=by, to_tell=True))
    words = Words(proposal.to, proposal.told, proposal.review_on, proposal.person, proposal.until_on)
    told = write(words, by=by, basis=Disclosure.Basis.ONE_OFF, gateway=proposal.gateway, reason=proposal.reason)
    proposal.disclosure = told
    _close(proposal, ProposalState.DECIDED, by=by)
    return told


@action(may=P.DECIDE_DISCLOSURES)
def decline(*, by: Viewer, proposal: Proposal, why: str) -> Proposal:
    proposal = locked(Proposal.objects.filter(owner=by.organisation_key), proposal)
    refuse_if(_why_not(proposal, by=by, to_tell=False, why=why))
    proposal.decided_why = why
    _close(proposal, ProposalState.DECLINED, by=by)
    ledger.record("sharing.declined", kind=Kind.ALTERATION, by=by, about=[proposal])
    return proposal


@action(may=P.TELL)
def revoke(*, by: Viewer, disclosure: Disclosure, why: str, seen: int | None = None) -> Disclosure:
    """Take it back: its recipient reads it no longer, and is asked to destroy every copy."""
    told = locked(Disclosure.objects.filter(owner=by.organisation_key), disclosure, seen=seen)
    refuse_if(rules.reasons_not_to_revoke(revoked_at=told.revoked_at, why=why))
    end(told, by=by, why=why)
    notify(told, Notice.News.REVOKED, by=by, words=why)
    record_both("sharing.revoked", by=by, to=told.to_id, number=told.number, about=[told], under=told.agreement)
    return told


def _pressed_before(new_id: uuid.UUID | None, *, by: Viewer) -> Disclosure | None:
    told = already(Disclosure.objects.all(), new_id, by=by)
    if told:
        ledger.record("sharing.told_again", kind=Kind.COLLECTION, by=by, about=[told])
    return told


def _why_not(proposal: Proposal, *, by: Viewer, to_tell: bool, why: str = "") -> list[str]:
    return list(
        rules.reasons_not_to_decide(
            proposal.state,
            proposed_by=proposal.created_by_id,
            decider=by.account and by.account.pk,
            to_tell=to_tell,
            why=why,
        )
    )


def _close(proposal: Proposal, state: ProposalState, *, by: Viewer) -> None:
    proposal.state, proposal.decided_at, proposal.decided_by = state, by.now, by.account
    proposal.version += 1
    proposal.save()
