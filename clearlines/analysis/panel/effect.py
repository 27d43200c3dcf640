"""One ratio: the change where the work was done over the change elsewhere."""

from dataclasses import dataclass, field, replace

import numpy as np

from clearlines.analysis.panel.chance import Chance, by_chance
from clearlines.analysis.panel.counts import CountPanel
from clearlines.analysis.panel.fitting import fit

METHOD = "panel did 1"
POISSON, NEGBIN = "poisson", "negbin"
FAMILIES = (POISSON, NEGBIN)
# domain.md 2.17: with a baseline under twenty the report says too few to tell.
FEWEST_BEFORE = 20
# If even a halving could hide in chance, there are too few.
LARGEST_LIKELY_FALL = 0.5
# Cameron, Gelbach and Miller (2008): with so few clusters a clustered interval is a rough one.
FEW_CLUSTERS = 10

ASSUMPTIONS = (
    "Without the work, counts in the treated areas would have changed by the same share as those elsewhere. Each area "
    "may have bursts of its own, but areas do not move each other. Areas chosen because their count before was high "
    "fall with nothing done, and no interval here allows for that."
)


@dataclass(frozen=True)
class PanelEffect:
    """`ratio` 1 is no difference, 0.7 a fall of 30 % beyond the others'. `expected` is what the others' change would
    have made of the treated areas' count. `smallest_seen` is the largest ratio below 1 that could have been told from
    chance. `se` is of the log ratio and allows for few or unequal areas, `clustered_se` the usual one; `dispersion` is
    the negative binomial's alpha, 0 for Poisson."""

    ratio: float
    low: float
    high: float
    level: float
    log_ratio: float
    se: float
    clustered_se: float
    p: float
    df: int
    family: str
    dispersion: float
    treated_before: int
    treated_after: int
    others_before: int
    others_after: int
    expected: float
    treated_areas: int
    other_areas: int
    months_before: int
    months_after: int
    dropped_areas: int
    dropped_months: int
    smallest_seen: float
    too_few: bool
    sentences: tuple[str, ...]
    cautions: tuple[str, ...]
    by_chance: Chance | None = None
    assumptions: str = field(default=ASSUMPTIONS, repr=False)

    @property
    def verdict(self) -> str:
        return " ".join(self.sentences)


def difference_in_differences(
    panel: CountPanel, *, family: str = POISSON, level: float = 0.95, rng: np.random.Generator | None = None,
    draws: int = 999,
) -> PanelEffect:  # fmt: skip
    """The ratio after over before in the treated areas, divided by the same in the others.

    `family` poisson or negbin; `level` between 0 and 1. With `rng`, `draws` random choices of as many areas say how
    often chance does as much. Areas and months without any incident are dropped and counted. A single treated or
    untreated area, or no incident in one of the four corners: ValueError, whose text is a sentence.
    """
    check(family, level)
    kept, dropped_areas, dropped_months = usable(panel)
    _refuse_single(kept)
    column = (kept.treated[:, None] & kept.after[None, :]).astype(float)[:, :, None]
    found = fit(kept.counts, column, kept.treated, negative_binomial=family == NEGBIN)
    log_ratio, se = float(found.effects[0]), float(np.sqrt(found.covariance[0, 0]))
    df, reach = degrees(kept), reach_of(level, degrees(kept))
    ratio, low, high = (ratio_of(log_ratio + turn * reach * se) for turn in (0, -1, 1))
    smallest = ratio_of(-reach * se)
    before = kept.total(treated=True, after=False)
    too_few = before < FEWEST_BEFORE or (low <= 1 <= high and smallest < 1 - LARGEST_LIKELY_FALL)
    expected = float(found.means[np.ix_(kept.treated, kept.after)].sum() / ratio)
    numbers = _Numbers(ratio, low, high, level, expected, smallest)
    chance = by_chance(kept, rng=rng, draws=draws) if rng is not None else None
    return PanelEffect(
        ratio, low, high, level, log_ratio, se, float(np.sqrt(found.clustered[0, 0])),
        two_sided(log_ratio, se, df), df, family, found.alpha,
        before, kept.total(treated=True, after=True), kept.total(treated=False, after=False),
        kept.total(treated=False, after=True), expected, int(kept.treated.sum()), int((~kept.treated).sum()),
        kept.start, len(kept.months) - kept.start, dropped_areas, dropped_months, smallest, too_few,
        _sentences(kept, numbers, too_few, chance), cautions(kept), chance,
    )  # fmt: skip


def check(family: str, level: float) -> None:
    if family not in FAMILIES:
        raise ValueError(f"'{family}' is no family of counts: choose {' or '.join(FAMILIES)}")
    if not 0 < level < 1:
        raise ValueError(f"the level must lie between 0 and 1, such as 0.95, not {level}")


def usable(panel: CountPanel) -> tuple[CountPanel, int, int]:
    """Without areas and months that have no incident: they say nothing of a ratio. And how many were dropped.

    No incident in one of the four corners: ValueError.
    """
    _refuse_empty(panel)
    areas, months = panel.counts.sum(axis=1) > 0, panel.counts.sum(axis=0) > 0
    kept = panel.of_areas(areas)
    names = tuple(month for month, there in zip(panel.months, months, strict=True) if there)
    start = int(months[: panel.start].sum())
    kept = replace(kept, months=names, counts=kept.counts[:, months], start=start)
    return kept, int((~areas).sum()), int((~months).sum())


def degrees(panel: CountPanel) -> int:
    """The fewer of treated and other areas, less one: what bounds the accuracy when one side is small (Donald and
    Lang 2007, Review of Economics and Statistics 89, 221-233)."""
    return int(min(panel.treated.sum(), (~panel.treated).sum())) - 1


def reach_of(level: float, df: int) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(df, (1 + level) / 2))


def two_sided(estimate: float, se: float, df: int) -> float:
    from scipy.special import stdtr

    return float(2 * stdtr(df, -abs(estimate / se))) if se else float(estimate == 0)


def cautions(panel: CountPanel) -> tuple[str, ...]:
    said = list(panel.notes)
    fewest = int(min(panel.treated.sum(), (~panel.treated).sum()))
    if fewest < FEW_CLUSTERS:
        side = "treated" if panel.treated.sum() == fewest else "other"
        said.append(
            f"There are only {fewest} {side} areas, so the clustered interval is a rough one though it is widened for "
            "it: set it beside how often areas picked at random do as much."
        )
    if panel.start != len(panel.months) - panel.start:
        said.append(
            f"There are {panel.start} months before the start and {len(panel.months) - panel.start} from it on: month "
            "effects allow for a season that all areas share, and for no other."
        )
    return tuple(said)


def ratio_of(log: float) -> float:
    """Its exponential; beyond fifty either way nothing was learned, and a computer would say infinity."""
    return float(np.exp(np.clip(log, -50, 50)))


def _refuse_empty(panel: CountPanel) -> None:
    corners = {
        "in the treated areas before the start: there is no baseline to change from": (True, False),
        "in the treated areas from the start on: a ratio of nought has no interval by this method": (True, True),
        "in the other areas before the start: there is nothing to compare with": (False, False),
        "in the other areas from the start on: there is nothing to compare with": (False, True),
    }
    for what, (treated, after) in corners.items():
        if not panel.total(treated=treated, after=after):
            raise ValueError(f"there is no incident {what}")


def _refuse_single(panel: CountPanel) -> None:
    for many, what in ((panel.treated.sum(), "treated"), ((~panel.treated).sum(), "other")):
        if many < 2:
            raise ValueError(
                f"one {what} area with incidents cannot show how much {what} areas vary: use a weighted displacement "
                "difference or a synthetic control"
            )


@dataclass(frozen=True)
class _Numbers:
    ratio: float
    low: float
    high: float
    level: float
    expected: float
    smallest: float


def _sentences(panel: CountPanel, found: _Numbers, too_few: bool, chance: Chance | None) -> tuple[str, ...]:
    before, after = (panel.total(treated=True, after=each) for each in (False, True))
    seen = (
        f"{before:,} before and {after:,} after in {panel.treated.sum():,} treated areas, where the change in "
        f"{(~panel.treated).sum():,} others would have made it {found.expected:,.1f}"
    )
    interval = f"ratio {found.ratio:.2f}, {100 * found.level:g} % interval {found.low:.2f} to {found.high:.2f}"
    by_chance = found.low <= 1 <= found.high
    if too_few:
        last = (
            f"Only a fall of {100 * (1 - found.smallest):.0f} % or more of what was expected could have been told "
            "apart from chance; do not state a percentage."
            if by_chance
            else f"With fewer than {FEWEST_BEFORE} before, the interval cannot be trusted; do not state a percentage."
        )
        return f"Too few to tell: {seen} ({interval}).", last
    if by_chance:
        return (f"No evidence of a change: {seen} ({interval}).",)
    said = f"Consistent with {change_in_words(found.low, found.high)}: {seen} ({interval})."
    if chance is None or chance.p <= 1 - found.level:
        return (said,)
    return said, (
        f"But as many areas picked at random differ as much in {100 * chance.p:.0f} of 100 draws, so the interval is "
        "too narrow and this may be chance."
    )


def change_in_words(low: float, high: float) -> str:
    """Both ends on one side of 1, as 'a fall of 12 to 41 %'."""
    ends = sorted(abs(100 * (each - 1)) for each in (low, high))
    return f"a {'fall' if high < 1 else 'rise'} of {ends[0]:.0f} to {ends[1]:.0f} %"
