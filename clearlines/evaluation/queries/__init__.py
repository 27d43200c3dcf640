"""Which comparisons, protocols and results a viewer may read, and what a form may offer."""

from clearlines.evaluation.queries.runs import again, codes_named, first_runs, kinds, runs

__all__ = ["again", "codes_named", "first_runs", "kinds", "runs"]
