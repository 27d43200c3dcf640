"""Say that what was closed here went on there, or that it did not."""

from datetime import date

from clearlines.access.acts import action, made_by
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import refuse_if
from clearlines.access.viewer import Viewer
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.lines import rules
from clearlines.lines.models import Line, LineLink, NotDisplaced


@action(may=P.KEEP_LINES)
def link_displacement(
    *, by: Viewer, from_line: Line, to_line: Line, on: date, reason: str, grade: str = ""
) -> LineLink:
    """Somebody thinks that what was closed here went on there. Both stand in the figures of their own areas."""
    there = LineLink.objects.filter(from_line=from_line, to_line=to_line, kind=LineLink.Kind.DISPLACEMENT).exists()
    refuse_if(rules.reasons_not_to_link(
        same=from_line == to_line, reason=reason, seen_on=on, today=by.today, already=there))  # fmt: skip
    link = LineLink.objects.create(
        **made_by(by), from_line=from_line, to_line=to_line, kind=LineLink.Kind.DISPLACEMENT, seen_on=on,
        reason=reason, grade=grade,
    )  # fmt: skip
    ledger.record("lines.displacement_linked", kind=Kind.COMBINATION, by=by, about=[from_line, to_line])
    return link


@action(may=P.KEEP_LINES)
def say_not_displaced(*, by: Viewer, from_line: Line, to_line: Line, reason: str) -> NotDisplaced:
    """Somebody looked at what two lines share, and it is not the same people going on. Nobody is asked again."""
    there = NotDisplaced.objects.filter(from_line=from_line, to_line=to_line).exists()
    refuse_if(rules.reasons_not_to_say_not_displaced(same=from_line == to_line, reason=reason, already=there))
    said = NotDisplaced.objects.create(**made_by(by), from_line=from_line, to_line=to_line, reason=reason)
    ledger.record("lines.not_displaced", kind=Kind.COLLECTION, by=by, about=[from_line, to_line])
    return said
