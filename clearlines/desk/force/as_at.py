"""What is asked above the chart and the map: when it was so, what was known by when, and what stands in the middle."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.forms import CharField, HiddenInput
from django.http import Http404

from clearlines.desk.force.chart import PEOPLE, Kind, Node
from clearlines.web.forms import Filters, day, line, pick

BY_KEY = ("line", "person", "group", "number")
BY_NAME = ("town", "area")
LEFT_OUT: dict[str, frozenset[Kind]] = {
    "": frozenset(),
    "exploited": PEOPLE - {Kind.EXPLOITED},
    "others": frozenset({Kind.EXPLOITED}),
    "nobody": PEOPLE,
}


class AsAt(Filters):
    """Two days, each today where nothing is said: when it was so, and what we knew by when."""

    on = day("As it was on", required=False)
    known = day("As we knew on", required=False)

    def __init__(self, said: Mapping[str, Any], *, today: date) -> None:
        self.today = today
        shown = f"{today.year}-{today.month}-{today.day}"
        super().__init__({"on": shown, "known": shown} | {name: value for name, value in said.items() if value})

    @property
    def days(self) -> tuple[date, date]:
        """A day that is no day is today; the form says so beside it."""
        said = getattr(self, "cleaned_data", {}) if self.is_bound and self.is_valid() else {}
        return said.get("on") or self.today, said.get("known") or self.today


class Around(AsAt):
    """What stands in the middle of a chart, how far to go from it, and which people to show."""

    steps = pick("How far", [("1", "One step"), ("2", "Two steps")], required=False)
    people = pick(
        "Which people",
        [
            ("", "Everybody, apart"), ("exploited", "Only those exploited"),
            ("others", "Only the others"), ("nobody", "Nobody"),
        ],
        required=False,
    )  # fmt: skip

    def __init__(self, said: Mapping[str, Any], *, today: date) -> None:
        super().__init__(said, today=today)
        self.by, self.of = next(
            ((name, str(said[name])[:120]) for name in (*BY_KEY, *BY_NAME) if said.get(name)), ("", "")
        )
        if self.by:
            self.fields[self.by] = CharField(widget=HiddenInput, max_length=120)

    @property
    def key(self) -> uuid.UUID:
        """Of the row in the middle; what is no key is nobody's."""
        try:
            return uuid.UUID(self.of)
        except ValueError:
            raise Http404 from None

    @property
    def how_far(self) -> int:
        return 2 if self.data.get("steps") == "2" else 1

    @property
    def kinds_left_out(self) -> frozenset[Kind]:
        return LEFT_OUT.get(str(self.data.get("people", "")), frozenset())

    def query(self, node: Node | None = None, **more: Any) -> str:
        """The same question about this thing, or about another."""
        on, known = self.days
        by, of = middle_of(node) if node else (self.by, self.of)
        said = {"on": on, "known": known, "steps": self.how_far, "people": self.data.get("people", "")} | more
        return urlencode({by: of} | {name: value for name, value in said.items() if value})


class Find(Filters):
    q = line(
        "Find what to begin from",
        required=False,
        help_text="A line, any number it ever had, a group, or a person’s name.",
    )


def middle_of(node: Node) -> tuple[str, str]:
    """How an address names a thing: a row by its key, a town or an area by its name."""
    by = node.key.partition(":")[0]
    return (by, node.label) if by in BY_NAME else (by, str(node.row.pk))
