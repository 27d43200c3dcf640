"""Did it work: fair comparisons, with their uncertainty.

Owner: the evaluator.
Comes in: counts before and after, here and elsewhere.
Goes out: an estimate, its interval and a sentence; 'too few to tell' when it is.
May never: see a name, or print a percentage without its base and interval.
"""
