"""Which areas somebody wants to fix as hotspots, and which those turn out to be."""

from dataclasses import dataclass, field

from clearlines.hotspots.measures import Measure

HOTTEST, NAMED, DRAWN = "hottest", "named", "drawn"
# Each holds a thousand people or more. A cell of the map may hold a few households.
KINDS = ("lsoa", "ward")
Rings = tuple[tuple[tuple[float, float], ...], ...]


@dataclass(frozen=True)
class Wanted:
    """Of `top`, `names` and `shape` the way that was taken uses one. `first` and `last` are empty where counts were not
    looked at; `district` is empty for the whole force. `shape` is rings of longitude and latitude.
    """

    how: str
    kind: str
    measure: Measure
    first: str = ""
    last: str = ""
    district: str = ""
    top: int = 0
    names: tuple[str, ...] = ()
    shape: Rings = field(default=(), repr=False)


@dataclass(frozen=True)
class Area:
    """`count` is of the months it was chosen on, None where counts were not looked at."""

    code: str
    name: str
    count: int | None


@dataclass(frozen=True)
class Found:
    """`areas` are those that would be in; `among` is how many there are to choose from, and `with_records` how many of
    those have a record. `next_one` was left out of the top with as many records as the last that is in.
    """

    areas: tuple[Area, ...]
    among: int
    with_records: int
    months: tuple[str, ...] = ()
    not_loaded: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    is_bounded: bool = True
    next_one: Area | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(each.code for each in self.areas)

    @property
    def total(self) -> int:
        return sum(each.count or 0 for each in self.areas)
