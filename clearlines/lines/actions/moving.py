"""Record what a line became and when, and put that right by another entry."""

from datetime import date, datetime, time
from typing import Any

from django.db.models import Max

from clearlines.access.acts import action, locked, made_by
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import refuse_if
from clearlines.access.viewer import Viewer
from clearlines.aftercare import actions as aftercare
from clearlines.aftercare.states import Because
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.lines import history, rules
from clearlines.lines.history import Step, standing
from clearlines.lines.models import Line, LineStatus
from clearlines.lines.rules import Facts
from clearlines.lines.states import Role, Status

BECAUSE = {Status.CLOSED_T1: Because.TYPE_1, Status.CLOSED_T2: Because.TYPE_2}


@action(may=P.KEEP_LINES)
def move(
    *, by: Viewer, line: Line, to: Status, on: date, reason: str = "", seen: int | None = None,
    merged_into: Line | None = None, **facts: Any,
) -> LineStatus:  # fmt: skip
    """From a day the line is something else. `facts`: those of rules.Facts, for a closure."""
    line = locked(Line.objects.all(), line, seen=seen)
    row = _next_row(by, line, Status(to), on, Facts(**facts))
    row.reason, row.merged_into = reason, merged_into
    refuse_if(rules.reasons_not_to_merge(
        status=Status(to), same_line=merged_into == line, has_other=merged_into is not None,
        comes_back=_comes_back(line, merged_into)))  # fmt: skip
    refuse_if(rules.reasons_not_to_move(
        steps=standing(_steps_of(line)), new=row.step, facts=Facts(**facts), reason=reason,
        has_holder=_has_holder(line), now=by.now, today=by.today))  # fmt: skip
    added = _added(by, line, row, "lines.moved")
    if added.is_closure:
        _watch_over(by, line, added)
    return added


@action(may=P.KEEP_LINES)
def correct_status(
    *, by: Viewer, row: LineStatus, to: Status, on: date, reason: str, seen: int | None = None, **facts: Any
) -> LineStatus:
    """A new row takes the place of a wrong one; what was believed, and until when, stays readable."""
    line = locked(Line.objects.all(), row.line, seen=seen)
    new = _next_row(by, line, Status(to), on, Facts(**facts))
    new.reason, new.corrects = reason, row
    new.merged_into = row.merged_into if Status(to) == Status.MERGED else None
    refuse_if(rules.reasons_not_to_merge(
        status=Status(to), same_line=False, has_other=new.merged_into is not None, comes_back=False))  # fmt: skip
    refuse_if(rules.reasons_not_to_correct(
        steps=standing(_steps_of(line)), wrong=row.step, new=new.step, facts=Facts(**facts), reason=reason,
        has_holder=_has_holder(line), now=by.now, today=by.today))  # fmt: skip
    added = _added(by, line, new, "lines.status_corrected")
    if added.is_closure and not row.is_closure:
        _watch_over(by, line, added)
    return added


def _next_row(by: Viewer, line: Line, status: Status, on: date, facts: Facts) -> LineStatus:
    last = line.statuses.aggregate(last=Max("sequence"))["last"]
    return LineStatus(
        **made_by(by), line=line, sequence=last + 1, status=status, valid_from=on, known_at=by.now, **vars(facts)
    )


def _added(by: Viewer, line: Line, row: LineStatus, event: str) -> LineStatus:
    row.save()
    line.version += 1
    line.save(update_fields=["version"])
    ledger.record(event, kind=Kind.ALTERATION, by=by, about=[line, row])
    return row


def _watch_over(by: Viewer, line: Line, closing: LineStatus) -> None:
    """Closing a line calls debts in and leaves people without: the days after it are watched, from this moment on."""
    midnight = datetime.combine(closing.valid_from, time.min, history.LONDON)
    aftercare.open_watch(
        by=by, towns=[market.town for market in line.markets.all() if market.sells_on(closing.valid_from)],
        from_at=by.now if closing.valid_from == by.today else midnight, reference=line.reference,
        because=BECAUSE[Status(closing.status)],
    )  # fmt: skip


def _has_holder(line: Line) -> bool:
    return line.roles.filter(role=Role.HOLDER).exists()


def _comes_back(line: Line, other: Line | None) -> bool:
    seen = set()
    while other is not None and other.pk not in seen:
        seen.add(other.pk)
        row = LineStatus.objects.filter(line=other, status=Status.MERGED, corrected_by=None).first()
        other = row.merged_into if row else None
    return line.pk in seen


def _steps_of(line: Line) -> list[Step]:
    return [row.step for row in line.statuses.all()]
