"""The register as a spreadsheet: the same rows as the page."""

from clearlines.lines.register import Register
from clearlines.web.downloads import sheet

HEADINGS = [
    "reference", "brand", "exporter_area", "towns", "status", "since", "status_as_known_now", "as_it_was_on",
    "as_we_knew_on",
]  # fmt: skip


def of(register: Register) -> str:
    rows = []
    for row in register.rows:
        towns = "; ".join(str(market) for market in row.line.markets.all())
        status, since = (row.standing.status, row.standing.since) if row.standing else ("", "")
        words = [row.line.reference, row.line.brand, row.line.exporter_area, towns, status, since, row.status_now or ""]
        rows.append([*words, register.on, register.known])
    return sheet([HEADINGS, *rows])
