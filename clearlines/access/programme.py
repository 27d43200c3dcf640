"""The programme folder's teams.toml: which organisations take part and, in the example, who signs in."""

import functools
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password

from clearlines.access import actions
from clearlines.access.models import Account, Organisation
from clearlines.access.viewer import Viewer


@functools.cache
def teams(folder: Path | None = None) -> dict[str, Any]:
    """The file as it is written: console, password, organisations{}, accounts{}."""
    path = (folder or settings.PROGRAMME_DIR) / "teams.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def open_teams(*, by: Viewer, from_on: date, with_password: bool = True) -> dict[str, Account]:
    """Every organisation and account of the programme folder, by username. Accounts that exist are left as they are.

    A supervisor stands above whom they answer for, in the file as in life.
    """
    said = teams()
    organisations = {key: actions.join(by=by, key=key, **about) for key, about in said["organisations"].items()}
    there = set(Account.objects.filter(username__in=said["accounts"]).values_list("username", flat=True))
    # One hash for one shared password: only the example has one.
    hashed = make_password(said["password"]) if with_password else None
    for username, about in said["accounts"].items():
        if username not in there:
            above = Account.objects.filter(username=about.get("supervisor", "")).first()
            _open(
                username, about, by=by, organisations=organisations, from_on=from_on, password_hash=hashed,
                supervisor=above,
            )  # fmt: skip
    opened = Account.objects.select_related("organisation").prefetch_related("held", "ties")
    return {account.username: account for account in opened.filter(username__in=said["accounts"])}


def _open(username: str, about: dict[str, Any], *, organisations: dict[str, Organisation], **more: Any) -> Account:
    return actions.open_account(
        username=username,
        full_name=about["name"],
        organisation=organisations[about["organisation"]],
        roles=about["roles"],
        **more,
    )
