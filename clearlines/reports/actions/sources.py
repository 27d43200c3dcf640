"""The source register: who gave a report, sealed, and what the custodian alone may do with it."""

from clearlines.access.acts import action
from clearlines.access.markings import Marking
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import refuse_if
from clearlines.access.viewer import Viewer
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.reports import rules
from clearlines.reports.models import Contact, Report, Source
from clearlines.reports.sealed import Who


@action(may=P.MAKE_REPORT, across="whoever holds the three words has no account")
def forget_me(*, by: Viewer, report: Report) -> None:
    """Whoever holds the three words takes their name back. The same is done and written down where there was none."""
    source = Source.objects.select_for_update().get(report=report)
    _erase(source)
    ledger.record("reports.name_taken_back", kind=Kind.ERASURE, by=by, about=[source])


@action(may=P.SEE_SOURCES)
def forget(*, by: Viewer, source: Source, because: str) -> Source:
    """Erase who it was. The report stays; the ledger keeps that it was done, and nothing of the name."""
    refuse_if([] if because.strip() else ["say why, without their name"])
    source = Source.objects.select_for_update().get(pk=source.pk, owner=by.organisation)
    _erase(source)
    Contact.objects.filter(source=source).delete()
    ledger.record("reports.name_erased", kind=Kind.ERASURE, by=by, about=[source])
    return source


@action(may=P.SEE_SOURCES)
def note_contact(*, by: Viewer, source: Source, how: str, said: str) -> Contact:
    """What the custodian and whoever gave it said to one another, sealed with the name."""
    refuse_if(rules.reasons_not_to_note_contact(said=said, is_anybody_there=bool(source.who)))
    contact = Contact(source=source, owner=source.owner, marking=Marking.CUSTODIAN, created_at=by.now)
    contact.created_by, contact.how, contact.said = by.account, how, said.strip()
    contact.save()
    ledger.record("reports.reporter_contacted", kind=Kind.ALTERATION, by=by, about=[source])
    return contact


def _erase(source: Source) -> None:
    source.who = Who()
    source.save(update_fields=["who"])
