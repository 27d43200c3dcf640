"""Reasons not to write a person down, or to say that two records are one person."""

from collections.abc import Iterator
from datetime import date
from typing import Protocol


class Record(Protocol):
    @property
    def pk(self) -> object: ...
    @property
    def owner_id(self) -> str: ...


OLDEST_YEARS = 120


def reasons_not_to_add(*, names: list[str], born_on: date | None, today: date) -> Iterator[str]:
    if not any(name.strip() for name in names):
        yield "give at least one name, even if it is only what people call them"
    if born_on and born_on > today:
        yield "the date of birth is in the future"
    if born_on and today.year - born_on.year > OLDEST_YEARS:
        yield "the date of birth is more than 120 years ago: check the year"


def reasons_not_to_say_same(one: Record, other: Record, *, reason: str, already_said: bool) -> Iterator[str]:
    if one.pk == other.pk:
        yield "choose two different records"
    if one.owner_id != other.owner_id:
        yield "two organisations' records are never said to be the same person: ask the matching role"
    if not reason.strip():
        yield "say why you think they are the same person"
    if already_said:
        yield "somebody has already said that these two are the same person"


def reasons_not_to_part(*, parted_at: object, reason: str) -> Iterator[str]:
    if parted_at is not None:
        yield "these two have already been parted"
    if not reason.strip():
        yield "say why you think they are not the same person"
