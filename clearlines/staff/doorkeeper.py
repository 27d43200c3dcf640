"""Between asking and the page: a clearance that ran out, a second factor that is missing, a device signed out."""

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from clearlines.access import second_lock
from clearlines.access.viewer import Viewer
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.staff import sessions
from clearlines.staff.models import Notice

SURE = "staff.sure"
FORGET = '"cache", "cookies", "storage"'
# What opens before a second factor is there: setting one up, and going away.
OPEN_BEFORE = frozenset({
    "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
    "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "account_logout", "account_login",
    "openid_connect_callback", "staff-end-everywhere",
})  # fmt: skip


class Doorkeeper:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        # A phone signed out from elsewhere forgets what it held; one that was merely idle keeps its unsent visits.
        if key and not request.user.is_authenticated and sessions.was_ended(key):
            response["Clear-Site-Data"] = FORGET
        return response

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        viewer: Viewer = request.viewer  # type: ignore[attr-defined]
        if viewer.account is None:
            return None
        if viewer.account.has_lapsed_on(viewer.today):
            return _shut(request, viewer)
        name = request.resolver_match.view_name if request.resolver_match else ""
        if settings.REQUIRE_SECOND_FACTOR and name not in OPEN_BEFORE and not _has_second_factor(request, viewer):
            return redirect("mfa_index")
        if name not in OPEN_BEFORE and _waits_for_supervisor(request, viewer):
            return _told_to_wait(request)
        return None


def _shut(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    ledger.record("access.clearance_ran_out", kind=Kind.ACCESS, by=viewer)
    logout(request)
    request.viewer = Viewer.public()  # type: ignore[attr-defined]
    response = render(request, "account/lapsed.html", status=403)
    response["Clear-Site-Data"] = FORGET
    return response


def _waits_for_supervisor(request: HttpRequest, viewer: Viewer) -> bool:
    """An administrator who took a second factor away could otherwise set up their own and read what they like."""
    # Taking it away ended every session, so each session need ask only once.
    if request.session.get(SURE):
        return False
    with second_lock.whole_house("what holds an account back is asked whatever its roles may read"):
        waits = Notice.objects.filter(account=viewer.account, about=Notice.About.SECOND_FACTOR, seen_at=None).exists()
    request.session[SURE] = not waits
    return waits


def _told_to_wait(request: HttpRequest) -> HttpResponse:
    return render(request, "account/waits.html", status=403)


def _has_second_factor(request: HttpRequest, viewer: Viewer) -> bool:
    """Used in this session, or set up in it: nobody signs in past a factor that they have."""
    if any(each.get("method") == "mfa" for each in get_authentication_records(request, request.user)):
        return True
    main = Authenticator.objects.filter(user_id=viewer.account.pk)  # type: ignore[union-attr]
    return main.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
