"""Load months of incidents and boundaries, everything that can be used or nothing; fix areas as a set of hotspots."""

import uuid
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.db import transaction

from clearlines.access.acts import action, already, made_by
from clearlines.access.markings import Marking
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import refuse_if
from clearlines.access.viewer import Viewer
from clearlines.analysis.hotspots.lookups import Change, Lookup
from clearlines.hotspots import queries, rules, sets, severity, standing
from clearlines.hotspots.boundaries import Area
from clearlines.hotspots.choosing import DRAWN, Found, Wanted
from clearlines.hotspots.models import AreaLookup, Boundary, HotspotSet, MonthFile, SeverityTable
from clearlines.hotspots.police_uk import LICENCE, READER, SOURCE
from clearlines.hotspots.standing import Staged
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind


@action(may=P.IMPORT_INCIDENTS)
def load(*, by: Viewer, months: Sequence[Staged]) -> list[MonthFile]:
    """These months stand, each in place of what was loaded for its month and force before; the same file is left."""
    refuse_if(rules.reasons_not_to_load(months))
    owned = MonthFile.objects.select_for_update().filter(owner=by.organisation)
    there = {(each.month, each.force): each for each in owned}
    loaded = [_stand(by, there.get((staged.month, staged.force)), staged) for staged in months]
    transaction.on_commit(partial(queries.prepare, by))
    rows = sum(each.rows for each in loaded)
    ledger.record(
        "hotspots.months_loaded", kind=Kind.COLLECTION, by=by, about=loaded, note=f"{len(loaded)} months, {rows} rows"
    )
    return loaded


def _stand(by: Viewer, before: MonthFile | None, staged: Staged) -> MonthFile:
    if before is not None and (before.sha256, before.reader) == (staged.sha256, READER):
        standing.put_in_place(staged, by.organisation_key)
        return before
    path = standing.put_in_place(staged, by.organisation_key)
    if before is not None:
        transaction.on_commit(partial(standing.take_away, [before.path]))
    row = before or MonthFile(
        **made_by(by), month=staged.month, force=staged.force,
        version=0, marking=Marking.OFFICIAL, source=SOURCE, licence=LICENCE, is_open=True,
    )  # fmt: skip
    row.version += 1
    row.path, row.sha256, row.reader, row.imported_at = path, staged.sha256, READER, by.now
    row.force_name, row.file_name = staged.force_name[:120], staged.file_name
    row.rows, row.rows_read, row.marks = staged.rows, staged.rows_read, staged.marks
    row.rejected = [list(each) for each in staged.rejected[: standing.REJECTED_KEPT]]
    row.save()
    return row


@action(may=P.IMPORT_INCIDENTS)
def draw(*, by: Viewer, areas: Sequence[Area], source: str) -> list[Boundary]:
    """These boundaries stand, each in place of the one with its code that the organisation drew before."""
    refuse_if(rules.reasons_not_to_draw(areas))
    owned = Boundary.objects.select_for_update().filter(owner=by.organisation)
    there = {(each.kind, each.code): each for each in owned}
    drawn = [_outlined(by, there.get((area.kind, area.code)), area, source) for area in areas]
    transaction.on_commit(partial(queries.prepare, by))
    ledger.record("hotspots.boundaries_drawn", kind=Kind.COLLECTION, by=by, note=f"{len(drawn)} boundaries")
    return drawn


def _outlined(by: Viewer, before: Boundary | None, area: Area, source: str) -> Boundary:
    row = before or Boundary(
        **made_by(by), version=0, marking=Marking.OFFICIAL,
        kind=area.kind, code=area.code,
    )  # fmt: skip
    row.version += 1
    row.name, row.source, row.shape, row.outline = area.name, source[:120], area.shape.wkb, area.outline
    row.west, row.south, row.east, row.north = area.shape.bounds
    row.save()
    return row


@action(may=P.FIX_HOTSPOTS)
def fix(*, by: Viewer, wanted: Wanted, name: str, why: str, new_id: uuid.UUID | None = None) -> HotspotSet:
    """The areas stand as a set, chosen by this person now on these months, and are never changed."""
    if (made := already(HotspotSet.objects.all(), new_id, by=by)) is not None:
        ledger.record("hotspots.fixed_again_pressed", kind=Kind.OPERATION, by=by, about=[made])
        return made
    found = sets.found(sets.ground(by, wanted.kind), wanted)
    refuse_if(rules.reasons_not_to_fix(wanted, found))
    fixed = HotspotSet.objects.create(
        **made_by(by, new_id), marking=Marking.OFFICIAL,
        name=name, why=why, how=wanted.how, kind=wanted.kind, district=wanted.district,
        areas=[[each.code, each.name, each.count] for each in found.areas],
        shape=[[list(point) for point in ring] for ring in wanted.shape] if wanted.how == DRAWN else None,
        cautions=list(rules.cautions_of_set(wanted, found)), **_chosen_on(by, wanted, found),
    )  # fmt: skip
    ledger.record("hotspots.fixed", kind=Kind.COLLECTION, by=by, about=[fixed], note=f"{len(found.areas)} areas")
    return fixed


def _chosen_on(by: Viewer, wanted: Wanted, found: Found) -> dict[str, Any]:
    content = queries.fingerprint(by, wanted.measure, wanted.first, wanted.last) if found.months else ""
    return {
        "measure": wanted.measure.as_json(), "chosen_first": wanted.first, "chosen_last": wanted.last,
        "extract_hash": content,
    }  # fmt: skip


@action(may=P.IMPORT_INCIDENTS)
def keep_lookup(*, by: Viewer, lookup: Lookup, edition: str, source: str, sha256: str) -> AreaLookup:
    """This look-up is the one that counts are joined by, from now on. The same file again changes nothing."""
    refuse_if(rules.reasons_not_to_keep_lookup(lookup))
    there = AreaLookup.objects.filter(owner=by.organisation, sha256=sha256).first()
    kept = there or AreaLookup.objects.create(
        **made_by(by), marking=Marking.OFFICIAL,
        edition=edition[:60], source=source[:120], rows=len(lookup.rows), sha256=sha256,
        changes=[[old, new, str(how)] for old, new, how in lookup.rows if old != new or how != Change.UNCHANGED],
    )  # fmt: skip
    transaction.on_commit(partial(queries.prepare, by))
    ledger.record("hotspots.look_up_kept", kind=Kind.COLLECTION, by=by, about=[kept], note=f"{kept.rows} rows")
    return kept


@action(may=P.IMPORT_INCIDENTS)
def load_severity(
    *, by: Viewer, about: Mapping[str, str], table: severity.Table, new_id: uuid.UUID | None = None
) -> SeverityTable:
    """A table of harm weights stands beside earlier editions, and is never changed. `about`: see rules."""
    if (made := already(SeverityTable.objects.all(), new_id, by=by)) is not None:
        ledger.record("hotspots.severity_loaded_again", kind=Kind.COLLECTION, by=by, about=[made])
        return made
    said = {name: about[name].strip() for name in rules.SAID_OF_SEVERITY}
    owned = SeverityTable.objects.select_for_update().filter(owner=by.organisation, name=said["name"])
    refuse_if(rules.reasons_not_to_load_severity(said, editions=[each.edition for each in owned]))
    row = SeverityTable.objects.create(
        **made_by(by, new_id), marking=Marking.OFFICIAL,
        weights=table.weights, sha256=table.sha256, **said,
    )  # fmt: skip
    ledger.record(
        "hotspots.severity_loaded", kind=Kind.COLLECTION, by=by, about=[row], note=f"{len(table.weights)} weights"
    )
    return row
