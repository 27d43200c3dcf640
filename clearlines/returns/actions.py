"""Begin, count a half, prepare, approve, send, put right, and count every number again."""

import uuid
from datetime import date
from typing import Any

from clearlines.access.acts import action, already, locked
from clearlines.access.models import Organisation
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import Refused, refuse_if
from clearlines.access.viewer import Viewer
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.returns import again, rules
from clearlines.returns.definitions import LATEST, definitions
from clearlines.returns.models import Amendment, Contribution, Move, Return, Story
from clearlines.returns.publishing import left_small, publish
from clearlines.returns.queries import known_lines_in, known_names_in
from clearlines.returns.states import STANDING, State


@action(may=P.PREPARE_RETURNS, across="a return has two halves")
def begin(
    *, by: Viewer, from_on: date, to_on: date, as_known: date, version: str = LATEST, new_id: uuid.UUID | None = None
) -> Return:
    """An empty return for a quarter, shared by the two organisations that each count a half."""
    if there := already(Return.objects.all(), new_id, by=by):
        ledger.record("returns.begun_again", kind=Kind.COLLECTION, by=by, about=[there])
        return there
    said = definitions(version)
    standing = Return.objects.filter(to_on=to_on, owner__in=said.halves.values(), state__in=STANDING).first()
    refuse_if(
        rules.reasons_not_to_begin(
            from_on=from_on, to_on=to_on, as_known=as_known, today=by.today,
            has_a_half=bool(said.half_of(by.organisation_key)), standing=str(standing or ""),
        )
    )  # fmt: skip
    return _opened(by, new_id, version, from_on=from_on, to_on=to_on, as_known=as_known)


@action(may=P.PREPARE_RETURNS)
def contribute(*, by: Viewer, part_of: Return, words: str = "") -> Contribution:
    """Count one's own organisation's half, with one's own eyes. Only what may be shown is seen by the other half."""
    held = locked(Return.objects.all(), part_of)
    half = held.definitions.half_of(by.organisation_key)
    refuse_if(rules.reasons_not_to_contribute(state=held.state, has_a_half=bool(half)))
    counted = again.count_half(by, held, half)
    given = {
        "counted": counted, "shown": publish(held.definitions, half, counted), "words": words,
        "counted_at": by.now, "counted_by": by.account,
    }  # fmt: skip
    row, is_new = Contribution.objects.get_or_create(
        part_of=held, half=half,
        defaults={"owner": by.organisation, "created_by": by.account, "created_at": by.now, **given},
    )  # fmt: skip
    if not is_new:
        for name, value in given.items():
            setattr(row, name, value)
        row.version += 1
        row.save()
    about = [held, row]
    ledger.record("returns.counted", kind=Kind.COMBINATION, by=by, about=about, note=f"{len(counted)} figures, {half}")
    ledger.record("returns.told_totals", kind=Kind.DISCLOSURE, by=by, about=about, note="totals, small ones withheld")
    return row


@action(may=P.PREPARE_RETURNS, across="a return has two halves")
def tell_story(*, by: Viewer, part_of: Return, new_id: uuid.UUID | None = None, **told: Any) -> Story:
    """What somebody agreed may be told; refused if it holds a name the charity knows.

    `told`: words, agreed_on, agreed_how.
    """
    if there := already(Story.objects.all(), new_id, by=by):
        ledger.record("returns.story_told_again", kind=Kind.COLLECTION, by=by, about=[there])
        return there
    held = locked(Return.objects.all(), part_of)
    refuse_if(
        rules.reasons_not_to_tell_story(
            state=held.state, is_charity=held.definitions.half_of(by.organisation_key) == "charity",
            told=held.stories.filter(taken_back_at=None).count(), agreed_on=told["agreed_on"], today=by.today,
            names_in_it=known_names_in(by, told["words"]),
        )
    )  # fmt: skip
    story = Story.objects.create(
        id=new_id or uuid.uuid4(), owner=by.organisation, created_by=by.account, created_at=by.now, part_of=held, **told
    )
    ledger.record("returns.story_told", kind=Kind.DISCLOSURE, by=by, about=[held, story])
    return story


@action(may=P.PREPARE_RETURNS, across="a return has two halves")
def take_back_story(*, by: Viewer, story: Story) -> Story:
    """Gone from every page and every PDF made from now on, whatever has become of the return."""
    story = locked(Story.objects.filter(owner=by.organisation), story)
    refuse_if(rules.reasons_not_to_take_back(taken_back=story.taken_back_at is not None))
    story.taken_back_at = by.now
    story.version += 1
    story.save()
    ledger.record("returns.story_taken_back", kind=Kind.ALTERATION, by=by, about=[story.part_of, story])
    return story


@action(may=P.PREPARE_RETURNS, across="a return has two halves")
def prepare(*, by: Viewer, part_of: Return, seen: int) -> Return:
    """Fix the two halves as one set of figures, with a digest that shows any change."""
    held = locked(Return.objects.all(), part_of, seen=seen)
    there = {each.half: each for each in held.halves.all()}
    figures: dict[str, Any] = {}
    for each in there.values():
        figures |= each.shown
    names = Organisation.objects.in_bulk(held.definitions.halves.values())
    waiting = [str(names.get(key, key)) for half, key in held.definitions.halves.items() if half not in there]
    small = left_small(held.definitions, figures)
    refuse_if(rules.reasons_not_to_prepare(state=held.state, waiting_for=waiting, left_small=small))
    held.figures, held.digest = figures, again.digest(figures)
    held.prepared_at, held.prepared_by = by.now, by.account
    return _moved(held, State.PREPARED, by=by, event="returns.prepared")


@action(may=P.APPROVE_RETURNS, across="a return has two halves")
def approve(*, by: Viewer, part_of: Return, seen: int) -> Return:
    """A second pair of eyes, after every number has been counted again and come out the same."""
    held = locked(Return.objects.all(), part_of, seen=seen)
    halves = list(held.halves.select_related("counted_by"))
    reasons = rules.reasons_not_to_approve(
        state=held.state, approver=by.account.pk if by.account else None, prepared_by=held.prepared_by_id,
        counted_by=[each.counted_by_id for each in halves], left_small=left_small(held.definitions, held.figures),
        drifted=[each.sentence for each in again.checks(held, by=by) if not each.same],
        is_as_prepared=again.digest(held.figures) == held.digest,
    )  # fmt: skip
    refuse_if(reasons)
    held.approved_at, held.approved_by = by.now, by.account
    return _moved(held, State.APPROVED, by=by, event="returns.approved")


@action(may=P.APPROVE_RETURNS, across="a return has two halves")
def send(*, by: Viewer, part_of: Return, seen: int) -> Return:
    """The commissioner can open it from now on. What it replaces stays as it was published, marked as replaced."""
    held = locked(Return.objects.all(), part_of, seen=seen)
    refuse_if(
        rules.reasons_not_to_send(state=held.state, is_as_approved=again.digest(held.figures) == held.digest)
    )  # fmt: skip
    held.sent_at, held.sent_by = by.now, by.account
    _moved(held, State.SENT, by=by, event="returns.sent")
    note = f"to {held.to_id}: totals, definitions, rules and row counts"
    ledger.record("returns.told_commissioner", kind=Kind.DISCLOSURE, by=by, about=[held], note=note)
    if held.replaces:
        earlier = locked(Return.objects.all(), held.replaces)
        _moved(earlier, State.REISSUED, by=by, event="returns.replaced", why=held.why_replaced)
    return held


@action(may=P.SEE_RETURNS, across="a return has two halves")
def rerun(*, by: Viewer, part_of: Return) -> list[again.Check]:
    """Count every number again, as known on the same date, each half with the eyes that counted it."""
    found = again.checks(part_of, by=by)
    moved = [each.key for each in found if not each.same]
    note = f"{len(found)} counted again, {len(moved)} moved" + (f": {', '.join(moved)}" if moved else "")
    ledger.record("returns.counted_again", kind=Kind.OPERATION, by=by, about=[part_of], note=note)
    return found


@action(may=P.SEE_RETURNS, across="a return has two halves")
def note_what_changed(*, by: Viewer, part_of: Return, why: str = "") -> list[Amendment]:
    """Beside each figure of the lines that would be otherwise now, a note. What was published is never changed."""
    return _noted(part_of, by=by, why=why)


@action(may=P.RUN_SYSTEM)
def note_by_the_clock(*, by: Viewer, part_of: Return) -> list[Amendment]:
    """The same, where nobody has asked."""
    return _noted(part_of, by=by, why="")


def _noted(part_of: Return, *, by: Viewer, why: str) -> list[Amendment]:
    held = locked(Return.objects.all(), part_of)
    names = [*known_names_in(by, why), *known_lines_in(by, why)] if why else []
    refuse_if(rules.reasons_not_to_note(state=held.state, names_in_it=names))
    made = [
        Amendment.objects.create(
            owner=each.half.owner, created_by=by.account, created_at=by.now, part_of=held, figure=each.figure.key,
            was=each.was, now=each.now, as_known=by.today, why=why.strip(),
        )
        for each in again.changes(held, by=by)
    ]  # fmt: skip
    note = f"as known on {by.today}: {', '.join(each.figure for each in made) or 'nothing would be different'}"
    ledger.record("returns.counted_as_known_now", kind=Kind.OPERATION, by=by, about=[held], note=note)
    if made:
        ledger.record("returns.told_commissioner", kind=Kind.DISCLOSURE, by=by, about=[held, *made], note=note)
    return made


@action(may=P.PREPARE_RETURNS, across="a return has two halves")
def reopen(*, by: Viewer, part_of: Return, seen: int, why: str) -> Return:
    """Back to being counted, before it is sent. Whoever approved it no longer has."""
    held = locked(Return.objects.all(), part_of, seen=seen)
    refuse_if(rules.reasons_not_to_reopen(state=held.state, why=why))
    held.prepared_at = held.prepared_by = held.approved_at = held.approved_by = None
    held.figures, held.digest = {}, ""
    return _moved(held, State.PREPARING, by=by, event="returns.reopened", why=why)


@action(may=P.PREPARE_RETURNS, across="a return has two halves")
def withdraw(*, by: Viewer, part_of: Return, seen: int, why: str) -> Return:
    """Given up before it was sent; a new one for the quarter can be begun."""
    held = locked(Return.objects.all(), part_of, seen=seen)
    refuse_if(rules.reasons_not_to_withdraw(state=held.state, why=why))
    return _moved(held, State.WITHDRAWN, by=by, event="returns.withdrawn", why=why)


@action(may=P.PREPARE_RETURNS, across="a return has two halves")
def reissue(*, by: Viewer, part_of: Return, as_known: date, why: str, new_id: uuid.UUID | None = None) -> Return:
    """A new return for the same quarter, by the same definitions: once sent, it takes the place of the one before."""
    if there := already(Return.objects.all(), new_id, by=by):
        ledger.record("returns.begun_again", kind=Kind.COLLECTION, by=by, about=[there])
        return there
    held = locked(Return.objects.all(), part_of)
    waiting = held.replaced_by.exclude(state=State.WITHDRAWN).first()
    refuse_if(
        rules.reasons_not_to_reissue(
            state=held.state, why=why, as_known=as_known, was_known=held.as_known, waiting=str(waiting or "")
        )
    )
    if as_known > by.today:
        raise Refused(["nobody can say yet what will be known on a day to come"])
    return _opened(
        by, new_id, held.definitions_version, from_on=held.from_on, to_on=held.to_on, as_known=as_known, replaces=held,
        why_replaced=why,
    )  # fmt: skip


def _opened(by: Viewer, new_id: uuid.UUID | None, version: str, **about: Any) -> Return:
    said = definitions(version)
    mine = said.half_of(by.organisation_key)
    other = next(key for half, key in said.halves.items() if half != mine)
    earlier = Return.objects.filter(to_on=about["to_on"], owner__in=said.halves.values()).count()
    reference = f"Q{about['to_on']:%Y-%m}{f'.{earlier + 1}' if earlier else ''}"
    part_of = Return.objects.create(
        id=new_id or uuid.uuid4(), owner=by.organisation, created_by=by.account, created_at=by.now,
        reference=reference, definitions_version=said.version, partner_id=other, to_id=said.recipient, **about,
    )  # fmt: skip
    Move.objects.create(owner=by.organisation, created_by=by.account, created_at=by.now, part_of=part_of,
                        became=State.PREPARING, why=part_of.why_replaced)  # fmt: skip
    ledger.record("returns.begun", kind=Kind.COLLECTION, by=by, about=[part_of])
    return part_of


def _moved(held: Return, to: State, *, by: Viewer, event: str, why: str = "") -> Return:
    Move.objects.create(owner=by.organisation, created_by=by.account, created_at=by.now, part_of=held, was=held.state,
                        became=to, why=why)  # fmt: skip
    held.state = to
    held.version += 1
    held.save()
    ledger.record(event, kind=Kind.ALTERATION, by=by, about=[held])
    return held
