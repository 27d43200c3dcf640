"""Areas of a set as a picture: which are in and which are not, the line if one was drawn, and a table beside it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from clearlines.hotspots import maps, queries
from clearlines.hotspots.choosing import Rings

# How much of the country round a set is drawn, beside its own width.
AROUND = 0.6
LEAST_METRES = 1_500
# No area has this for a code.
LINE = ""


@dataclass(frozen=True)
class Picture:
    """`codes` are in the set; `line` is a path, empty where none was drawn."""

    map: maps.Map
    codes: frozenset[str]
    line: str
    frame: maps.Frame


def picture(
    drawn: queries.Drawn, codes: Collection[str], *, line: Rings = (), among: Collection[str] | None = None
) -> Picture | None:
    """The set and what lies round it, or every area of `among`; None where no boundary is loaded."""
    rings = {code: each for code, each in drawn.rings.items() if among is None or code in among or code in codes}
    near = _near(rings, codes, _in_metres(line))
    # The line is laid out with the areas, so that none of it leaves the picture.
    laid: dict[str, maps.Rings] = {code: rings[code] for code in near} | ({LINE: _in_metres(line)} if line else {})
    outlines = maps.Outlines((drawn.outlines, frozenset(near), line), laid)
    names = {each.code: each.name for each in drawn.outlines}
    shown, frame = maps.drawn(outlines, names, {}), maps.frame_of(outlines)
    if shown is None or frame is None:
        return None
    areas = replace(shown, shapes=[each for each in shown.shapes if each.code != LINE])
    return Picture(areas, frozenset(codes), frame.path(_in_metres(line)), frame)


def _in_metres(line: Rings) -> list[list[tuple[float, float]]]:
    return [[maps.to_metres(x, y) for x, y in ring] for ring in line]


def _near(
    rings: Mapping[str, maps.Rings], codes: Collection[str], line: Sequence[Sequence[tuple[float, float]]]
) -> list[str]:
    """Codes of the areas that lie in the box round the set and the line; every one where there is neither."""
    points = [point for code in codes if code in rings for ring in rings[code] for point in ring]
    points += [point for ring in line for point in ring]
    if not points:
        return list(rings)
    west, south, east, north = _box(points)
    more = max((east - west) * AROUND, (north - south) * AROUND, LEAST_METRES)
    return [
        code
        for code, each in rings.items()
        if _meets(
            _box([point for ring in each for point in ring]), (west - more, south - more, east + more, north + more)
        )
    ]


def _box(points: Sequence[Sequence[float]]) -> tuple[float, float, float, float]:
    across, up = [point[0] for point in points], [point[1] for point in points]
    return min(across), min(up), max(across), max(up)


def _meets(one: tuple[float, float, float, float], two: tuple[float, float, float, float]) -> bool:
    return one[0] <= two[2] and two[0] <= one[2] and one[1] <= two[3] and two[1] <= one[3]
