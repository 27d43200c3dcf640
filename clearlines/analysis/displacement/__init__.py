"""Did incidents fall where the work was done by more than elsewhere, and did they move next door?

The question. Counts before and after in a treated area, in a comparison area, and if wished in the ring around
each: how far did the treated area and its ring change beyond what the comparisons did, and could that be chance?

The method. The weighted displacement difference of Wheeler and Ratcliffe (2018), Crime Science 7:11,
doi:10.1186/s40163-018-0085-5: (treated change - control change) + (ring change - ring's control change), its
variance the sum of the counts, each divided by the square of its weight, taking counts as Poisson. Unequal periods
and areas: Wheeler (2021), as in ptools 2.0; harm: several kinds of incident, each estimate times its weight.
"Too few to tell" follows the paper's guidance: with 20 before, about 15 must be prevented for even weak evidence.
`overdispersion` is Pearson's statistic over its degrees of freedom, by which a variance is multiplied; `side_by_side`
answers against several controls and says how far they disagree; `surroundings` finds the ring and its counterpart.

What the columns mean. `Counts(before, after)` are incidents, whole numbers of one thing counted the same way in both
windows. `time=(before, after)` are lengths of the windows, `area=(control, treated, disp_control, disp_treated)`
sizes of the areas, in any unit: with them the answer is incidents for each unit of time and area. `level` is the
confidence of the interval, 0.95 for 95 %.

When not to use it. When the treated area was chosen because its baseline was high: it will fall with nothing done
(see evaluation, which refuses such a baseline). For police-generated records, which rise because police work. For
counts that come in bursts, whose true interval is wider. For areas of very different counts, even weighted.

A worked example. The treated area goes from 20 to 10, its comparison from 20 to 20. The difference is -10; the
variance 20 + 10 + 20 + 20 = 70, its root 8.37; the 90 % interval -10 ± 1.645 × 8.37:

>>> answer = displacement(Counts(20, 20), Counts(20, 10), level=0.9)
>>> answer.estimate, round(answer.se, 4), round(answer.low, 2), round(answer.high, 2)
(-10.0, 8.3666, -23.76, 3.76)
>>> answer.too_few
True
>>> answer.sentences[0]
'Too few to tell: 20 before and 10 after in the treated area, against 20 and 20 in the comparison.'
"""

from clearlines.analysis.displacement.beside import Surroundings, ring, surroundings
from clearlines.analysis.displacement.bursts import Overdispersion, overdispersion
from clearlines.analysis.displacement.controls import Gap, SideBySide, side_by_side
from clearlines.analysis.displacement.difference import (
    ASSUMPTIONS,
    METHOD,
    NONE,
    Displacement,
    displacement,
    enough_before,
    harm,
)
from clearlines.analysis.displacement.words import Counts

__all__ = [
    "ASSUMPTIONS",
    "METHOD",
    "NONE",
    "Counts",
    "Displacement",
    "Gap",
    "Overdispersion",
    "SideBySide",
    "Surroundings",
    "displacement",
    "enough_before",
    "harm",
    "overdispersion",
    "ring",
    "side_by_side",
    "surroundings",
]
