"""From a file to what stands, for pages, the console and the example alike."""

from collections.abc import Callable
from datetime import date
from typing import BinaryIO

from clearlines.access.viewer import Viewer
from clearlines.calls import actions, health, queries, sheets, sifting, standing
from clearlines.calls.models import Extract, HealthCounts, Mapping, RuleList, WaitingFile
from clearlines.calls.sheets import Sheet
from clearlines.calls.sifting import Sifted

Days = tuple[date | None, date | None]


def sifted(
    by: Viewer, name: str, stream: BinaryIO, mapping: Mapping, rule_list: RuleList | None, *, days: Days = (None, None),
    told: Callable[[int], object] = lambda _: None,
) -> tuple[Sheet, Sifted]:  # fmt: skip
    """What a file would bring, or NotASheet."""
    sheet = sheets.examined(name, stream)
    read_by = queries.how(by.organisation_key, by.today, mapping, rule_list, days)
    return sheet, sifting.sift(sheet, stream, read_by, told=told)


def load(by: Viewer, sheet: Sheet, found: Sifted, mapping: Mapping, rule_list: RuleList | None) -> Extract:
    with standing.staging() as folder:
        return actions.load(by=by, sheet=sheet, sifted=found, folder=folder, mapping=mapping, rule_list=rule_list)


def load_waiting(by: Viewer, waits: WaitingFile, days: Days) -> Extract:
    """The file that waits, read once more as it was shown."""
    sheet, found = queries.preview(by, waits, days)
    assert waits.mapping is not None, "a preview has a mapping"
    with standing.staging() as folder:
        return actions.load(
            by=by, sheet=sheet, sifted=found, folder=folder, mapping=waits.mapping, rule_list=waits.rule_list,
            waits=waits,
        )  # fmt: skip


def load_health(
    by: Viewer, name: str, stream: BinaryIO, *, source: str, licence: str
) -> tuple[health.Counts, HealthCounts]:
    counts = health.read(name, stream)
    with standing.staging() as folder:
        return counts, actions.load_health(by=by, counts=counts, folder=folder, source=source, licence=licence)
