"""Answer a check of a closed line, and record that a line was seen selling."""

from datetime import date

from clearlines.access.acts import action, locked, made_by
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import refuse_if
from clearlines.access.viewer import Viewer
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.lines import rules
from clearlines.lines.actions.moving import move
from clearlines.lines.checking import Check
from clearlines.lines.history import standing
from clearlines.lines.models import CheckBack, Line, LineStatus, Sighting
from clearlines.lines.protocol import protocol
from clearlines.lines.states import CLOSED, Found, Status


@action(may=P.KEEP_LINES)
def answer_check(
    *, by: Viewer, closure: LineStatus, days: int, found: Found, on: date, words: str = ""
) -> CheckBack:  # fmt: skip
    """What was found so many days after a closure. In use again, the line is active again from that day."""
    line = locked(Line.objects.all(), closure.line)
    first = _first_entry(closure)
    refuse_if(rules.reasons_not_to_answer_check(
        check=Check(closure.valid_from, days), schedule=protocol().check_back_days,
        answered=_who_answered(first, days), is_closed_now=_stands_closed_by(line, closure), on=on, today=by.today,
        found=Found(found), words=words))  # fmt: skip
    check = CheckBack.objects.create(
        **made_by(by), line=line, closure=first, days=days, on=on, found=found, words=words
    )
    ledger.record("lines.check_answered", kind=Kind.COLLECTION, by=by, about=[line])
    if found == Found.IN_USE:
        move(by=by, line=line, to=Status.ACTIVE, on=on, reason=f"In use again at the {days}-day check: {words}"[:500])
    return check


def _first_entry(closure: LineStatus) -> LineStatus:
    """A closure whose day was put right is still the one closure: its checks hang on its first entry."""
    while closure.corrects is not None and closure.corrects.status in CLOSED:
        closure = closure.corrects
    return closure


def _who_answered(first: LineStatus, days: int) -> str:
    rows = CheckBack.objects.filter(closure=first, days=days).exclude(found=Found.COULD_NOT_TELL)
    row = rows.select_related("created_by").first()
    return f"{row.get_found_display()}, by {row.created_by} on {rules.in_words(row.on)}" if row else ""


def _stands_closed_by(line: Line, closure: LineStatus) -> bool:
    steps = standing(row.step for row in line.statuses.all())
    return bool(steps) and steps[-1].key == closure.pk and steps[-1].status in CLOSED


@action(may=P.KEEP_LINES)
def record_sighting(*, by: Viewer, line: Line, on: date, words: str, grade: str = "") -> Sighting:
    """Somebody saw or heard it selling on a day. The line stays what it is until a person says otherwise."""
    known = min(row.valid_from for row in line.statuses.all())
    refuse_if(rules.reasons_not_to_record_sighting(on=on, first_known=known, words=words, today=by.today))
    seen = Sighting.objects.create(**made_by(by), line=line, seen_on=on, words=words, grade=grade)
    ledger.record("lines.sighting_recorded", kind=Kind.COLLECTION, by=by, about=[line])
    return seen
