"""`clearlines evaluate …`: analysis at a prompt. It reads no record, so it needs no account and no database.

A command's module imports its analysis inside the function that runs it, so that one method's libraries are not
waited for by another.
"""

import click

from clearlines.evaluation.commands.panel import panel
from clearlines.evaluation.commands.placebo import placebo
from clearlines.evaluation.commands.power import power
from clearlines.evaluation.commands.synth import synth
from clearlines.evaluation.commands.wdd import wdd


@click.group()
def evaluate() -> None:
    """Did it work: before and after, with its uncertainty."""


evaluate.add_command(placebo)
evaluate.add_command(panel)
evaluate.add_command(synth)
evaluate.add_command(power)
evaluate.add_command(wdd)
