"""What may be counted: the months and boundaries a viewer can read. Where the two sets meet a row, see counts.py.

Incidents published under an open licence, and boundaries, are read by every organisation in the programme whose role
sees hotspots; anything else only by the organisation that loaded it.
"""

import hashlib
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

import shapely
from django.conf import settings
from django.db.models import Q, QuerySet

from clearlines.access import scope
from clearlines.access.permissions import Permission as P
from clearlines.access.viewer import Viewer
from clearlines.analysis.hotspots.lookups import Lookup
from clearlines.calls import queries as calls
from clearlines.hotspots import counts, demand, harm, reference
from clearlines.hotspots.counts import Asked, Outline, Panel
from clearlines.hotspots.harm import HarmByArea
from clearlines.hotspots.measures import Measure
from clearlines.hotspots.models import AreaLookup, Boundary, HotspotSet, MonthFile, SeverityTable
from clearlines.web.months import latest_run, span

# Degrees, about ten metres: published boundaries do not always meet.
TOUCHING = 0.0001
A_YEAR = 12


@dataclass(frozen=True)
class Standing:
    """The months a viewer may count, one file a month and force, and which content that is."""

    files: tuple[MonthFile, ...]

    @property
    def months(self) -> list[str]:
        return sorted({each.month for each in self.files})

    def paths(self, first: str, last: str) -> tuple[Path, ...]:
        """Where the rows of the months from first to last stand."""
        return tuple(settings.INCIDENTS_DIR / each.path for each in self.files if first <= each.month <= last)

    def fingerprint(self, first: str, last: str) -> str:
        """A name for exactly this content: a result that keeps it can be run again, or say that the rows changed."""
        said = sorted(f"{e.month} {e.force} {e.sha256} {e.reader}" for e in self.files if first <= e.month <= last)
        return hashlib.sha256("\n".join(said).encode()).hexdigest()


def month_files(viewer: Viewer) -> QuerySet[MonthFile]:
    """Every month the viewer may read, newest first: their own organisation's, and any that is open data."""
    if not viewer.may(P.SEE_HOTSPOTS):
        return MonthFile.objects.none()
    mine = Q(owner=viewer.organisation_key, marking__in=viewer.markings)
    return MonthFile.objects.filter(mine | Q(is_open=True)).select_related("owner").order_by("-month", "force")


def standing(viewer: Viewer) -> Standing:
    """Two organisations may have loaded the same month: the viewer's own file is counted, never both."""
    chosen: dict[tuple[str, str], MonthFile] = {}
    for each in month_files(viewer).defer("rejected", "marks").order_by("imported_at", "pk"):
        if each.owner_id == viewer.organisation_key or (each.month, each.force) not in chosen:
            chosen[each.month, each.force] = each
    return Standing(tuple(chosen.values()))


def boundaries(viewer: Viewer, kind: str, *, kinds: Collection[str] | None = None) -> "Drawn":
    """One boundary a code, the viewer's own before another organisation's, by name. `kinds`: those that are drawn."""
    if not viewer.may(P.SEE_HOTSPOTS):
        return _drawn((), ())
    chosen: dict[str, tuple[uuid.UUID, int]] = {}
    rows = Boundary.objects.filter(kind=kind).order_by("created_at", "pk")
    wanted = rows if kinds is None or kind in kinds else rows.none()
    for key, version, code, owner in wanted.values_list("pk", "version", "code", "owner_id"):
        if owner == viewer.organisation_key or code not in chosen:
            chosen[code] = (key, version)
    return _drawn(tuple(chosen.values()), _joins(viewer) if kind == counts.LSOA and not chosen else ())


def _joins(viewer: Viewer) -> tuple[tuple[str, str], ...]:
    """(code, the code it is counted under): the viewer's own newest look-up, else another organisation's."""
    rows = AreaLookup.objects.order_by("-created_at", "-pk").values_list("pk", "owner_id")
    mine = sorted(rows, key=lambda row: row[1] != viewer.organisation_key)
    return _counted_under(mine[0][0]) if mine else ()


# A look-up never changes: a newer edition is another row.
@lru_cache(maxsize=8)
def _counted_under(key: uuid.UUID) -> tuple[tuple[str, str], ...]:
    common = Lookup.of(AreaLookup.objects.get(pk=key).changes).common
    return tuple(sorted((code, called) for code, called in common.items() if code != called))


@dataclass(frozen=True)
class Drawn:
    """Boundaries as counting needs them, and as drawing does: code → rings of metres."""

    outlines: tuple[Outline, ...] = field(repr=False)
    rings: dict[str, list[list[list[int]]]] = field(repr=False, compare=False)
    # Used only where there is no outline to say where a row lies.
    joins: tuple[tuple[str, str], ...] = field(repr=False, default=())

    def asked(self, paths: tuple[Path, ...], kind: str, district: str = "") -> Asked:
        return Asked(paths, kind, self.outlines, district, self.joins)


# Keyed by row and version, so a boundary that is loaded again is read again.
@lru_cache(maxsize=16)
def _drawn(keys: tuple[tuple[uuid.UUID, int], ...], joins: tuple[tuple[str, str], ...]) -> Drawn:
    rows = Boundary.objects.filter(pk__in=[key for key, _ in keys]).order_by("name", "code") if keys else []
    outlines = tuple(Outline(each.code, each.name, bytes(each.shape)) for each in rows)
    return Drawn(outlines, {each.code: each.outline for each in rows}, joins)


def kinds_drawn(viewer: Viewer) -> list[str]:
    """Which kinds of boundary there are."""
    if not viewer.may(P.SEE_HOTSPOTS):
        return []
    return sorted(Boundary.objects.values_list("kind", flat=True).distinct())


def areas(viewer: Viewer, kind: str) -> dict[str, str]:
    """code → name of every area that any loaded month has a record in, by name."""
    return counts.names_of(_everything(viewer, kind))


def codes_named(areas: Mapping[str, str], said: Iterable[str]) -> tuple[list[str], list[str]]:
    """(codes, what is no area): each is a code or a name, however it is capitalised. `areas`: code → name."""
    known = {name.casefold(): code for code, name in areas.items()} | {code.casefold(): code for code in areas}
    found = [(each, known.get(each.casefold())) for each in said]
    return [code for _, code in found if code], [each for each, code in found if not code]


def area_names(viewer: Viewer, kind: str) -> dict[str, str]:
    """code → name of every area there is: with a boundary, or with a record in any loaded month."""
    asked = _everything(viewer, kind)
    return {each.code: each.name for each in asked.outlines} | counts.names_of(asked)


def panel(viewer: Viewer, *, kind: str, measure: Measure, first: str, last: str) -> Panel:
    """Records of a measure by area and loaded month, from the first month to the last."""
    if measure.basket in demand.SUPPLIED:
        return supplied_panel(viewer, kind=kind, measure=measure, first=first, last=last)
    found = standing(viewer)
    months = [each for each in found.months if first <= each <= last]
    return counts.panel(asked(viewer, found, kind, first, last), measure, months)


def fingerprint(viewer: Viewer, measure: Measure, first: str, last: str) -> str:
    """A name for exactly the content that a measure is counted in."""
    if measure.basket == demand.CALLS:
        return calls.fingerprint(viewer, first, last)
    if measure.basket == demand.HEALTH:
        return calls.health_fingerprint(viewer)
    return standing(viewer).fingerprint(first, last)


def asked(viewer: Viewer, found: Standing, kind: str, first: str, last: str, district: str = "") -> Asked:
    """Which rows: of the months from first to last, placed as the viewer's boundaries say."""
    return boundaries(viewer, kind).asked(found.paths(first, last), kind, district)


def prepare(viewer: Viewer) -> None:
    """Count what was just loaded or drawn, so that the first page need not."""
    found = standing(viewer)
    if found.months:
        for kind in {counts.LSOA, counts.CELL, *kinds_drawn(viewer)}:
            counts.prepare(asked(viewer, found, kind, found.months[0], found.months[-1]))


def supplied(viewer: Viewer, kind: str) -> demand.Supplied:
    """Calls for service, of the viewer's own organisation, to be counted by this kind of area."""
    drawn = boundaries(viewer, kind)
    names = names_of(standing(viewer), kind, drawn)
    return demand.Supplied.of(calls.covered(viewer), kind, drawn.outlines, names)


def supplied_panel(viewer: Viewer, *, kind: str, measure: Measure, first: str, last: str) -> Panel:
    """Calls for service or health counts, which the viewer's own organisation loaded."""
    if measure.basket == demand.CALLS:
        return supplied(viewer, kind).panel(measure, first, last)
    names = names_of(standing(viewer), kind, boundaries(viewer, kind))
    return demand.health_panel(viewer, kind, measure, names, first, last)


def names_of(found: Standing, kind: str, drawn: Drawn) -> dict[str, str]:
    """code → name of areas with a boundary, and of others as the publisher of crime names them."""
    asked = drawn.asked(found.paths("", "9999-12"), kind)
    published = counts.names_of(asked) if kind == counts.LSOA else {}
    return published | {each.code: each.name for each in drawn.outlines}


def sets(viewer: Viewer) -> QuerySet[HotspotSet]:
    """Every set of hotspots the viewer's organisation fixed, newest first."""
    rows = HotspotSet.objects.select_related("created_by").order_by("-created_at", "-pk")
    return scope.own(viewer, rows, needs=P.SEE_HOTSPOTS)


def touching(viewer: Viewer, *, kind: str, codes: Collection[str]) -> list[tuple[str, str]]:
    """(code, name) of the areas that touch these and are none of them, by name; none where no boundary is loaded."""
    outlines = boundaries(viewer, kind).outlines
    shapes = [shapely.from_wkb(each.wkb) for each in outlines]
    inside = [shape for shape, each in zip(shapes, outlines, strict=True) if each.code in codes]
    near = shapely.STRtree(shapes).query(inside, predicate="dwithin", distance=TOUCHING)[1] if inside else []
    return [(outlines[at].code, outlines[at].name) for at in sorted({*near}) if outlines[at].code not in codes]


def severity_tables(viewer: Viewer) -> QuerySet[SeverityTable]:
    """Every table of harm weights the viewer's organisation loaded, newest first."""
    rows = SeverityTable.objects.select_related("created_by").order_by("-created_at", "-pk")
    return scope.own(viewer, rows, needs=P.SEE_HOTSPOTS)


def baskets(viewer: Viewer) -> dict[str, reference.Basket]:
    """What may be counted, by key: what is published, and what the viewer's own organisation supplied."""
    found, supplied = reference.baskets(), reference.supplied()
    if calls.covered(viewer).months:
        found = found | {demand.CALLS: replace(supplied[demand.CALLS], types=tuple(calls.kinds().values()))}
    if measures := sorted({each.measure for each in calls.health_cells(viewer)}):
        titles = tuple(calls.health_measures()[each] for each in measures)
        found = found | {demand.HEALTH: replace(supplied[demand.HEALTH], types=titles)}
    return found


def outcomes(viewer: Viewer) -> dict[str, reference.Basket]:
    """What may be measured as success, by key: what victims, callers and health reported, never what police did."""
    return {key: each for key, each in baskets(viewer).items() if Measure(key).may_be_outcome}


def months_of_all(panels: Iterable[Panel]) -> frozenset[str]:
    """Months in which every one of these is counted. There is at least one."""
    return frozenset.intersection(*(frozenset(each.months) for each in panels))


def never_outcomes() -> list[str]:
    """The titles of what is counted and shown apart."""
    return [each.title for key, each in reference.baskets().items() if not Measure(key).may_be_outcome]


def in_words(measure: Measure) -> str:
    """What is counted, as a page says it."""
    title = (reference.baskets() | reference.supplied())[measure.basket].title
    return f"{title}: {', '.join(measure.types)}" if measure.types else title


def harm_by_area(viewer: Viewer, *, kind: str, table: SeverityTable, first: str, last: str) -> HarmByArea:
    """Count and harm of every area side by side, from the first month to the last, as loaded.

    `table` is one of `severity_tables(viewer)`: another organisation's weighs nothing here.
    """
    found = standing(viewer)
    if not severity_tables(viewer).filter(pk=table.pk).exists():
        return HarmByArea((), table.unit, str(table), {})
    return harm.by_area(asked(viewer, found, kind, first, last), table)


def latest_harm(viewer: Viewer, table: SeverityTable) -> tuple[str, HarmByArea] | None:
    """(which months, count and harm of each neighbourhood): the last year that stands without a gap."""
    months = standing(viewer).months
    if not months:
        return None
    first, last = latest_run(months, A_YEAR)
    return span(first, last), harm_by_area(viewer, kind=counts.LSOA, table=table, first=first, last=last)


def counted(viewer: Viewer, *, kind: str, codes: Iterable[str], first: str, last: str) -> int:
    """Records by victims and callers in these areas together, from the first month to the last.

    There is no way to ask this of enforcement: it is never an outcome (domain.md 2.17, basket C).
    """
    asked = replace(_everything(viewer, kind), paths=standing(viewer).paths(first, last))
    found = counts.by_type(asked, codes)
    return sum(many for (_, basket, _), many in found.items() if basket == "victims")


def towns() -> dict[str, tuple[float, float]]:
    """Town → (latitude, longitude), as on any map: names to find one's way by, and nobody's secret."""
    return reference.towns()


def _everything(viewer: Viewer, kind: str) -> Asked:
    found = standing(viewer)
    paths = found.paths(found.months[0], found.months[-1]) if found.months else ()
    return boundaries(viewer, kind).asked(paths, kind)
