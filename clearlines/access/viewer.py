"""Who is asking. Every query takes one first; every action takes one as `by`."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from clearlines.access.markings import Marking
from clearlines.access.models import Account, Tie
from clearlines.access.permissions import Permission
from clearlines.access.roles import ROLES, THE_PUBLIC, Role

BRINGS_NEAR = {Tie.Kind.ALLOCATED, Tie.Kind.PANEL, Tie.Kind.OPENED, Tie.Kind.THEMSELVES}


def the_time() -> datetime:
    """Now; or, while the example programme is shown, this time of day on the day where its calendar stands."""
    now = timezone.now()
    if settings.IS_EXAMPLE and settings.EXAMPLE_DAY:
        day = settings.EXAMPLE_DAY
        return timezone.localtime(now).replace(year=day.year, month=day.month, day=day.day)
    return now


@dataclass(frozen=True)
class Viewer:
    """One account, the roles it holds today, and the moment of asking."""

    account: Account | None
    now: datetime
    roles: tuple[Role, ...] = ()
    permissions: frozenset[Permission] = THE_PUBLIC
    markings: frozenset[Marking] = field(default_factory=frozenset)
    without_account: str = "the public"
    # The people this account is kept away from, those it stands near, and whether it covers for the whole team.
    kept_away: frozenset[UUID] = frozenset()
    near: frozenset[UUID] = frozenset()
    is_on_duty: bool = False

    @classmethod
    def public(cls, now: datetime | None = None) -> "Viewer":
        return cls(None, now or the_time())

    @classmethod
    def of(cls, account: Account) -> "Viewer":
        return cls._at(account, the_time())

    @classmethod
    def setting_up(cls, now: datetime | None = None) -> "Viewer":
        """Nobody yet: opens the first accounts of a programme, and can read nothing."""
        return cls(None, now or the_time(), (), frozenset({Permission.MANAGE_ACCOUNTS}), frozenset(), "set-up")

    @classmethod
    def in_the_past(cls, account: Account | None, moment: datetime) -> "Viewer":
        """The injected clock of the example programme and of tests. A real programme refuses it."""
        if not settings.IS_EXAMPLE:
            raise RuntimeError("only the example programme may act under another date")
        return cls._at(account, moment) if account else cls.public(moment)

    @classmethod
    def _at(cls, account: Account, now: datetime) -> "Viewer":
        roles = tuple(ROLES[key] for key in account.roles_on(timezone.localtime(now).date()))
        ties = [tie for tie in account.ties.all() if tie.holds_at(now)]
        return cls(
            account,
            now,
            roles,
            THE_PUBLIC.union(*(role.permissions for role in roles)),
            frozenset().union(*(role.markings for role in roles)),
            kept_away=frozenset(tie.row for tie in ties if tie.row and tie.kind == Tie.Kind.KEPT_AWAY),
            near=frozenset(tie.row for tie in ties if tie.row and tie.kind in BRINGS_NEAR),
            is_on_duty=any(tie.kind == Tie.Kind.ON_DUTY for tie in ties),
        )

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    def stands_near(self, row: UUID) -> bool:
        """Whether this person is already open to them, as far as nearness goes."""
        return self.is_on_duty or row in self.near

    @property
    def opened_until(self) -> datetime | None:
        """When the last of what they opened in an emergency closes; none if nothing is open."""
        ties = self.account.ties.all() if self.account else ()
        ends = [tie.until_at for tie in ties if tie.kind == Tie.Kind.OPENED and tie.until_at and tie.holds_at(self.now)]
        return max(ends, default=None)

    @property
    def today(self) -> date:
        return timezone.localtime(self.now).date()

    @property
    def themselves(self) -> Account:
        """The account that asks, where only somebody with one can have got so far."""
        if self.account is None:
            raise LookupError("nobody is signed in")
        return self.account

    @property
    def organisation_key(self) -> str:
        return self.account.organisation_id if self.account else "public"

    @property
    def organisation(self):
        return self.account.organisation if self.account else None

    @property
    def kind(self) -> str:
        """What kind of organisation is asking: police, charity, probation …"""
        return self.account.organisation.kind if self.account else "public"

    @property
    def name(self) -> str:
        return self.account.get_username() if self.account else self.without_account

    @property
    def full_name(self) -> str:
        return self.account.get_full_name() if self.account else "a member of the public"
