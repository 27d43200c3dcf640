"""Whether a role may be held there, and whether something may be told under an agreement today. Pure."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Protocol


class Held(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def held_in(self) -> frozenset[str]: ...


def reasons_not_to_give_role(roles: Iterable[Held], *, kind: str) -> Iterator[str]:
    for role in roles:
        if kind not in role.held_in:
            yield f"'{role.name}' is not a role that is held in this kind of organisation"


class Colleague(Protocol):
    @property
    def pk(self) -> object: ...
    @property
    def organisation_id(self) -> str: ...
    @property
    def is_active(self) -> bool: ...


def reasons_not_to_open_account(*, roles: Iterable[object], own: bool, by_nobody_yet: bool) -> Iterator[str]:
    if list(roles) and not own and not by_nobody_yet:
        yield "roles in another organisation are given by its own manager, once the account is open"


def reasons_not_to_look_after(account: Colleague, *, by: object, organisation: str) -> Iterator[str]:
    """Before a manager changes what a colleague may do."""
    if account.organisation_id != organisation:
        yield "they work for another organisation, whose own manager decides"
    if account.pk == by:
        yield "nobody decides this for themselves: ask another manager"


def reasons_not_to_begin_role(
    account: Colleague, *, from_on: date, until_on: date | None, today: date, is_held: bool
) -> Iterator[str]:
    if not account.is_active:
        yield "the account is closed: ask the administrator to open it again first"
    if is_held:
        yield "they hold this role already"
    if from_on < today:
        yield "a role begins today or later, never in the past"
    if until_on is not None and until_on < from_on:
        yield "the role would end before it begins"


def reasons_not_to_set_clearances(account: Colleague, *, supervisor: Colleague | None, is_above: bool) -> Iterator[str]:
    if supervisor is None:
        return
    if supervisor.organisation_id != account.organisation_id or not supervisor.is_active:
        yield "a supervisor is somebody with an open account in the same organisation"
    if supervisor.pk == account.pk:
        yield "nobody is their own supervisor"
    elif is_above:
        yield "the supervisor answers to this person already: choose somebody else"


def reasons_not_to_let_begin_again(account: Colleague, *, by: object) -> Iterator[str]:
    """Before an administrator replaces somebody's way in."""
    if account.pk == by:
        yield "nobody does this to their own account: ask another administrator"
    if not account.is_active:
        yield "the account is closed: open it again first"


LONGEST_DUTY = timedelta(hours=24)


def reasons_not_to_put_on_duty(
    account: Colleague, *, from_at: datetime, until_at: datetime, now: datetime, holds_a_role: bool
) -> Iterator[str]:
    if not account.is_active or not holds_a_role:
        yield "they hold no role today, so being on duty would open nothing"
    if until_at <= from_at:
        yield "the duty would end before it begins"
    if until_at <= now:
        yield "the duty would be over already"
    if until_at - from_at > LONGEST_DUTY:
        yield "a duty lasts 24 hours at most: it opens every record of the team"


def reasons_not_to_join_sign_on(*, subject: str, is_taken: bool, is_own: bool) -> Iterator[str]:
    if not subject.strip():
        yield "enter the identifier that their own organisation's sign-in gives them"
    if is_taken:
        yield "another account is joined to that identifier"
    if not is_own:
        yield "that way in belongs to another organisation"


class Agreed(Protocol):
    @property
    def title(self) -> str: ...
    @property
    def sender_kinds(self) -> tuple[str, ...]: ...
    @property
    def recipient_kinds(self) -> tuple[str, ...]: ...
    @property
    def fields(self) -> tuple[str, ...]: ...
    @property
    def from_on(self) -> date: ...
    @property
    def until_on(self) -> date: ...


def reasons_not_to_share(
    agreement: Agreed | None, *, sender_kind: str, recipient_kind: str, fields: Iterable[str], today: date
) -> Iterator[str]:
    if agreement is None:
        yield "no sharing agreement between the two organisations covers this"
        return
    if sender_kind not in agreement.sender_kinds or recipient_kind not in agreement.recipient_kinds:
        yield f"'{agreement.title}' is not an agreement between these two organisations"
    if today < agreement.from_on:
        yield f"'{agreement.title}' begins on {agreement.from_on:%-d %B %Y}"
    if today > agreement.until_on:
        yield f"'{agreement.title}' ended on {agreement.until_on:%-d %B %Y}: ask the information manager to renew it"
    if extra := sorted(set(fields) - set(agreement.fields)):
        yield f"'{agreement.title}' does not cover: {', '.join(extra)}"
