"""Where an account is signed in, and the end of that. Whose session it is, not which role they hold, decides."""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from clearlines.access import second_lock
from clearlines.access.models import Account
from clearlines.access.viewer import Viewer
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.staff.models import EndedSession
from clearlines.staff.rules import device_in_words


@dataclass(frozen=True)
class Standing:
    """One place where an account is signed in now."""

    key: int
    device: str
    signed_in_at: datetime
    last_used_at: datetime
    is_this_one: bool


def standing(account: Account, *, here: str | None = None) -> list[Standing]:
    """This one first, then the one used last. `here` is the key of the session that asks."""
    rows = UserSession.objects.filter(user_id=account.pk)
    # Each page puts the end of a session half an hour off: when it was last used is read from that, at no cost.
    ends = dict(_unfinished([row.session_key for row in rows]))
    found = [
        Standing(
            row.pk, device_in_words(row.user_agent), row.created_at, _last_used(ends[row.session_key]),
            row.session_key == here,
        )
        for row in rows if row.session_key in ends
    ]  # fmt: skip
    return sorted(found, key=lambda each: (not each.is_this_one, -each.last_used_at.timestamp()))


def end_one(*, by: Viewer, key: int) -> int:
    """One of one's own: how many ended, which is none if it was somebody else's or over."""
    return _end(UserSession.objects.filter(user_id=_me(by), pk=key), by=by, why="ended by themselves")


def end_everywhere(*, by: Viewer) -> int:
    """Every session of one's own, this one too."""
    return _end(UserSession.objects.filter(user_id=_me(by)), by=by, why="signed out everywhere by themselves")


def end_all_of(account: Account, *, by: Viewer, why: str) -> int:
    """Called inside an action, which says whether it may be."""
    return _end(UserSession.objects.filter(user_id=account.pk), by=by, why=why)


def was_ended(session_key: str) -> bool:
    with second_lock.whole_house("whoever was signed out is nobody until they sign in again"):
        return EndedSession.objects.filter(mark=_mark(session_key)).exists()


@transaction.atomic
def _end(found: Iterable[UserSession], *, by: Viewer, why: str) -> int:
    rows = list(found)
    ends = dict(_unfinished([row.session_key for row in rows]))
    for row in rows:
        account = row.user
        if row.session_key in ends:
            EndedSession.objects.get_or_create(
                mark=_mark(row.session_key),
                defaults={
                    "owner_id": account.organisation_id, "created_at": by.now, "created_by": by.account,
                    "account": account, "device": device_in_words(row.user_agent), "signed_in_at": row.created_at,
                    "last_used_at": _last_used(ends[row.session_key]), "why": why,
                },
            )  # fmt: skip
            ledger.record("staff.session_ended", kind=Kind.ACCESS, by=by, about=[account], note=why)
        row.end()
    return len(ends)


def _me(by: Viewer) -> object:
    return by.account.pk if by.account else None


def _unfinished(keys: list[str]) -> Iterable[tuple[str, datetime]]:
    found = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    return found.values_list("session_key", "expire_date")


def _last_used(ends_at: datetime) -> datetime:
    return ends_at - timedelta(seconds=settings.SESSION_COOKIE_AGE)


def _mark(session_key: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), session_key.encode(), hashlib.sha256).hexdigest()
