"""Finds the areas that a set would hold: the same question asked of the same months finds the same areas."""

from dataclasses import dataclass, field, replace

import shapely

from clearlines.access.viewer import Viewer
from clearlines.hotspots import counts, lines_drawn, queries, reference
from clearlines.hotspots.choosing import DRAWN, HOTTEST, NAMED, Area, Found, Rings, Wanted
from clearlines.hotspots.counts import Asked, Panel
from clearlines.web.months import between

# An area belongs to a line that holds more than this part of it.
MOSTLY = 0.5


@dataclass(frozen=True)
class Ground:
    """What there is to choose from: the months that are loaded, and the boundaries of one kind of area."""

    viewer: Viewer
    kind: str
    standing: queries.Standing
    drawn: queries.Drawn = field(repr=False)

    @property
    def everything(self) -> Asked:
        months = self.standing.months
        return Asked(self.standing.paths(months[0], months[-1]) if months else (), self.kind, self.drawn.outlines)


def ground(viewer: Viewer, kind: str) -> Ground:
    return Ground(viewer, kind, queries.standing(viewer), queries.boundaries(viewer, kind))


def found(on: Ground, wanted: Wanted) -> Found:
    """The areas that would be in, hottest first, and what an honest page says beside them."""
    asked_for = between(wanted.first, wanted.last) if wanted.first and wanted.last else []
    panel = _panel(on, wanted) if asked_for else None
    loaded = panel.months if panel else ()
    ranked = among(on, wanted, panel)
    codes, unknown = _chosen(on, wanted, ranked)
    return Found(
        areas=tuple(each for each in ranked if each.code in codes),
        among=len(ranked),
        with_records=sum(1 for each in ranked if each.count),
        months=tuple(loaded),
        not_loaded=tuple(each for each in asked_for if each not in loaded),
        unknown=tuple(unknown),
        is_bounded=wanted.how != DRAWN or bool(on.drawn.outlines),
        next_one=_tied(wanted, ranked),
    )


def among(on: Ground, wanted: Wanted, panel: Panel | None = None) -> list[Area]:
    """Every area there is to choose from: hottest first where counts are looked at, then by name."""
    names = {each.code: each.name for each in on.drawn.outlines} | counts.names_of(on.everything)
    if wanted.district:
        of_district = counts.names_of(replace(on.everything, district=wanted.district))
        names = {code: name for code, name in names.items() if code in of_district}
    recorded = dict(zip(panel.codes, panel.counts.sum(axis=1).tolist(), strict=True)) if panel else {}
    areas = [Area(code, name, recorded.get(code, 0) if panel else None) for code, name in names.items()]
    return sorted(areas, key=lambda each: (-(each.count or 0), each.name, each.code))


def _panel(on: Ground, wanted: Wanted) -> Panel:
    """Of published months it is counted on the ground that is already read; of anything else it is asked for."""
    if wanted.measure.basket not in reference.baskets():
        return queries.panel(on.viewer, kind=on.kind, measure=wanted.measure, first=wanted.first, last=wanted.last)
    months = [each for each in on.standing.months if wanted.first <= each <= wanted.last]
    asked = replace(on.everything, paths=on.standing.paths(wanted.first, wanted.last))
    return counts.panel(asked, wanted.measure, months)


def _chosen(on: Ground, wanted: Wanted, ranked: list[Area]) -> tuple[set[str], list[str]]:
    """(codes, what was named and is no area)."""
    if wanted.how == HOTTEST:
        return {each.code for each in ranked[: max(wanted.top, 0)]}, []
    if wanted.how == NAMED:
        codes, unknown = queries.codes_named({each.code: each.name for each in ranked}, wanted.names)
        return set(codes), unknown
    return set(within(on.drawn, wanted.shape)) & {each.code for each in ranked}, []


def within(drawn: queries.Drawn, line: Rings) -> list[str]:
    """Codes of the areas that are mostly within a line. Degrees are near enough: only a part of one area is asked."""
    held = lines_drawn.shape(line)
    inside = []
    for each in drawn.outlines:
        area = shapely.from_wkb(each.wkb)
        if area.intersection(held).area > MOSTLY * area.area:
            inside.append(each.code)
    return inside


def _tied(wanted: Wanted, ranked: list[Area]) -> Area | None:
    if wanted.how != HOTTEST or not 0 < wanted.top < len(ranked):
        return None
    last, following = ranked[wanted.top - 1], ranked[wanted.top]
    return following if following.count and following.count == last.count else None
