"""A shown figure in words: the same words on the page, in the PDF, in the file of figures and on the console."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from clearlines.returns.definitions import Definition, FigureKind

NOT_SHOWN = "not shown"
KEPT_BACK = "[c]"


def answer(each: Definition, shown: dict[str, Any]) -> str:
    """The number itself, in as few words as are true."""
    if each.kind == FigureKind.STEPS:
        days = [count for _, count in shown["steps"]]
        if not days:
            return "none"
        return f"between {min(days)} and {max(days)}" if min(days) < max(days) else f"{days[0]} throughout"
    value = shown["value"]
    if value is None:
        return "nobody yet" if shown["base"] == 0 and not shown["withheld"] else NOT_SHOWN
    if each.kind == FigureKind.MONEY:
        return f"£{value:,.0f}"
    if each.kind == FigureKind.SHARE:
        return _share(shown) if shown["base"] else "none yet"
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
    if each.kind == FigureKind.SHARE and shown["value"] is not None and shown["share"] is None:
        return each.base
    if each.kind == FigureKind.SHARE and shown["value"] is not None:
        return f"{shown['value']:,} of {said}{_tail(each)}"
    if each.base.startswith("of the "):
        return f"of {said}{_tail(each)}"
    missing = f"; {shown['missing']:,} with a blank left out" if shown["missing"] else ""
    return f"{said} {each.base}{missing}"


def whole(each: Definition, shown: dict[str, Any]) -> str:
    """The number with what it is out of and how sure it is, in one line."""
    beside = "; ".join(filter(None, [base(each, shown), interval(each, shown)]))
    if not beside:
        return answer(each, shown)
    return f"{answer(each, shown)} ({beside})" if shown["low"] is not None else f"{answer(each, shown)} {beside}"


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


def bare(count: int | None) -> str:
    return KEPT_BACK if count is None else str(count)


@dataclass(frozen=True)
class Line:
    """One figure as a page reads it."""

    defined: Definition
    shown: dict[str, Any]
    # What was learned about it after it was sent.
    notes: tuple[str, ...] = ()

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
