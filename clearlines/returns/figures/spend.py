"""What the grant was spent on: read from the programme folder, where the two organisations' accounts put it."""

import tomllib
from datetime import date
from typing import Any

from django.conf import settings

from clearlines.access.viewer import Viewer
from clearlines.returns.counted import Figure, Table, Window


def spend_labour(viewer: Viewer, window: Window) -> Figure:
    return _spent(window, "labour")


def spend_other(viewer: Viewer, window: Window) -> Figure:
    return _spent(window, "other")


def _spent(window: Window, what: str) -> Figure:
    rule = "Budget lines in spend.toml for the quarter that ends on the return's last day, added up."
    quarter = _quarter(window.to_on)
    if quarter is None:
        return Figure(rule=rule, rows_counted=0, note="No spending has been written down for this quarter.")
    heads: dict[str, int] = quarter[what]
    table = Table(tuple(heads), ("Pounds",), tuple((amount,) for amount in heads.values()))
    return Figure(rule=rule, rows_counted=len(heads), value=table.total, base=quarter["grant"], table=table)


def _quarter(to_on: date) -> dict[str, Any] | None:
    path = settings.PROGRAMME_DIR / "returns" / "spend.toml"
    if not path.exists():
        return None
    quarters = tomllib.loads(path.read_text(encoding="utf-8"))["quarter"]
    return next((each for each in quarters if each["to"] == to_on), None)


COUNTERS = (spend_labour, spend_other)
