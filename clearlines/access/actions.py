"""Open and close accounts; give and end roles, clearances and duties; let somebody who lost a phone begin again."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.hashers import make_password

from clearlines.access import rules
from clearlines.access.acts import action, locked
from clearlines.access.models import Account, Organisation, RoleHeld, Tie
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import Refused, refuse_if
from clearlines.access.roles import ROLES
from clearlines.access.viewer import Viewer
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind


@action(may=P.MANAGE_ACCOUNTS)
def join(*, by: Viewer, key: str, name: str, kind: str, regime: str) -> Organisation:
    """An organisation of the programme, as the programme folder names it."""
    organisation, _ = Organisation.objects.update_or_create(
        key=key, defaults={"name": name, "kind": kind, "regime": regime}
    )
    ledger.record("access.organisation_joined", kind=Kind.OPERATION, by=by, about=[organisation])
    return organisation


@action(may=P.MANAGE_ACCOUNTS)
def open_account(
    *, by: Viewer, username: str, full_name: str, organisation: Organisation, roles: Iterable[str], from_on: date,
    password_hash: str | None = None, supervisor: Account | None = None,
) -> Account:  # fmt: skip
    """An account with its roles from a day. Without a password's hash nobody can sign in to it."""
    wanted = [ROLES[key] for key in roles]
    own = organisation.key == by.organisation_key
    refuse_if([
        *rules.reasons_not_to_open_account(roles=wanted, own=own, by_nobody_yet=by.account is None),
        *rules.reasons_not_to_give_role(wanted, kind=organisation.kind),
    ])  # fmt: skip
    if Account.objects.filter(username__iexact=username).exists():
        raise Refused(["that name is taken: choose another"])
    given, _, family = full_name.partition(" ")
    account = Account(username=username, first_name=given, last_name=family, organisation=organisation)
    account.supervisor = supervisor
    account.password = password_hash or make_password(None)
    account.save()
    RoleHeld.objects.bulk_create([RoleHeld(account=account, role=role.key, from_on=from_on) for role in wanted])
    ledger.record("access.account_opened", kind=Kind.ACCESS, by=by, about=[account])
    return account


@action(may=P.MANAGE_ACCOUNTS)
def close_account(*, by: Viewer, account: Account) -> Account:
    """The account can no longer sign in; what it did stays in the ledger under its name."""
    account.is_active = False
    account.save(update_fields=["is_active"])
    RoleHeld.objects.filter(account=account, from_on__gt=by.today).delete()
    RoleHeld.objects.filter(account=account, until_on=None).update(until_on=by.today)
    ledger.record("access.account_closed", kind=Kind.ACCESS, by=by, about=[account])
    return account


@action(may=P.MANAGE_ACCOUNTS)
def reopen_account(*, by: Viewer, account: Account) -> Account:
    """Somebody came back. Their manager gives them roles again; nothing they held before comes with the account."""
    account = locked(Account.objects.all(), account)
    account.is_active, account.password = True, make_password(None)
    account.save(update_fields=["is_active", "password"])
    yesterday = by.today - timedelta(days=1)
    RoleHeld.objects.filter(account=account, from_on__gt=yesterday).delete()
    RoleHeld.objects.filter(account=account).exclude(until_on__lte=yesterday).update(until_on=yesterday)
    ledger.record("access.account_opened_again", kind=Kind.ACCESS, by=by, about=[account])
    return account


@action(may=P.MANAGE_ACCOUNTS)
def take_password_away(*, by: Viewer, account: Account) -> Account:
    """So that a new link to begin can be given: the old password and every older link stop working."""
    account = _to_begin_again(by, account)
    account.password = make_password(None)
    account.save(update_fields=["password"])
    ledger.record("access.link_given", kind=Kind.ACCESS, by=by, about=[account])
    return account


@action(may=P.MANAGE_ACCOUNTS)
def reset_second_factor(*, by: Viewer, account: Account, why: str) -> int:
    """Somebody lost their phone: how many ways to prove who they are were taken away. They set up new ones."""
    account = _to_begin_again(by, account)
    if not why.strip():
        raise Refused(["say how you know that it is really them who asks"])
    removed, _ = Authenticator.objects.filter(user_id=account.pk).delete()
    ledger.record("access.second_factor_reset", kind=Kind.ACCESS, by=by, about=[account], note=why)
    return removed


@action(may=P.MANAGE_ACCOUNTS)
def join_sign_on(*, by: Viewer, account: Account, provider: str, subject: str) -> SocialAccount:
    """This account is opened by that person at their own organisation's sign-in, and by nobody else there."""
    taken = SocialAccount.objects.filter(provider=provider, uid=subject.strip()).exclude(user_id=account.pk)
    own = any(each.key == provider and each.organisation == account.organisation_id for each in settings.SINGLE_SIGN_ON)
    refuse_if(rules.reasons_not_to_join_sign_on(subject=subject, is_taken=taken.exists(), is_own=own))
    joined, _ = SocialAccount.objects.update_or_create(
        user_id=account.pk, provider=provider, defaults={"uid": subject.strip(), "extra_data": {}}
    )
    ledger.record("access.sign_on_joined", kind=Kind.ACCESS, by=by, about=[account], note=provider)
    return joined


@action(may=P.LOOK_AFTER_STAFF)
def give_role(
    *, by: Viewer, account: Account, role: str, from_on: date, until_on: date | None = None
) -> RoleHeld:  # fmt: skip
    account = _colleague(by, account)
    is_held = RoleHeld.objects.filter(account=account, role=role, until_on=None).exists()
    refuse_if([
        *rules.reasons_not_to_give_role([ROLES[role]], kind=account.organisation.kind),
        *rules.reasons_not_to_begin_role(
            account, from_on=from_on, until_on=until_on, today=by.today, is_held=is_held
        ),
    ])  # fmt: skip
    held = RoleHeld.objects.create(account=account, role=role, from_on=from_on, until_on=until_on)
    ledger.record("access.role_given", kind=Kind.ACCESS, by=by, about=[account, held], note=ROLES[role].name)
    return held


@action(may=P.LOOK_AFTER_STAFF)
def end_role(*, by: Viewer, held: RoleHeld) -> RoleHeld:
    """It ends now, not tonight: a role that was held until yesterday opens nothing today."""
    account = _colleague(by, held.account)
    ledger.record("access.role_ended", kind=Kind.ACCESS, by=by, about=[account, held], note=ROLES[held.role].name)
    yesterday = by.today - timedelta(days=1)
    if held.from_on > yesterday:
        held.delete()
        return held
    held.until_on = min(held.until_on or yesterday, yesterday)
    held.save(update_fields=["until_on"])
    return held


@action(may=P.LOOK_AFTER_STAFF)
def set_clearances(
    *, by: Viewer, account: Account, supervisor: Account | None, vetted_until: date | None, trained_until: date | None
) -> Account:  # fmt: skip
    """Who answers for them, and the last day on which vetting and training hold."""
    account = _colleague(by, account)
    is_above = supervisor is not None and account.pk in _those_above(supervisor)
    refuse_if(rules.reasons_not_to_set_clearances(account, supervisor=supervisor, is_above=is_above))
    account.supervisor, account.vetted_until, account.trained_until = supervisor, vetted_until, trained_until
    account.save(update_fields=["supervisor", "vetted_until", "trained_until"])
    ledger.record("access.clearances_set", kind=Kind.ACCESS, by=by, about=[account])
    return account


@action(may=P.LOOK_AFTER_STAFF)
def put_on_duty(*, by: Viewer, account: Account, from_at: datetime, until_at: datetime, reason: str = "") -> Tie:
    """For these hours they cover for the whole team, and read what the team reads."""
    account = _colleague(by, account)
    refuse_if(
        rules.reasons_not_to_put_on_duty(
            account, from_at=from_at, until_at=until_at, now=by.now, holds_a_role=bool(account.roles_on(by.today))
        )
    )
    duty = Tie.objects.create(
        account=account, kind=Tie.Kind.ON_DUTY, from_at=from_at, until_at=until_at, made_by=by.account, reason=reason
    )
    ledger.record("access.put_on_duty", kind=Kind.ACCESS, by=by, about=[account, duty])
    return duty


@action(may=P.LOOK_AFTER_STAFF)
def end_duty(*, by: Viewer, duty: Tie) -> Tie:
    account = _colleague(by, duty.account)
    duty = locked(Tie.objects.filter(kind=Tie.Kind.ON_DUTY), duty)
    duty.until_at, duty.ended_by = max(by.now, duty.from_at), by.account
    duty.save(update_fields=["until_at", "ended_by"])
    ledger.record("access.duty_ended", kind=Kind.ACCESS, by=by, about=[account, duty])
    return duty


def _to_begin_again(by: Viewer, account: Account) -> Account:
    account = locked(Account.objects.all(), account)
    refuse_if(rules.reasons_not_to_let_begin_again(account, by=by.account.pk if by.account else None))
    return account


def _colleague(by: Viewer, account: Account) -> Account:
    """The account, held until the action ends, if the viewer is the one to decide about it."""
    held = Account.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=account.pk)
    me = by.account.pk if by.account else None
    refuse_if(rules.reasons_not_to_look_after(held, by=me, organisation=by.organisation_key))
    return held


def _those_above(account: Account) -> set[UUID]:
    """Themselves, whoever answers for them, and whoever answers for those."""
    found: set[UUID] = set()
    above: UUID | None = account.pk
    while above is not None and above not in found:
        found.add(above)
        above = Account.objects.filter(pk=above).values_list("supervisor", flat=True).first()
    return found
