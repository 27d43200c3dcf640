"""What waits, one report whole, and what is known about a line or a person. All of it the viewer's own force's."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from clearlines.access.permissions import Permission as P
from clearlines.access.scope import own, the_one
from clearlines.access.viewer import Viewer
from clearlines.lines.models import Line
from clearlines.people import queries as people
from clearlines.people.models import Person
from clearlines.reports import queries as reports
from clearlines.reports.models import Addition, Report
from clearlines.triage import rules
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
from clearlines.triage.states import IN_WORDS, State

# Accounts are compared with those that came in around the same time, and no more than a page can bear.
COMPARED_WITHIN, COMPARED_AT_MOST = timedelta(days=90), 500
LINKS: dict[str, type[Link]] = {"line": ReportToLine, "place": ReportToPlace, "person": ReportToPerson}


def standing(viewer: Viewer) -> QuerySet[Any]:
    """Every report with `state`, when it was last decided and when it was last added to."""
    newest_decision = Decision.objects.filter(report=OuterRef("pk")).order_by("-number").values("created_at")[:1]
    newest_words = Addition.objects.filter(report=OuterRef("pk")).order_by("-created_at").values("created_at")[:1]
    state = Triage.objects.filter(report=OuterRef("pk")).values("state")[:1]
    return reports.visible(viewer).annotate(
        state=Coalesce(Subquery(state), Value(State.WAITING.value)),
        decided_at=Subquery(newest_decision),
        added_at=Subquery(newest_words),
    )


def waiting(viewer: Viewer) -> QuerySet[Report]:
    """What somebody must still read: undecided, or added to since it was decided. Urgent first, then the oldest."""
    return standing(viewer).filter(~Q(state=State.DECIDED) | Q(added_at__gt=Coalesce("decided_at", "added_at")))


def decided(viewer: Viewer) -> QuerySet[Report]:
    return standing(viewer).filter(state=State.DECIDED).order_by("-decided_at", "pk")


@dataclass
class Matter:
    """One report and everything the police made of it."""

    report: Report
    state: str
    reopened_because: str
    grades: list[Grade]
    thrive: Thrive | None
    links: list[Link]
    decisions: list[Decision]
    alike: list[Report]
    not_to_grade: list[str] = field(default_factory=list)

    @property
    def said(self) -> str:
        return IN_WORDS[self.state]

    @property
    def is_open(self) -> bool:
        return rules.is_open(self.state)

    @property
    def grade(self) -> Grade | None:
        return self.grades[-1] if self.grades else None

    @property
    def decision(self) -> Decision | None:
        return self.decisions[-1] if self.decisions else None

    @property
    def standing_links(self) -> list[Link]:
        return [each for each in self.links if not each.undone_at]

    @property
    def undone_links(self) -> list[Link]:
        return [each for each in self.links if each.undone_at]

    @property
    def added_since(self) -> bool:
        last = self.report.additions.last()
        return bool(self.decision and last and last.created_at > self.decision.created_at)

    @property
    def shown(self) -> list[Any]:
        """Every row about somebody that the page shows, for the ledger."""
        return [self.report, *self.alike, *(each.target for each in self.links)]


def matter(viewer: Viewer, key: uuid.UUID) -> Matter:
    report = the_one(reports.visible(viewer), key)
    triage = _about(viewer, Triage, report).first()
    state = triage.state if triage else State.WAITING
    return Matter(
        report,
        state,
        triage.reopened_because if triage else "",
        list(_about(viewer, Grade, report).select_related("created_by")),
        _about(viewer, Thrive, report).order_by("created_at", "pk").last(),
        [each for kind in LINKS.values() for each in _links(viewer, kind).filter(report=report)],
        list(_about(viewer, Decision, report).select_related("created_by").order_by("number")),
        alike(viewer, report),
        list(rules.reasons_not_to_grade(state=state, took_it_down=took_it_down(viewer, report))),
    )


def alike(viewer: Viewer, report: Report) -> list[Report]:
    """Reports that read like this one and came in around the same time, the newest first."""
    around = (report.created_at - COMPARED_WITHIN, report.created_at + COMPARED_WITHIN)
    near = reports.visible(viewer).prefetch_related(None).exclude(pk=report.pk).filter(created_at__range=around)
    others = {each.pk: each for each in near.order_by("-created_at", "pk")[:COMPARED_AT_MOST]}
    found = rules.alike(_account(report), map(_account, others.values()), verdicts(viewer, [report.pk]))
    return [others[each.key] for each in found]  # type: ignore[index]


def verdicts(viewer: Viewer, keys: Iterable[uuid.UUID]) -> dict[frozenset[object], str]:
    """What people decided about pairs of reports; where they decided twice, the newest."""
    keys = list(keys)
    said = own(viewer, Comparison.objects.order_by("created_at", "pk"), needs=P.SEE_REPORTS)
    pairs = said.filter(Q(one__in=keys) | Q(other__in=keys)).values_list("one", "other", "verdict")
    return {frozenset({one, other}): verdict for one, other, verdict in pairs}


@dataclass(frozen=True)
class Known:
    """One report that is about something, with how far it may be relied on."""

    link: Link
    report: Report
    grade: Grade | None
    decision: Decision | None


@dataclass(frozen=True)
class WhatIsKnown:
    """Reports about one line or person. `sources` counts the same account told twice once."""

    rows: list[Known]
    sources: int

    @property
    def shown(self) -> list[Any]:
        return [each.report for each in self.rows]


def known_about_line(viewer: Viewer, line: Line) -> WhatIsKnown:
    return _known(viewer, _links(viewer, ReportToLine).filter(line=line, undone_at=None))


def last_heard_of_lines(viewer: Viewer) -> dict[uuid.UUID, date]:
    """The last day on which a report came in that is confirmed to be about a line, by the line's key."""
    rows = _links(viewer, ReportToLine).filter(undone_at=None, confirmed_at__isnull=False).order_by()
    newest = rows.values("line").annotate(last=Max("report__created_at")).values_list("line", "last")
    return {line: timezone.localtime(last).date() for line, last in newest}


def reports_about_person(viewer: Viewer, person: Person) -> WhatIsKnown:
    """About this person, under any record that the force believes to be theirs."""
    records = people.cluster(viewer, person)
    return _known(viewer, _links(viewer, ReportToPerson).filter(person__in=records, undone_at=None))


def facts_for_letter(viewer: Viewer, person: Person) -> dict[str, str]:
    """What a letter about this person may begin with: copied words and no key. Why is for its writer to say."""
    if not viewer.may(P.SEND_REFERRALS) or person.owner_id != viewer.organisation_key:
        return {}
    age, home = person.age_on(viewer.today), person.home
    facts = {
        "name": person.name,
        "age": "" if age is None else str(age),
        "phone": person.phone,
        "safe_contact": person.safe_contact,
        "area": home.town if home else "",
        "address": str(home) if home else "",
    }
    return {name: said for name, said in facts.items() if said}


def link(viewer: Viewer, to: str, key: uuid.UUID) -> Link:
    return the_one(_links(viewer, LINKS[to]), key)


def took_it_down(viewer: Viewer, report: Report) -> bool:
    """Whether the viewer wrote the report, or anything added to it, down for somebody."""
    written_by = {report.created_by_id, *(each.created_by_id for each in report.additions.all())}
    return viewer.account is not None and viewer.account.pk in written_by


def _known(viewer: Viewer, links: QuerySet[Any]) -> WhatIsKnown:
    found = list(links.order_by("-report__created_at", "pk"))
    keys = [each.report_id for each in found]
    grades = {each.report_id: each for each in _all(viewer, Grade).filter(report__in=keys).order_by("number")}
    decisions = {each.report_id: each for each in _all(viewer, Decision).filter(report__in=keys).order_by("number")}
    rows = [Known(each, each.report, grades.get(each.report_id), decisions.get(each.report_id)) for each in found]
    accounts = [_account(each) for each in {row.report.pk: row.report for row in rows}.values()]
    return WhatIsKnown(rows, len(rules.families(accounts, verdicts(viewer, keys))))


def _account(report: Report) -> rules.Account:
    return rules.Account(report.pk, report.words, f"{report.where_words} {report.town}")


def _all(viewer: Viewer, model: type[Any]) -> QuerySet[Any]:
    """Rows about reports the viewer may read: what is hidden in a report is hidden in everything about it."""
    return own(viewer, model.objects.filter(report__marking__in=viewer.markings), needs=P.SEE_REPORTS)


def _about(viewer: Viewer, model: type[Any], report: Report) -> QuerySet[Any]:
    return _all(viewer, model).filter(report=report)


def _links(viewer: Viewer, kind: type[Any]) -> QuerySet[Any]:
    rows = _all(viewer, kind).filter(**{f"{kind.TO}__marking__in": viewer.markings})
    return rows.select_related("report", kind.TO, "created_by", "confirmed_by", "undone_by").order_by(
        "created_at", "pk"
    )
