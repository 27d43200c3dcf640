"""Take a report from anybody, open it to whoever holds its three words, add to it, and note how far it has got."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from clearlines.access.acts import action, locked
from clearlines.access.markings import Marking
from clearlines.access.models import Organisation
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import Refused, refuse_if
from clearlines.access.viewer import Viewer
from clearlines.keys import box
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.reports import receipts, rules
from clearlines.reports.custody import goes_to_key
from clearlines.reports.models import Addition, Photograph, Report, Source, WrongWords
from clearlines.reports.sealed import Who
from clearlines.reports.states import Progress


@action(may=P.MAKE_REPORT, across="whoever reports reads no row of the force, and their report is one")
def receive(*, by: Viewer, new_id: uuid.UUID, receipt: str, who: Who | None = None, **said: Any) -> Report:
    """A report, owned by the force that covers the programme. `said`: danger, words, how_known, town, channel …

    Nobody who sends is written on it. A partner's organisation is; an officer who takes it down for somebody is.
    `who` goes to the source register, sealed; that register gets a row whether somebody left a name or not.
    """
    receipt_hash = receipts.hashed(receipt)
    if report := _sent_already(new_id, receipt_hash):
        ledger.record("reports.received_again", kind=Kind.COLLECTION, by=by, about=[report])
        return report
    said = {name: value.strip() for name, value in said.items()}
    danger, words, how_known = (said.get(name, "") for name in ("danger", "words", "how_known"))
    refuse_if(rules.reasons_not_to_receive(danger=danger, words=words, how_known=how_known, others=list(said.values())))
    sender = _who_sent_it(by, channel=said.pop("channel", ""))
    together = "\n".join(said.get(name, "") for name in ("words", "where_words", "when_words"))
    urgency = rules.urgency(danger=danger, words=together)
    report = Report.objects.create(
        id=new_id, created_at=by.now, urgency=urgency, receipt_hash=receipt_hash, **said | sender
    )
    photographs = _photographs_of(report)
    _keep_source(report, who or Who(), now=by.now)
    # One entry, the same with a name as without.
    ledger.record("reports.received", kind=Kind.COLLECTION, by=by, about=[report, *photographs])
    return report


@action(may=P.MAKE_REPORT, across="whoever reports reads no row of the force, and their report is one")
def come_back(*, by: Viewer, words: str) -> Report | None:
    """The report these three words open, or nothing: the same nothing whatever was wrong with them."""
    tries = _window(by.now)
    refuse_if(rules.reasons_not_to_look_up(wrong_tries=tries.tries))
    report = Report.objects.filter(receipt_hash=receipts.hashed(words)).first()
    if report is None:
        WrongWords.objects.filter(pk=tries.pk).update(tries=F("tries") + 1)
        ledger.record("reports.wrong_words_tried", kind=Kind.ACCESS, by=by)
        return None
    ledger.record("reports.came_back", kind=Kind.CONSULTATION, by=by, about=[report])
    return report


@action(may=P.MAKE_REPORT, across="whoever reports reads no row of the force, and their report is one")
def add_more(*, by: Viewer, report: Report, words: str, new_id: uuid.UUID) -> Addition:
    """More words beside the first ones. They may make it more urgent, never less."""
    refuse_if(rules.reasons_not_to_add_more(words=words))
    report = locked(Report.objects.all(), report)
    if addition := Addition.objects.filter(pk=new_id, report=report).first():
        ledger.record("reports.added_again", kind=Kind.COLLECTION, by=by, about=[report])
        return addition
    takes_it_down = by.account if by.organisation_key == report.owner_id else None
    addition = Addition.objects.create(
        id=new_id, owner=report.owner, created_at=by.now, created_by=takes_it_down, report=report, words=words.strip()
    )
    report.urgency = min(report.urgency, rules.urgency(danger="", words=words))
    report.version += 1
    report.save(update_fields=["urgency", "version"])
    ledger.record("reports.added_to", kind=Kind.COLLECTION, by=by, about=[report])
    return addition


@action(may=P.TRIAGE_REPORTS)
def note_progress(*, by: Viewer, report: Report, progress: Progress, was_used: bool | None = None) -> Report:
    """What whoever sent it reads when they come back. Triage says it; the reporter never learns more than this."""
    report = locked(Report.objects.filter(owner=by.organisation), report)
    refuse_if(rules.reasons_not_to_note_progress(now=report.progress, then=progress))
    report.progress, report.was_used = progress, was_used
    report.version += 1
    report.save(update_fields=["progress", "was_used", "version"])
    ledger.record("reports.progress_noted", kind=Kind.ALTERATION, by=by, about=[report])
    return report


def _sent_already(new_id: uuid.UUID, receipt_hash: str) -> Report | None:
    """What an earlier press of 'Send' made. Reports name no sender, so the receipt shows that it is the same one."""
    report = Report.objects.filter(pk=new_id).first()
    if report is not None and report.receipt_hash != receipt_hash:
        raise Refused(["this page has been used before: start a new report"])
    return report


def _who_sent_it(by: Viewer, *, channel: str) -> dict[str, Any]:
    goes_to = Organisation.objects.get(pk=goes_to_key())
    if by.account is None:
        return {"owner": goes_to, "channel": Report.Channel.WEB}
    if by.organisation == goes_to:
        told_to = set(Report.Channel.values) - {Report.Channel.WEB, Report.Channel.PARTNER}
        refuse_if(() if channel in told_to else ["say how it reached you: 101, 999, in person …"])
        return {"owner": goes_to, "channel": channel, "created_by": by.account}
    return {"owner": goes_to, "channel": Report.Channel.PARTNER, "sent_by": by.organisation}


def _window(now: datetime) -> WrongWords:
    local = timezone.localtime(now).replace(second=0, microsecond=0)
    start = local - timedelta(minutes=local.minute % rules.WINDOW_MINUTES)
    return WrongWords.objects.get_or_create(owner_id=goes_to_key(), created_at=start)[0]


def _photographs_of(report: Report) -> list[Photograph]:
    """Those chosen while it was being written are its own from now on."""
    Photograph.objects.filter(report=None, sent_as=report.pk).update(report=report)
    return list(Photograph.objects.filter(report=report))


def _keep_source(report: Report, who: Who, *, now: datetime) -> Source:
    """A row for every report. If the key is not there a report without a name is still taken."""
    refuse_if(rules.reasons_not_to_leave_name(name=who.name, reach=who.reach, safely=who.safely))
    source: Any = Source(report=report, owner=report.owner, marking=Marking.CUSTODIAN, created_at=now, who=who)
    try:
        # Sealed before the row is written: a save that fails would undo the report as well.
        source.who_sealed = source.who_sealed
    except box.KeyMissing:
        if who:
            raise Refused(["your name cannot be locked away just now: take it out, or come back later"]) from None
        source.who_sealed = ""
    source.save(force_insert=True)
    return source
