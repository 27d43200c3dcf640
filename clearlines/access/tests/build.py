"""Ties as the rooms above make them; keys for the sign-in pages that take one, and the codes that an app would show."""

from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.db.models import Model
from django.test import Client

from clearlines.access.models import Tie
from clearlines.access.ties import tie
from tests.cast import NOON

PASSWORD = "open-the-lines"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code(secret: str = SECRET, steps: int = 0) -> str:
    """What the app shows now, or `steps` half minutes from now."""
    now = list(yield_hotp_counters_from_time())[1]
    return format_hotp_value(hotp_value(secret, now + steps))


def with_app(account: Any) -> list[str]:
    """The account has an app that knows SECRET; its recovery codes are the answer."""
    TOTP.activate(account, SECRET)
    return RecoveryCodes.activate(account).generate_codes()


def sign_in(client: Client, username: str, password: str = PASSWORD, **more: Any):
    return client.post("/sign-in/", {"login": username, "password": password}, **more)


def say_again(client: Client, password: str = PASSWORD):
    """Before anything about signing in is changed, the password is asked for once more."""
    return client.post("/sign-in/again/", {"password": password})


def factors_of(account: Any) -> set[str]:
    return set(Authenticator.objects.filter(user_id=account.pk).values_list("type", flat=True))


def opened_provider(cast) -> dict[str, object]:
    return {"provider_id": "police"}


def opened_passkey(cast) -> dict[str, object]:
    return {"pk": 1}


def put_on_duty(cast: Any, username: str, hours: int = 12) -> Tie:
    account = cast.account(username)
    return Tie.objects.create(
        account=account, kind=Tie.Kind.ON_DUTY, from_at=NOON - timedelta(hours=1), made_by=account,
        until_at=NOON + timedelta(hours=hours),
    )  # fmt: skip


def tied(cast: Any, username: str, row: Model, kind: Tie.Kind, **more: Any) -> Tie:
    return tie(cast.account(username), row, kind, by=cast.viewer(username), **more)


def keep_away(cast: Any, username: str, row: Model) -> Tie:
    return tied(cast, username, row, Tie.Kind.KEPT_AWAY)
