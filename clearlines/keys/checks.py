"""What must be true of the keys before the system starts: each a sentence, shown by `manage.py check`."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from clearlines.keys import holders


@register(Tags.security)
def key_files_are_private(**_: Any) -> list[CheckMessage]:
    """Wherever keys are files, nobody else may read one."""
    return _errors(reasons_not_to_trust_files()) if _are_files() else []


@register(Tags.security, deploy=True)
def keys_are_kept_apart(**_: Any) -> list[CheckMessage]:
    return _errors(reasons_not_to_trust_the_folder()) if _are_files() else []


@register(Tags.database, deploy=True)
def every_key_can_be_had(databases: Any = None, **_: Any) -> list[CheckMessage]:
    return _errors(reasons_it_cannot_open()) if databases else []


def _are_files() -> bool:
    return settings.KEYS_HOLDER.endswith(".KeyFiles")


def _errors(sentences: list[str]) -> list[CheckMessage]:
    return [Error(said, id="keys.E001") for said in sentences]


def reasons_not_to_trust_files() -> list[str]:
    found = (holders.reason_not_to_trust(path) for path in sorted(settings.KEYS_DIR.glob("*.key")))
    return [f"{reason}." for reason in found if reason]


def reasons_not_to_trust_the_folder() -> list[str]:
    if not settings.KEYS_DIR.is_dir():
        return [f"There is no folder of keys at {settings.KEYS_DIR}: set KEYS_DIR, or KEYS_COMMAND for a key store."]
    reasons = []
    if settings.KEYS_DIR.stat().st_mode & 0o077:
        reasons.append(f"Others on this machine may open {settings.KEYS_DIR}: chmod 700 it.")
    if is_within(settings.KEYS_DIR, settings.VAR):
        reasons.append("KEYS_DIR is within the folder of the database, so one stolen copy has both: set it elsewhere.")
    if not (settings.KEYS_DIR / f"{settings.KEYS_FOR_BACKUPS}.key").exists():
        reasons.append(f"There is no backup key: clearlines keys make --organisation {settings.KEYS_FOR_BACKUPS}.")
    return reasons


def is_within(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())


def reasons_it_cannot_open() -> list[str]:
    """Each controller whose data keys cannot be unwrapped now."""
    from clearlines.keys.models import DataKey

    reasons = []
    for row in DataKey.objects.order_by("organisation", "purpose", "-version"):
        try:
            holders.holder().unwrap(row.organisation_id, bytes(row.wrapped), about=row.about)
        except holders.KeyMissing as missing:
            reasons.append(f"{row}: {missing.reasons[0]}")
    return reasons
