"""The return as a PDF that a screen reader can read (PDF/UA), and as a file of figures. Neither fetches anything."""

import base64
from typing import Any

from django.template.loader import render_to_string

from clearlines.returns import charts, telling, wording
from clearlines.returns.models import Return
from clearlines.web.downloads import sheet


def reading(part_of: Return, figures: dict[str, Any], notes: telling.Notes = telling.NO_NOTES) -> dict[str, Any]:
    """What the page and the PDF both show of a return."""
    said = part_of.definitions
    funnel = telling.funnel(figures["referral_funnel"]) if "referral_funnel" in figures else []
    steps = figures.get("lines_steps", {}).get("steps", [])
    return {
        "part_of": part_of,
        "definitions": said,
        "sections": telling.sections(said, figures, notes),
        "headlines": telling.headlines(said, figures, notes),
        "how_many_noted": len(notes),
        "opening": telling.opening(said, figures),
        "caveats": telling.caveats(said, figures),
        "funnel": funnel,
        "funnel_chart": charts.funnel_chart(funnel),
        "steps_chart": charts.steps_chart(steps),
    }


def pdf(
    part_of: Return, figures: dict[str, Any], beside: dict[str, Any], notes: telling.Notes = telling.NO_NOTES
) -> bytes:
    """The report. PDF/UA-1: tagged, titled, in British English; pictures have words for them.

    `beside`: the words and the stories that stand beside the figures.
    """
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher

    shown = reading(part_of, figures, notes) | beside
    pictures = {name: as_picture(shown[name]) for name in ("funnel_chart", "steps_chart")}
    html = render_to_string("returns/paper.html", shown | pictures)
    style = CSS(string=render_to_string("returns/paper.css"))
    # Only pictures drawn here: a document about people never asks another machine for anything.
    here_only = URLFetcher(allowed_protocols=["data"])
    return HTML(string=html, url_fetcher=here_only).write_pdf(stylesheets=[style], pdf_variant="pdf/ua-1")


def as_picture(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode() if svg else ""


def figures_file(part_of: Return, figures: dict[str, Any], notes: telling.Notes = telling.NO_NOTES) -> str:
    """One row a figure, then one row a cell of each table. What is withheld is [c], as the page says.

    The number is as it was published; what was learned since stands in the last column.
    """
    rows: list[list[Any]] = [
        [
            "return",
            "figure",
            "row",
            "column",
            "number",
            "base",
            "low",
            "high",
            "unit",
            "rows counted",
            "definition",
            "learned since",
        ]
    ]
    for each in part_of.definitions.figures:
        if shown := figures.get(each.key):
            number = [_cell(shown["value"], shown), *(_cell(shown[name]) for name in ("base", "low", "high"))]
            counted = _cell(shown["rows"], shown)
            rows.append([part_of.reference, each.key, "", "", *number, each.unit, counted, each.definition,
                         " ".join(notes.get(each.key, ()))])  # fmt: skip
            for row, column, count in _cells_of(shown):
                rows.append([part_of.reference, each.key, row, column, wording.bare(count), "", "", "", each.unit])
    return sheet(rows)


def _cell(value: Any, shown: dict[str, Any] | None = None) -> Any:
    if value is None:
        return wording.KEPT_BACK if shown and shown["withheld"] else ""
    return value


def _cells_of(shown: dict[str, Any]):
    table = shown["table"]
    if table:
        for row, cells in zip(table["rows"], table["cells"], strict=True):
            yield from ((row, column, count) for column, count in zip(table["columns"], cells, strict=True))
