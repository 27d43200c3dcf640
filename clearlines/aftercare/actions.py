"""Open a watch when a line closes, tell the charity where and until when, and write down what was seen."""

import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from clearlines.access import agreements
from clearlines.access.acts import action, already, locked
from clearlines.access.models import Organisation
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import Refused, refuse_if
from clearlines.access.viewer import Viewer
from clearlines.aftercare import queries, rules
from clearlines.aftercare.models import Harm, Watch, WatchTold, and_joined
from clearlines.aftercare.protocol import protocol
from clearlines.aftercare.states import Because, Seen, Told
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.people.models import Person

# No letter that sounds or looks like another.
ALPHABET = "23456789ACDEFGHJKMNPQRTVWXY"


@dataclass(frozen=True)
class OtherEnd:
    """Whoever did it, as the other organisation's ledger names them: by organisation, never by account."""

    name: str
    organisation_key: str
    now: datetime


@action(may=P.KEEP_LINES)
def open_watch(
    *, by: Viewer, towns: Sequence[str], from_at: datetime, reference: str, because: Because, hours: int | None = None
) -> Watch:
    """Called by whatever closes a line, in the same transaction, and never refused. Once for one closing.

    `reference` is the line's, as words. A window that has passed already is kept, and never told.
    """
    if there := Watch.objects.filter(
        owner=by.organisation, opened_by_reference=reference, from_at=from_at
    ).first():  # fmt: skip
        ledger.record("aftercare.opened_again", kind=Kind.COLLECTION, by=by, about=[there])
        return there
    until_at = from_at + (timedelta(hours=hours) if hours else protocol().length)
    watch = Watch.objects.create(
        owner=by.organisation, created_by=by.account, created_at=by.now, number=_new_number(),
        towns=list(dict.fromkeys(town.strip() for town in towns if town.strip())), from_at=from_at, until_at=until_at,
        opened_by_reference=reference, because=Because(because),
        state=Told.TOO_LATE if until_at <= by.now else Told.WAITING,
    )  # fmt: skip
    ledger.record("aftercare.opened", kind=Kind.COLLECTION, by=by, about=[watch])
    return watch


def _new_number() -> str:
    while True:
        number = f"W-{''.join(secrets.choice(ALPHABET) for _ in range(5))}"
        if not Watch.objects.filter(number=number).exists():
            return number


@action(may=P.TELL_AFTERCARE)
def tell(
    *, by: Viewer, watch: Watch, to: Organisation, towns: Sequence[str] | None = None, part: str = "",
    seen: int | None = None,
) -> Watch:  # fmt: skip
    """An area and a window cross, and nothing else. Told twice, it is told once.

    `towns` and `part` are as the charity will read them; the watch's own towns, unless they are put better here.
    """
    watch = locked(_own_watches(by), watch, seen=seen if watch.state != Told.TOLD else None)
    if watch.state == Told.TOLD:
        ledger.record("aftercare.told_again", kind=Kind.OPERATION, by=by, about=[watch])
        return watch
    said = [town.strip() for town in (watch.towns if towns is None else towns) if town.strip()]
    refuse_if(queries.reasons_not_to_tell(by, watch, to, towns=said, part=part))
    paper = agreements.for_use(queries.USE, by.organisation, to)[0]
    WatchTold.objects.create(
        owner=to, created_at=by.now, number=watch.number, towns=said, part=part.strip(), from_at=watch.from_at,
        until_at=watch.until_at, from_key=by.organisation_key, from_name=by.organisation.name, agreement=paper.key,
    )  # fmt: skip
    watch.state, watch.told_to, watch.told_at, watch.told_by = Told.TOLD, to, by.now, by.account
    watch.told_where, watch.agreement = ", ".join(filter(None, [part.strip(), and_joined(said)])), paper.key
    _kept(watch)
    _in_both_ledgers("aftercare.told", by=by, watch=watch, to=to.pk)
    return watch


@action(may=P.TELL_AFTERCARE, across="a watch and the charity's end of it are two rows, one each")
def take_back(*, by: Viewer, watch: Watch, seen: int | None = None) -> Watch:
    """The charity reads it no longer: the area is taken out of its own row."""
    watch = locked(_own_watches(by), watch, seen=seen)
    refuse_if(rules.reasons_not_to_take_back(state=watch.state))
    theirs = WatchTold.objects.select_for_update().get(number=watch.number, owner=watch.told_to)
    theirs.withdrawn_at, theirs.towns, theirs.part = by.now, [], ""
    _kept(theirs)
    watch.state, watch.taken_back_at, watch.taken_back_by = Told.TAKEN_BACK, by.now, by.account
    _kept(watch)
    _in_both_ledgers("aftercare.taken_back", by=by, watch=watch, to=theirs.owner_id)
    return watch


@action(may=P.TELL_AFTERCARE)
def decide_not_to_tell(*, by: Viewer, watch: Watch, why: str, seen: int | None = None) -> Watch:
    """A named person decides, with a reason. It may still be told later, while the watch is open."""
    watch = locked(_own_watches(by), watch, seen=seen)
    refuse_if(rules.reasons_not_to_decide_not_to_tell(state=watch.state, why=why))
    watch.state, watch.not_told_at, watch.not_told_by, watch.not_told_why = Told.NOT_TOLD, by.now, by.account, why
    _kept(watch)
    ledger.record("aftercare.decided_not_to_tell", kind=Kind.ALTERATION, by=by, about=[watch])
    return watch


@action(may=P.RECORD_HARM)
def record_harm(
    *, by: Viewer, kind: Seen, happened_at: datetime, watch: Watch | WatchTold | None = None,
    person: Person | None = None, new_id: uuid.UUID | None = None, **said: str,
) -> Harm:  # fmt: skip
    """What one's own organisation saw; the other organisation never reads it. `said`: area, words."""
    if there := already(Harm.objects.all(), new_id, by=by):
        ledger.record("aftercare.harm_recorded_again", kind=Kind.COLLECTION, by=by, about=[there])
        return there
    if watch is not None and watch.owner_id != by.organisation_key:
        raise Refused(["that watch is another organisation's"])
    refuse_if(rules.reasons_not_to_record(
        happened_at=happened_at, now=by.now, window=(watch.from_at, watch.until_at) if watch else None,
        same_owner=person is None or person.owner_id == by.organisation_key))  # fmt: skip
    harm = Harm.objects.create(
        id=new_id or uuid.uuid4(), owner=by.organisation, created_by=by.account, created_at=by.now, kind=Seen(kind),
        happened_at=happened_at, watch=watch.number if watch else "", person=person, **said,
    )  # fmt: skip
    ledger.record("aftercare.harm_recorded", kind=Kind.COLLECTION, by=by, about=[harm, *filter(None, [person, watch])])
    return harm


@action(may=P.RECORD_HARM)
def follow_up(*, by: Viewer, harm: Harm, words: str, seen: int | None = None) -> Harm:
    """What was done about it."""
    harm = locked(Harm.objects.filter(owner=by.organisation_key), harm, seen=seen)
    refuse_if(rules.reasons_not_to_follow_up(words=words))
    harm.followed_up, harm.followed_up_at, harm.followed_up_by = words, by.now, by.account
    _kept(harm)
    ledger.record("aftercare.followed_up", kind=Kind.ALTERATION, by=by, about=[harm])
    return harm


def _own_watches(by: Viewer) -> Any:
    return Watch.objects.filter(owner=by.organisation_key)


def _kept(row: Watch | WatchTold | Harm) -> None:
    row.version += 1
    row.save()


def _in_both_ledgers(event: str, *, by: Viewer, watch: Watch, to: str) -> None:
    """The other end's entry holds the number of the watch, and nothing else."""
    name = f"aftercare.crossing:{watch.number}"
    ledger.record(event, kind=Kind.DISCLOSURE, by=by, about=[watch, name], under=watch.agreement)
    there = OtherEnd(by.organisation_key, to, by.now)
    ledger.record(event, kind=Kind.DISCLOSURE, by=there, about=[name], under=watch.agreement)
