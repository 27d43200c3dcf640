"""Remembers who is asking while a page is made, so that a note that will not open is written down under their name."""

from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

from clearlines.access.viewer import Viewer

who: ContextVar[Viewer | None] = ContextVar("who_opens", default=None)


class WhoOpens:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = who.set(request.viewer)  # type: ignore[attr-defined]
        try:
            return self.get_response(request)
        finally:
            who.reset(token)
