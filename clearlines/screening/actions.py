"""Begin, answer, complete, and do again. A completed screening is never changed."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import asdict

from clearlines.access.acts import action, already, locked
from clearlines.access.handing import can_take
from clearlines.access.models import Account
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import refuse_if
from clearlines.access.viewer import Viewer
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.people.models import Person
from clearlines.referrals.models import Received
from clearlines.screening import queries, rules
from clearlines.screening.instruments import all_tools
from clearlines.screening.models import Answer, Screening
from clearlines.screening.protocol import protocol
from clearlines.screening.states import Footing, Said, State
from clearlines.screening.suggest import Answered, Suggestion, next_on


@action(may=P.SCREEN)
def begin(
    *, by: Viewer, person: Person, footing: Footing, tool: str = "generic-vulnerability.v1",
    letter: Received | None = None, new_id: uuid.UUID | None = None,
) -> Screening:  # fmt: skip
    """Questions ready to ask, once the person has been told how far what they say stays here."""
    if screening := already(Screening.objects.all(), new_id, by=by):
        ledger.record("screening.begun_again", kind=Kind.COLLECTION, by=by, about=[screening])
        return screening
    unfinished = Screening.objects.filter(owner=by.organisation_key, person=person, state=State.BEGUN).exists()
    refuse_if([
        *rules.reasons_not_to_use(tool, known=all_tools(), withdrawn=protocol().withdrawn, today=by.today),
        *rules.reasons_not_to_begin(
            footing, organisation=by.organisation_key, person_owner=person.owner_id, unfinished=unfinished
        ),
    ])  # fmt: skip
    return _begun(by, Screening(id=new_id or uuid.uuid4(), person=person, letter=letter, tool=tool, **asdict(footing)))


@action(may=P.SCREEN)
def answer(*, by: Viewer, screening: Screening, answers: Mapping[str, Answered], seen: int | None = None) -> Screening:
    """Keep these answers; questions not named keep theirs. Half a form may be saved."""
    screening = _held(by, screening, seen)
    questions = [item.id for item in screening.instrument.everything]
    refuse_if(rules.reasons_not_to_answer(state=screening.state, answers=answers, questions=questions))
    for item, said in answers.items():
        Answer.objects.update_or_create(
            screening=screening, item=item,
            defaults={"said": said.said, "evidence": said.evidence if said.said == Said.YES else ""},
            create_defaults=_answer(by, said),
        )  # fmt: skip
    screening.version += 1
    screening.save()
    ledger.record("screening.answered", kind=Kind.ALTERATION, by=by, about=[screening, screening.person])
    return screening


@action(may=P.SCREEN)
def complete(*, by: Viewer, screening: Screening, band: str, reason: str = "", seen: int | None = None) -> Screening:
    """A named person sets the band. What the rules suggested, and everything they read, is kept beside it."""
    screening = _held(by, screening, seen)
    tool, answers = screening.instrument, queries.answers_of(screening)
    suggestion = queries.suggestion(screening, today=by.today)
    words = {item.id: item.words for item in tool.items}
    refuse_if(
        rules.reasons_not_to_complete(
            state=screening.state, answers=answers, words=words, suggested=suggestion.band, band=band, reason=reason
        )
    )
    _keep_suggestion(screening, suggestion, by=by)
    screening.band, screening.reason, screening.set_by, screening.set_at = band, reason, by.account, by.now
    screening.next_on = next_on(tool, band, today=by.today)
    screening.state = State.COMPLETED
    screening.version += 1
    screening.save()
    if (earlier := screening.replaces) is not None:
        earlier.state = State.SUPERSEDED
        earlier.version += 1
        earlier.save()
    ledger.record("screening.band_set", kind=Kind.ALTERATION, by=by, about=[screening, screening.person])
    return screening


@action(may=P.SCREEN)
def redo(*, by: Viewer, screening: Screening, why: str, new_id: uuid.UUID | None = None) -> Screening:
    """A new screening that begins with the old one's answers; the old one stands until the new band is set."""
    if again := already(Screening.objects.all(), new_id, by=by):
        ledger.record("screening.begun_again", kind=Kind.COLLECTION, by=by, about=[again])
        return again
    old = _held(by, screening, None)
    unfinished = Screening.objects.filter(owner=by.organisation_key, person=old.person, state=State.BEGUN).exists()
    refuse_if([
        *rules.reasons_not_to_redo(state=old.state, why=why, unfinished=unfinished),
        *rules.reasons_not_to_use(old.tool, known=all_tools(), withdrawn=protocol().withdrawn, today=by.today),
    ])  # fmt: skip
    again = _begun(by, Screening(
        id=new_id or uuid.uuid4(), person=old.person, letter=old.letter, tool=old.tool, statement=old.statement,
        understood=old.understood, consent=old.consent, basis=old.basis, replaces=old, replaced_because=why,
    ))  # fmt: skip
    for item, said in queries.answers_of(old).items():
        Answer.objects.create(screening=again, item=item, **_answer(by, said))
    return again


@action(may=P.LOOK_AFTER_STAFF)
def hand_on(*, by: Viewer, from_: Account, to: Account, only: Collection[uuid.UUID] | None = None) -> list[Screening]:
    """The unfinished screenings that changed hands. What was asked stays under the name of whoever asked it."""
    unfinished = Screening.objects.filter(created_by=from_, state=State.BEGUN)
    handed = can_take(unfinished, to=to, by=by, needs=P.SCREEN, only=only)
    for screening in handed:
        screening.created_by = to
        screening.version += 1
        screening.save()
    about = [from_, to, *(row for each in handed for row in (each, each.person))]
    ledger.record("screening.handed_on", kind=Kind.ALTERATION, by=by, about=about)
    return handed


def _begun(by: Viewer, screening: Screening) -> Screening:
    screening.owner, screening.created_by, screening.created_at = by.organisation, by.account, by.now  # type: ignore[assignment]
    screening.save(force_insert=True)
    ledger.record("screening.begun", kind=Kind.COLLECTION, by=by, about=[screening, screening.person])
    return screening


def _held(by: Viewer, screening: Screening, seen: int | None) -> Screening:
    return locked(Screening.objects.filter(owner=by.organisation_key), screening, seen=seen)


def _answer(by: Viewer, said: Answered) -> dict[str, object]:
    return {
        "owner": by.organisation, "created_by": by.account, "created_at": by.now,
        "said": said.said, "evidence": said.evidence if said.said == Said.YES else "",
    }  # fmt: skip


def _keep_suggestion(screening: Screening, suggestion: Suggestion, *, by: Viewer) -> None:
    """Frozen as it was on the day, so that 'why?' can be answered after the person has had a birthday."""
    screening.band_suggested = suggestion.band
    screening.grounds = [asdict(ground) for ground in suggestion.grounds]
    screening.helps, screening.not_known = list(suggestion.helps), list(suggestion.not_known)
    screening.facts = dict(queries.facts(screening, today=by.today))
