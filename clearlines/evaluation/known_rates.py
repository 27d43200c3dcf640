"""How often the default design says 'a fall' where nothing was done, on real months, and where it is still loose."""

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "reference" / "known_rates.v1.toml"
# More false positives of the test at 5 % than this and the page says that the design is loose for this kind of crime.
LOOSE = 0.08


@dataclass(frozen=True)
class KnownRate:
    """Shares of `draws` in which nothing was done, or in which half of the records were taken away.

    `false_positive` and `detection` are of the one-sided test at 5 %; `false_verdict` and `found_verdict` of what a
    page says, whose interval asks more; `usual_false_positive` of the usual way on the same draws.
    """

    force: str
    crime_type: str
    windows: tuple[str, ...]
    tops: tuple[int, ...]
    false_positive: float
    detection: float
    false_verdict: float
    found_verdict: float
    usual_false_positive: float
    treated_before: int
    draws: int

    @property
    def is_loose(self) -> bool:
        return self.false_positive > LOOSE


@functools.cache
def measured() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}


def rates() -> list[KnownRate]:
    """Every rate that was measured, by force and kind of crime."""
    told = measured().get("rates", [])
    return [KnownRate(**each | {"windows": tuple(each["windows"]), "tops": tuple(each["tops"])}) for each in told]


def sentences() -> list[str]:
    """As a page says them; none where nothing has been measured."""
    known = rates()
    if not known:
        return []
    draws = sum(each.draws for each in known)
    said = [
        f"On real months in which nothing was done ({draws:,} draws of published counts from "
        f"{' and '.join(sorted({each.force for each in known}))}), this design said a fall in "
        f"{_in_a_hundred(known, 'false_verdict')} of 100; the usual way, its areas chosen on its own baseline, in "
        f"{_in_a_hundred(known, 'usual_false_positive')} of 100.",
        f"Of planted halvings it found {_in_a_hundred(known, 'found_verdict')} in 100: more where there were many "
        "records before, fewer where there were few.",
    ]
    loose = [f"{each.crime_type.lower()} in {each.force}" for each in known if each.is_loose]
    if loose:
        said.append(f"It is still loose for {', '.join(loose)}.")
    return said


def _in_a_hundred(known: list[KnownRate], name: str) -> int:
    draws = sum(each.draws for each in known)
    return round(100 * sum(getattr(each, name) * each.draws for each in known) / draws)
