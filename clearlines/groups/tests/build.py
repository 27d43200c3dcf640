"""Groups for other rooms' tests, made by the real actions."""

from datetime import date
from typing import Any

from clearlines.access.viewer import Viewer
from clearlines.groups import actions
from clearlines.groups.models import Assessment, Group, GroupPerson, GroupRunsLine
from clearlines.lines.models import Line
from clearlines.lines.tests import build as lines
from clearlines.people.models import Person
from clearlines.people.tests import build as people

BEGAN = lines.WENT_ACTIVE
BORN = date(1990, 5, 1)
RESULT = {
    "tool": "MoRiLE", "tool_version": "3.1", "assessed_on": date(2022, 3, 1), "assessor": "Regional unit",
    "scores": {"Physical harm": "12", "Likelihood": "High (4)"}, "priority_band": "Band B",
    "next_review_on": date(2022, 6, 1),
}  # fmt: skip


def group(by: Viewer, **more: Any) -> Group:
    said = {"name": "Ropewalk lads"} | more
    return actions.register(by=by, **said)


def runs_line(by: Viewer, group: Group | None = None, line: Line | None = None, **more: Any) -> GroupRunsLine:
    said = {"from_on": BEGAN, "grade": "2B", "reason": "The same handset"} | more
    return actions.run_line(by=by, group=group or make_group(by), line=line or lines.active_line(by), **said)


def adult(by: Viewer, **more: Any) -> Person:
    said = {"given_name": "Vic", "family_name": "Boss", "born_on": BORN, "born_precision": "day"} | more
    return people.person(by, **said)


def directs(by: Viewer, group: Group | None = None, person: Person | None = None, **more: Any) -> GroupPerson:
    said = {"as_what": "directs", "from_on": BEGAN, "grade": "2B", "reason": "Two reports name him"} | more
    return actions.add_person(by=by, group=group or make_group(by), person=person or adult(by), **said)


def assessment(by: Viewer, group: Group | None = None, **more: Any) -> Assessment:
    return actions.add_assessment(by=by, group=group or make_group(by), **(RESULT | more))


def full_group(by: Viewer) -> Group:
    """A group with a second name, a line, somebody who directs it, a result, and a link. It may be made twice."""
    twice = {"decided": "unrelated"}
    found = group(by, known="Runs its line from a flat above a shop", **twice)
    actions.add_alias(
        by=by, group=found, name="The Ropes", source_words="Another force", from_on=BEGAN, grade="2C", **twice
    )
    runs_line(by, found, lines.active_line(by, brand="Sorrel"))
    directs(by, found)
    assessment(by, found)
    other = group(by, name="Quay Street", **twice)
    actions.link(by=by, from_group=found, to_group=other, kind="works_with", reason="A handset")
    found.refresh_from_db()
    return found


make_group = group


def opened_group(cast) -> dict[str, object]:
    return {"key": full_group(cast.analyst).pk}


def opened_run(cast) -> dict[str, object]:
    found = full_group(cast.analyst)
    return {"key": found.pk, "row": found.runs.get().pk}


def opened_member(cast) -> dict[str, object]:
    found = full_group(cast.analyst)
    return {"key": found.pk, "row": found.people.get().pk}


def opened_result(cast) -> dict[str, object]:
    found = full_group(cast.analyst)
    return {"key": found.pk, "row": found.assessments.get().pk}


def opened_link(cast) -> dict[str, object]:
    found = full_group(cast.analyst)
    return {"key": found.pk, "row": found.links_on.get().pk}
