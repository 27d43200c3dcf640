"""The one door through which a file leaves the house.

Every file is an attachment, so that no browser draws it on a page of ours; its type is what we say and is not
guessed; and should somebody open it in a browser all the same, it can run nothing and fetch nothing.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable
from typing import Any, Final

from django.http import HttpResponse

CSV, PDF, JSON = "text/csv; charset=utf-8", "application/pdf", "application/json"
LONGEST_NAME: Final = 120
# `sandbox` alone: no script, no form, no origin.
NOTHING_RUNS = (
    "default-src 'none'; style-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"
)
# What Excel, LibreOffice and Google Sheets read as the beginning of a formula, with the wide forms that some also do.
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
A_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


def download(name: str, body: bytes | str, *, kind: str) -> HttpResponse:
    """`body` as a file called `name`. Whoever calls this has already told the ledger who took it (`web.pages.look`)."""
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{safe_name(name)}"'
    return _shut(response)


def picture(body: bytes, *, kind: str) -> HttpResponse:
    """A picture that one of our own pages draws with `<img>`, and that opens on no other site's."""
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = "inline"
    return _shut(response)


def safe_name(name: str) -> str:
    """Letters, figures, dots and dashes; never a folder, never a hidden file, never a second header."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    kept = re.sub(r"[^A-Za-z0-9._-]+", "-", plain)
    kept = re.sub(r"\.{2,}", ".", kept).strip(".-")
    stem, dot, ending = kept.rpartition(".")
    return (f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}" if dot else kept[:LONGEST_NAME]) or "file"


def sheet(rows: Iterable[Iterable[Any]]) -> str:
    """Rows as a CSV file in which nothing is a formula."""
    out = io.StringIO()
    csv.writer(out).writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue()


def harmless(cell: Any) -> Any:
    """Words that a spreadsheet would run begin with an apostrophe. A number stays a number, a minus sign and all."""
    if isinstance(cell, int | float) or cell is None:
        return cell
    said = str(cell)
    begun = said.lstrip(" \u00a0\ufeff\u200b")
    return f"'{said}" if begun.startswith(BEGINS_A_FORMULA) and not A_NUMBER.fullmatch(said) else said


def _shut(response: HttpResponse) -> HttpResponse:
    response["Content-Security-Policy"] = NOTHING_RUNS
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store, private"
    return response
