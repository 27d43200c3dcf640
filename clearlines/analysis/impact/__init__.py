"""Did records fall where the work was done by more than in areas chosen as hot in the same way? The default design.

The question. Some areas were chosen, often because their counts were high, and work was done there. Had they gone as
areas like them went, how many records would have come after; how many came; and how often would groups of like areas
in which nothing was done have fallen by as much?

The method. Four steps, each settled before the counts after are looked at.
1. Three windows of months: those on whose counts the areas were chosen, those before, those after. The first may not
   touch the others. Areas picked at their peak come back from it with nothing done (regression to the mean: Galton
   1886; Barnett, van der Pols and Dobson 2005, Int J Epidemiol 34, 215-220); a baseline kept apart is already back.
2. Matched sets: each treated area with the nearest others in the roots of both counts, so that what was chosen as hot
   is compared with what was as hot (Rosenbaum 2002, Observational Studies, chapter 3).
3. Records expected: the counts after of up to two hundred like areas, regressed on their counts before and on the
   months chosen on; this is linear credibility, how much of a high count stays being learnt from the areas themselves
   (Robbins 1956; Bühlmann 1967). What the matched areas miss of it is taken off (bias-corrected matching: Abadie and
   Imbens 2011, J Bus Econ Stat 29, 1-11). Areas vary by Poisson's chance times `plain`, plus the square of what was
   expected times `extra`; nobody may be further out than 2.5 deviations, so that one city centre does not decide.
4. Placebo in space: groups with one area of each set are put through the same steps as if they had been treated
   (Abadie, Diamond and Hainmueller 2010, J Am Stat Assoc 105, 493-505), the treated taking their turn among the
   compared (Fisher 1935, randomisation). `p` is the share that fell by as much. The interval holds each ratio a
   two-sided test would not refuse, what the treated would have had being their count over that ratio; there the
   statistic is also divided by what not knowing the coefficients adds, so it is the more careful of the two, and
   `is_fall` and the verdict follow it. "Too few to tell" follows domain 2.17, Wheeler and Ratcliffe 2018 (under twenty
   records before), and is also said where both a halving and no change lie within the interval.

What the columns mean. `Study.counts[area, month]` are records of one thing, counted the same way throughout; the
other fields are truths, one an area or a month. `expected`, `treated_before` and the rest are records in a window,
all areas together; `comparison_before` and `comparison_after` those of as many matched areas. `ratio` is
treated_after / expected, below 1 a fall; `p` is one-sided, for a fall; `statistic` and `placebo` are in deviations.

When not to use it. For records that police make by working (drugs found, searches): they rise because of the work.
Where something else began in the treated areas at the same time. Where the treated areas are the hottest of all and
none like them is left: a caution says so. For one area, unless some forty may be compared. Where the ring around the
treated may have taken their records: see `displacement`. How often it is wrong on real months is measured in
`placebo`, and how large a fall it could find, in `power`.

A worked example. Two treated areas go from 10 to 4; forty others, the same before, all go from 10 to 8. So 8 are
expected in each, 16 in both; 8 came; the ratio is a half:

>>> import numpy as np
>>> treated = np.arange(42) < 2
>>> counts = np.column_stack([np.full(42, 10), np.full(42, 10), np.where(treated, 4, 8)])
>>> window = np.eye(3, dtype=bool)
>>> answer = impact(Study(counts, treated, ~treated, *window))
>>> answer.treated_before, answer.treated_after, round(answer.expected, 4), round(answer.ratio, 4)
(20, 8, 16.0, 0.5)
>>> answer.comparison_before, answer.comparison_after
(20.0, 16.0)
"""

from clearlines.analysis.impact.answer import METHOD, Impact, impact
from clearlines.analysis.impact.study import FEWEST_BEFORE, Study, needed

__all__ = ["FEWEST_BEFORE", "METHOD", "Impact", "Study", "impact", "needed"]
