"""The removal curve as shapes on paper. The template only draws them; its table says the same."""

from dataclasses import dataclass, field
from itertools import pairwise

from clearlines.analysis.networks import RemovalCurve

WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP, BASE = 44, 16, 30, 190


@dataclass(frozen=True)
class Label:
    at: float
    words: int


@dataclass(frozen=True)
class Picture:
    steps: str
    levels: list[Label] = field(default_factory=list)
    taken: list[Label] = field(default_factory=list)
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    base: int = BASE


def draw(curve: RemovalCurve | None) -> Picture | None:
    """A stair that goes down with each one taken out; None where there is nothing to draw."""
    if curve is None or len(curve.taken) < 2:
        return None
    most, last = curve.largest[0], curve.taken[-1]

    def across(taken: int) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * taken / last, 1)

    def up(size: int) -> float:
        return round(BASE - (BASE - TOP) * size / most, 1)

    stairs = [f"M{across(0)} {up(most)}"]
    for (_, size), (taken, _) in pairwise(zip(curve.taken, curve.largest, strict=True)):
        stairs.append(f"V{up(size)} H{across(taken)}")
    stairs.append(f"V{up(curve.largest[-1])}")
    return Picture(
        " ".join(stairs),
        [Label(up(each), each) for each in _some(most)],
        [Label(across(each), each) for each in _some(last)],
    )


def _some(last: int, most: int = 6) -> list[int]:
    """0, the last, and whole steps between: never more names than there is room for."""
    step = -(-last // most)
    return sorted({*range(0, last - step + 1, step), last})
