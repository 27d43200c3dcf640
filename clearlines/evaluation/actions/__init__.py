"""Every write of the room: what was asked and answered, what was promised beforehand, what came of it."""

from clearlines.evaluation.actions.protocols import register
from clearlines.evaluation.actions.results import work_out, work_out_again
from clearlines.evaluation.actions.runs import check_claim, run, run_again

__all__ = ["check_claim", "register", "run", "run_again", "work_out", "work_out_again"]
