"""`clearlines lines`: which lines were active when, as known then or as known now. The JSON keys are promises."""

from datetime import date, datetime
from typing import Any

import click

from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import Forbidden
from clearlines.lines import queries
from clearlines.lines.history import Summary
from clearlines.lines.queries import Differences, Standing
from clearlines.lines.register import Row
from clearlines.lines.rules import in_words


class Day(click.ParamType):
    """A day as 2023-03-31."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(str(value), "%Y-%m-%d").date()  # noqa: DTZ007
        except ValueError:
            self.fail(f"'{value}' is not a day: write it as 2023-03-31", param, ctx)


AS_KNOWN = click.option("--as-known", type=Day(), help="Leave out what was learned after this day.")


@click.group()
def lines() -> None:
    """Which lines were active when, as known then or as known now.

    Every figure is read from the dated history of each line; nothing is stored ready-made.
    """


@lines.command()
@click.option("--on", type=Day(), help="The day to look at; today if none is given.")
@AS_KNOWN
@click.pass_obj
def status(console: Any, on: date | None, as_known: date | None) -> None:
    """How many lines were active on a day, and what each was.

    \b
    For example:
      clearlines lines status --on 2022-09-01 --as-known 2022-09-30
    Keys: active, ever_known, lines[{reference, name, status}].
    Errors: exit 2 for a day that has not come.
    """
    _may_see(console)
    found = queries.status_on(console.viewer, on or console.viewer.today, as_known)
    console.look([row.line for row in found.rows], at="lines-status")
    listed = [{"reference": row.line.reference, "name": row.line.brand, "status": row.status} for row in found.rows]
    answer = {"active": found.active, "ever_known": found.ever_known, "lines": listed}
    console.show(answer, text=_status_in_words(found, as_known))


def _status_in_words(found: Standing, as_known: date | None) -> str:
    known = f", as known on {in_words(as_known)}" if as_known else ""
    said = [f"On {in_words(found.on)}{known}: {found.active} active of {found.ever_known} lines ever known."]
    said += [f"Beside them: {found.dormant} dormant, {found.disrupted} disrupted."]
    said += [f"  {row.line.reference}  {row.line.brand:<20} {row.label}" for row in found.rows]
    return "\n".join(said)


@lines.command()
@click.option("--from", "first", type=Day(), required=True, help="The first day of the period.")
@click.option("--to", "last", type=Day(), required=True, help="The last day of the period.")
@AS_KNOWN
@click.pass_obj
def summary(console: Any, first: date, last: date, as_known: date | None) -> None:
    """The headline figures of a period: ever known, peak, days with none active, closures, returns.

    \b
    For example:
      clearlines lines summary --from 2022-02-01 --to 2023-03-31
    Keys: ever_known, peak_active, zero_days, zero_spells[{from, to}], active_at_end, closures{type1, type2},
    reactivations. A Type 1 closure that is only proposed is not counted.
    Errors: exit 2 if the first day is after the last, or the last has not come.
    """
    _may_see(console)
    found = queries.summary(console.viewer, first, last, as_known)
    console.look(queries.visible(console.viewer), at="lines-summary")
    console.show(_promised(found), text=_summary_in_words(found, first, last))


def _promised(found: Summary) -> dict[str, object]:
    return {
        "ever_known": found.ever_known,
        "peak_active": found.peak_active,
        "zero_days": found.zero_days,
        "zero_spells": [{"from": since, "to": until} for since, until in found.zero_spells],
        "active_at_end": found.active_at_end,
        "closures": {"type1": found.type1, "type2": found.type2},
        "reactivations": found.reactivations,
    }


def _summary_in_words(found: Summary, first: date, last: date) -> str:
    said = [
        f"From {in_words(first)} to {in_words(last)}:",
        f"  {found.ever_known} lines ever known, {found.peak_active} active at the peak, "
        f"{found.active_at_end} active on the last day",
        f"  {found.zero_days} days with none active, in {len(found.zero_spells)} spells",
        *(f"    {in_words(since)} to {in_words(until)}" for since, until in found.zero_spells),
        f"  closures: {found.type1} of Type 1, {found.type2} of Type 2; {found.reactivations} came back",
    ]
    return "\n".join(said)


def _may_see(console: Any) -> None:
    """A console that answered 'none' to somebody who may not look would be believed."""
    if not console.viewer.may(P.SEE_LINES):
        raise Forbidden(f"Your role does not let you {P.SEE_LINES.sentence}.")


@lines.command()
@click.option("--on", type=Day(), required=True, help="The day that the figure is about.")
@click.option("--as-known", type=Day(), required=True, help="The first day of knowing.")
@click.option("--and-known", type=Day(), help="The second day of knowing; today if none is given.")
@click.pass_obj
def diff(console: Any, on: date, as_known: date, and_known: date | None) -> None:
    """Which lines were known differently on two days of knowing, and what was learned in between.

    \b
    For example:
      clearlines lines diff --on 2022-09-01 --as-known 2022-09-30 --and-known 2023-03-31
    Keys: active{first, then}, lines[{reference, name, first, then, learned[{on, known_at, status, corrects}]}].
    Errors: exit 2 if the first day of knowing is not before the second, or a day has not come.
    """
    _may_see(console)
    found = queries.differences(console.viewer, on, as_known, and_known or console.viewer.today)
    console.look([row.line for row in found.rows], at="lines-diff")
    answer = {
        "on": on, "as_known": as_known, "and_known": found.then_known,
        "active": {"first": found.active_first, "then": found.active_then},
        "lines": [_difference(row) for row in found.rows],
    }  # fmt: skip
    console.show(answer, text=_differences_in_words(found))


def _difference(row: Row) -> dict[str, object]:
    learned = [
        {"on": step.on, "known_at": step.known_at.isoformat(), "status": step.status, "corrects": bool(step.corrects)}
        for step in row.learned
    ]
    first = row.standing.status if row.standing else None
    return {
        "reference": row.line.reference, "name": row.line.brand, "first": first, "then": row.status_now,
        "learned": learned,
    }  # fmt: skip


def _differences_in_words(found: Differences) -> str:
    said = [
        f"Active on {in_words(found.on)}: {found.active_first} as known on {in_words(found.first_known)}, "
        f"{found.active_then} as known on {in_words(found.then_known)}."
    ]
    for row in found.rows:
        first = row.standing.status.label if row.standing else "not yet registered"
        then = row.status_now.label if row.status_now else "not on the register"
        said.append(f"  {row.line.reference}  {row.line.brand:<20} {first}, then {then}")
    return "\n".join(said)
