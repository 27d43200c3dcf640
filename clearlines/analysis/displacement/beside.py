"""Which areas lie round the treated ones, where what was stopped might go, and which lie round their control?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

# Outlines are simplified one by one, so neighbours may leave a sliver between them: metres.
SLIVER = 1.0


@dataclass(frozen=True)
class Surroundings:
    """Codes, sorted. `shared` lie round both and are counted for neither; `too_near` are control areas that lie round
    the treated ones themselves, so that what moved out may have moved into them."""

    ring: tuple[str, ...]
    catchment: tuple[str, ...]
    shared: tuple[str, ...]
    too_near: tuple[str, ...]
    within: float | None
    sentences: tuple[str, ...]


def ring(shapes: Mapping[str, Any], treated: Collection[str], *, within: float | None = None) -> tuple[str, ...]:
    """The areas that touch the treated ones, or lie within so many metres of them, and are not treated.

    `shapes` are shapely polygons in metres (British National Grid), by code; distances are from edge to edge. Without
    `within`, neighbours alone: those that share a line or a corner, up to a sliver of one metre. Nothing treated, a
    code without a shape, degrees instead of metres, or a distance that is negative: ValueError, a sentence.

    Three squares of 100 m in a row, and one 150 m off the end:

    >>> from shapely import box
    >>> row = {code: box(x, 0, x + 100, 100) for code, x in [("a", 0), ("b", 100), ("c", 200), ("d", 450)]}
    >>> ring(row, ["a"]), ring(row, ["a"], within=100), ring(row, ["a", "b"], within=250)
    (('b',), ('b', 'c'), ('c', 'd'))
    """
    import shapely

    _refuse(shapes, treated, within)
    codes, ours = list(shapes), set(treated)
    tree = shapely.STRtree(list(shapes.values()))
    reach = SLIVER if within is None else within
    near = tree.query([shapes[code] for code in sorted(ours)], predicate="dwithin", distance=reach)[1]
    return tuple(sorted({codes[at] for at in near.tolist()} - ours))


def surroundings(
    shapes: Mapping[str, Any], treated: Collection[str], control: Collection[str], *, within: float | None = None
) -> Surroundings:
    """The ring round the treated areas and the catchment round their control, no area in both.

    An area that lies round both is counted for neither, and named. A control area within the ring stays a control,
    and a sentence says that it may hold what moved. Errors as for `ring`; and an area both treated and control.

    In a row of six, a treated and d its control:

    >>> from shapely import box
    >>> row = {code: box(100 * at, 0, 100 * at + 100, 100) for at, code in enumerate("abcdef")}
    >>> found = surroundings(row, ["a"], ["d"])
    >>> found.ring, found.catchment, found.shared
    (('b',), ('c', 'e'), ())
    """
    if both := sorted(set(treated) & set(control)):
        raise ValueError(f"{both[0]} is both treated and control")
    round_treated, round_control = set(ring(shapes, treated, within=within)), set(ring(shapes, control, within=within))
    too_near = round_treated & set(control)
    shared = (round_treated & round_control) - set(treated) - set(control)
    beside = round_treated - shared - set(control)
    catchment = round_control - shared - set(treated)
    return Surroundings(
        tuple(sorted(beside)), tuple(sorted(catchment)), tuple(sorted(shared)), tuple(sorted(too_near)), within,
        tuple(_sentences(len(beside), len(catchment), len(shared), len(too_near))),
    )  # fmt: skip


def _sentences(beside: int, catchment: int, shared: int, too_near: int) -> list[str]:
    said = []
    if shared:
        said.append(f"{_areas(shared)} round both the treated areas and their control, and counted for neither.")
    if too_near:
        said.append(f"{_areas(too_near)} of the control beside the treated areas: what moved may have moved there.")
    if not beside or not catchment:
        side = "the treated areas" if not beside else "the control"
        said.append(f"No area is left round {side}, so nothing can be said of displacement.")
    return said


def _areas(many: int) -> str:
    return "1 area is" if many == 1 else f"{many} areas are"


def _refuse(shapes: Mapping[str, Any], codes: Collection[str], within: float | None) -> None:
    if not codes:
        raise ValueError("name at least one area to find what lies round it")
    if missing := sorted(set(codes) - set(shapes)):
        raise ValueError(f"{len(missing)} of these areas have no boundary, the first {missing[0]}")
    if within is not None and not 0 <= within < float("inf"):
        raise ValueError(f"the distance must be so many metres, nought or more, not {within}")
    if all(max(map(abs, shape.bounds)) <= 360 for shape in shapes.values()):
        raise ValueError("boundaries must be in metres, such as British National Grid, not in degrees")
