"""`clearlines ledger …`"""

from typing import Any

import click


@click.group()
def ledger() -> None:
    """The record of every act and look, chained so that a change shows."""


@ledger.command()
@click.pass_obj
def verify(console: Any) -> None:
    """Seal what waits, then walk every chain from its first link and recompute each hash.

    \b
    Answer: entries (how many there are), intact (true or false), first_break (in words, or null).
    Exit code 1 if the chain is broken, so that a timed check can raise the alarm.
    Method: SHA-256 over the link before and the entry as canonical JSON (ledger/chain.py).

    \b
    For example:
      clearlines ledger verify
      clearlines ledger verify --json
    """
    from clearlines.ledger import actions, queries
    from clearlines.ledger.kinds import Kind

    actions.record("ledger.verified", kind=Kind.OPERATION, by=console.machine)
    actions.seal_waiting()
    found = queries.verify()
    answer = {"entries": found.entries, "intact": found.intact, "first_break": found.first_break}
    whole = f"{found.entries:,} entries, and the chain is whole."
    console.show(answer, text=whole if found.intact else f"The chain is broken: {found.first_break}.")
    if not found.intact:
        raise click.exceptions.Exit(1)
