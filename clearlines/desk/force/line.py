"""The page of one line: what each room of the force knows of it, on a day and as known on a day."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from clearlines.access.permissions import Permission as P
from clearlines.access.viewer import Viewer
from clearlines.aftercare import queries as aftercare
from clearlines.aftercare.models import Watch
from clearlines.disruptions import queries as disruptions
from clearlines.disruptions.models import Disruption
from clearlines.groups import queries as groups
from clearlines.groups.models import GroupRunsLine
from clearlines.lines import queries as lines
from clearlines.lines.models import CheckBack, Line
from clearlines.triage import queries as triage


@dataclass(frozen=True)
class Watched:
    """The days after one closing, and the lines that first came to notice there in them."""

    watch: Watch
    began: list[Line]


@dataclass(frozen=True)
class LinePage:
    file: lines.File
    checks: list[CheckBack]
    checks_due: list[Any]
    moved: list[lines.Possible]
    told: triage.WhatIsKnown | None
    groups: list[GroupRunsLine]
    disruptions: list[Disruption]
    watches: list[Watched]

    @property
    def told_by_grade(self) -> list[Any]:
        """The better graded first; what nobody has graded comes last."""
        rows = self.told.rows if self.told else []
        return sorted(rows, key=lambda each: (each.grade is None, each.grade.code if each.grade else ""))

    @property
    def shown(self) -> list[Any]:
        """Every row on the page, for the ledger."""
        people = [each.row.person for each in (*self.file.victims, *self.file.others)]
        others = [line for each in self.moved for line in (each.from_line, each.to_line)]
        told = self.told.shown if self.told else []
        done = disruptions.named(self.disruptions)
        groups = [each.group for each in self.groups]
        watches = [row for each in self.watches for row in (each.watch, *each.began)]
        return [self.file.line, *self.file.linked, *others, *people, *told, *groups, *done, *watches]


def line_page(viewer: Viewer, key: uuid.UUID, on: date, known: date) -> LinePage:
    file = lines.file_of(viewer, key, on, known)
    closing = file.closing
    return LinePage(
        file,
        list(lines.checks_of(viewer, file.line)),
        lines.checks_due_of(viewer, closing) if closing else [],
        lines.possible_displacements(viewer, file.line) if viewer.may(P.KEEP_LINES) else [],
        triage.known_about_line(viewer, file.line) if viewer.may(P.SEE_REPORTS) else None,
        list(groups.of_line(viewer, file.line, None if (on, known) == (viewer.today, viewer.today) else on)),
        [each for each in disruptions.of_line(viewer, file.line) if each.happened_on <= on],
        _watched(viewer, file.line) if viewer.may(P.SEE_AFTERCARE) else [],
    )


def _watched(viewer: Viewer, line: Line) -> list[Watched]:
    found = []
    for watch in aftercare.watches_for(viewer, [line.reference]):
        began = lines.begun_in(viewer, watch.towns, *aftercare.window_of(watch).days)
        found.append(Watched(watch, [each for each in began if each != line]))
    return found
