"""Every write of the room: what was asked and answered, what was promised beforehand, what came of it."""

from clearlines.evaluation.actions.protocols import register
from clearlines.evaluation.actions.runs import run, run_again

__all__ = ["register", "run", "run_again"]
