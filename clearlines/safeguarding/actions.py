"""Begin a national referral, take it a step further, raise the defence of section 45, and decide its path."""

import uuid
from datetime import date
from typing import Any

from django.db.models import QuerySet

from clearlines.access.acts import action, already, locked, made_by
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import refuse_if
from clearlines.access.viewer import Viewer
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.people.models import Person
from clearlines.safeguarding import rules, states
from clearlines.safeguarding.guidance import whom_to_ask
from clearlines.safeguarding.models import NationalReferral, NationalReferralMove
from clearlines.safeguarding.queries import as_rules_read, known_age
from clearlines.safeguarding.states import Path, State


@action(may=P.KEEP_NATIONAL_REFERRALS)
def begin(
    *, by: Viewer, person: Person, path: Path, noted_on: date, words: str, flagged_county_lines: bool = False,
    new_id: uuid.UUID | None = None,
) -> NationalReferral:  # fmt: skip
    """Signs of modern slavery were noted. It is recorded; nothing is sent to anybody by it."""
    if referral := already(NationalReferral.objects.all(), new_id, by=by):
        ledger.record("safeguarding.begun_again", kind=Kind.COLLECTION, by=by, about=[referral.person])
        return referral
    # Held so that two colleagues who note the same signs begin one.
    person = Person.objects.select_for_update().get(pk=person.pk)
    refuse_if(rules.reasons_not_to_begin(
        path=Path(path), age=known_age(person, noted_on), noted_on=noted_on, words=words, today=by.today,
        same_owner=person.owner_id == by.organisation_key, open_already=_under_way(by, person).exists()))  # fmt: skip
    referral = NationalReferral.objects.create(
        **made_by(by, new_id), person=person, path=path, noted_on=noted_on, flagged_county_lines=flagged_county_lines
    )
    _step(by, referral, was="", on=noted_on, words=words)
    ledger.record("safeguarding.begun", kind=Kind.COLLECTION, by=by, about=[referral, person])
    return referral


@action(may=P.KEEP_NATIONAL_REFERRALS)
def move(
    *, by: Viewer, referral: NationalReferral, to: State, on: date, who: str = "", words: str = "",
    reference: str = "", seen: int | None = None,
) -> NationalReferral:  # fmt: skip
    """One step further. Submitting is for first responders alone; a refusal leads to no referral by name."""
    referral = locked(NationalReferral.objects.select_related("person"), referral, seen=seen)
    at = as_rules_read(referral, list(referral.moves.order_by("sequence")))
    to = State(to)
    refuse_if(rules.reasons_not_to_move(at, to=to, kind=by.kind, whom=whom_to_ask()))
    refuse_if(rules.reasons_against_facts(
        at, to=to, on=on, who=who, words=words, reference=reference, today=by.today))  # fmt: skip
    was, referral.state = referral.state, to
    referral.reference = reference or referral.reference
    _saved(referral)
    _step(by, referral, was=was, on=on, who=who, words=words, reference=reference)
    ledger.record("safeguarding.moved", kind=Kind.ALTERATION, by=by, about=[referral, referral.person])
    return referral


@action(may=P.KEEP_NATIONAL_REFERRALS)
def raise_s45(*, by: Viewer, referral: NationalReferral, on: date, seen: int | None = None) -> NationalReferral:
    """The statutory defence for victims who were made to commit an offence was raised on this day."""
    referral = locked(NationalReferral.objects.select_related("person"), referral, seen=seen)
    refuse_if(rules.reasons_not_to_raise_s45(on=on, raised_on=referral.s45_raised_on, today=by.today))
    referral.s45_raised_on = on
    _saved(referral)
    ledger.record("safeguarding.s45_raised", kind=Kind.ALTERATION, by=by, about=[referral, referral.person])
    return referral


@action(may=P.KEEP_NATIONAL_REFERRALS)
def change_path(
    *, by: Viewer, referral: NationalReferral, to: Path, reason: str, seen: int | None = None
) -> NationalReferral:
    """A named person decides that it goes on as an adult's or as a child's. A birthday decides nothing."""
    referral = locked(NationalReferral.objects.select_related("person"), referral, seen=seen)
    person, to = referral.person, Path(to)
    refuse_if(rules.reasons_not_to_change_path(
        now=Path(referral.path), to=to, age=known_age(person, by.today), reason=reason,
        open_already=_under_way(by, person).exclude(pk=referral.pk).exists()))  # fmt: skip
    was, referral.path, referral.state = referral.state, to, rules.after_change(referral.at, to)
    _saved(referral)
    _step(by, referral, was=was, on=by.today, words=reason, decides_path=True)
    ledger.record("safeguarding.path_changed", kind=Kind.ALTERATION, by=by, about=[referral, person])
    return referral


def _under_way(by: Viewer, person: Person) -> QuerySet[NationalReferral]:
    return NationalReferral.objects.filter(person=person, owner=by.organisation).exclude(state__in=states.OVER)


def _saved(referral: NationalReferral) -> None:
    referral.version += 1
    referral.save()


def _step(by: Viewer, referral: NationalReferral, *, was: str, **said: Any) -> None:
    NationalReferralMove.objects.create(
        **made_by(by), referral=referral, sequence=referral.moves.count() + 1, was=was, became=referral.state,
        path=referral.path, **said,
    )  # fmt: skip
