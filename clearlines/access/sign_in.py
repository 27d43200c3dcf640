"""Sign-in as this programme wants it: accounts are opened by an administrator, never by whoever asks."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from clearlines.access.models import Account
from clearlines.access.viewer import Viewer
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

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
