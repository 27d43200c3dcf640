"""Keep a photograph that somebody sends, and let go of those whose report was never sent."""

import functools
import uuid

from django.db import transaction

from clearlines.access.acts import action
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import refuse_if
from clearlines.access.viewer import Viewer
from clearlines.keys.files import Vault
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.reports import rules
from clearlines.reports.custody import goes_to_key
from clearlines.reports.models import Photograph
from clearlines.reports.queries import begun_and_never_sent
from clearlines.web.photographs import Drawn

SENT = "whoever sends a report is not of the force whose it becomes"


@action(may=P.MAKE_REPORT, across=SENT)
def keep_photograph(*, by: Viewer, sent_as: uuid.UUID, drawn: Drawn) -> Photograph:
    """Sealed under the receiving force's key. `sent_as`: the key that the report will have when it is sent."""
    unsent = Photograph.objects.filter(report=None)
    already = unsent.filter(sent_as=sent_as).count()
    refuse_if(rules.reasons_not_to_keep_photograph(already=already, unsent=unsent.count()))
    kept = Photograph(owner_id=goes_to_key(), created_at=by.now, sent_as=sent_as)
    kept.width, kept.height = drawn.width, drawn.height
    kept.file = Vault().save(kept.owner_id, drawn.body, about=kept.place)
    kept.save()
    ledger.record("reports.photograph_kept", kind=Kind.COLLECTION, by=by, about=[kept])
    return kept


@action(may=P.MAKE_REPORT, across=SENT)
def remove_photograph(*, by: Viewer, sent_as: uuid.UUID, number: int) -> None:
    """The first, second or third of a report that is not sent yet. Once it is sent it stays as it was received."""
    unsent = list(Photograph.objects.filter(report=None, sent_as=sent_as))
    _let_go(unsent[number - 1 : number] if number > 0 else [])
    ledger.record("reports.photograph_removed", kind=Kind.ERASURE, by=by)


@action(may=P.MAKE_REPORT, across=SENT)
def forget_unsent(*, by: Viewer, sent_as: uuid.UUID) -> None:
    """Whoever was writing has left: what they had chosen goes at once."""
    _let_go(list(Photograph.objects.filter(report=None, sent_as=sent_as)))
    ledger.record("reports.unsent_forgotten", kind=Kind.ERASURE, by=by)


@action(may=P.RUN_SYSTEM)
def forget_all_unsent(*, by: Viewer) -> int:
    """Photographs of reports that were begun and never sent."""
    unsent = list(begun_and_never_sent(by))
    _let_go(unsent)
    ledger.record("reports.unsent_forgotten", kind=Kind.ERASURE, by=by, note=f"{len(unsent)} photographs")
    return len(unsent)


def _let_go(unsent: list[Photograph]) -> None:
    """The rows now, and the files once it is certain that the rows are gone."""
    files = [each.file for each in unsent]
    Photograph.objects.filter(pk__in=[each.pk for each in unsent]).delete()
    for each in files:
        transaction.on_commit(functools.partial(Vault().erase, each))
