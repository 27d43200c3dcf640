"""What would the treated areas have had without the work? A comparison made of many small untreated ones.

The question. Work was done in some of many small areas (blocks, neighbourhoods) from a known time on. Of several
counts for each area and time: how far did those of the treated stray, from then on, from what areas with the same
past had, and could that be chance?

The method. Every untreated area is given a weight of at least nought, so that the untreated added up equal the
treated in number, in each covariate and in each outcome at each time before: Robbins, Saunders and Kilmer (2017), "A
framework for synthetic control methods with high-dimensional, micro-level data", Journal of the American Statistical
Association 112, 109-126, doi:10.1080/01621459.2016.1213634, as in R's microsynth. The weights are the calibration of
Deville and Särndal (1992), JASA 87, 376-382, nearest to equal ones. Where no weights meet every constraint, outcomes
before are matched as nearly as can be, then covariates too, and each is named (`relaxed`). Errors stand side by side:
linearised as published (each area and time independent), clustered by area, placebo groups of untreated areas, and a
jackknife. Which statistic joins the outcomes in the omnibus test has differed between releases of microsynth; ours is
O'Brien's (1984) one-sided sum, or Wald's two-sided form, and its p is not theirs.

What the columns mean. `Panel`: units are areas; times rise and are of equal length; outcomes are incidents in an area
and time, of one kind counted the same way throughout; covariates are what an area was like before, in any unit.
Answers are incidents in the whole time after, over all the treated; `change` is a fraction of synthetic; p-values are
one-sided ('lower': did it fall?) unless asked otherwise. Chance of drawing is printed as `perm_mc_error`.

When not to use it. With a few large areas, which no weights can match. When areas were treated because their last
counts were high and there are few times before: a match on a peak falls by itself. For police-generated records,
which rise because police work. When work, or those it moved, spilled into the untreated. With one treated area, no
error but a placebo's can be given. It does not prove that the work did it.

A worked example. One area is treated; before, it had 4. Of the others `b` had 2 and `c` had 6, so half of each is an
area that had 4. After, they had 4 and 6: synthetic 5. The treated had 3, which is 2 fewer, or 40 %:

>>> panel = Panel(["a", "b", "c"], [1, 2], [True, False, False], {"thefts": [[4, 3], [2, 4], [6, 6]]})
>>> answer = synthetic(panel, 2, 2)
>>> answer.weights.round(9).tolist()
[1.0, 0.5, 0.5]
>>> thefts = answer.outcomes["thefts"]
>>> thefts.treated, round(thefts.synthetic, 9), round(thefts.change, 9)
(3.0, 5.0, -0.4)
>>> answer.notes[0][:29]
'There is one treated unit. Ho'
"""

from clearlines.analysis.synthetic.answer import ASSUMPTIONS, METHOD, Effect, Omnibus, Period, Synthetic
from clearlines.analysis.synthetic.compare import synthetic
from clearlines.analysis.synthetic.effects import LOWER, SIDES, TWO, UPPER
from clearlines.analysis.synthetic.panel import Panel
from clearlines.analysis.synthetic.reading import Columns, read_panel
from clearlines.analysis.synthetic.resampling import Jackknife, Placebos, Resampling

__all__ = [
    "ASSUMPTIONS",
    "LOWER",
    "METHOD",
    "SIDES",
    "TWO",
    "UPPER",
    "Columns",
    "Effect",
    "Jackknife",
    "Omnibus",
    "Panel",
    "Period",
    "Placebos",
    "Resampling",
    "Synthetic",
    "read_panel",
    "synthetic",
]
