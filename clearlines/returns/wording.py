"""A shown figure in words: the same words on the page, in the PDF, in the file of figures and on the console."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from clearlines.returns.definitions import Definition, Definitions, FigureKind

NOT_SHOWN = "not shown"
KEPT_BACK = "[c]"


def answer(each: Definition, shown: dict[str, Any]) -> str:
    """The number itself, in as few words as are true."""
    if each.kind == FigureKind.STEPS:
        days = [count for _, count in shown["steps"]]
        return f"between {min(days)} and {max(days)}" if days else "none"
    value = shown["value"]
    if value is None:
        return "nobody yet" if shown["base"] == 0 and not shown["withheld"] else NOT_SHOWN
    if each.kind == FigureKind.MONEY:
        return f"£{value:,.0f}"
    if each.kind == FigureKind.SHARE:
        return _share(shown)
    if each.kind == FigureKind.CHANGE:
        return f"{value:+.1f} {each.unit}"
    if each.kind == FigureKind.WORDS:
        return str(value)
    return f"{value:,.1f}".removesuffix(".0") if isinstance(value, float) else f"{value:,}"


def _share(shown: dict[str, Any]) -> str:
    return f"{shown['share']:.0%}" if shown["share"] is not None else f"{shown['value']:,} of {shown['base']:,}"


def base(each: Definition, shown: dict[str, Any]) -> str:
    """What the number is out of, or how many it is about: never left out where there is one."""
    if shown["base"] is None:
        return ""
    said = f"£{shown['base']:,}" if each.kind == FigureKind.MONEY else f"{shown['base']:,}"
    if each.kind == FigureKind.SHARE and shown["value"] is not None:
        return f"{shown['value']:,} of {said}{_tail(each)}"
    if each.base.startswith("of the "):
        return f"of {said}{_tail(each)}"
    missing = f"; {shown['missing']:,} with a blank left out" if shown["missing"] else ""
    return f"{said} {each.base}{missing}"


def _tail(each: Definition) -> str:
    """'of the attempts' → ' attempts', to follow 'of 42'."""
    words = each.base.removeprefix("of the ")
    return f" {words}" if words and each.kind != FigureKind.MONEY else f", the {words}" if words else ""


def interval(each: Definition, shown: dict[str, Any]) -> str:
    if shown["low"] is None:
        return ""
    if each.kind == FigureKind.SHARE:
        return f"95% interval {shown['low']:.0%} to {shown['high']:.0%}"
    spell = "{:+.1f}" if each.kind == FigureKind.CHANGE else "{:g}"
    return f"95% interval {spell.format(shown['low'])} to {spell.format(shown['high'])}"


def caution(each: Definition, shown: dict[str, Any]) -> str:
    """What a reader must know before repeating the number."""
    said = [shown["note"]] if shown["note"] else []
    if shown["withheld"] and each.kind != FigureKind.TABLE:
        said.append(shown["withheld"])
    if each.kind == FigureKind.CHANGE and shown["value"] is not None:
        said.append(_change_caution(shown))
    if each.kind == FigureKind.MEDIAN and shown["value"] is not None and shown["low"] is None:
        said.append("Too few for an interval.")
    return " ".join(said)


def _change_caution(shown: dict[str, Any]) -> str:
    if shown["low"] is None:
        return "Fewer than ten people: a description of them, and no claim that support made the difference."
    if shown["low"] <= 0 <= shown["high"]:
        return "Too few to tell apart from no change."
    return "The people who answered twice changed; there is no comparison group, so nothing is said about why."


def printed(count: int | None) -> str:
    return KEPT_BACK if count is None else f"{count:,}"


@dataclass(frozen=True)
class Line:
    """One figure as a page reads it."""

    defined: Definition
    shown: dict[str, Any]

    @property
    def answer(self) -> str:
        return answer(self.defined, self.shown)

    @property
    def base(self) -> str:
        return base(self.defined, self.shown)

    @property
    def interval(self) -> str:
        return interval(self.defined, self.shown)

    @property
    def caution(self) -> str:
        return caution(self.defined, self.shown)

    @property
    def rows_read(self) -> str:
        rows = self.shown["rows"]
        return "not shown" if rows is None else f"{rows:,}"

    @property
    def table(self) -> dict[str, Any] | None:
        """Counts as they are printed, with totals only where there is something to total."""
        kept = self.shown["table"]
        if kept is None:
            return None
        body = [
            {"label": label, "cells": [printed(each) for each in cells], "total": printed(total)}
            for label, cells, total in zip(kept["rows"], kept["cells"], kept["row_totals"], strict=True)
        ]
        foot = {"cells": [printed(each) for each in kept["column_totals"]], "total": printed(kept["total"])}
        return {"columns": kept["columns"], "body": body, "foot": foot if len(body) != 1 else None,
                "with_totals": len(kept["columns"]) > 1, "withheld": bool(self.shown["withheld"])}  # fmt: skip


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    lines: list[Line]

    @cached_property
    def plain(self) -> list[Line]:
        """Those that are one number; tables, pictures and sentences are shown apart."""
        apart = (FigureKind.TABLE, FigureKind.STEPS, FigureKind.WORDS)
        return [each for each in self.lines if each.defined.kind not in apart]

    @cached_property
    def tables(self) -> list[Line]:
        return [each for each in self.lines if each.shown["table"] is not None]

    @cached_property
    def steps(self) -> Line | None:
        return next((each for each in self.lines if each.defined.kind == FigureKind.STEPS), None)

    @cached_property
    def words(self) -> list[Line]:
        return [each for each in self.lines if each.defined.kind == FigureKind.WORDS]


def sections(definitions: Definitions, figures: dict[str, Any]) -> list[Section]:
    """The figures there are, under their headings, in the order of the definitions."""
    lines = [Line(each, figures[each.key]) for each in definitions.figures if each.key in figures]
    found = [
        Section(key, title, [line for line in lines if line.defined.section == key])
        for key, title in definitions.sections.items()
    ]
    return [each for each in found if each.lines]


def headlines(definitions: Definitions, figures: dict[str, Any]) -> list[Line]:
    return [Line(each, figures[each.key]) for each in definitions.figures if each.headline and each.key in figures]


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


def bare(count: int | None) -> str:
    return KEPT_BACK if count is None else str(count)


def opening(definitions: Definitions, figures: dict[str, Any]) -> list[str]:
    """The first paragraph of the report: what happened, in sentences, from the shown figures and nothing else."""
    line = {each.key: Line(each, figures[each.key]) for each in definitions.figures if each.key in figures}
    said = []
    if "lines_active_at_end" in line:
        active, peak, zero = line["lines_active_at_end"], line["lines_peak_active"], line["lines_zero_days"]
        said.append(
            f"On the last day of the quarter {active.answer} of the {active.shown['base']} lines ever known "
            f"{'was' if active.answer == '1' else 'were'} active; the most on any day was {peak.answer}, and on "
            f"{zero.answer} of the {zero.shown['base']} days none was."
        )
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


def _reports(line: dict[str, Line]) -> str:
    received = line["reports_received"].shown["value"]
    return f"{received:,} report{'' if received == 1 else 's'} from the public and partners"


def _visits(rate: Line) -> str:
    if rate.shown["value"] is None:
        return ""
    return f", at {rate.shown['value']:,} of {rate.shown['base']:,} attempted visits"
