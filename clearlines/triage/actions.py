"""Take a report up, join it to what it is about, grade it, decide, and put any of that right."""

import uuid
from collections.abc import Callable
from typing import Any

from clearlines.access.acts import action, already, locked
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import Refused, refuse_if
from clearlines.access.viewer import Viewer
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.lines import actions as lines
from clearlines.people import actions as people
from clearlines.places import actions as places
from clearlines.reports import actions as reports
from clearlines.reports.models import Report
from clearlines.reports.states import Progress
from clearlines.triage import queries, rules
from clearlines.triage.models import (
    Comparison,
    Decision,
    Grade,
    Link,
    ReportToLine,
    ReportToPerson,
    ReportToPlace,
    Thrive,
    Triage,
)
from clearlines.triage.states import USED, State

LINKS: dict[str, type[Link]] = {"line": ReportToLine, "place": ReportToPlace, "person": ReportToPerson}
MADE_BY: dict[str, Callable[..., Any]] = {"line": lines.register, "place": places.add, "person": people.add}


@action(may=P.TRIAGE_REPORTS)
def take_up(*, by: Viewer, report: Report) -> Triage:
    """The report is being looked at, and whoever sent it can see that it is."""
    state = _held(by, report)
    refuse_if(rules.reasons_not_to_take_up(state=state))
    triage = Triage.objects.create(**_made(by, report), state=State.LOOKED_AT)
    reports.note_progress(by=by, report=report, progress=Progress.LOOKED_AT)
    ledger.record("triage.taken_up", kind=Kind.CONSULTATION, by=by, about=[report])
    return triage


@action(may=P.TRIAGE_REPORTS)
def link(
    *, by: Viewer, report: Report, to: str, row: Any, new_id: uuid.UUID | None = None, why: str = "", **more: str
) -> Link:
    """The report may be about this line, place or person: a candidate until somebody confirms it."""
    links = LINKS[to]._default_manager
    if made := already(links.all(), new_id, by=by):
        ledger.record("triage.linked_again", kind=Kind.COMBINATION, by=by, about=[report, row])
        return made
    refuse_if(
        rules.reasons_not_to_link(
            state=_held(by, report),
            same_owner=row.owner_id == report.owner_id,
            already=links.filter(report=report, undone_at=None, **{to: row}).exists(),
        )
    )
    made = links.create(**_made(by, report, new_id), why=why, **{to: row}, **more)
    ledger.record(f"triage.linked_to_{to}", kind=Kind.COMBINATION, by=by, about=[report, row])
    return made


@action(may=P.TRIAGE_REPORTS)
def link_new(*, by: Viewer, report: Report, to: str, details: dict[str, Any], new_id: uuid.UUID, **more: str) -> Link:
    """The same, for a line, place or person that is not in the register yet. One press makes one of each."""
    refuse_if(rules.reasons_not_to_work_on(state=_held(by, report)))
    row = MADE_BY[to](by=by, new_id=new_id, **details)
    return link(by=by, report=report, to=to, row=row, new_id=new_id, **more)


@action(may=P.TRIAGE_REPORTS)
def confirm(*, by: Viewer, link: Link) -> Link:
    link = _held_link(by, link)
    refuse_if(rules.reasons_not_to_confirm(confirmed=bool(link.confirmed_at), undone=bool(link.undone_at)))
    link.confirmed_at, link.confirmed_by = by.now, by.account
    return _kept(by, link, "triage.link_confirmed")


@action(may=P.TRIAGE_REPORTS)
def unlink(*, by: Viewer, link: Link, because: str) -> Link:
    """A wrong link is taken back; that it was made, by whom and until when, stays."""
    link = _held_link(by, link)
    refuse_if(rules.reasons_not_to_unlink(undone=bool(link.undone_at), because=because))
    link.undone_at, link.undone_by, link.undone_because = by.now, by.account, because
    return _kept(by, link, "triage.unlinked")


@action(may=P.GRADE_REPORTS)
def grade(
    *, by: Viewer, report: Report, source: str, assessment: str, handling: str, conditions: str = "", because: str = ""
) -> Grade:
    """A 3x5x2 grade, by somebody who neither sent the report nor wrote it down."""
    state, before = _held(by, report), Grade.objects.filter(report=report).count()
    refuse_if(rules.reasons_not_to_grade(state=state, took_it_down=queries.took_it_down(by, report)))
    said = {"source": source, "assessment": assessment, "handling": handling, "conditions": conditions}
    refuse_if(rules.reasons_not_to_grade_so(**said, again=bool(before), because=because))
    graded = Grade.objects.create(**_made(by, report), number=before + 1, because=because, **said)
    ledger.record("triage.graded", kind=Kind.ALTERATION, by=by, about=[report])
    return graded


@action(may=P.TRIAGE_REPORTS)
def think_through(*, by: Viewer, report: Report, **lines: str) -> Thrive:
    """THRIVE, a line for each letter that has something to say."""
    refuse_if(rules.reasons_not_to_work_on(state=_held(by, report)))
    refuse_if(() if any(said.strip() for said in lines.values()) else ["write at least one line"])
    thrive = Thrive.objects.create(**_made(by, report), **lines)
    ledger.record("triage.thought_through", kind=Kind.ALTERATION, by=by, about=[report])
    return thrive


@action(may=P.TRIAGE_REPORTS)
def compare(*, by: Viewer, one: Report, other: Report, verdict: str, reason: str) -> Comparison:
    """Whether two reports are one account told twice. It changes how many sources there are, and neither report."""
    refuse_if(
        rules.reasons_not_to_compare(
            same_report=one == other, same_owner=one.owner_id == other.owner_id, verdict=verdict, reason=reason
        )
    )
    row = _made(by, one)
    del row["report"]
    said = Comparison.objects.create(**row, one=one, other=other, verdict=verdict, reason=reason)
    ledger.record("triage.compared", kind=Kind.COMBINATION, by=by, about=[one, other])
    return said


@action(may=P.TRIAGE_REPORTS)
def decide(*, by: Viewer, report: Report, outcome: str, reason: str, reference: str = "") -> Decision:
    """What becomes of the report. Once; after it is opened again, another that stands in the first one's place."""
    state = _held(by, report)
    linked = ReportToPerson.objects.filter(report=report, undone_at=None).exists()
    graded = Grade.objects.filter(report=report).exists()
    refuse_if(
        rules.reasons_not_to_decide(state=state, outcome=outcome, reason=reason, graded=graded, linked_to_person=linked)
    )
    last = Decision.objects.filter(report=report).last()
    triage = Triage.objects.get(report=report)
    because = {"corrects": last, "number": last.number + 1, "corrects_because": triage.reopened_because} if last else {}
    decision = Decision.objects.create(
        **_made(by, report), outcome=outcome, reason=reason, reference=reference, **because
    )
    _move(triage, State.DECIDED)
    reports.note_progress(by=by, report=report, progress=Progress.FINISHED, was_used=outcome in USED)
    ledger.record("triage.decided", kind=Kind.ALTERATION, by=by, about=[report])
    return decision


@action(may=P.TRIAGE_REPORTS)
def reopen(*, by: Viewer, report: Report, because: str) -> Triage:
    """Opens a decided report again, because the decision was wrong or more has come in."""
    state = _held(by, report)
    refuse_if(rules.reasons_not_to_reopen(state=state, because=because))
    triage = _move(Triage.objects.get(report=report), State.REOPENED, because)
    reports.note_progress(by=by, report=report, progress=Progress.LOOKED_AT)
    ledger.record("triage.reopened", kind=Kind.ALTERATION, by=by, about=[report])
    return triage


def _held(by: Viewer, report: Report) -> str:
    """The state of the viewer's own report, held until the action ends: two who decide at once do so in turn."""
    if report.owner_id != by.organisation_key:
        raise Refused(["it belongs to another organisation"])
    Report.objects.select_for_update().get(pk=report.pk)
    triage = Triage.objects.filter(report=report).first()
    return triage.state if triage else State.WAITING


def _made(by: Viewer, report: Report, new_id: uuid.UUID | None = None) -> dict[str, Any]:
    """A row about a report is its owner's and is marked as it is."""
    return {
        "id": new_id or uuid.uuid4(),
        "owner": report.owner,
        "marking": report.marking,
        "created_at": by.now,
        "created_by": by.account,
        "report": report,
    }


def _move(triage: Triage, state: State, because: str = "") -> Triage:
    triage.state, triage.reopened_because = state, because
    triage.version += 1
    triage.save()
    return triage


def _held_link(by: Viewer, link: Link) -> Link:
    if link.owner_id != by.organisation_key:
        raise Refused(["it belongs to another organisation"])
    return locked(type(link)._default_manager.all(), link)


def _kept(by: Viewer, link: Link, event: str) -> Link:
    link.version += 1
    link.save()
    ledger.record(event, kind=Kind.COMBINATION, by=by, about=[link.report, link.target])
    return link
