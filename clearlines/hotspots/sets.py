"""Finds the areas that a set would hold: the same question asked of the same months finds the same areas."""

from collections.abc import Mapping
from dataclasses import dataclass

import shapely

from clearlines.access.viewer import Viewer
from clearlines.hotspots import counts, lines_drawn, queries
from clearlines.hotspots.choosing import DRAWN, HOTTEST, NAMED, Area, Found, Rings, Wanted
from clearlines.hotspots.counts import Asked
from clearlines.web.months import between

# An area belongs to a line that holds more than this part of it.
MOSTLY = 0.5


@dataclass(frozen=True)
class _Pool:
    """Every area there is to choose from: its name, and its records in the months looked at."""

    names: dict[str, str]
    counts: dict[str, int]
    looked: bool

    def area(self, code: str) -> Area:
        return Area(code, self.names[code], self.counts.get(code, 0) if self.looked else None)


def found(viewer: Viewer, wanted: Wanted) -> Found:
    """The areas that would be in, hottest first, and what an honest page says beside them."""
    loaded = queries.standing(viewer).months
    asked_for = between(wanted.first, wanted.last) if wanted.first and wanted.last else []
    pool = _pool(viewer, wanted)
    ranked = sorted(map(pool.area, pool.names), key=lambda each: (-(each.count or 0), each.name, each.code))
    codes, unknown = _chosen(viewer, wanted, ranked)
    return Found(
        areas=tuple(each for each in ranked if each.code in codes),
        among=len(ranked),
        with_records=sum(1 for each in ranked if each.count),
        months=tuple(each for each in asked_for if each in loaded),
        not_loaded=tuple(each for each in asked_for if each not in loaded),
        unknown=tuple(unknown),
        is_bounded=wanted.how != DRAWN or wanted.kind in queries.kinds_drawn(viewer),
        next_one=_tied(wanted, ranked),
    )


def _pool(viewer: Viewer, wanted: Wanted) -> _Pool:
    drawn = queries.boundaries(viewer, wanted.kind)
    names = {each.code: each.name for each in drawn.outlines} | queries.areas(viewer, wanted.kind)
    if wanted.district:
        names = {code: name for code, name in names.items() if code in _of_district(viewer, wanted)}
    looked = bool(wanted.first and wanted.last)
    return _Pool(names, _counts(viewer, wanted) if looked else {}, looked)


def _of_district(viewer: Viewer, wanted: Wanted) -> Mapping[str, str]:
    standing, drawn = queries.standing(viewer), queries.boundaries(viewer, wanted.kind)
    paths = standing.paths("", "9999")
    return counts.names_of(Asked(paths, wanted.kind, drawn.outlines, wanted.district))


def _counts(viewer: Viewer, wanted: Wanted) -> dict[str, int]:
    panel = queries.panel(viewer, kind=wanted.kind, measure=wanted.measure, first=wanted.first, last=wanted.last)
    return dict(zip(panel.codes, panel.counts.sum(axis=1).tolist(), strict=True))


def _chosen(viewer: Viewer, wanted: Wanted, ranked: list[Area]) -> tuple[set[str], list[str]]:
    """(codes, what was named and is no area)."""
    if wanted.how == HOTTEST:
        return {each.code for each in ranked[: max(wanted.top, 0)]}, []
    if wanted.how == NAMED:
        known = {each.name.casefold(): each.code for each in ranked} | {
            each.code.casefold(): each.code for each in ranked
        }
        named = {each: known.get(each.casefold()) for each in wanted.names}
        return {code for code in named.values() if code}, [each for each, code in named.items() if not code]
    return set(within(viewer, wanted.kind, wanted.shape)) & {each.code for each in ranked}, []


def within(viewer: Viewer, kind: str, line: Rings) -> list[str]:
    """Codes of the areas that are mostly within a line. Degrees are near enough: only a part of one area is asked."""
    held = lines_drawn.shape(line)
    inside = []
    for each in queries.boundaries(viewer, kind).outlines:
        area = shapely.from_wkb(each.wkb)
        if area.intersection(held).area > MOSTLY * area.area:
            inside.append(each.code)
    return inside


def _tied(wanted: Wanted, ranked: list[Area]) -> Area | None:
    if wanted.how != HOTTEST or not 0 < wanted.top < len(ranked):
        return None
    last, following = ranked[wanted.top - 1], ranked[wanted.top]
    return following if following.count and following.count == last.count else None
