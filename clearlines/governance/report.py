"""Who looked at one record, account by account and look by look, with what stands out. On the page and as a file."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.utils import timezone

from clearlines.access.models import Account, Owned
from clearlines.access.permissions import Permission as P
from clearlines.access.scope import own
from clearlines.access.viewer import Viewer
from clearlines.governance import queries, rules, watching
from clearlines.governance.actions import REPORTED
from clearlines.governance.models import OddLook
from clearlines.ledger import queries as ledger
from clearlines.ledger.models import Entry
from clearlines.people.models import Person
from clearlines.web import downloads

WAYS = ("opened", "in a list", "found by searching", "taken away in a file", "on the console", "changed or recorded")
WHY = dict(OddLook.REASONS)


@dataclass
class Whom:
    """One account's looks at the record: how often in each way, from when to when, and why somebody should ask."""

    actor: str
    name: str
    first: datetime
    last: datetime
    ways: dict[str, int] = field(default_factory=dict)
    marks: list[str] = field(default_factory=list)

    @property
    def in_words(self) -> list[str]:
        return [f"{way}, {'once' if times == 1 else f'{times:,} times'}" for way, times in self.ways.items()]


@dataclass(frozen=True)
class Look:
    """One entry, as a person reads it."""

    entry: Entry
    name: str
    way: str
    marks: list[str]

    @property
    def where(self) -> str:
        return rules.where_of(self.entry.event)


class WhoLooked:
    """The answer for one record and one stretch of time, inside the viewer's own organisation."""

    def __init__(self, viewer: Viewer, noun: str, key: uuid.UUID, since: datetime | None) -> None:
        self.viewer, self.noun, self.key, self.since = viewer, noun, key, since
        self.entries: QuerySet[Entry] = queries.who_looked(viewer, noun, key, since=since)
        self.whom = self._whom()
        self.count = sum(times for each in self.counted for times in [each["times"]])

    def _whom(self) -> list[Whom]:
        self.counted: list[dict[str, Any]] = list(ledger.by_whom(self.entries))
        self.accounts = watching.accounts_of({each["actor"] for each in self.counted})
        marks = self._marks()
        found: dict[str, Whom] = {}
        for each in self.counted:
            actor = each["actor"]
            whom = found.setdefault(
                actor, Whom(actor, self._name(actor), each["first"], each["last"], marks=marks.get(actor, []))
            )
            whom.first, whom.last = min(whom.first, each["first"]), max(whom.last, each["last"])
            way = rules.way_of(each["event"])
            whom.ways[way] = whom.ways.get(way, 0) + each["times"]
        # Whoever somebody should ask about comes first, then whoever looked last.
        return sorted(found.values(), key=lambda each: (not each.marks, -each.last.timestamp(), each.actor))

    def _name(self, actor: str) -> str:
        account = self.accounts.get(actor)
        return account.get_full_name() if account else actor

    def _marks(self) -> dict[str, list[str]]:
        people = people_behind(self.viewer, self.noun, self.key)
        ours = {
            name: each for name, each in self.accounts.items() if each.organisation_id == self.viewer.organisation_key
        }
        streets = watching.streets_of(ours.values())
        return {name: _why(account, streets, people) for name, account in ours.items()}

    def looks(self, entries: Iterable[Entry]) -> list[Look]:
        """These entries in words: a list that was searched says so."""
        entries = list(entries)
        searched = ledger.subjects_named(entries, "search:")
        marks = {each.actor: each.marks for each in self.whom}
        return [
            Look(
                entry, self._name(entry.actor),
                "found by searching" if entry.pk in searched else rules.way_of(entry.event), marks.get(entry.actor, []),
            )
            for entry in entries
        ]  # fmt: skip

    def sheet(self) -> str:
        """The whole of it as a file in which nothing is a formula, oldest first."""
        return downloads.sheet(self._rows())

    def _rows(self) -> Iterator[list[str]]:
        period = f"since {timezone.localtime(self.since):%-d %B %Y, %H:%M}" if self.since else "since the ledger began"
        yield ["Who looked at", f"{self.noun}:{self.key}", period, f"by accounts of {self.viewer.organisation}"]
        yield ["When", "Account", "Name", "How", "The ledger’s word", "Under", "Ask why"]
        entries = list(self.entries.order_by("at", "pk"))
        for start in range(0, len(entries), 500):
            for each in self.looks(entries[start : start + 500]):
                when = timezone.localtime(each.entry.at).isoformat(timespec="seconds")
                yield [when, each.entry.actor, each.name, each.way, each.entry.event, each.entry.under,
                       "; ".join(each.marks)]  # fmt: skip

    def reports(self) -> list[Entry]:
        """The reports that were made of this record before, with their SHA-256."""
        return list(self.entries.filter(event=REPORTED)[:20])


def _why(account: Account, streets: dict[object, Any], people: list[Person]) -> list[str]:
    found = [mark for person in people for mark in watching.marks(account, streets.get(account.pk), person)]
    return [WHY[mark] for mark in dict.fromkeys(found)]


def people_behind(viewer: Viewer, noun: str, key: uuid.UUID) -> list[Person]:
    """Whom a record is about, as its model declares: for comparing, never for showing."""
    keys: list[Any] = [key]
    if noun != Person._meta.label:
        model = _model(noun)
        paths = model.declared.about if model else ()  # type: ignore[attr-defined]
        rows = own(viewer, model._default_manager.all(), needs=P.READ_LEDGER) if model and paths else None
        keys = [each for row in rows.filter(pk=key).values_list(*paths) for each in row] if rows is not None else []
    return list(own(viewer, Person.objects.select_related("home"), needs=P.READ_LEDGER).filter(pk__in=keys))


def _model(noun: str) -> type[Owned] | None:
    try:
        model = apps.get_model(noun)
    except LookupError:
        return None
    return model if issubclass(model, Owned) else None


def nouns() -> list[str]:
    """Every kind of record that has an owner, as the ledger names them."""
    return sorted(model._meta.label for model in apps.get_models() if issubclass(model, Owned))


def noun_of(key: uuid.UUID) -> str:
    """Which kind of record has this key, if the ledger has ever named it; a person, if it has not."""
    found = ledger.named(f"{noun}:{key}" for noun in nouns())
    return sorted(found)[0].partition(":")[0] if found else Person._meta.label
