"""Who gave a report is released by two people, to one account, once, for a few hours; or it is not."""

from datetime import timedelta

from clearlines.access.acts import action, locked
from clearlines.access.models import Account
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import refuse_if
from clearlines.access.viewer import Viewer
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.reports import rules
from clearlines.reports.custody import custody
from clearlines.reports.models import Release, Report, Source
from clearlines.reports.queries import may_read_reports
from clearlines.reports.sealed import Who
from clearlines.reports.states import Releasing


@action(may=P.SEE_REPORTS)
def ask_who(*, by: Viewer, report: Report, to: Account, what_for: str, risk: str) -> Release:
    """Ask the custodian who gave a report. Of any report: asking does not show whether anybody left a name."""
    may_read = may_read_reports(to, by)
    same = to.organisation_id == report.owner_id == by.organisation_key
    refuse_if(rules.reasons_not_to_ask_who(reader_sees_reports=may_read, same_organisation=same))
    asked = Release.objects.create(
        owner=report.owner, created_at=by.now, created_by=by.account, report=report, to=to,
        what_for=what_for.strip(), risk=risk.strip(),
    )  # fmt: skip
    ledger.record("reports.who_asked", kind=Kind.ACCESS, by=by, about=[asked, report])
    return asked


# From here on the ledger names the release and never the report: that one was proposed shows that there is a name.


@action(may=P.SEE_SOURCES)
def propose(*, by: Viewer, release: Release, because: str) -> Release:
    release = locked(Release.objects.filter(owner=by.organisation), release)
    source = Source.objects.get(report=release.report, owner=by.organisation)
    refuse_if(
        rules.reasons_not_to_propose(
            state=release.state,
            by=by.account,
            asker=release.created_by,
            to=release.to,
            is_anybody_there=bool(source.who),
        )
    )
    release.state, release.proposed_by, release.proposed_at = Releasing.PROPOSED, by.account, by.now
    release.because = because.strip()
    release.save()
    ledger.record("reports.release_proposed", kind=Kind.ACCESS, by=by, about=[release, source])
    return release


@action(may=P.AGREE_RELEASES)
def agree(*, by: Viewer, release: Release) -> Release:
    """The second person. From now until it is shown or its time runs out, one account may open it once."""
    release = locked(Release.objects.filter(owner=by.organisation), release)
    refuse_if(
        rules.reasons_not_to_agree(
            state=release.state, by=by.account, asker=release.created_by, to=release.to, proposer=release.proposed_by
        )
    )
    release.state, release.decided_by, release.decided_at = Releasing.AGREED, by.account, by.now
    release.until_at = by.now + timedelta(hours=custody().release_hours)
    release.save()
    ledger.record("reports.release_agreed", kind=Kind.ACCESS, by=by, about=[release])
    return release


@action(may=P.AGREE_RELEASES)
def refuse(*, by: Viewer, release: Release, not_because: str) -> Release:
    """Whoever asked is told one of a few sentences, each true whether or not there is a name."""
    release = locked(Release.objects.filter(owner=by.organisation), release)
    refuse_if(rules.reasons_not_to_refuse(state=release.state, because=not_because))
    release.state, release.decided_by, release.decided_at = Releasing.REFUSED, by.account, by.now
    release.not_because = not_because
    release.save()
    ledger.record("reports.release_refused", kind=Kind.ACCESS, by=by, about=[release])
    return release


@action(may=P.SEE_REPORTS, across="two people released it to an account that may not read the register itself")
def show_once(*, by: Viewer, release: Release) -> Who:
    """The name, in the answer to this one press and never again."""
    release = locked(Release.objects.filter(owner=by.organisation), release)
    refuse_if(
        rules.reasons_not_to_show(
            is_open=release.is_open_at(by.now),
            was_shown=release.shown_at is not None,
            is_theirs=release.to == by.account,
        )
    )
    release.shown_at = by.now
    release.save(update_fields=["shown_at"])
    source = Source.objects.get(report=release.report)
    ledger.record("reports.name_shown", kind=Kind.CONSULTATION, by=by, about=[release, source])
    return source.who
