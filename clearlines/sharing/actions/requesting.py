"""Requests by police for information about a victim, and the holder's notice, decision and answer."""

import uuid
from typing import Any

from django.db.models import Model

from clearlines.access.acts import action, already, locked
from clearlines.access.models import Organisation
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import refuse_if
from clearlines.access.viewer import Viewer
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.people.models import Person
from clearlines.sharing import queries, rules
from clearlines.sharing.ends import number_name, record_both
from clearlines.sharing.models import (
    Disclosure,
    InformationRequest,
    Notice,
    PersonNotice,
    RequestAnswer,
    RequestDecision,
)
from clearlines.sharing.numbers import new_number
from clearlines.sharing.protocol import law
from clearlines.sharing.queries.covering import reasons_not_to_answer_with
from clearlines.sharing.states import RequestState
from clearlines.sharing.writing import Words, write

Outcome = RequestAnswer.Outcome


@action(may=P.ASK_FOR_INFORMATION)
def request(*, by: Viewer, to: Organisation, new_id: uuid.UUID | None = None, **said: Any) -> InformationRequest:
    """`said` is the request, field by field. It goes to whoever may hold something, and says nothing of who does."""
    if asked := already(InformationRequest.objects.all(), new_id, by=by):
        ledger.record("sharing.requested_again", kind=Kind.COLLECTION, by=by, about=[asked])
        return asked
    refuse_if(rules.reasons_not_to_request(said, asker_kind=by.kind, to_kind=to.kind))
    asked = InformationRequest.objects.create(
        id=new_id or uuid.uuid4(), owner=by.organisation, created_by=by.account, created_at=by.now, to=to,
        number=new_number("R"), from_name=by.organisation.name, signed_by=by.full_name, law=law().key, **said,
    )  # fmt: skip
    record_both("sharing.requested", by=by, to=to.key, number=asked.number, about=[asked])
    return asked


@action(may=P.ASK_FOR_INFORMATION)
def withdraw(*, by: Viewer, request: InformationRequest, why: str) -> InformationRequest:
    """The holder can no longer read it, and is told that it is no longer asked."""
    asked = locked(InformationRequest.objects.filter(owner=by.organisation_key), request)
    answered = RequestAnswer.objects.filter(owner=by.organisation_key, number=asked.number).exists()
    refuse_if(rules.reasons_not_to_withdraw(withdrawn_at=asked.withdrawn_at, answered=answered, why=why))
    asked.withdrawn_at, asked.withdrawn_why = by.now, why
    asked.version += 1
    asked.save()
    Notice.objects.create(
        owner_id=asked.to_id, created_at=by.now, number=asked.number, news=Notice.News.WITHDRAWN,
        from_key=by.organisation_key, from_name=by.organisation.name,
    )  # fmt: skip
    record_both("sharing.request_withdrawn", by=by, to=asked.to_id, number=asked.number, about=[asked])
    return asked


@action(may=P.DECIDE_DISCLOSURES)
def notify_person(
    *, by: Viewer, request: InformationRequest, told: str, person: Person | None = None, is_child: bool = False,
    **said: Any,
) -> PersonNotice:  # fmt: skip
    """Written notice to the person, or why not. A child's parent is told only after a recorded look at them."""
    child = is_child or bool(person and person.is_child_on(by.today))
    asked: dict[str, Any] = {
        "how": "",
        "why_not": "",
        "look_again_on": None,
        "parent_may_exploit": "",
        "parent_why": "",
    }
    refuse_if(
        rules.reasons_not_to_notify(
            told=told, is_child=child, today=by.today, **{name: said.get(name, blank) for name, blank in asked.items()}
        )
    )
    notice = PersonNotice.objects.create(
        owner=by.organisation, created_by=by.account, created_at=by.now, request=request, person=person, told=told,
        **said,
    )  # fmt: skip
    about: list[Model | str] = [notice, *([person] if person else []), number_name(request.number)]
    ledger.record("sharing.person_notified", kind=Kind.COLLECTION, by=by, about=about, note=told)
    return notice


@action(may=P.DECIDE_DISCLOSURES)
def answer(
    *, by: Viewer, request: InformationRequest, words: Words, why: str, is_counselling: bool = True,
    not_counselling_why: str = "", probative_met_why: str = "",
) -> Disclosure:  # fmt: skip
    """The least that answers it, as exact copied words. Counselling information only past its test."""
    has_notice = PersonNotice.objects.filter(owner=by.organisation_key, request=request).exists()
    refuse_if(
        [
            *rules.reasons_not_to_answer(
                queries.state_of(by, request), was_withdrawn=bool(request.withdrawn_at), has_notice=has_notice,
                is_counselling=is_counselling, not_counselling_why=not_counselling_why,
                asks_counselling=request.asks_counselling, probative_met_why=probative_met_why, why=why,
            ),
            *reasons_not_to_answer_with(by, words, asker=request.owner_id),
        ]
    )  # fmt: skip
    told = write(words, by=by, basis=Disclosure.Basis.REQUEST, gateway=law().act, reason=why)
    _decided(
        request, RequestState.ANSWERED, by=by, why=why, is_counselling=is_counselling, person=words.person,
        not_counselling_why=not_counselling_why, probative_met_why=probative_met_why, disclosure=told,
    )  # fmt: skip
    _reply(request, Outcome.ANSWERED, by=by, disclosure_number=told.number)
    return told


@action(may=P.DECIDE_DISCLOSURES)
def refuse(*, by: Viewer, request: InformationRequest, words: str, why: str) -> RequestDecision:
    """Refused, with the reason the police are told (`words`) and the reason kept here (`why`)."""
    state, withdrawn = queries.state_of(by, request), bool(request.withdrawn_at)
    refuse_if(rules.reasons_not_to_refuse(state, was_withdrawn=withdrawn, words=words, why=why))
    decided = _decided(request, RequestState.REFUSED, by=by, why=why, is_counselling=True)
    _reply(request, Outcome.REFUSED, by=by, words=words)
    return decided


@action(may=P.DECIDE_DISCLOSURES)
def say_nothing(*, by: Viewer, request: InformationRequest, why: str) -> RequestDecision:
    """Neither confirm nor deny: the same words whether the person is known here or not."""
    state, withdrawn = queries.state_of(by, request), bool(request.withdrawn_at)
    refuse_if(rules.reasons_not_to_close_request(state, was_withdrawn=withdrawn, why=why))
    decided = _decided(request, RequestState.NOT_SAID, by=by, why=why, is_counselling=True)
    _reply(request, Outcome.CANNOT_SAY, by=by, words=law().cannot_say)
    return decided


def _decided(request: InformationRequest, state: RequestState, *, by: Viewer, **said: Any) -> RequestDecision:
    return RequestDecision.objects.create(
        owner=by.organisation, created_by=by.account, created_at=by.now, request=request, state=state, **said
    )


def _reply(
    request: InformationRequest, outcome: Outcome, *, by: Viewer, words: str = "", disclosure_number: str = ""
) -> None:
    RequestAnswer.objects.create(
        owner_id=request.owner_id, created_at=by.now, number=request.number, outcome=outcome, words=words,
        from_name=by.organisation.name, disclosure_number=disclosure_number,
    )  # fmt: skip
    record_both("sharing.request_decided", by=by, to=request.owner_id, number=request.number, about=[request])
