"""Register a line, record what shows that it is one, and decide whether it qualifies."""

import uuid
from datetime import date

from django.db.models import Max

from clearlines.access.acts import action, already, locked, made_by
from clearlines.access.models import Organisation
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import refuse_if
from clearlines.access.viewer import Viewer
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.lines import rules
from clearlines.lines.actions.identifying import add_identifier, add_market
from clearlines.lines.models import ElementTest, Line, LineStatus
from clearlines.lines.states import Status


@action(may=P.KEEP_LINES)
def register(
    *, by: Viewer, brand: str, since: date, status: Status = Status.UNDER_ASSESSMENT, reason: str = "",
    exporter_area: str = "", new_id: uuid.UUID | None = None, first: dict[str, str] | None = None,
) -> Line:  # fmt: skip
    """A line with the next reference. `first` may hold its number and town: number, decided, town, area."""
    if line := already(Line.objects.all(), new_id, by=by):
        ledger.record("lines.registered_again", kind=Kind.COLLECTION, by=by, about=[line])
        return line
    refuse_if(rules.reasons_not_to_register(brand=brand, status=Status(status), since=since, today=by.today))
    # Held so that two people who register at once get two references.
    Organisation.objects.select_for_update().get(pk=by.organisation_key)
    number = (Line.objects.filter(owner=by.organisation).aggregate(last=Max("number"))["last"] or 0) + 1
    line = Line.objects.create(
        **made_by(by, new_id),
        number=number,
        reference=f"L-{number:04}",
        brand=brand.strip(),
        exporter_area=exporter_area,
    )
    LineStatus.objects.create(
        **made_by(by), line=line, sequence=1, status=status, valid_from=since, known_at=by.now, reason=reason
    )
    ledger.record("lines.registered", kind=Kind.COLLECTION, by=by, about=[line])
    said = first or {}
    if said.get("number"):
        add_identifier(by=by, line=line, said=said["number"], valid_from=since, decided=said.get("decided", ""))
    if said.get("town"):
        add_market(by=by, line=line, town=said["town"], area=said.get("area", ""), from_on=since)
    return line


@action(may=P.KEEP_LINES)
def record_element(*, by: Viewer, line: Line, element: str, finding: str, evidence: str = "") -> ElementTest:
    """What somebody found about one of the four elements; earlier findings stay."""
    refuse_if(rules.reasons_not_to_record_element(finding=finding, evidence=evidence))
    found = ElementTest.objects.create(**made_by(by), line=line, element=element, finding=finding, evidence=evidence)
    ledger.record("lines.element_recorded", kind=Kind.COLLECTION, by=by, about=[line])
    return found


@action(may=P.KEEP_LINES)
def decide_qualifies(*, by: Viewer, line: Line, answer: str, reason: str, seen: int | None = None) -> Line:
    """A named person decides whether it is a county line. Nothing is computed from the elements."""
    line = locked(Line.objects.all(), line, seen=seen)
    refuse_if(rules.reasons_not_to_decide(answer=answer, reason=reason))
    line.qualifies, line.qualifies_reason = answer, reason
    line.qualifies_on, line.qualifies_by = by.today, by.account
    line.version += 1
    line.save()
    ledger.record("lines.qualifies_decided", kind=Kind.ALTERATION, by=by, about=[line])
    return line
