"""Whether a role may be held there, and whether something may be told under an agreement today. Pure."""

from collections.abc import Iterable, Iterator
from datetime import date
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
