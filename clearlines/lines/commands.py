"""`clearlines lines`: which lines were active when, as known then or as known now. The JSON keys are promises."""

from datetime import date, datetime
from typing import Any

import click

from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import Forbidden
from clearlines.lines import queries
from clearlines.lines.history import Summary
from clearlines.lines.queries import Standing
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
