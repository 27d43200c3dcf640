"""Refusals become plain pages, and no page about anybody is kept by a browser."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers, patch_cache_control

from clearlines.access.refusals import Forbidden, Refused
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.web import errors


class PlainRefusals:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Forbidden):
            match = request.resolver_match
            ledger.record(
                "access.refused",
                kind=Kind.ACCESS,
                by=request.viewer,  # type: ignore[attr-defined]
                note=match.view_name if match else "",
            )
            return errors.forbidden(request, exception)
        if isinstance(exception, Refused):
            return errors.refused(request, exception.reasons)
        return None


class NeverCached:
    """Pages are never stored; files under /static/ are served before this is reached."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
            patch_cache_control(response, no_store=True)
        if response.status_code in (302, 303) and request.path.startswith("/sign-out"):
            response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        return response
