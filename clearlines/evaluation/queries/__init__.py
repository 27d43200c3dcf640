"""Which comparisons, protocols and results a viewer may read, and what a form may offer."""

from clearlines.evaluation.queries.protocols import protocols, protocols_of, replaced_by
from clearlines.evaluation.queries.results import first_results, repeats_of, results, results_of
from clearlines.evaluation.queries.runs import again, codes_named, first_runs, kinds, runs

__all__ = [
    "again",
    "codes_named",
    "first_results",
    "first_runs",
    "kinds",
    "protocols",
    "protocols_of",
    "repeats_of",
    "replaced_by",
    "results",
    "results_of",
    "runs",
]
