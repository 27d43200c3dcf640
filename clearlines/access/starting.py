"""What must be true before a real programme is served. Each reason is a sentence that says what to do.

A real programme is any but the example: it holds real people. `clearlines.wsgi` refuses to load while one stands.
"""

import os
import sys
import tomllib
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connections

from clearlines.access.models import Account
from clearlines.access.second_lock.proof import reasons_it_is_off

# What gunicorn takes for "this will not get better by trying again".
BOOT_ERROR = 3


@register(Tags.security, deploy=True)
def settings_are_for_real_people(**_: Any) -> list[CheckMessage]:
    return [Error(f"{reason}.", id="access.E001") for reason in reasons_against_settings()]


@register(Tags.database, deploy=True)
def database_holds_the_walls(databases: Any = None, **_: Any) -> list[CheckMessage]:
    if not databases:
        return []
    return [Error(f"{reason}.", id="access.E002") for reason in (*reasons_it_is_off(), *default_passwords())]


def reasons_against_settings() -> Iterator[str]:
    if settings.DEBUG:
        yield "CLEARLINES_DEBUG shows the inside of the system to whoever meets an error: take it out"
    if not os.environ.get("SECRET_KEY"):
        yield "SECRET_KEY is not set: give it fifty random characters, kept outside the database's folder"
    if not settings.IS_HTTPS:
        yield "CLEARLINES_HTTPS is not 1: serve it over https, so that nobody on the way reads it"
    if not os.environ.get("ALLOWED_HOSTS"):
        yield "ALLOWED_HOSTS is not set: name the address that people type"
    if not settings.REQUIRE_SECOND_FACTOR:
        yield "a second factor is not required: take REQUIRE_SECOND_FACTOR out of the settings"


def default_passwords() -> Iterator[str]:
    """Only the example's own accounts can have one: no account can choose it, NotTheExamples sees to that."""
    shipped = shipped_example()
    usernames = set(shipped["accounts"])
    for account in Account.objects.filter(username__in=usernames, is_active=True):
        if account.has_usable_password() and check_password(shipped["password"], account.password):
            yield f"the account {account.username} still has the example's password: close it"


def shipped_example() -> dict[str, Any]:
    return tomllib.loads((settings.ROOT / "programme" / "example" / "teams.toml").read_text(encoding="utf-8"))


class NotTheExamples:
    """A password validator: what bin/run prints for everybody to read is nobody's password."""

    def validate(self, password: str, user: Any = None) -> None:
        if password.casefold() == shipped_example()["password"]:
            raise ValidationError("Choose another password: this one is printed in the example.", code="examples")

    def get_help_text(self) -> str:
        return "Not the password of the example programme."


def reasons_not_to_start() -> list[str]:
    """Empty for the example programme, and for a real one that is safe to serve."""
    if settings.IS_EXAMPLE:
        return []
    found = checks.run_checks(tags=[Tags.security], include_deployment_checks=True)
    try:
        found += checks.run_checks(tags=[Tags.database], include_deployment_checks=True, databases=["default"])
    except DatabaseError as wrong:
        found.append(
            Error(f"The database cannot be read ({wrong}): set it up with bin/run --no-serve.", id="access.E002")
        )
    # The framework's own deployment advice is for other sites; ours says what this one needs.
    return [each.msg for each in found if each.is_serious() and str(each.id).split(".")[0] in ("access", "keys")]


def refuse_to_start_unsafe() -> None:
    reasons = reasons_not_to_start()
    # The server divides itself after loading: no two of its parts may share a connection.
    connections.close_all()
    if reasons:
        sys.stderr.write("Clearlines does not start, because people would not be safe in it:\n")
        sys.stderr.writelines(f"  - {reason}\n" for reason in reasons)
        raise SystemExit(BOOT_ERROR)
