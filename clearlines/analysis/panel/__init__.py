"""Many areas, many months: did counts change where the work was done by another share than elsewhere?

The question. Counts for each of many small areas in each of many months, some of the areas treated from a month on:
what is the ratio of their change to that of the others, when did they part, and did they move alike before?

The method. `difference_in_differences` is Poisson or negative-binomial (NB2) regression with an effect for every area
and month, errors clustered by area (Wooldridge 1999, Journal of Econometrics 90, 77-97: for Poisson the ratio is right
whatever the counts' distribution; Cameron and Miller 2015 for the errors, `fitting` for how). Intervals take t with
as many degrees of freedom as the fewer of treated and other areas, less one. `by_chance` is randomisation inference,
printed beside it. `event_study` is the same with a ratio for each period, and a joint test of those before the start.
`staggered` is Callaway and Sant'Anna (2021) by the library diff-diff, because a two-way regression of areas that began
at different times compares late ones with early ones already changed (Goodman-Bacon 2021).

What the columns mean. `counts[area, month]` are whole incidents of one thing, counted the same way throughout; months
are any labels that sort; `treated[area]` is whether work was done there from the start on. A `ratio` of 0.7 is 30 %
fewer than the others' change would have made of it.

When not to use it. For areas chosen because they were high in the months before (their fall is no effect: keep the
selection window out, or see placebo). For police-generated counts, which rise because police work. For a single
treated area (see displacement, synthetic). Where treated and other areas differ in kind, so that they had no reason
to move alike: a synthetic control chooses its own comparison. Where work moves crime into the others.

A worked example. Two treated areas went from 30 and 10 to 10 and 10, two others from 20 and 20 to 25 and 15. Treated
total 40 to 20, others 40 to 40: the ratio of ratios is (20 / 40) / (40 / 40) = 0.5, and 40 were expected:

>>> import numpy as np
>>> counts = np.array([[30, 10], [10, 10], [20, 25], [20, 15]])
>>> panel = CountPanel(tuple("abcd"), ("2022-01", "2022-02"), counts, np.array([True, True, False, False]), 1)
>>> found = difference_in_differences(panel)
>>> round(found.ratio, 6), round(found.expected, 3), found.df, found.too_few
(0.5, 40.0, 1, True)
"""

from clearlines.analysis.panel.chance import Chance, by_chance
from clearlines.analysis.panel.counts import CountPanel, panel_of
from clearlines.analysis.panel.effect import (
    ASSUMPTIONS,
    FAMILIES,
    METHOD,
    NEGBIN,
    POISSON,
    PanelEffect,
    difference_in_differences,
)
from clearlines.analysis.panel.events import EventStudy, Period, PreTrend, event_study
from clearlines.analysis.panel.staggered import Cohort, Since, Staggered, staggered

__all__ = [
    "ASSUMPTIONS",
    "FAMILIES",
    "METHOD",
    "NEGBIN",
    "POISSON",
    "Chance",
    "Cohort",
    "CountPanel",
    "EventStudy",
    "PanelEffect",
    "Period",
    "PreTrend",
    "Since",
    "Staggered",
    "by_chance",
    "difference_in_differences",
    "event_study",
    "panel_of",
    "staggered",
]
