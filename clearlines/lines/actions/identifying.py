"""Join numbers, handsets, SIMs, names and towns to a line, and say when they ended."""

from datetime import date

from django.db.models import Q

from clearlines.access.acts import action, locked, made_by
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import refuse_if
from clearlines.access.viewer import Viewer
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.lines import identifiers, queries, rules
from clearlines.lines.models import Line, LineIdentifier, LineLink, LineMarket
from clearlines.lines.states import Known


@action(may=P.KEEP_LINES)
def add_identifier(
    *, by: Viewer, line: Line, said: str, valid_from: date, kind: str = "number", decided: str = "",
    valid_until: date | None = None, grade: str = "",
) -> LineIdentifier:  # fmt: skip
    """One more number, handset, SIM or handle. Where another line has it, a person has `decided` what that means."""
    value = identifiers.kept_as(kind, said) or ""
    others = list(queries.lines_with(by, kind, said).exclude(pk=line.pk))
    refuse_if(rules.reasons_not_to_add_identifier(
        kind=kind, value=value, valid_from=valid_from, valid_until=valid_until, today=by.today,
        on_this_line=_has_in_those_days(line, kind, value, valid_from, valid_until),
        known_on=[other.reference for other in others], decided=decided))  # fmt: skip
    found = LineIdentifier.objects.create(
        **made_by(by), line=line, kind=kind, value=value, valid_from=valid_from, valid_until=valid_until,
        grade=grade, already_known=decided if others else "",
    )  # fmt: skip
    ledger.record("lines.identifier_added", kind=Kind.COLLECTION, by=by, about=[line, *others])
    if decided == Known.NEW_BRAND:
        _link_brands(by, others, line, valid_from)
    return found


def _has_in_those_days(line: Line, kind: str, value: str, begins: date, ends: date | None) -> bool:
    rows = line.identifiers.filter(kind=kind, value=value).filter(Q(valid_until=None) | Q(valid_until__gte=begins))
    return (rows.filter(valid_from__lte=ends) if ends else rows).exists()


def _link_brands(by: Viewer, others: list[Line], line: Line, on: date) -> None:
    for other in others:
        LineLink.objects.get_or_create(
            from_line=other, to_line=line, kind=LineLink.Kind.NEW_BRAND,
            defaults=made_by(by) | {"seen_on": on, "reason": "The same number, under a new brand"},
        )  # fmt: skip


@action(may=P.KEEP_LINES)
def change_number(
    *, by: Viewer, identifier: LineIdentifier, said: str, on: date, decided: str = "", grade: str = ""
) -> LineIdentifier:
    """From a day the line is reached on another number; the old one ends the day before. One line, two numbers."""
    old = locked(LineIdentifier.objects.select_related("line"), identifier)
    refuse_if(rules.reasons_not_to_change_number(begins=on, old_from=old.valid_from, old_until=old.valid_until))
    new = add_identifier(by=by, line=old.line, said=said, kind=old.kind, valid_from=on, decided=decided, grade=grade)
    _end(by, old, "valid_until", date.fromordinal(on.toordinal() - 1), f"It became {new.shown}")
    ledger.record("lines.number_changed", kind=Kind.ALTERATION, by=by, about=[old.line])
    return new


@action(may=P.KEEP_LINES)
def add_market(
    *, by: Viewer, line: Line, town: str, from_on: date, area: str = "", until_on: date | None = None
) -> LineMarket:
    """A town where the line sells."""
    refuse_if(rules.reasons_not_to_add_market(
        town=town, from_on=from_on, until_on=until_on, today=by.today,
        already=_sells_in_those_days(line, town, area, from_on, until_on)))  # fmt: skip
    market = LineMarket.objects.create(
        **made_by(by), line=line, town=town, area=area, from_on=from_on, until_on=until_on
    )
    ledger.record("lines.market_added", kind=Kind.COLLECTION, by=by, about=[line])
    return market


def _sells_in_those_days(line: Line, town: str, area: str, begins: date, ends: date | None) -> bool:
    there = line.markets.filter(town__iexact=town.strip(), area__iexact=area.strip())
    rows = there.filter(Q(until_on=None) | Q(until_on__gte=begins))
    return (rows.filter(from_on__lte=ends) if ends else rows).exists()


@action(may=P.KEEP_LINES)
def end_identifier(*, by: Viewer, identifier: LineIdentifier, on: date, because: str) -> LineIdentifier:
    """The last day on which the line was reached on it. Looked up, it still finds the line."""
    old = locked(LineIdentifier.objects.select_related("line"), identifier)
    refuse_if(rules.reasons_not_to_end(
        began=old.valid_from, ended=old.valid_until, on=on, because=because, today=by.today))  # fmt: skip
    _end(by, old, "valid_until", on, because)
    ledger.record("lines.identifier_ended", kind=Kind.ALTERATION, by=by, about=[old.line])
    return old


@action(may=P.KEEP_LINES)
def end_market(*, by: Viewer, market: LineMarket, on: date, because: str) -> LineMarket:
    """The last day on which the line sold there."""
    old = locked(LineMarket.objects.select_related("line"), market)
    refuse_if(rules.reasons_not_to_end(
        began=old.from_on, ended=old.until_on, on=on, because=because, today=by.today))  # fmt: skip
    _end(by, old, "until_on", on, because)
    ledger.record("lines.market_ended", kind=Kind.ALTERATION, by=by, about=[old.line])
    return old


def _end(by: Viewer, row: LineIdentifier | LineMarket, last_day: str, on: date, because: str) -> None:
    setattr(row, last_day, on)
    row.ended_at, row.ended_because = by.now, because
    row.version += 1
    row.save(update_fields=[last_day, "ended_at", "ended_because", "version"])
