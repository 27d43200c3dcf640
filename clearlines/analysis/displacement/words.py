"""What may be said of a difference."""

from typing import NamedTuple

# domain.md 2.17: with a baseline under twenty the report says too few to tell.
from clearlines.analysis.figures import plain, signed

FEWEST_BEFORE = 20
# The largest fall a programme is likely to claim: if even a halving could hide in chance, there are too few.
LARGEST_LIKELY_FALL = 0.5
TO_THE_WORD = 1e-9


class Counts(NamedTuple):
    """How many incidents in an area, before and after."""

    before: float
    after: float


class Words(NamedTuple):
    treated: Counts
    control: Counts
    baseline: float
    has_ring: bool


def is_too_few(words: Words, low: float, high: float, smallest: float) -> bool:
    if words.treated.before < FEWEST_BEFORE:
        return True
    return spans_nought(low, high) and smallest > LARGEST_LIKELY_FALL * words.baseline


def spans_nought(low: float, high: float) -> bool:
    return low <= TO_THE_WORD and high >= -TO_THE_WORD


class Interval(NamedTuple):
    low: float
    high: float
    level: float

    def __str__(self) -> str:
        return f"{plain(100 * self.level)} % interval {signed(self.low)} to {signed(self.high)}"


def sentences_for(words: Words, estimate: float, interval: Interval, smallest: float, too_few: bool) -> tuple[str, ...]:
    seen = (
        f"{plain(words.treated.before)} before and {plain(words.treated.after)} after in the treated area, "
        f"against {plain(words.control.before)} and {plain(words.control.after)} in the comparison."
    )
    ring = ", with the areas beside them," if words.has_ring else ""
    measured = f"The difference{ring} is {signed(estimate)} ({interval})"
    by_chance = spans_nought(interval.low, interval.high)
    if too_few:
        return (
            f"Too few to tell: {seen}",
            f"{measured}: it cannot be told apart from chance."
            if by_chance
            else f"{measured}, but with fewer than {FEWEST_BEFORE} before, the interval cannot be trusted either.",
            f"Only a change of about {plain(smallest)} or more could have been told apart from chance; "
            "do not state a percentage.",
        )
    if by_chance:
        return f"No change that can be told apart from chance: {seen}", f"{measured}."
    kind = "A fall" if estimate < 0 else "A rise"
    return f"{kind} beyond the comparison's, more than chance would give: {seen}", f"{measured}."
