"""Each error is one plain sentence that says what to do next."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def error(request: HttpRequest, status: int, title: str, *sentences: str) -> HttpResponse:
    return render(request, "web/error.html", {"title": title, "sentences": sentences}, status=status)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error(
        request, 403, "You cannot open this page", str(exception), "If you think you should, ask your manager."
    )


def refused(request: HttpRequest, reasons: Iterable[str]) -> HttpResponse:
    said = [f"{reason[0].upper()}{reason[1:]}." for reason in reasons]
    return error(request, 409, "That could not be done", *said, "Nothing was changed. Go back to carry on.")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error(
        request, 404, "Page not found",
        "If you typed the address, check it. The page may also be one that you cannot see.",
    )  # fmt: skip


def went_wrong(request: HttpRequest) -> HttpResponse:
    return render(request, "web/error_alone.html", status=500)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error(
        request, 403, "This page was open for too long",
        "Go back, copy anything you typed, reload the page and send it again.",
    )  # fmt: skip


def too_much(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error(
        request, 400, "That was too much at once",
        "Shorten the text or choose a smaller file, then send it again. Nothing was saved.",
    )  # fmt: skip
