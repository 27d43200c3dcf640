"""Whether something may be told, under an agreement, today. Pure: facts in, reasons out."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol


class Agreed(Protocol):
    title: str
    sender_kinds: tuple[str, ...]
    recipient_kinds: tuple[str, ...]
    fields: tuple[str, ...]
    from_on: date
    until_on: date


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
