"""One disclosure: the row, the recipient's notice, an entry in each ledger. Called by this room's actions only."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from clearlines.access.models import Organisation
from clearlines.access.viewer import Viewer
from clearlines.people.models import Person
from clearlines.sharing.ends import notify, record_both
from clearlines.sharing.models import Disclosure, Notice
from clearlines.sharing.numbers import new_number
from clearlines.sharing.rules import FIELDS

Told = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Words:
    """What is to be told, of whom, to whom and for how long: everything but what lets it cross."""

    to: Organisation
    told: Told
    review_on: date
    person: Person | None = None
    until_on: date | None = None

    @property
    def name(self) -> str:
        return next((each["words"] for each in self.told if each["field"] == "name"), "").strip()

    @property
    def in_order(self) -> list[dict[str, Any]]:
        """As it is read, empty fields left out, exactly three things of each."""
        said = {each["field"]: each for each in self.told if each["words"].strip()}
        return [
            {"field": field, "words": said[field]["words"].strip(), "said_as": said[field]["said_as"]}
            for field in FIELDS
            if field in said
        ]

    def columns(self) -> dict[str, Any]:
        return {
            "to": self.to, "told": self.in_order, "person": self.person, "name": self.name,
            "review_on": self.review_on, "until_on": self.until_on,
        }  # fmt: skip


def write(
    words: Words, *, by: Viewer, basis: Disclosure.Basis, new_id: uuid.UUID | None = None, **lets: Any
) -> Disclosure:
    """`lets` are what lets it cross: agreement, gateway, reason, in_place_of."""
    assert by.account, "nobody tells without an account"
    told = Disclosure.objects.create(
        id=new_id or uuid.uuid4(), owner=by.organisation, created_by=by.account, created_at=by.now,
        number=new_number("D"), from_name=by.organisation.name, signed_by=by.full_name, basis=basis,
        decided_by=by.account, given_at=by.now, **words.columns(), **lets,
    )  # fmt: skip
    notify(told, Notice.News.TOLD, by=by, words=told.field_names)
    about = [told, *([told.person] if told.person else [])]
    record_both("sharing.told", by=by, to=told.to_id, number=told.number, about=about, under=told.agreement or basis)
    return told


def end(told: Disclosure, *, by: Viewer, why: str) -> None:
    """The recipient can read it no longer."""
    told.revoked_at, told.revoked_by, told.revoked_why = by.now, by.account, why
    told.version += 1
    told.save()


def day_told(told: Disclosure) -> str:
    return f"{timezone.localtime(told.given_at):%-d %B %Y}"
