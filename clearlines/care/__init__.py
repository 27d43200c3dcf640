"""Plans in the person's own words, goals, reviews and outcome measures.

Owner: the charity.
Comes in: what the person wants, what is agreed, how it went.
Goes out: whether life is better, for those both measures exist for.
May never: reach the police, be copied from another person's plan, or total an incomplete measure.
"""
