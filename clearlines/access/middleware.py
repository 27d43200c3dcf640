"""Puts a Viewer on every request; every view and query starts from it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from clearlines.access import second_lock
from clearlines.access.models import Account
from clearlines.access.viewer import Viewer


class WhoIsAsking:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = who_is_asking(request)  # type: ignore[attr-defined]
        with second_lock.held(request.viewer):  # type: ignore[attr-defined]
            return self.get_response(request)


def who_is_asking(request: HttpRequest) -> Viewer:
    if not request.user.is_authenticated:
        return Viewer.public()
    account = Account.objects.select_related("organisation").prefetch_related("held", "ties").get(pk=request.user.pk)
    return Viewer.of(account)
