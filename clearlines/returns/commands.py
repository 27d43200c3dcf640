"""`clearlines returns`: which returns there are, and whether each number still comes out the same."""

from typing import Any

import click


@click.group()
def returns() -> None:
    """What the programme tells the commissioner, and whether it can be counted again.

    \b
    For example:
      clearlines returns list
      clearlines returns rerun Q2022-06 --json
    """


@returns.command("list")
@click.pass_obj
def listed(console: Any) -> None:
    """The returns one may see, the newest quarter first.

    \b
    Keys: returns[{reference, from, to, as_known, state, digest}].
    """
    from clearlines.returns import queries

    rows = list(queries.visible(console.viewer))
    console.look(rows, at="returns-list")
    said = [
        {"reference": each.reference, "from": each.from_on, "to": each.to_on, "as_known": each.as_known,
         "state": each.state, "digest": each.digest}
        for each in rows
    ]  # fmt: skip
    text = "\n".join(f"{each.reference}  {each.quarter}  {each.in_words}" for each in rows)
    console.show({"returns": said}, text=text or "There are no returns.")


@returns.command()
@click.argument("reference")
@click.pass_obj
def rerun(console: Any, reference: str) -> None:
    """Count every number of a return again, as known on its own date, and say which moved.

    \b
    For example:
      clearlines returns rerun Q2022-06
    Keys: reference, as_known, same, figures[{key, was, now, same}], drifted[keys].
    Withheld numbers are not told here either. Exit 1 where a number moved; 2 for a return that is not there.
    """
    from clearlines.returns import actions, queries

    part_of = queries.by_reference(console.viewer, reference)
    if part_of is None:
        raise click.UsageError(f"There is no return {reference}: 'clearlines returns list' says which there are.")
    found = actions.rerun(by=console.viewer, part_of=part_of)
    moved = [each for each in found if not each.same]
    answer = {
        "reference": part_of.reference,
        "as_known": part_of.as_known,
        "same": not moved,
        "figures": [{"key": each.key, "was": each.was, "now": each.now, "same": each.same} for each in found],
        "drifted": [each.key for each in moved],
    }
    lines = [f"{each.title}: was {each.was}, now {each.now}" for each in moved]
    console.show(answer, text="\n".join(lines) or f"{len(found)} figures of {part_of.reference} came out the same.")
    if moved:
        raise click.exceptions.Exit(1)
