"""Sharing agreements: data a person signed, kept in the programme folder, never code."""

import functools
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Agreement:
    """Who may tell whom what, why, under which power, and from when until when."""

    key: str
    title: str
    sender_kinds: tuple[str, ...]
    recipient_kinds: tuple[str, ...]
    purpose: str
    gateway: str
    fields: tuple[str, ...]
    from_on: date
    until_on: date
    signatories: tuple[str, ...]
    verified: bool

    def is_live(self, day: date) -> bool:
        return self.from_on <= day <= self.until_on


def read(path: Path) -> Agreement:
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    return Agreement(
        key=path.stem,
        title=said["title"],
        sender_kinds=tuple(said["sender_kinds"]),
        recipient_kinds=tuple(said["recipient_kinds"]),
        purpose=said["purpose"],
        gateway=said["gateway"],
        fields=tuple(said["fields"]),
        from_on=said["from_on"],
        until_on=said["until_on"],
        signatories=tuple(said["signatories"]),
        verified=said["verified"],
    )


@functools.cache
def all_agreements(folder: Path | None = None) -> dict[str, Agreement]:
    folder = folder or settings.PROGRAMME_DIR / "agreements"
    return {path.stem: read(path) for path in sorted(folder.glob("*.toml"))}


def covering(sender_kind: str, recipient_kind: str, day: date) -> list[Agreement]:
    """The live agreements under which one kind of organisation may write to another."""
    return [each for each in between(sender_kind, recipient_kind) if each.is_live(day)]


def between(sender_kind: str, recipient_kind: str) -> list[Agreement]:
    return [
        each
        for each in all_agreements().values()
        if sender_kind in each.sender_kinds and recipient_kind in each.recipient_kinds
    ]
