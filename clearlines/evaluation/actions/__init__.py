"""Every write of the room: what was asked and answered, what was promised beforehand, what came of it."""

from clearlines.evaluation.actions.runs import run, run_again

__all__ = ["run", "run_again"]
