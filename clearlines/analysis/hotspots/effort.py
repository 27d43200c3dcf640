"""Is an area high because something happened there, or because officers looked there?

Of each area: what share of its records police made by their own work (searches for drugs and weapons), beside what
victims and callers reported, and whether that share is above the study area's by more than chance (an exact binomial
tail, Benjamini and Hochberg's false discovery rate). It warns; it never takes an area away, since police also search
where people ring from.

>>> answer = effort([40, 40, 40], [4, 4, 40])
>>> answer.is_looked_at_more.tolist()
[False, False, True]
>>> answer.sentence(2)
'Police made 40 of the 80 records here by their own work, 50 %, against 9 % elsewhere: officers looked here more.'
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import special

from clearlines.analysis.hotspots.checks import counts_of, like
from clearlines.analysis.hotspots.gi import FALSE_SHARE
from clearlines.analysis.hotspots.tails import discovered

# Less than this many times the share elsewhere is no difference to warn of, however sure.
NOTICEABLE = 2.0


@dataclass(frozen=True)
class Effort:
    """An entry an area: `share` of its records that police made (NaN of none), that of all `elsewhere`, and q."""

    reported: np.ndarray
    made: np.ndarray
    share: np.ndarray
    elsewhere: np.ndarray
    q: np.ndarray
    is_looked_at_more: np.ndarray

    def sentence(self, place: int) -> str:
        made, both = int(self.made[place]), int(self.made[place] + self.reported[place])
        return (
            f"Police made {made:,} of the {both:,} records here by their own work, {100 * self.share[place]:.0f} %, "
            f"against {100 * self.elsewhere[place]:.0f} % elsewhere: officers looked here more."
        )


def effort(reported: Any, made: Any) -> Effort:
    """`reported` by victims and callers, `made` by police: an entry an area of the study area."""
    people = counts_of(reported)
    police = counts_of(like(made, people, what="records that police made"))
    both = people + police
    # The others' share, so that one area that police fill does not hide itself.
    others = both.sum() - both
    elsewhere = np.divide(police.sum() - police, others, out=np.zeros(len(both)), where=others > 0)
    with np.errstate(invalid="ignore"):
        mine = np.where(both > 0, police / both, np.nan)
    p = np.where(police > 0, special.betainc(np.maximum(police, 1), people + 1, elsewhere), 1.0)
    q = discovered(np.where(others > 0, np.nan_to_num(p, nan=1.0), 1.0))
    more = (q < FALSE_SHARE) & (np.nan_to_num(mine) >= NOTICEABLE * elsewhere)
    return Effort(people, police, mine, elsewhere, q, more)
