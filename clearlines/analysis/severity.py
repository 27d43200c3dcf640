"""How much harm, and not only how many?

The question. Incidents of several types in an area: what do they come to when each type counts by the harm it does?
Count and harm stand side by side, since either alone misleads: one serious assault outweighs many thefts.

The method. The sum over types of weight times count, as the Cambridge Crime Harm Index (Sherman, Neyroud and Neyroud
2016, Policing 10, 171-183) and the ONS Crime Severity Score have it. The weights come from the caller's table: none is
shipped. Taking counts as Poisson, the variance is the sum of weight squared times count; the interval is the gamma
interval of Fay and Feuer (1997), Statistics in Medicine 16, 791-801, which for one type of weight one is the exact
Poisson interval, and does not close to nothing where no incident was seen.

What the columns mean. `counts` are incidents by type, `weights` harm by type in any unit (days of imprisonment, or a
score). `victim_based` are the types that victims or callers report. `left_out` are incidents whose type has no weight:
they are in `count`, never in `harm`, and never taken as harm nought.

When not to use it. For what police find by working (drugs, weapons): it measures their work, and is refused. For small
areas and short times: a single rare crime decides the sum, as the interval shows. To rank people. Across editions of a
table, whose weights differ.

A worked example. Three burglaries of weight 20 and one robbery of 365: 60 + 365 = 425, variance 3 x 400 + 133,225:

>>> found = harm_of({"Burglary": 3, "Robbery": 1, "Arson": 2}, {"Burglary": 20, "Robbery": 365},
...                 victim_based=["Burglary", "Robbery", "Arson"])
>>> found.harm, found.variance, found.count, found.weighed, found.left_out
(425.0, 134425.0, 6, 4, {'Arson': 2})
>>> found.sentences[0]
'2 of 6 incidents have no weight in the table (Arson 2), so the harm is of the other 4.'
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

# Beyond this a number is a mistake of typing.
MOST = 10**9
# With fewer incidents than this a single one can decide the sum.
FEW = 20


@dataclass(frozen=True)
class Harm:
    """`count` is of every victim-based incident, `weighed` of those with a weight. `largest` is the type with most of
    the harm, and its share; None where there is no harm."""

    harm: float
    variance: float
    low: float
    high: float
    level: float
    count: int
    weighed: int
    left_out: dict[str, int]
    largest: tuple[str, float] | None
    sentences: tuple[str, ...]


def harm_of(
    counts: Mapping[str, int], weights: Mapping[str, float], *, victim_based: Collection[str], level: float = 0.95
) -> Harm:
    """The harm of these incidents. Types are matched whatever their capitals and spaces.

    Counts are whole and at least nought, weights at least nought and one above it, `level` between 0 and 1. A type
    that is not victim-based, two types that are the same but for capitals, or a number that is none: ValueError, whose
    text is a sentence. Source: Sherman, Neyroud and Neyroud 2016; Fay and Feuer 1997.
    """
    if not 0 < level < 1:
        raise ValueError(f"the level must lie between 0 and 1, such as 0.95, not {level}")
    known = weights_of(weights)
    reported = {plain(each) for each in victim_based}
    found = {each: _whole(each, many) for each, many in counts.items()}
    if len({plain(each) for each in found}) < len(found):
        raise ValueError("a type of crime is counted twice, under names that differ by capitals or spaces")
    if wrong := sorted(each for each in found if plain(each) not in reported):
        raise ValueError(
            f"{wrong[0]} is not reported by victims: harm weights are for victim-based crime only, because what police "
            "find rises when they work"
        )
    parts = {each: known[plain(each)] for each in found if plain(each) in known}
    left_out = {each: many for each, many in found.items() if many and each not in parts}
    harm = sum(weight * found[each] for each, weight in parts.items())
    variance = sum(weight**2 * found[each] for each, weight in parts.items())
    low, high = _interval(harm, variance, max(known.values()), level)
    weighed = sum(found[each] for each in parts)
    most = max(parts, key=lambda each: parts[each] * found[each], default=None)
    largest = (most, parts[most] * found[most] / harm) if most is not None and harm else None
    count = sum(found.values())
    return Harm(
        harm, variance, low, high, level, count, weighed, left_out, largest,
        _sentences(count, weighed, left_out, largest),
    )  # fmt: skip


def weights_of(weights: Mapping[str, float]) -> dict[str, float]:
    """The table by plain names, every weight checked. Errors as for `harm_of`."""
    known: dict[str, float] = {}
    for each, weight in weights.items():
        number = float(weight)
        if not math.isfinite(number) or number < 0 or number > MOST:
            raise ValueError(f"the weight of {each} must be an ordinary number of at least nought, not {weight}")
        if plain(each) in known:
            raise ValueError(f"{each} has two weights")
        known[plain(each)] = number
    if not any(known.values()):
        raise ValueError("no type of crime has a weight above nought")
    return known


def plain(name: str) -> str:
    """A type's name without capitals and with single spaces, by which a table and a count are matched."""
    return " ".join(name.casefold().split())


def _whole(name: str, count: float) -> int:
    if not math.isfinite(count) or count < 0 or count != int(count) or count > MOST:
        raise ValueError(f"the count of {name} must be a whole number of at least nought, not {count}")
    return int(count)


def _interval(harm: float, variance: float, heaviest: float, level: float) -> tuple[float, float]:
    """Fay and Feuer's, with the heaviest weight of the table: the next incident might be of that type."""
    from scipy.special import gammaincinv

    tail = (1 - level) / 2
    low = variance / harm * float(gammaincinv(harm**2 / variance, tail)) if harm else 0.0
    above, spread = harm + heaviest, variance + heaviest**2
    return low, spread / above * float(gammaincinv(above**2 / spread, 1 - tail))


def _sentences(
    count: int, weighed: int, left_out: Mapping[str, int], largest: tuple[str, float] | None
) -> tuple[str, ...]:
    said = []
    if left_out:
        names = ", ".join(f"{each} {many:,}" for each, many in sorted(left_out.items()))
        said.append(
            f"{sum(left_out.values()):,} of {count:,} incidents have no weight in the table ({names}), so the harm is "
            f"of the other {weighed:,}."
        )
    if largest is not None and weighed < FEW and largest[1] > 0.5:
        said.append(f"{largest[0]} alone is {100 * largest[1]:.0f} % of the harm of {weighed} incidents.")
    return tuple(said)
