"""Sharing agreements: data a person signed, kept in the programme folder, never code."""

import functools
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from django.conf import settings


class Party(Protocol):
    """An organisation, as an agreement names it."""

    @property
    def key(self) -> str: ...
    @property
    def kind(self) -> str: ...


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
    # What is done under it: letters, visits, disclosures, matching, aftercare. Nothing else may be.
    uses: tuple[str, ...] = ("letters",)
    # The organisations that signed, by key. Empty: every organisation of those kinds.
    parties: tuple[str, ...] = ()
    # Who sees to its renewal.
    lead: str = ""

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
        uses=tuple(said.get("uses", ("letters",))),
        parties=tuple(said.get("parties", ())),
        lead=said.get("lead", ""),
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


def for_use(use: str, sender: Party, recipient: Party) -> list[Agreement]:
    """Agreements of any date under which one organisation may do this towards the other, the last to end first."""
    found = [
        each
        for each in between(sender.kind, recipient.kind)
        if use in each.uses and (not each.parties or {sender.key, recipient.key} <= set(each.parties))
    ]
    return sorted(found, key=lambda each: each.until_on, reverse=True)


def concerning(party: Party) -> list[Agreement]:
    """Every agreement the organisation is a party to, the first to end first."""
    kinds = {each.key: (*each.sender_kinds, *each.recipient_kinds) for each in all_agreements().values()}
    mine = [
        each
        for each in all_agreements().values()
        if (party.key in each.parties if each.parties else party.kind in kinds[each.key])
    ]
    return sorted(mine, key=lambda each: (each.until_on, each.key))


def takes_over_from(old: Agreement, day: date) -> Agreement | None:
    """A live agreement for the same things between the same organisations that runs on after `old` ends."""
    return next(
        (
            each
            for each in all_agreements().values()
            if each.key != old.key
            and each.until_on > old.until_on
            and each.from_on <= max(day, old.until_on)
            and set(old.uses) <= set(each.uses)
            and set(old.sender_kinds) <= set(each.sender_kinds)
            and set(old.recipient_kinds) <= set(each.recipient_kinds)
            and (not each.parties or set(old.parties) == set(each.parties))
        ),
        None,
    )
