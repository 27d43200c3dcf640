"""`clearlines ledger …`"""

from typing import Any

import click


@click.group()
def ledger() -> None:
    """The record of every act and look, chained so that a change shows."""


@ledger.command()
@click.pass_obj
def verify(console: Any) -> None:
    """Seal what waits, walk every chain from its first link, recompute each hash, hold the anchor file against it.

    \b
    Answer: entries (how many there are), intact (true or false), first_break (in words, or null), and
    anchors (how many points of the chains the anchor file holds).
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
    actions.Sealer().round()
    found = queries.verify()
    outcome = "ledger.found_whole" if found.intact else "ledger.found_broken"
    note = f"{found.checked} links; {found.first_break or 'none broken'}"
    actions.record(outcome, kind=Kind.OPERATION, by=console.machine, note=note)
    answer = {"entries": found.entries, "intact": found.intact, "first_break": found.first_break}
    console.show(answer | {"anchors": found.anchors}, text=found.in_words)
    if not found.intact:
        raise click.exceptions.Exit(1)
