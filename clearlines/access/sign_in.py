"""Sign-in as this programme wants it: accounts are opened by an administrator, never by whoever asks."""

import functools
import hashlib
import hmac
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.internal.stagekit import clear_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from requests import RequestException

from clearlines.access.models import Account
from clearlines.access.viewer import Viewer
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind

# What allauth would send by e-mail is kept in the ledger instead: there is no address to send it to.
TOLD = {
    "mfa/email/totp_activated": "access.factor_added:app",
    "mfa/email/totp_deactivated": "access.factor_removed:app",
    "mfa/email/webauthn_added": "access.factor_added:passkey",
    "mfa/email/webauthn_removed": "access.factor_removed:passkey",
    "mfa/email/recovery_codes_generated": "access.factor_added:recovery_codes",
    "account/email/password_changed": "access.password_changed",
}


class Adapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "The username or the password is wrong. Check both, and try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """axes counts wrong passwords; allauth's own count would answer first, in other words."""

    def pre_login(self, request: HttpRequest, user: Account, **more: Any) -> HttpResponse | None:
        """Whoever proved who they are is told why they may not come in; nobody else learns of the account."""
        if user.has_lapsed_on(Viewer.of(user).today):
            clear_login(request)
            return _turned_away(request, user, "account/lapsed.html")
        return super().pre_login(request, user, **more)

    def respond_user_inactive(self, request: HttpRequest, user: Account) -> HttpResponse:
        return _turned_away(request, user, "account/account_inactive.html")

    def login(self, request: HttpRequest, user: Account) -> None:
        super().login(request, user)
        ledger.record("access.signed_in", kind=Kind.ACCESS, by=Viewer.of(user))

    def logout(self, request: HttpRequest) -> None:
        ledger.record("access.signed_out", kind=Kind.ACCESS, by=request.viewer)  # type: ignore[attr-defined]
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """The name that was tried is not kept: people type passwords into the wrong box."""
        ledger.record("access.sign_in_failed", kind=Kind.ACCESS, by=Viewer.public())
        super().authentication_failed(request, **credentials)

    def send_notification_mail(self, template_prefix: str, user: Account, *rest: Any, **more: Any) -> None:
        event = TOLD.get(template_prefix, f"access.changed:{template_prefix.rsplit('/', 1)[-1]}")
        ledger.record(event, kind=Kind.ACCESS, by=Viewer.of(user), about=[user])


class SingleSignOn(DefaultSocialAccountAdapter):
    """Joins an account that an administrator named, by the provider's own subject; never by e-mail, never a new one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        organisation = next(
            (each.organisation for each in settings.SINGLE_SIGN_ON if each.key == sociallogin.account.provider), None
        )
        account = sociallogin.user if sociallogin.is_existing else None
        is_plain = sociallogin.state.get("process", "login") == "login"
        if account is None or not is_plain or account.organisation_id != organisation:
            self._refuse(request)

    def on_authentication_error(self, request: HttpRequest, provider: Any, *rest: Any, **more: Any) -> None:
        self._refuse(request)

    def _refuse(self, request: HttpRequest) -> None:
        by = request.viewer  # type: ignore[attr-defined]
        ledger.record("access.sign_in_failed", kind=Kind.ACCESS, by=by, note="single sign-on")
        raise ImmediateHttpResponse(render(request, "socialaccount/authentication_error.html", status=403))


def though_it_is_down(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A provider that does not answer is a plain page, not a fault of ours."""

    @functools.wraps(view)
    def asked(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, **kwargs)
        except RequestException:
            return render(request, "socialaccount/authentication_error.html", status=503)

    return asked


def _turned_away(request: HttpRequest, account: Account, template: str) -> HttpResponse:
    ledger.record("access.turned_away", kind=Kind.ACCESS, by=Viewer.of(account), about=[account])
    return render(request, template, status=403)


def name_tried(request: HttpRequest, credentials: dict[str, Any] | None) -> str | None:
    """The same mark for the same name, from which nobody reads the name."""
    said = (credentials or {}).get("username") or request.POST.get("login")
    if not said:
        return None
    return hmac.new(settings.SECRET_KEY.encode(), str(said).strip().lower().encode(), hashlib.sha256).hexdigest()


def address_of(request: HttpRequest) -> str | None:
    try:
        return get_account_adapter().get_client_ip(request)
    except PermissionDenied:
        return None


def nobody_named(*_: Any) -> str:
    """What the framework's own log says of whoever failed: nothing."""
    return "somebody"


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: Any) -> HttpResponse:
    """The same page whether or not the name is anybody's."""
    ledger.record("access.locked_out", kind=Kind.ACCESS, by=Viewer.public())
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "account/locked.html", {"minutes": minutes}, status=429)
