"""Open somebody in an emergency, close it early, and judge whether it was right."""

import uuid
from datetime import timedelta

from clearlines.access.acts import action, already, locked
from clearlines.access.models import Tie
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import refuse_if
from clearlines.access.ties import tie, untie
from clearlines.access.viewer import Viewer
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.openings import rules
from clearlines.openings.models import Opening
from clearlines.openings.states import Verdict
from clearlines.people.models import Person


@action(may=P.OPEN_IN_AN_EMERGENCY)
def open_in_an_emergency(
    *, by: Viewer, person: Person, reason: str, hours: int, new_id: uuid.UUID | None = None
) -> Opening:
    """Now, without asking anybody: and somebody else is asked about it within a day."""
    if opening := already(Opening.objects.all(), new_id, by=by):
        ledger.record("openings.opened_again", kind=Kind.CONSULTATION, by=by, about=[opening])
        return opening
    mine = Opening.objects.filter(created_by=by.account, verdict=Verdict.WAITING)
    refuse_if(
        rules.reasons_not_to_open(
            reason=reason, hours=hours, is_own=person.owner_id == by.organisation_key,
            is_near=person.pk in by.near or by.is_on_duty, unjudged=mine.count(),
        )
    )  # fmt: skip
    until_at = by.now + timedelta(hours=hours)
    opening = Opening.objects.create(
        id=new_id or uuid.uuid4(), owner=by.organisation, created_by=by.account, created_at=by.now,
        person=person, reason=reason.strip(), until_at=until_at,
    )  # fmt: skip
    tie(by.themselves, person, Tie.Kind.OPENED, by=by, until_at=until_at, reason=f"opening:{opening.pk}")
    ledger.record("openings.opened", kind=Kind.CONSULTATION, by=by, about=[opening, person], note=f"{hours} hours")
    return opening


@action(may=P.OPEN_IN_AN_EMERGENCY)
def close(*, by: Viewer, opening: Opening) -> Opening:
    """Done before the time was up. Closing twice is closing once."""
    opening = locked(Opening.objects.filter(created_by=by.account), opening)
    if opening.ended_at is None:
        _end(opening, by=by)
        opening.save()
    ledger.record("openings.closed", kind=Kind.CONSULTATION, by=by, about=[opening, opening.person])
    return opening


@action(may=P.REVIEW_OPENINGS)
def judge(*, by: Viewer, opening: Opening, verdict: Verdict, words: str = "") -> Opening:
    """A second person's eyes. If it was wrong, it ends now, and the information manager reads why."""
    opening = locked(Opening.objects.filter(owner=by.organisation), opening)
    refuse_if(
        rules.reasons_not_to_judge(
            Verdict(opening.verdict), verdict=verdict, opened_by=opening.created_by_id,
            judge=by.themselves.pk, words=words,
        )
    )  # fmt: skip
    opening.verdict, opening.judged_at, opening.judged_by, opening.words = verdict, by.now, by.account, words
    if verdict == Verdict.WRONG and opening.ended_at is None:
        _end(opening, by=by)
    opening.version += 1
    opening.save()
    ledger.record("openings.judged", kind=Kind.ACCESS, by=by, about=[opening], note=verdict)
    return opening


def _end(opening: Opening, *, by: Viewer) -> None:
    opening.ended_at = min(by.now, opening.until_at)
    opening.version += 1
    untie(opening.person, Tie.Kind.OPENED, by=by, account=opening.created_by)
