"""Whether life is better, for those both measures exist for. Paired, with the missing counted and said why."""

import statistics
from dataclasses import dataclass
from datetime import date

from clearlines.access.viewer import Viewer
from clearlines.care import rules
from clearlines.care.instruments import instrument
from clearlines.care.models import Case, OutcomeMeasure
from clearlines.care.queries import rows

Stage = OutcomeMeasure.Stage


@dataclass(frozen=True)
class Change:
    """One person's first complete measure and their latest; None where either is missing, with the reason in words."""

    first: OutcomeMeasure | None
    latest: OutcomeMeasure | None
    missing: str

    @property
    def points(self) -> int | None:
        if self.missing or self.first is None or self.latest is None:
            return None
        assert self.first.total is not None and self.latest.total is not None
        return self.latest.total - self.first.total


@dataclass(frozen=True)
class PairedChange:
    """Of everybody on the caseload in the period: how many have both, why the others have not, and the change."""

    instrument: str
    people: int
    paired: int
    not_yet: int
    no_first: int
    no_second: int
    incomplete: int
    changes: tuple[int, ...]

    @property
    def missing(self) -> int:
        return self.people - self.paired

    @property
    def median(self) -> float | None:
        return statistics.median(self.changes) if self.changes else None

    @property
    def better(self) -> int:
        return sum(each > 0 for each in self.changes)

    @property
    def worse(self) -> int:
        return sum(each < 0 for each in self.changes)

    @property
    def same(self) -> int:
        return self.changes.count(0)

    @property
    def may_claim(self) -> bool:
        return rules.may_claim(self.paired)


NO_FIRST, NO_SECOND, INCOMPLETE = "no first measure", "no second measure", "an answer was left blank"


def change_of(measures: list[OutcomeMeasure]) -> Change:
    """From the first measure at the start to the latest later one. A blank in either leaves no change to show."""
    first = next((each for each in measures if each.stage == Stage.START), None)
    later = [each for each in measures if each.stage != Stage.START and first and each.taken_on > first.taken_on]
    latest = later[-1] if later else None
    if first is None:
        return Change(None, None, NO_FIRST)
    if latest is None:
        return Change(first, None, NO_SECOND)
    return Change(first, latest, "" if first.is_complete and latest.is_complete else INCOMPLETE)


def change(viewer: Viewer, case: Case) -> Change:
    return change_of(list(rows.standing_measures(viewer).filter(case=case)))


def paired_change(viewer: Viewer, start: date, end: date) -> PairedChange:
    """Second measures taken up to the end of the period count; who was not on the caseload in it does not."""
    cases = list(rows.opened_between(viewer, start, end))
    by_case: dict[object, list[OutcomeMeasure]] = {case.pk: [] for case in cases}
    for each in rows.standing_measures(viewer).filter(case__in=cases, taken_on__lte=end):
        by_case[each.case_id].append(each)
    found = [(case, change_of(by_case[case.pk])) for case in cases]
    not_yet = [each for case, each in found if each.missing == NO_SECOND and _is_early(case, end)]
    missing = [each.missing for _, each in found]
    return PairedChange(
        instrument=instrument().name,
        people=len(found),
        paired=missing.count(""),
        not_yet=len(not_yet),
        no_first=missing.count(NO_FIRST),
        no_second=missing.count(NO_SECOND) - len(not_yet),
        incomplete=missing.count(INCOMPLETE),
        changes=tuple(sorted(each.points for _, each in found if each.points is not None)),
    )


def _is_early(case: Case, end: date) -> bool:
    """Under twelve weeks on the caseload: a second measure is not due."""
    return case.closed_on is None and case.opened_on + rules.REVIEW_WITHIN > end
