"""The register as a spreadsheet: the same rows as the page, and nothing that a spreadsheet would run."""

import csv
import io

from clearlines.lines.register import Register

HEADINGS = [
    "reference", "brand", "exporter_area", "towns", "status", "since", "status_as_known_now", "as_it_was_on",
    "as_we_knew_on",
]  # fmt: skip


def of(register: Register) -> str:
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow(HEADINGS)
    for row in register.rows:
        towns = "; ".join(str(market) for market in row.line.markets.all())
        status, since = (row.standing.status, row.standing.since) if row.standing else ("", "")
        words = [row.line.reference, row.line.brand, row.line.exporter_area, towns, status, since, row.status_now or ""]
        sheet.writerow([harmless(word) for word in [*words, register.on, register.known]])
    return out.getvalue()


def harmless(word: object) -> str:
    """A name that begins like a formula is kept as words."""
    said = str(word)
    return f"'{said}" if said[:1] in ("=", "+", "-", "@", "\t", "\r") else said
