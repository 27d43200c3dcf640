"""What may be said of a claim, given what was counted. Pure: a claim and the evidence in, words out.

A claim is never marked right or wrong by its middle: it is held against the whole interval, and where the interval
cannot carry it, the page says what can be said instead.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from clearlines.analysis.figures import plain
from clearlines.evaluation.claims import FALL, RISE, Claim

# Half a percentage point: "a third" is 33 %.
NEARLY = 0.005


class Kind(StrEnum):
    OF_POLICE = "of_police"
    ALONE = "alone"
    TOO_FEW = "too_few"
    NO_EVIDENCE = "no_evidence"
    OTHER_WAY = "other_way"
    TOO_BIG = "too_big"
    NOT_RULED_OUT = "not_ruled_out"
    SUPPORTED = "supported"


HEADLINES = {
    Kind.OF_POLICE: "This counts what police did",
    Kind.ALONE: "Only the counts may be said",
    Kind.TOO_FEW: "Too few to tell",
    Kind.NO_EVIDENCE: "No evidence of a change beyond chance",
    Kind.OTHER_WAY: "The counts say the opposite",
    Kind.TOO_BIG: "More than the counts can carry",
    Kind.NOT_RULED_OUT: "Not ruled out, and not shown",
    Kind.SUPPORTED: "May be said, with its base and interval",
}


@dataclass(frozen=True)
class Evidence:
    """What was counted. `low`, `middle` and `high` are changes as a share of what was `expected`, a fall below nought;
    all three are None where there was nothing to compare with, and `chance` says how often two counts differ so far.
    """

    before: int
    after: int
    level: float
    compared: tuple[int, int] | None = None
    expected: float = 0
    low: float | None = None
    middle: float | None = None
    high: float | None = None
    too_few: bool = False
    # The change with its interval, as it was worked out: "change −10 (90 % interval −23.8 to +3.8)".
    shown: str = ""
    chance: float = 1.0
    # Months of the two periods, where they differ: numbers are then for each month.
    is_a_month: bool = False


@dataclass(frozen=True)
class Said:
    """The answer to a claim: a headline, sentences that give the reasons, and one that may be said in public."""

    kind: Kind
    headline: str
    sentences: tuple[str, ...]
    suggested: str


def on_claim(claim: Claim, found: Evidence) -> Said:
    """What may be said. The claim must say which way and how much (`claim.is_read`)."""
    kind = _kind(claim, found)
    return Said(kind, HEADLINES[kind], tuple(_sentences(kind, claim, found)), suggested(kind, claim, found))


def _kind(claim: Claim, found: Evidence) -> Kind:
    if claim.is_of_police:
        return Kind.OF_POLICE
    if found.compared is None:
        return Kind.ALONE
    if found.too_few or found.low is None or found.high is None or found.middle is None:
        return Kind.TOO_FEW
    if found.low <= 0 <= found.high:
        return Kind.NO_EVIDENCE
    sign = -1 if claim.direction == FALL else 1
    middle, far = found.middle * sign, max(found.low * sign, found.high * sign)
    if far < 0:
        return Kind.OTHER_WAY
    claimed = _claimed(claim, found)
    if claimed > far + NEARLY:
        return Kind.TOO_BIG
    return Kind.NOT_RULED_OUT if claimed > middle + NEARLY else Kind.SUPPORTED


def _claimed(claim: Claim, found: Evidence) -> float:
    """The claim as a share of what was expected."""
    if claim.fraction is not None:
        return claim.fraction
    return (claim.number or 0) / found.expected if found.expected > 0 else float("inf")


def _sentences(kind: Kind, claim: Claim, found: Evidence) -> Iterator[str]:
    said = claim.size
    if kind is Kind.OF_POLICE:
        yield (
            "Arrests, seizures, searches and possession offences are what police did (basket C). They rise when police "
            "work harder, whatever happens to people, so they can never be said as crime going up or down, or as proof "
            "that something worked."
        )
        return
    observed = f"Observed {found.before:,}→{found.after:,}"
    if kind is Kind.ALONE:
        yield f"{observed}, with nothing to compare it with: do not state {said}, and do not say why it changed."
        yield _by_chance(found)
        yield "Counts in a like area over the same months would make it possible to say more."
        return
    against = f"{observed}; {_comparison(found)}; {found.shown}"
    yield from {
        Kind.TOO_FEW: [f"{against}: too few to tell apart from chance; do not state {said}."],
        Kind.NO_EVIDENCE: [f"{against}: no more than chance would give; do not state {said}."],
        Kind.OTHER_WAY: [f"{against}: a {_which(found)}, not a {claim.direction}. Do not state {said}."],
        Kind.TOO_BIG: [
            f"{against}. A {claim.direction} of {said} is more than these counts can carry.",
            f"The most that may be said is {_between(found)}.",
        ],
        Kind.NOT_RULED_OUT: [
            f"{against}. A {claim.direction} of {said} lies within the interval, but it is more than what was found: "
            f"do not state it alone. Say {_between(found)}.",
        ],
        Kind.SUPPORTED: [f"{against}. The counts carry it, if its base and its interval are said with it."],
    }[kind]
    if claim.is_up_to and kind not in (Kind.TOO_FEW, Kind.NO_EVIDENCE):
        yield "“Up to” names the best of several figures and hides the rest: give the figure for all of them together."
    if claim.is_causal:
        yield (
            "Say “after”, not “because”: a comparison shows that it changed more here than there, and not what "
            "changed it."
        )


def suggested(kind: Kind, claim: Claim, found: Evidence) -> str:
    """A sentence that may be said in public: the counts always, a change only with its base and interval."""
    what = claim.what or "recorded incidents"
    where = f" in {claim.where}" if claim.where else ""
    if kind is Kind.OF_POLICE:
        return f"Officers recorded {found.after:,} of these{where}, after {found.before:,} in the period before."
    went = f"{what[:1].upper()}{what[1:]}{where} went from {found.before:,} to {found.after:,}"
    if found.compared is None:
        return f"{went}. Nothing was counted elsewhere to compare it with, so this does not say why."
    same = found.compared[0] == found.compared[1]
    there = f"stayed at {found.compared[1]:,}" if same else f"went from {found.compared[0]:,} to {found.compared[1]:,}"
    seen = f"{went}; a comparison {there}."
    if kind is Kind.TOO_FEW:
        return f"{seen} With numbers this small the difference could be chance."
    if kind is Kind.NO_EVIDENCE:
        return f"{seen} The difference is no more than chance would give."
    return f"{seen} That is {_between(found)}."


def _comparison(found: Evidence) -> str:
    before, after = found.compared or (0, 0)
    return "comparison unchanged" if before == after else f"comparison {before:,}→{after:,}"


def _between(found: Evidence) -> str:
    """'between 12 % and 41 % fewer than the 120 expected (95 % interval)'."""
    ends = sorted(abs(100 * (each or 0)) for each in (found.low, found.high))
    more = "fewer" if _which(found) == FALL else "more"
    each = " a month" if found.is_a_month else ""
    return (
        f"between {plain(round(ends[0]))} % and {plain(round(ends[1]))} % {more} than the "
        f"{plain(round(found.expected, 1))} expected{each} ({plain(100 * found.level)} % interval)"
    )


def _which(found: Evidence) -> str:
    return FALL if (found.middle or 0) < 0 else RISE


def _by_chance(found: Evidence) -> str:
    often = round(100 * found.chance)
    many = f"about {often} times in 100" if often else "less than once in 100 times"
    return (
        f"Two counts of the same thing would differ as far as this {many} by chance alone; and an area that was chosen "
        "because its count was high falls with nothing done."
    )
