"""What is counted: a basket of domain.md 2.17, whole or some of its types."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

VICTIMS, CALLS, ENFORCEMENT, OTHER, HEALTH = "victims", "calls", "enforcement", "other", "health"
# Baskets A, B and D. What police did (basket C) rises with their work and is never an outcome.
MAY_BE_OUTCOMES = (VICTIMS, CALLS, HEALTH)


@dataclass(frozen=True)
class Measure:
    """`types` empty: the whole basket."""

    basket: str
    types: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.basket}: {', '.join(self.types)}" if self.types else self.basket

    @property
    def may_be_outcome(self) -> bool:
        return self.basket in MAY_BE_OUTCOMES

    def holds(self, basket: str, crime_type: str) -> bool:
        return basket == self.basket and (not self.types or crime_type in self.types)

    def as_json(self) -> dict[str, Any]:
        return {"basket": self.basket, "types": list(self.types)}

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "Measure":
        return cls(said["basket"], tuple(said["types"]))
