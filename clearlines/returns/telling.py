"""How a return tells its story: its headings, its first paragraph, the funnel, and what to know before repeating it.

Everything here is read from the shown figures and nothing else, so it cannot say what they withhold.
"""

from collections.abc import Mapping
from typing import Any

from clearlines.returns.definitions import Definitions
from clearlines.returns.wording import Line, Section

Notes = Mapping[str, tuple[str, ...]]
NO_NOTES: Notes = {}


def sections(definitions: Definitions, figures: dict[str, Any], notes: Notes = NO_NOTES) -> list[Section]:
    """The figures there are, under their headings, in the order of the definitions."""
    lines = _lines_of(definitions, figures, notes)
    found = [
        Section(key, title, [line for line in lines if line.defined.section == key])
        for key, title in definitions.sections.items()
    ]
    return [each for each in found if each.lines]


def headlines(definitions: Definitions, figures: dict[str, Any], notes: Notes = NO_NOTES) -> list[Line]:
    return [each for each in _lines_of(definitions, figures, notes) if each.defined.headline]


def _lines_of(definitions: Definitions, figures: dict[str, Any], notes: Notes) -> list[Line]:
    there = [each for each in definitions.figures if each.key in figures]
    return [Line(each, figures[each.key], notes.get(each.key, ())) for each in there]


def caveats(definitions: Definitions, figures: dict[str, Any]) -> list[str]:
    """What holds for every return, then what this one's figures add."""
    said = [
        "A count of people under five is not shown, nor anything from which it could be worked out. Noughts are shown.",
        "A percentage is given only with its base and its 95% interval, and never on a base under ten.",
        "Numbers are as they were known on the as-known date. What was learned later is not in them.",
        "Counts rise when people trust the programme more, and when officers look harder. Neither is more harm.",
        "People, homes, visits and attempts are counted apart and cannot be added together.",
    ]
    hidden = sum(bool(figures[each.key]["withheld"]) for each in definitions.figures if each.key in figures)
    if hidden:
        said.append(f"{hidden} of {len(figures)} figures are withheld, wholly or in part: they are about few people.")
    return said


def funnel(shown: dict[str, Any]) -> list[dict[str, Any]]:
    """Received, then how many reached each step and how many were lost there, as far as the published table tells."""
    table = shown["table"]
    at = dict(zip(table["columns"], table["column_totals"], strict=True))
    columns = table["columns"]
    reached: list[dict[str, Any]] = [{"step": "Received", "reached": table["total"], "lost": None, "why": ""}]
    lost = [columns[0], columns[1]]
    for step, beyond in zip(("Accepted", "Seen", "Plan agreed", "Outcome measured twice"), range(2, 6), strict=True):
        here = [at[each] for each in lost]
        reached.append({
            "step": step,
            "reached": _known_total([at[each] for each in columns[beyond:]], [at[each] for each in columns[:beyond]],
                                    table["total"]),
            "lost": None if None in here else sum(here),
            "why": " or ".join(each.lower() for each in lost),
        })  # fmt: skip
        lost = [columns[beyond]]
    return reached


def _known_total(parts: list[int | None], others: list[int | None], whole: int | None) -> int | None:
    """The sum of the parts, or the whole less the others: only from numbers that are themselves shown."""
    if None not in parts:
        return sum(parts)  # type: ignore[arg-type]
    if whole is not None and None not in others:
        return whole - sum(others)  # type: ignore[arg-type]
    return None


def opening(definitions: Definitions, figures: dict[str, Any]) -> list[str]:
    """The first paragraph of the report: what happened, in sentences, from the shown figures and nothing else."""
    line = {each.key: Line(each, figures[each.key]) for each in definitions.figures if each.key in figures}
    said = []
    if "lines_active_at_end" in line:
        said.append(_lines(line))
    if "reports_received" in line:
        said.append(f"{_reports(line)} came in.")
    if "people_seen" in line and line["people_seen"].shown["value"] is not None:
        seen, rate = line["people_seen"], line["contact_rate"]
        said.append(f"{seen.answer} different people were seen{_visits(rate)}.")
    if "days_to_first_contact" in line and line["days_to_first_contact"].shown["value"] is not None:
        wait = line["days_to_first_contact"]
        said.append(f"Half of those first seen waited {wait.answer} days or less ({wait.base}).")
    if "recovery_change" in line and line["recovery_change"].shown["value"] is not None:
        change = line["recovery_change"]
        said.append(f"Recovery capital changed by {change.answer} on average ({change.base}). {change.caution}")
    return said


def _lines(line: dict[str, Line]) -> str:
    active, peak, zero = line["lines_active_at_end"], line["lines_peak_active"], line["lines_zero_days"]
    ever, none = active.shown["base"], zero.shown["value"]
    if ever == 0:
        return "No line was known."
    days = f"on {none} of the {zero.shown['base']} days none was" if none else "there was no day without one"
    known = f"{active.answer} of the {ever} lines ever known"
    state = "was" if active.answer == "1" else "were"
    if active.answer == "0":
        known, state = f"none of the {ever} lines ever known", "was"
    if ever == 1:
        state = "was" if active.answer == "1" else "was not"
        return f"The one line ever known {state} active on the last day of the quarter."
    return f"On the last day of the quarter {known} {state} active; the most on any day was {peak.answer}, and {days}."


def _reports(line: dict[str, Line]) -> str:
    received = line["reports_received"].shown["value"]
    return f"{received:,} report{'' if received == 1 else 's'} from the public and partners"


def _visits(rate: Line) -> str:
    if rate.shown["value"] is None:
        return ""
    return f", at {rate.shown['value']:,} of {rate.shown['base']:,} attempted visits"
