"""Count and harm of each area side by side, of what victims and callers reported."""

from collections import Counter
from dataclasses import dataclass

from clearlines.analysis.severity import Harm, harm_of, plain
from clearlines.hotspots import counts, reference
from clearlines.hotspots.counts import Asked
from clearlines.hotspots.measures import VICTIMS
from clearlines.hotspots.models import SeverityTable


@dataclass(frozen=True)
class AreaHarm:
    code: str
    name: str
    harm: Harm

    @property
    def count(self) -> int:
        return self.harm.count


@dataclass(frozen=True)
class HarmByArea:
    """`areas` by harm, most first. `left_out` are incidents of all areas whose type has no weight, by type."""

    areas: tuple[AreaHarm, ...]
    unit: str
    table: str
    left_out: dict[str, int]

    @property
    def sentence(self) -> str:
        """What must stand beside the figures."""
        said = f"Harm by {self.table}, as its user loaded it: unverified."
        if not self.left_out:
            return said
        names = ", ".join(f"{each} {many:,}" for each, many in sorted(self.left_out.items()))
        return f"{said} No weight in it, so in the count and not in the harm: {names}."


def by_area(asked: Asked, table: SeverityTable) -> HarmByArea:
    """Types are those of data.police.uk; a type that the table does not name is left out aloud."""
    victim_based = reference.baskets()[VICTIMS].types
    found = counts.by_area_and_type(asked, VICTIMS)
    areas = [
        AreaHarm(code, name, harm_of(types, table.weights, victim_based=victim_based))
        for (code, name), types in found.items()
    ]
    left_out = sum((Counter(each.harm.left_out) for each in areas), Counter[str]())
    ordered = sorted(areas, key=lambda each: (-each.harm.harm, -each.count, each.name, each.code))
    return HarmByArea(tuple(ordered), table.unit, str(table), dict(left_out))


def never_used(table: SeverityTable) -> list[str]:
    """Types of the table that are no victim-based type of data.police.uk, so that nothing is ever weighed by them."""
    used = {plain(each) for each in reference.baskets()[VICTIMS].types}
    return [each for each in table.weights if plain(each) not in used]


def heaviest_first(table: SeverityTable) -> list[tuple[str, str]]:
    """Type and weight, written with as many places as the weight has."""
    ordered = sorted(table.weights.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(kind, f"{weight:,.12g}") for kind, weight in ordered]
