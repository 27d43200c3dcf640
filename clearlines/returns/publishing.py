"""From what was counted to what may be shown. Everything that leaves an organisation passes through `publish`.

A number of people from one to four is withheld, and so is whatever would give it away: the rest of its table as far as
that takes (analysis.disclosure), a share whose other part is small, an interval, a row count. A figure taken `from` a
table is read from the published table, never counted again, so that it cannot say what the table withholds.
"""

from collections.abc import Mapping
from typing import Any

from clearlines.analysis import disclosure, proportions
from clearlines.returns.definitions import Definition, Definitions, FigureKind

Kept = dict[str, Any]
WITHHELD = "Fewer than five, or it would give away a number under five."
TOO_FEW = "Too few to give a percentage."
TOGETHER = "All together: too few to show apart"


def is_small(count: Any) -> bool:
    return isinstance(count, int | float) and 0 < count < disclosure.THRESHOLD


def publish(definitions: Definitions, half: str, counted: Mapping[str, Kept]) -> dict[str, Kept]:
    """Every figure of one half as it may be shown. What was counted is not changed."""
    mine = definitions.counted_by(half)
    with_table = [each for each in mine if _has_table(each, counted)]
    tables = {each.key: _published_table(each, counted[each.key]["table"]) for each in with_table}
    return {each.key: _published(each, counted, tables) for each in mine}


def publish_alone(each: Definition, kept: Kept) -> Kept:
    """One figure that counts no people and stands on no other, as it may be shown."""
    assert not each.people and not each.of, "what counts people is published with the rest of its half"
    return _published(each, {each.key: kept}, {})


def _has_table(each: Definition, counted: Mapping[str, Kept]) -> bool:
    return not each.of and counted[each.key]["table"] is not None


def _published(each: Definition, counted: Mapping[str, Kept], tables: Mapping[str, Kept]) -> Kept:
    if each.of:
        return _taken_from(each, tables[each.of], counted[each.of])
    kept = counted[each.key]
    shown = {name: kept[name] for name in ("value", "base", "low", "high", "missing", "steps", "rule", "note")}
    shown |= {"rows": kept["rows_counted"], "table": tables.get(each.key), "withheld": "", "share": None}
    if each.kind == FigureKind.TABLE:
        return _with_table(each, shown)
    if each.kind == FigureKind.SHARE:
        return _as_share(shown, people=each.people)
    return _kept_back(shown) if each.people else shown


def _kept_back(shown: Kept) -> Kept:
    """A count, a median or a change of people: all of it goes if its number or its base is small."""
    number = shown["value"] if shown["base"] is None else shown["base"]
    if is_small(number):
        return shown | dict.fromkeys(["value", "base", "low", "high", "missing", "rows"]) | {"withheld": WITHHELD}
    if is_small(shown["missing"]):
        return shown | {"missing": None, "rows": None}
    return shown | {"rows": None if is_small(shown["rows"]) else shown["rows"]}


def _as_share(shown: Kept, *, people: bool) -> Kept:
    part, whole = shown["value"], shown["base"]
    if people and any(map(is_small, (part, whole, whole - part))):
        shown = shown | {"value": None, "withheld": WITHHELD}
        return shown | {"base": None, "rows": None} if is_small(whole) else shown
    found = proportions.share(part, whole)
    if found is None:
        return shown | {"note": " ".join(filter(None, [shown["note"], TOO_FEW if whole else ""]))}
    return shown | {"share": round(found.estimate, 6), "low": round(found.low, 6), "high": round(found.high, 6)}


def _with_table(each: Definition, shown: Kept) -> Kept:
    table = shown["table"]
    hides = any(count is None for count in numbers_in(table))
    return shown | {
        "value": table["total"],
        "rows": None if each.people and table["total"] is None else shown["rows"],
        "withheld": WITHHELD if hides else "",
    }


def _taken_from(each: Definition, table: Kept, origin: Kept) -> Kept:
    """A row's or a column's total, read from the published table. Its rows are the table's."""
    names, totals = (table["rows"], table["row_totals"]) if each.row else (table["columns"], table["column_totals"])
    label = each.row or each.column
    part = totals[names.index(label)] if label in names else None
    whole = table["total"]
    shown = {
        "value": part, "base": whole, "low": None, "high": None, "missing": None, "steps": [], "table": None,
        "rule": f"{origin['rule']} Read from the table there, where it says '{label}'.", "note": "",
        "rows": None if whole is None else origin["rows_counted"], "share": None, "withheld": "",
    }  # fmt: skip
    if part is None or whole is None:
        return shown | {"value": None, "withheld": WITHHELD}
    return _as_share(shown, people=each.people) if each.kind == FigureKind.SHARE else shown


def _published_table(each: Definition, table: Kept) -> Kept:
    rows, columns, cells = table["rows"], table["columns"], table["cells"]
    full = {
        "rows": rows,
        "columns": columns,
        "cells": cells,
        "row_totals": [sum(row) for row in cells],
        "column_totals": [sum(row[place] for row in cells) for place in range(len(columns))],
        "total": sum(map(sum, cells)),
    }
    if not each.people or not rows:
        return full
    shown = _hidden_where_small(full)
    # Too few even for the whole table's total: the rows are put together, so that the columns can be read.
    return _hidden_where_small(_as_one_row(full)) if shown["total"] is None and len(rows) > 1 else shown


def _as_one_row(full: Kept) -> Kept:
    together = [full["column_totals"]]
    return full | {"rows": [TOGETHER], "cells": together, "row_totals": [full["total"]]}


def _hidden_where_small(full: Kept) -> Kept:
    import pandas as pd

    rows, columns, cells = full["rows"], full["columns"], full["cells"]
    if len(rows) == 1:
        flat = disclosure.suppress(dict(zip(columns, cells[0], strict=True)))
        kept = [flat.cells[each] for each in columns]
        return full | {"cells": [kept], "column_totals": kept, "row_totals": [flat.total], "total": flat.total}
    if len(columns) == 1:
        flat = disclosure.suppress({row: cell[0] for row, cell in zip(rows, cells, strict=True)})
        kept = [flat.cells[each] for each in rows]
        return full | {
            "cells": [[each] for each in kept], "row_totals": kept, "column_totals": [flat.total], "total": flat.total,
        }  # fmt: skip
    found = disclosure.suppress(pd.DataFrame(cells, index=rows, columns=columns))
    return full | {
        "cells": [[found.cells[row, column] for column in columns] for row in rows],
        "row_totals": [found.row_totals[each] for each in rows],
        "column_totals": [found.column_totals[each] for each in columns],
        "total": found.total,
    }


def numbers_in(table: Kept) -> list[int | None]:
    return [*(each for row in table["cells"] for each in row), *table["row_totals"], *table["column_totals"],
            table["total"]]  # fmt: skip


def left_small(definitions: Definitions, shown: Mapping[str, Kept]) -> list[str]:
    """Titles of figures that would show a number of people under five. Looks at what is shown, not how it was made."""
    found = []
    for each in definitions.figures:
        if not each.people or each.key not in shown:
            continue
        kept = shown[each.key]
        counts = [kept["base"], kept["rows"], kept["missing"]]
        counts += [kept["value"]] if each.kind in (FigureKind.COUNT, FigureKind.SHARE, FigureKind.TABLE) else []
        counts += numbers_in(kept["table"]) if kept["table"] else []
        if each.kind == FigureKind.SHARE and kept["value"] is not None and kept["base"] is not None:
            counts.append(kept["base"] - kept["value"])
        if any(map(is_small, counts)):
            found.append(each.title)
    return found
