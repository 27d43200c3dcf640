"""Each error is one plain sentence that says what to do next, and one ledger entry that tells nothing more.

A page that is hidden and a page that is not there go the same way through this module, to the same bytes.
"""

from collections.abc import Iterable

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clearlines.access.viewer import Viewer
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def error(request: HttpRequest, status: int, title: str, *sentences: str) -> HttpResponse:
    return render(request, "web/error.html", {"title": title, "sentences": sentences}, status=status)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    write_down(request, "access.refused")
    return error(
        request, 403, "You cannot open this page", str(exception), "If you think you should, ask your manager."
    )


def refused(request: HttpRequest, reasons: Iterable[str]) -> HttpResponse:
    said = [f"{reason[0].upper()}{reason[1:]}." for reason in reasons]
    return error(request, 409, "That could not be done", *said, "Nothing was changed. Go back to carry on.")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    # A stranger who tries addresses must not be able to fill the ledger.
    if whoever(request).account:
        write_down(request, "access.not_there")
    return error(
        request, 404, "Page not found",
        "If you typed the address, check it. The page may also be one that you cannot see.",
    )  # fmt: skip


def went_wrong(request: HttpRequest) -> HttpResponse:
    return render(request, "web/error_alone.html", status=500)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    write_down(request, "access.form_not_ours")
    return error(
        request, 403, "This page was open for too long",
        "Go back, copy anything you typed, reload the page and send it again.",
    )  # fmt: skip


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return too_much(request) if isinstance(exception, TOO_MUCH) else unreadable(request)


def too_much(request: HttpRequest) -> HttpResponse:
    write_down(request, "access.too_much")
    return error(
        request, 400, "That was too much at once",
        "Shorten the text or choose a smaller file, then send it again. Nothing was saved.",
    )  # fmt: skip


def unreadable(request: HttpRequest) -> HttpResponse:
    """Cut short on its way, or holding what no keyboard types."""
    write_down(request, "access.unreadable")
    return error(
        request, 400, "That could not be read",
        "Part of what you sent was damaged on its way. Go back and send it again. Nothing was saved.",
    )  # fmt: skip


def write_down(request: HttpRequest, event: str) -> None:
    """Who was refused and at which page; never what was asked for, nor whether there is such a thing."""
    match = request.resolver_match
    ledger.record(event, kind=Kind.ACCESS, by=whoever(request), note=match.view_name if match else "")


def whoever(request: HttpRequest) -> Viewer:
    """The public, for what is refused before it is known who asks."""
    return getattr(request, "viewer", None) or Viewer.public()
