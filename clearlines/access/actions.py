"""Open a programme's organisations and accounts, and close an account."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.hashers import make_password

from clearlines.access.acts import action
from clearlines.access.models import Account, Organisation, RoleHeld
from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import refuse_if
from clearlines.access.roles import ROLES
from clearlines.access.rules import reasons_not_to_give_role
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
    password_hash: str | None = None,
) -> Account:  # fmt: skip
    """An account with its roles from a day. Without a password's hash nobody can sign in to it."""
    wanted = [ROLES[key] for key in roles]
    refuse_if(reasons_not_to_give_role(wanted, kind=organisation.kind))
    given, _, family = full_name.partition(" ")
    account = Account(username=username, first_name=given, last_name=family, organisation=organisation)
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
    RoleHeld.objects.filter(account=account, until_on=None).update(until_on=by.today)
    ledger.record("access.account_closed", kind=Kind.ACCESS, by=by, about=[account])
    return account
