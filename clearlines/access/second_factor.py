"""Codes, passkeys and recovery codes: kept under a key outside the database, and never the last one given up alone."""

import base64
import functools
import secrets
from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.encoding import force_bytes

from clearlines.access.models import Account
from clearlines.access.refusals import Refused
from clearlines.access.viewer import Viewer
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind


class Adapter(DefaultMFAAdapter):
    """A stolen copy of the database makes nobody's codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "Add another way to sign in before you remove this one.",
        "incorrect_code": "Enter the newest code. Each code works once.",
    }

    def encrypt(self, text: str) -> str:
        return _locks().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _locks().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            # The key is gone. A secret nobody knows refuses every code; an administrator lets the holder begin again.
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not settings.REQUIRE_SECOND_FACTOR or _others(authenticator.user_id, authenticator.pk)

    def generate_authenticator_name(self, user: Account, type: Authenticator.Type) -> str:
        return "This phone" if not Authenticator.objects.filter(user_id=user.pk, type=type).exists() else "Another one"


def unless_last(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """allauth asks `can_delete_authenticator` before an app is removed, and not before a passkey is."""

    @functools.wraps(view)
    def removed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and settings.REQUIRE_SECOND_FACTOR and not _others(request.user.pk, kwargs["pk"]):
            raise Refused(["this is your last way to prove that it is you: add another before you remove it"])
        return view(request, *args, **kwargs)

    return removed


def _others(account: Any, but: Any) -> bool:
    found = Authenticator.objects.filter(user_id=account).exclude(pk=but)
    return found.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


def _locks() -> MultiFernet:
    """The newest secret key locks; the older ones named as fall-backs still open."""
    return MultiFernet([_lock(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _lock(key: str | bytes) -> Fernet:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"clearlines second factors").derive(force_bytes(key))
    return Fernet(base64.urlsafe_b64encode(made))


def failed(account: Account | None) -> None:
    by = Viewer.of(account) if account else Viewer.public()
    ledger.record("access.second_factor_failed", kind=Kind.ACCESS, by=by, about=[account] if account else [])


class Code(AuthenticateForm):
    code = forms.CharField(
        label="Code",
        help_text="Six figures from your app, or one of your recovery codes.",
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "govuk-input--width-10"}
        ),
        error_messages={"required": "Enter the code"},
    )

    def _emit_authentication_failed(self, authenticator: Authenticator) -> None:
        failed(self.user)


class CodeAgain(ReauthenticateForm):
    code = Code.base_fields["code"]

    def _emit_authentication_failed(self, authenticator: Authenticator) -> None:
        failed(self.user)


class RefusalsKept:
    """A passkey that does not fit leaves an entry."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except forms.ValidationError:
            failed(self.user)  # type: ignore[attr-defined]
            raise


class Passkey(RefusalsKept, AuthenticateWebAuthnForm):
    pass


class PasskeyAlone(RefusalsKept, LoginWebAuthnForm):
    pass


class PasskeyAgain(RefusalsKept, ReauthenticateWebAuthnForm):
    pass


class AddPasskey(AddWebAuthnForm):
    name = forms.CharField(
        label="What do you call this phone, computer or key?", max_length=60, required=False,
        help_text="So that you know which one to remove if you lose it.",
    )  # fmt: skip
    passwordless = forms.BooleanField(
        label="Let it open Clearlines without my password", initial=True, required=False,
        help_text="It then asks for its own PIN, finger or face each time.",
    )  # fmt: skip
