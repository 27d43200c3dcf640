"""What anybody may do with their own way in, whatever roles they hold: use a link to begin."""

from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.utils.encoding import force_bytes, force_str
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from clearlines.access.models import Account
from clearlines.access.refusals import refuse_if
from clearlines.access.viewer import Viewer
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind
from clearlines.staff import rules


def link_parts(account: Account) -> dict[str, str]:
    """What the link holds: who, and a token that dies when it is used, replaced or three days old."""
    return {
        "who": urlsafe_base64_encode(force_bytes(account.pk)),
        "token": default_token_generator.make_token(account),
    }


def beginner(who: str, token: str) -> Account | None:
    """Whose link this is, if it works and they may sign in once they have a password."""
    try:
        key = UUID(force_str(urlsafe_base64_decode(who)))
    except ValueError:
        return None
    account = Account.objects.filter(pk=key, is_active=True).first()
    works = (
        account is not None
        and not account.has_usable_password()
        and default_token_generator.check_token(account, token)
    )
    return account if works else None


@transaction.atomic
def begin(*, who: str, token: str, password: str, again: str) -> Account:
    """They choose their own password; nobody else ever knows it. The link dies with the choosing."""
    account = beginner(who, token)
    refuse_if(rules.reasons_not_to_begin(works=account is not None, password=password, again=again))
    assert account is not None
    validate_password(password, account)
    account.set_password(password)
    account.save(update_fields=["password"])
    ledger.record("access.password_chosen", kind=Kind.ACCESS, by=Viewer.of(account), about=[account])
    return account
