"""One thing that is due, as every room tells it and the desk shows it. There is no task table: rooms derive these."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.models import Model


@dataclass(frozen=True)
class Due:
    """`when` is the day it is due; `about` is what a page that shows it must tell the ledger it showed."""

    when: date
    words: str
    url: str
    kind: str
    about: "tuple[Model, ...]" = ()


HEADINGS = ("Overdue", "Today", "Tomorrow", "This week", "Later")


def heading_for(when: date, today: date) -> str:
    """Where a day falls for somebody who looks at it today. A week ends on Sunday."""
    if when < today:
        return "Overdue"
    if when <= today + timedelta(days=1):
        return "Today" if when == today else "Tomorrow"
    return "This week" if when <= today + timedelta(days=6 - today.weekday()) else "Later"


def by_heading(found: Iterable[Due], today: date) -> dict[str, list[Due]]:
    """Every heading, empty ones too, each with what is due under it, soonest first."""
    grouped: dict[str, list[Due]] = {heading: [] for heading in HEADINGS}
    for each in sorted(found, key=lambda each: (each.when, each.words)):
        grouped[heading_for(each.when, today)].append(each)
    return grouped
