"""Refusals become plain pages; no page is kept by a browser, nor drawn, read or framed by another site."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers, patch_cache_control

from clearlines.access.refusals import Forbidden, Refused
from clearlines.web import errors

Answer = Callable[[HttpRequest], HttpResponse]
# NUL, which PostgreSQL does not keep, and half of a pair, which is no letter at all.
NO_KEYBOARD_TYPES = re.compile("[\0\ud800-\udfff]")
# What no page of ours asks a browser for. Passkeys are not among them.
NOT_NEEDED = (
    "accelerometer", "autoplay", "bluetooth", "browsing-topics", "camera", "display-capture", "encrypted-media",
    "fullscreen", "geolocation", "gyroscope", "hid", "magnetometer", "microphone", "midi", "payment",
    "picture-in-picture", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
FORGET_EVERYTHING = '"cache", "cookies", "storage"'


class PlainRefusals:
    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if has_unknown_session(request):
            errors.write_down(request, "access.session_not_ours")
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        return errors.unreadable(request) if any(map(NO_KEYBOARD_TYPES.search, said(request, kwargs))) else None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Forbidden):
            return errors.forbidden(request, exception)
        if isinstance(exception, Refused):
            return errors.refused(request, exception.reasons)
        return None


class Headers:
    """Stands outside the pages and inside WhiteNoise, so that every page has these and no file under /static/ does."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
            patch_cache_control(response, no_store=True)
        response.headers.setdefault("Permissions-Policy", ", ".join(f"{each}=()" for each in NOT_NEEDED))
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("X-Permitted-Cross-Domain-Policies", "none")
        if has_signed_out(request):
            response["Clear-Site-Data"] = FORGET_EVERYTHING
        return response


def said(request: HttpRequest, kwargs: dict[str, Any]) -> Iterator[str]:
    """Every word that came: in the address, in the form, and what each box and file was called."""
    yield from (request.path, *(value for value in kwargs.values() if isinstance(value, str)))
    for given in (request.GET, request.POST):
        for name, values in given.lists():
            yield from (name, *values)
    yield from (file.name or "" for _, files in request.FILES.lists() for file in files)


def has_signed_out(request: HttpRequest) -> bool:
    """Signed in when they asked, and not when they are answered: by whichever button."""
    viewer, user = getattr(request, "viewer", None), getattr(request, "user", None)
    return bool(viewer and viewer.account and user is not None and not user.is_authenticated)


def has_unknown_session(request: HttpRequest) -> bool:
    """A cookie for a session that is none of ours: forged, or ended while they were away."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.session.session_key is None
