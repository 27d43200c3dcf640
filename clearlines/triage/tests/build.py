"""Reports that have been taken up, linked and decided, made by the real actions."""

from typing import Any

from clearlines.lines import actions as lines
from clearlines.lines.models import Line
from clearlines.people.tests import build as people
from clearlines.reports.models import Report
from clearlines.reports.tests import build as reports
from clearlines.triage import actions
from clearlines.triage.models import Link


def taken_up(cast, **more: Any) -> Report:
    report = reports.report(cast.nobody, **more)
    actions.take_up(by=cast.sergeant, report=report)
    return report


def line(cast, brand: str = "Example", **more: Any) -> Line:
    return lines.register(by=cast.sergeant, brand=brand, since=cast.sergeant.today, **more)


def linked(cast, report: Report | None = None, **more: Any) -> Link:
    report = report or taken_up(cast)
    row = people.person(cast.sergeant)
    return actions.link(by=cast.sergeant, report=report, to="person", row=row, **more)


def decided(cast, outcome: str = "no_action", **more: Any) -> Report:
    report = taken_up(cast, **more)
    actions.decide(by=cast.sergeant, report=report, outcome=outcome, reason="Nothing in it can be followed up")
    return report


def opened_report(cast) -> dict[str, object]:
    return {"key": taken_up(cast).pk}


def opened_decided_report(cast) -> dict[str, object]:
    return {"key": decided(cast).pk}


def opened_link(cast) -> dict[str, object]:
    return {"to": "person", "key": linked(cast).pk}


def opened_pair(cast) -> dict[str, object]:
    return {"key": taken_up(cast).pk, "other": taken_up(cast).pk}
