"""To what end a thing was done, how far it reached, and what a person says of an act that is already there."""

from decimal import Decimal
from enum import StrEnum


class P(StrEnum):
    """The four Ps of the national strategy; a disruption has one that is primary. Source: domain 2.2."""

    PURSUE = "pursue"
    PREVENT = "prevent"
    PROTECT = "protect"
    PREPARE = "prepare"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class Level(StrEnum):
    """What each means stands in reference/levels.*.toml, where somebody can confirm the wording."""

    MAJOR = "major"
    MODERATE = "moderate"
    MINOR = "minor"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class Area(StrEnum):
    """The six parts of a life that the national menu of tactics looks at. Source: domain 2.2."""

    LIFESTYLE = "Lifestyle"
    BEHAVIOUR = "Behaviour"
    VEHICLES = "Vehicles"
    TRAVEL = "Travel"
    BUSINESS = "Business"
    CRIME = "Crime"


class Complied(StrEnum):
    """Whether an order was complied with, as somebody said. Nobody has said is neither."""

    YES = "yes"
    NO = "no"


SAME_ACT, ANOTHER_ACT = "same_act", "another_act"


def same_as(reference: str) -> str:
    """What is decided where it must be said which of several acts it is."""
    return f"{SAME_ACT}:{reference}"


CHARITY = "charity"
# domain.md 2.2: a charity stands in no total of fewer than five visits.
FEWEST_VISITS = 5


def how_much(amount: Decimal, unit: str) -> str:
    """£1,240; 12.5 g; 3 items."""
    said = f"{amount:,.2f}".removesuffix("0").removesuffix("0").removesuffix(".") if unit != "£" else f"{amount:,.2f}"
    said = said.removesuffix(".00")
    return f"£{said}" if unit == "£" else f"{said} {unit.removesuffix('s') if amount == 1 else unit}"
