"""Say how extracts are read, bring one, load it or leave it: all of a file or nothing of it."""

import uuid
from collections.abc import Mapping as Said
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max

from clearlines.access.acts import action, already, made_by
from clearlines.access.markings import Marking
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import Refused, refuse_if
from clearlines.access.viewer import Viewer
from clearlines.calls import queries, rules, standing
from clearlines.calls.columns import Columns
from clearlines.calls.health import Counts
from clearlines.calls.models import Extract, HealthCounts, Mapping, RuleList, WaitingFile
from clearlines.calls.sheets import Sheet
from clearlines.calls.sifting import Sifted
from clearlines.keys.files import Vault
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind

REJECTED_KEPT = 1_000


@action(may=P.LOAD_CALLS)
def save_mapping(*, by: Viewer, name: str, columns: Columns) -> Mapping:
    """The newest edition under this name; the one that is there, where nothing differs."""
    chosen = {field: heading for field, heading in columns.headings.items() if heading}
    refuse_if(rules.reasons_not_to_save_mapping(name, chosen))
    said = Columns(chosen, columns.dates).as_json()
    return _edition(by, Mapping, name, {"columns": said}, event="calls.mapping_saved")


@action(may=P.LOAD_CALLS)
def save_rules(*, by: Viewer, name: str, words: Said[str, Sequence[str]]) -> RuleList:
    """The newest edition under this name; the one that is there, where nothing differs."""
    refuse_if(rules.reasons_not_to_save_rules(name, words))
    said = {key: [" ".join(each.split()) for each in those if each.strip()] for key, those in words.items()}
    return _edition(by, RuleList, name, {"words": said}, event="calls.rules_saved")


def _edition(by: Viewer, model: Any, name: str, said: dict[str, Any], *, event: str) -> Any:
    owned = model.objects.select_for_update().filter(owner=by.organisation, name=name.strip())
    newest = owned.order_by("-edition").first()
    if newest is None or any(getattr(newest, field) != value for field, value in said.items()):
        last = owned.aggregate(last=Max("edition"))["last"] or 0
        newest = model.objects.create(
            **made_by(by), marking=Marking.OFFICIAL, name=name.strip(), edition=last + 1, **said
        )
    ledger.record(event, kind=Kind.ALTERATION, by=by, about=[newest], note=str(newest))
    return newest


@action(may=P.LOAD_CALLS)
def bring(
    *, by: Viewer, file_name: str, body: bytes, mapping: Mapping | None, rule_list: RuleList | None,
    key: uuid.UUID | None = None,
) -> WaitingFile:  # fmt: skip
    """The file waits, sealed, to be looked at. Nothing of it is counted."""
    if waits := already(WaitingFile.objects.all(), key, by=by):
        ledger.record("calls.brought_again", kind=Kind.COLLECTION, by=by, about=[waits])
        return waits
    refuse_if(rules.reasons_not_to_bring(waiting=queries.waiting(by).count()))
    waits = WaitingFile(**made_by(by, key), marking=Marking.OFFICIAL, file_name=file_name[:120], size=len(body))
    waits.marking, waits.mapping, waits.rule_list = Marking.SENSITIVE, mapping, rule_list
    waits.file = Vault().save(waits.owner_id, body, about=waits.place)
    waits.save()
    ledger.record("calls.brought", kind=Kind.COLLECTION, by=by, about=[waits])
    return waits


@action(may=P.LOAD_CALLS)
def read_by(*, by: Viewer, waits: WaitingFile, mapping: Mapping) -> WaitingFile:
    """From now on the file that waits is read by this mapping."""
    held = _held(waits)
    held.mapping, held.version = mapping, held.version + 1
    held.save()
    ledger.record("calls.read_by", kind=Kind.ALTERATION, by=by, about=[held], note=str(mapping))
    return held


@action(may=P.LOAD_CALLS)
def leave(*, by: Viewer, waits: WaitingFile) -> None:
    """The file that waits is gone, and nothing of it was kept."""
    _let_go([_held(waits)])
    ledger.record("calls.left", kind=Kind.ERASURE, by=by, about=[waits])


@action(may=P.RUN_SYSTEM)
def forget_waiting(*, by: Viewer) -> int:
    """Files that nobody loaded or left within a day."""
    old = list(queries.left_waiting(by))
    _let_go(old)
    ledger.record("calls.waiting_forgotten", kind=Kind.ERASURE, by=by, note=f"{len(old)} files")
    return len(old)


def _held(waits: WaitingFile) -> WaitingFile:
    held = WaitingFile.objects.select_for_update().filter(pk=waits.pk).first()
    if held is None:
        raise Refused(["this file was loaded or left already"])
    return held


def _let_go(waiting: Sequence[WaitingFile]) -> None:
    """The rows now, and the files once it is certain that the rows are gone."""
    files = [each.file for each in waiting]
    WaitingFile.objects.filter(pk__in=[each.pk for each in waiting]).delete()
    for each in files:
        transaction.on_commit(partial(Vault().erase, each))


@action(may=P.LOAD_CALLS)
def load(
    *, by: Viewer, sheet: Sheet, sifted: Sifted, folder: Path, mapping: Mapping, rule_list: RuleList | None = None,
    waits: WaitingFile | None = None,
) -> Extract:  # fmt: skip
    """All that can be used of the file stands, with a report on the rest. The same file read in the same way is left.

    `folder` is where the rows are written before they are put in place.
    """
    if waits is not None:
        _let_go([_held(waits)])
    refuse_if(rules.reasons_not_to_load(
        rows_read=sifted.rows_read, incidents=sifted.used, rejected=sifted.rejected, first_on=sifted.first_on,
        last_on=sifted.last_on,
    ))  # fmt: skip
    row = _row(by, sheet, sifted, mapping, rule_list)
    same = queries.standing_as(by, row)
    if same is not None:
        ledger.record("calls.loaded_again", kind=Kind.COLLECTION, by=by, about=[same], note="the same file: no change")
        return same
    replaced = queries.replaced_by(by, sifted.first_on, sifted.last_on)
    incidents, report = standing.write(sifted, folder)
    row.save()
    note = f"{row.incidents} incidents of {row.rows_read} rows; days replaced of {len(replaced)} extracts"
    ledger.record("calls.loaded", kind=Kind.COLLECTION, by=by, about=[row], note=note)
    standing.put_in_place(incidents, row.path)
    standing.put_in_place(report, row.report_path)
    return row


def _row(by: Viewer, sheet: Sheet, sifted: Sifted, mapping: Mapping, rule_list: RuleList | None) -> Extract:
    last = Extract.objects.filter(owner=by.organisation).aggregate(last=Max("number"))["last"] or 0
    said: dict[str, Any] = {
        "first_on": sifted.first_on, "last_on": sifted.last_on, "rows_read": sifted.rows_read,
        "incidents": sifted.used, "rejected": sifted.rejected, "excluded": sifted.excluded, "repeats": sifted.repeats,
        "marked": sifted.marked,
    }  # fmt: skip
    return Extract(
        **made_by(by), marking=Marking.OFFICIAL, number=last + 1, file_name=sheet.name[:120],
        sha256=sheet.sha256, reader=standing.READER, mapping=mapping, rule_list=rule_list,
        path=standing.place_for(by.organisation_key, "incidents"),
        report_path=standing.place_for(by.organisation_key, "report"), **said,
    )  # fmt: skip


@action(may=P.LOAD_CALLS)
def load_health(*, by: Viewer, counts: Counts, folder: Path, source: str, licence: str) -> HealthCounts:
    """The counts stand as they were supplied. The same file is left as it is."""
    refuse_if(rules.reasons_not_to_load_health(cells=len(counts.cells), source=source))
    owned = HealthCounts.objects.select_for_update().filter(owner=by.organisation, sha256=counts.sha256)
    row = owned.first()
    is_new = row is None
    if row is None:
        path = standing.place_for(by.organisation_key, "health")
        row = HealthCounts.objects.create(
            **made_by(by), marking=Marking.OFFICIAL, file_name=counts.file_name, sha256=counts.sha256,
            path=path, source=source.strip()[:200], licence=licence.strip()[:120],
            first_month=counts.months[0], last_month=counts.months[-1],
            measures=counts.measures, rows_read=counts.rows_read, cells=len(counts.cells), withheld=counts.withheld,
            rejected=counts.rejected[:REJECTED_KEPT],
        )  # fmt: skip
    ledger.record("calls.health_loaded", kind=Kind.COLLECTION, by=by, about=[row], note=f"{row.cells} counts")
    if is_new:
        standing.put_in_place(standing.write_health(counts.cells, folder), row.path)
    return row
