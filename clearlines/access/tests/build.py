"""Ties for other rooms' tests, as the rooms above make them."""

from datetime import timedelta
from typing import Any

from django.db.models import Model

from clearlines.access.models import Tie
from clearlines.access.ties import tie
from tests.cast import NOON


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
