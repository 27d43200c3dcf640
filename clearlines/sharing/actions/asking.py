"""Ask the matching role, and answer from one's own register. Nothing is looked up while somebody asks."""

import uuid

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
from clearlines.sharing.models import MatchAnswer, Pointer, Question
from clearlines.sharing.numbers import new_number
from clearlines.sharing.protocol import protocol
from clearlines.sharing.states import QuestionState as S


@action(may=P.ASK_MATCHING)
def ask(
    *,
    by: Viewer,
    to: Organisation,
    name: str,
    why: str,
    born: str = "",
    area: str = "",
    new_id: uuid.UUID | None = None,
) -> Question:
    """The question is kept and nothing is searched. Whoever asks never learns more than its number."""
    if asked := already(Question.objects.all(), new_id, by=by):
        ledger.record("sharing.asked_again", kind=Kind.COLLECTION, by=by, about=[asked])
        return asked
    refuse_if(
        rules.reasons_not_to_ask(
            asker=by.organisation_key, to=to.key, to_kind=to.kind, name=name, why=why,
            would_be_told=by.may(P.SEE_POINTERS),
        )
    )  # fmt: skip
    asked = Question.objects.create(
        id=new_id or uuid.uuid4(), owner=by.organisation, created_by=by.account, created_at=by.now,
        number=new_number("Q"), to=to, from_name=by.organisation.name, from_kind=by.kind, asked_by=by.full_name,
        name=name.strip(), born=born.strip(), area=area.strip(), why=why.strip(),
    )  # fmt: skip
    ledger.record("sharing.asked", kind=Kind.COLLECTION, by=by, about=[asked, number_name(asked.number)])
    return asked


@action(may=P.MATCH_ACROSS)
def answer_nothing(*, by: Viewer, question: Question, why: str = "") -> MatchAnswer:
    """Not known here, or nothing that may be said: whoever asked cannot tell which, nor that anybody has looked."""
    answer = _answer_to(question, by=by, waits_for=S.WAITING)
    _decide(answer, S.NOTHING_SAID, by=by, why=why)
    ledger.record("sharing.matched", kind=Kind.CONSULTATION, by=by, about=[answer, number_name(question.number)])
    return answer


@action(may=P.MATCH_ACROSS)
def confirm(*, by: Viewer, question: Question, person: Person, why: str = "") -> MatchAnswer:
    """Known here. Asked by police it waits for the safeguarding lead; else the asker's lead is told whom to ring."""
    answer = _answer_to(question, by=by, waits_for=S.WAITING)
    refuse_if(
        [
            *rules.reasons_not_to_confirm(person_owner=person.owner_id, holder=by.organisation_key),
            *queries.reasons_not_to_point(by, question),
        ]
    )
    answer.person = person
    if rules.needs_the_lead(question.from_kind):
        _decide(answer, S.CONFIRMED, by=by, why=why)
        about: list[Model | str] = [answer, person, number_name(question.number)]
        ledger.record("sharing.confirmed", kind=Kind.COMBINATION, by=by, about=about)
        return answer
    _decide(answer, S.POINTED, by=by, why=why)
    _point(answer, question, by=by)
    return answer


@action(may=P.DECIDE_DISCLOSURES)
def let_know(*, by: Viewer, question: Question, why: str) -> MatchAnswer:
    """The holder's safeguarding lead lets the police's safeguarding lead know whom to ring."""
    answer = _answer_to(question, by=by, waits_for=S.CONFIRMED)
    refuse_if(
        [
            *rules.reasons_not_to_let_know(confirmed_by=answer.decided_by, decider=by.account, why=why),
            *queries.reasons_not_to_point(by, question),
        ]
    )
    _decide(answer, S.POINTED, by=by, why=why)
    _point(answer, question, by=by)
    return answer


@action(may=P.DECIDE_DISCLOSURES)
def let_nothing_be_said(*, by: Viewer, question: Question, why: str = "") -> MatchAnswer:
    """The holder's safeguarding lead decides that the police are told nothing, not even that somebody looked."""
    answer = _answer_to(question, by=by, waits_for=S.CONFIRMED)
    _decide(answer, S.NOTHING_SAID, by=by, why=why)
    ledger.record("sharing.matched", kind=Kind.CONSULTATION, by=by, about=[answer, number_name(question.number)])
    return answer


def _answer_to(question: Question, *, by: Viewer, waits_for: S) -> MatchAnswer:
    """The holder's own row, held until the action ends; made the first time somebody looks."""
    found = MatchAnswer.objects.filter(owner=by.organisation_key, question=question).first()
    if found is None:
        found = MatchAnswer.objects.create(
            owner=by.organisation, created_by=by.account, created_at=by.now, question=question, state=S.WAITING
        )
    found = locked(MatchAnswer.objects.filter(owner=by.organisation_key), found)
    refuse_if(rules.reasons_not_to_look(found.state, waits_for=waits_for))
    return found


def _decide(answer: MatchAnswer, state: S, *, by: Viewer, why: str) -> None:
    answer.state, answer.decided_by, answer.decided_at, answer.why = state, by.account, by.now, why
    answer.version += 1
    answer.save()


def _point(answer: MatchAnswer, question: Question, *, by: Viewer) -> None:
    paper = queries.matching_agreement(by, question)
    Pointer.objects.create(
        owner_id=question.owner_id, created_at=by.now, number=question.number, name=question.name,
        from_name=by.organisation.name, asked_by=question.asked_by, words=protocol().pointers[by.kind],
    )  # fmt: skip
    record_both(
        "sharing.pointed", by=by, to=question.owner_id, number=question.number, kind=Kind.COMBINATION,
        about=[each for each in (answer, answer.person) if each], under=paper.key if paper else "",
    )  # fmt: skip
