"""`clearlines import control-room` and `clearlines import health`: calls for service and health counts, from files."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import Forbidden
from clearlines.calls import health, loading, queries
from clearlines.calls.models import Mapping, RuleList
from clearlines.calls.sheets import NotASheet
from clearlines.calls.sifting import REJECTED, Sifted

# In the answer; the count is always whole, and the page of the extract lists every one.
LISTED = 1_000
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])


@click.command("control-room")
@click.argument("file", type=FILE, metavar="FILE")
@click.option("--mapping", "mapping_name", required=True, metavar="NAME", help="A mapping of columns that was saved.")
@click.option("--rules", "rules_name", metavar="NAME", help="A rule list that was saved; else the product's own words.")
@click.option("--from", "first_on", type=DAY, metavar="DAY", help="First day it covers; else that of its first call.")
@click.option("--to", "last_on", type=DAY, metavar="DAY", help="Last day it covers; else that of its last call.")
@click.option("--dry-run", is_flag=True, help="Say what would be loaded, and load nothing.")
@click.pass_obj
def control_room(
    console: Any, file: Path, mapping_name: str, rules_name: str | None, first_on: datetime | None,
    last_on: datetime | None, dry_run: bool,
) -> None:  # fmt: skip
    """Load a control room's extract of calls for service: all of it that can be used, or nothing.

    The columns are read by a mapping that was saved on a page. Logs that police made themselves are left out by a rule
    list, repeat calls of one incident are counted once, and every row that is not used is listed with its reason. No
    name, number or word of a caller is read. The same file read in the same way changes nothing; another extract for
    days that are loaded takes their place.

    \b
    For example:
      clearlines import control-room calls-2022.csv --mapping "Fellside STORM" --from 2022-01-01 --to 2022-12-31
      clearlines import control-room calls-2022.csv --mapping "Fellside STORM" --dry-run --json

    \b
    Answer: rows_read, rows_loaded (rows that an incident now stands for, repeats among them), incidents,
    repeats, excluded {rule: n}, rows_rejected, rejected [{line, reason}], marked {}, first_on, last_on,
    replaces [], is_loaded. rows_read = incidents + repeats + excluded + rows_rejected.
    Errors: exit 2 and nothing loaded.
    Method: domain.md 2.17, basket B.
    """
    _permitted(console)
    viewer = console.viewer
    mapping = _named(queries.newest(queries.mappings(viewer)), mapping_name, "mapping")
    rule_list = _named(queries.newest(queries.rule_lists(viewer)), rules_name, "rule list") if rules_name else None
    days = (first_on.date() if first_on else None, last_on.date() if last_on else None)
    try:
        with file.open("rb") as stream, click.progressbar(
            label="Reading rows", length=_lines(file), file=sys.stderr, hidden=not sys.stderr.isatty()
        ) as bar:  # fmt: skip
            sheet, found = loading.sifted(
                viewer, file.name, stream, mapping, rule_list, days=days, told=bar.update
            )  # fmt: skip
    except NotASheet as wrong:
        raise click.UsageError(f"{wrong}, so nothing was loaded.") from None
    replaces = [str(each) for each in queries.replaced_by(viewer, found.first_on, found.last_on)]
    if not dry_run:
        loading.load(viewer, sheet, found, mapping, rule_list)
    answer = _answer(found) | {"replaces": replaces, "is_loaded": not dry_run}
    console.show(answer, text=_in_words(answer))


def _lines(file: Path) -> int:
    """About how many, for the bar alone."""
    with file.open("rb") as stream:
        some = stream.read(1 << 16)
    return max(1, file.stat().st_size * some.count(b"\n") // max(1, len(some)))


def _permitted(console: Any) -> None:
    """Refuse before a long reading, not after it."""
    if not console.viewer.may(P.LOAD_CALLS):
        raise Forbidden(f"Your role does not let you {P.LOAD_CALLS.sentence}.")


def _named(rows: list[Any], name: str, what: str) -> Any:
    found: Mapping | RuleList | None = next((each for each in rows if each.name.casefold() == name.casefold()), None)
    if found is None:
        there = ", ".join(f"“{each.name}”" for each in rows) or "none: save one on the page of calls for service"
        raise click.UsageError(f"There is no {what} named “{name}”; there is {there}.")
    return found


def _answer(found: Sifted) -> dict[str, Any]:
    repeats = sum(found.repeats.values())
    rejected = [{"line": each.line, "reason": each.why} for each in found.left_out if each.what == REJECTED]
    return {
        "rows_read": found.rows_read, "rows_loaded": found.used + repeats, "incidents": found.used, "repeats": repeats,
        "excluded": found.excluded, "rows_rejected": found.rejected, "rejected": rejected[:LISTED],
        "marked": found.marked, "first_on": found.first_on.isoformat() if found.first_on else None,
        "last_on": found.last_on.isoformat() if found.last_on else None,
    }  # fmt: skip


def _in_words(answer: dict[str, Any]) -> str:
    verb = "stand" if answer["is_loaded"] else "would stand"
    return "\n".join([
        f"{answer['incidents']:,} distinct incidents {verb}, of {answer['rows_read']:,} rows, from "
        f"{answer['first_on']} to {answer['last_on']}.",
        f"  repeat calls: {answer['repeats']:,}",
        *(f"  left out by the rule {rule.replace('_', ' ')}: {many:,}" for rule, many in answer["excluded"].items()),
        f"  could not be read: {answer['rows_rejected']:,}",
        *(f"    line {each['line']}: {each['reason']}" for each in answer["rejected"][:20]),
        *(f"  kept and marked {mark.replace('_', ' ')}: {many:,}" for mark, many in answer["marked"].items()),
        *(f"  {'takes' if answer['is_loaded'] else 'would take'} the place of days of {each}"
          for each in answer["replaces"]),
    ])  # fmt: skip


@click.command("health")
@click.argument("file", type=FILE, metavar="FILE")
@click.option("--source", required=True, metavar="NAME", help="Who supplied the counts.")
@click.option("--licence", default="Under agreement, not published", show_default=True)
@click.pass_obj
def health_(console: Any, file: Path, source: str, licence: str) -> None:
    """Load counts by area and month that a health partner supplied. Small counts are withheld, never made a nought.

    Columns: area, month (2022-04), measure (overdose, naloxone, assault), count (a number, or <5 where withheld).

    \b
    For example:
      clearlines import health ambulance-2022.csv --source "North West Ambulance Service"

    \b
    Answer: rows_read, rows_loaded, withheld, measures [], months [], reasons {}, rejected [{line, reason}].
    Errors: exit 2 and nothing loaded.
    Method: domain.md 2.17, basket D; counts from 1 to 4 are withheld.
    """
    _permitted(console)
    try:
        with file.open("rb") as stream:
            found, row = loading.load_health(console.viewer, file.name, stream, source=source, licence=licence)
    except NotASheet as wrong:
        raise click.UsageError(f"{wrong}, so nothing was loaded.") from None
    reasons = health.by_reason(found)
    answer = {
        "rows_read": found.rows_read, "rows_loaded": row.cells, "withheld": found.withheld,
        "measures": found.measures, "months": found.months, "reasons": reasons,
        "rejected": [{"line": line, "reason": reason} for line, reason in found.rejected[:LISTED]],
    }  # fmt: skip
    said = ", ".join(f"{reason}: {many}" for reason, many in reasons.items())
    console.show(answer, text=f"{row.cells} counts stand, {found.withheld} of them withheld. {said}".strip())
