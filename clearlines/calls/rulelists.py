"""What a rule list says of a row: that police made it, that it is our own visit, or which demand it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from clearlines.calls import reference

# Which cells of a row each rule looks at.
LOOKS_AT = {
    "police_source": ("source",),
    "police_category": ("category",),
    "police_marker": ("marker",),
    "own_visit": ("source", "category", "marker"),
}
OTHER = "other"


@dataclass(frozen=True)
class Words:
    """Words to be found, whatever their capitals. One that ends in a star is the beginning of a longer one."""

    whole: frozenset[str]
    begun: tuple[str, ...]

    @classmethod
    def of(cls, said: Iterable[str]) -> "Words":
        plain = [" ".join(each.casefold().split()) for each in said]
        begun = tuple(each[:-1].strip() for each in plain if each.endswith("*") and len(each) > 1)
        return cls(frozenset(each for each in plain if each and not each.endswith("*")), begun)

    def hold(self, cell: str) -> bool:
        said = " ".join(cell.casefold().split())
        return bool(said) and (said in self.whole or said.startswith(self.begun))


@dataclass
class RulesAsked:
    """A rule list at work. The same cells are asked about once: an extract repeats a few words many times."""

    words: Mapping[str, Words]
    known: dict[tuple[str, str, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, said: Mapping[str, Iterable[str]]) -> "RulesAsked":
        return cls({name: Words.of(said.get(name, ())) for name in reference.words()})

    def excluded_by(self, source: str, category: str, marker: str) -> str:
        """The first rule that leaves the row out, or nothing."""
        asked = (source, category, marker)
        if asked not in self.known:
            cells = {"source": source, "category": category, "marker": marker}
            held = (
                rule for rule, looks in LOOKS_AT.items() if any(self.words[rule].hold(cells[each]) for each in looks)
            )
            self.known[asked] = next(held, "")
        return self.known[asked]

    def kind_of(self, category: str) -> str:
        """Which demand a category is; `other` where no list has it."""
        return next((kind for kind in reference.kinds() if self.words[kind].hold(category)), OTHER)
