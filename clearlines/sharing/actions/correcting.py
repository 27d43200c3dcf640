"""What was told was wrong, or was about somebody else: everybody who was told is told that too. DPA 2018 s.38."""

from typing import Any

from clearlines.access.acts import action, locked
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import refuse_if
from clearlines.access.viewer import Viewer
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.sharing import rules
from clearlines.sharing.ends import notify, record_both
from clearlines.sharing.models import Correction, Disclosure, Notice
from clearlines.sharing.writing import Words, day_told, end, write


@action(may=P.TELL)
def correct(
    *, by: Viewer, disclosure: Disclosure, field: str, words: str, said_as: str, why: str, seen: int | None = None
) -> list[Correction]:
    """Every recipient of the same wrong words about the same person is told; who can still read them reads the right
    ones in their place."""
    told = locked(Disclosure.objects.filter(owner=by.organisation_key), disclosure, seen=seen)
    refuse_if(rules.reasons_not_to_correct(told=told.told, field=field, words=words, said_as=said_as, why=why))
    right = {"field": field, "words": words.strip(), "said_as": said_as}
    return [_put_right(each, right, by=by, why=why) for each in _told_the_same(told, field)]


@action(may=P.REVIEW_DISCLOSURES)
def tell_parted(*, by: Viewer, disclosure: Disclosure) -> Correction:
    """Tell its recipient that it may have been about somebody else; it is taken back if they could still read it."""
    told = locked(Disclosure.objects.filter(owner=by.organisation_key), disclosure)
    words = f"What we told you on {day_told(told)} may have been about somebody else."
    made = _note(told, by=by, because=Correction.Because.PERSON, why="Two records were parted")
    if told.revoked_at is None:
        end(told, by=by, why="It may have been about somebody else")
    notify(told, Notice.News.SOMEBODY_ELSE, by=by, words=words)
    record_both("sharing.parted_told", by=by, to=told.to_id, number=told.number, about=[told, made])
    return made


@action(may=P.READ_TOLD)
def say_destroyed(*, by: Viewer, notice: Notice, how: str) -> Notice:
    """The recipient's word that every copy is gone or given back."""
    notice = locked(Notice.objects.filter(owner=by.organisation_key), notice)
    refuse_if(
        rules.reasons_not_to_say_destroyed(
            asks=notice.asks_for_destruction_on(by.today), destroyed_at=notice.destroyed_at, how=how
        )
    )
    notice.destroyed_at, notice.destroyed_by, notice.destroyed_how = by.now, by.account, how
    notice.version += 1
    notice.save()
    ledger.record("sharing.destroyed", kind=Kind.ERASURE, by=by, about=[notice])
    return notice


def _told_the_same(told: Disclosure, field: str) -> list[Disclosure]:
    """This one, and every other that told the same words about the same person and was never put right."""
    if told.person_id is None:
        return [told]
    wrong = _said(told, field)
    others = (
        Disclosure.objects.select_for_update().filter(owner=told.owner_id, person=told.person_id).exclude(pk=told.pk)
    )
    put_right = Correction.objects.filter(owner=told.owner_id, field=field).values("disclosure")
    same = others.exclude(pk__in=put_right).order_by("given_at", "pk")
    return [told, *(each for each in same if _said(each, field) == wrong)]


def _said(told: Disclosure, field: str) -> str:
    return next((each["words"] for each in told.told if each["field"] == field), "")


def _put_right(told: Disclosure, right: dict[str, Any], *, by: Viewer, why: str) -> Correction:
    heading = rules.FIELDS[right["field"]]
    in_place = None
    if told.is_live_on(by.today):
        again = [right if each["field"] == right["field"] else each for each in told.told]
        words = Words(told.to, again, told.review_on, told.person, told.until_on)
        in_place = write(
            words, by=by, basis=Disclosure.Basis(told.basis), agreement=told.agreement, gateway=told.gateway,
            reason=told.reason, in_place_of=told.number,
        )  # fmt: skip
        end(told, by=by, why=f"{heading} was wrong")
    made = _note(told, by=by, because=Correction.Because.WORDS, why=why, field=right["field"], in_place=in_place)
    instead = f" Read {in_place.number} in its place." if in_place else ""
    notify(told, Notice.News.WRONG, by=by, words=f"“{heading}”, told to you on {day_told(told)}, was wrong.{instead}")
    record_both("sharing.corrected", by=by, to=told.to_id, number=told.number, about=[told, made], under=told.agreement)
    return made


def _note(told: Disclosure, *, by: Viewer, **said: Any) -> Correction:
    return Correction.objects.create(
        owner=by.organisation, created_by=by.account, created_at=by.now, disclosure=told, **said
    )
