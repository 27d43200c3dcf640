"""Disruptions for other rooms' tests, made by the real actions."""

from datetime import date
from typing import Any

from clearlines.access.viewer import Viewer
from clearlines.disruptions import actions
from clearlines.disruptions.models import Disruption, DoneTo
from clearlines.disruptions.rules import Act, Granted
from clearlines.lines.tests import build as lines
from clearlines.people.tests import build as people

# A Friday: with no bank holiday between, the fifth working day after it is the next Friday.
GRANTED, COMPLIED = date(2022, 6, 10), date(2022, 6, 17)


def act(**more: Any) -> Act:
    said = {
        "p": "pursue", "happened_on": GRANTED, "tactic": "arrest", "words": "Two arrested at the station",
        "level": "major", "why": "Nobody else knows the numbers", "lead_agency": "police",
    }  # fmt: skip
    return Act(**said | more)


def disruption(by: Viewer, line: Any = None, **more: Any) -> Disruption:
    """About a line, unless something else is given."""
    to = {name: more.pop(name) for name in ("group", "person", "place") if name in more}
    said = {name: more.pop(name) for name in ("decided", "line_disrupted_from", "new_id") if name in more}
    if line is None and not to and "about_words" not in more:
        line = lines.active_line(by)
    return actions.record(by=by, act=act(**more), to=DoneTo(line=line, **to), **said)


def granted(**more: Any) -> Granted:
    said = {"kind": "ddtro", "granted_on": GRANTED, "reference": "ORD-7", "identifier": "07700 900123"} | more
    return Granted(**said)


def ddtro(by: Viewer, found: Disruption, **more: Any) -> Any:
    return actions.add_order(by=by, disruption=found, granted=granted(**more))


def full_disruption(by: Viewer) -> Disruption:
    """About a line and somebody on it, with an order."""
    line = lines.full_line(by)
    holder = people.person(by, given_name="Vic", family_name="Holder")
    found = disruption(by, line=line, person=holder)
    ddtro(by, found)
    return found


def opened_disruption(cast) -> dict[str, object]:
    return {"key": full_disruption(cast.analyst).pk}


def opened_order(cast) -> dict[str, object]:
    found = full_disruption(cast.analyst)
    return {"key": found.pk, "row": found.orders.get().pk}
