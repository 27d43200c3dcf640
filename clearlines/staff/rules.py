"""When a clearance is spoken of, who takes over, and how a browser is named in plain words. Pure."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Protocol


class Member(Protocol):
    @property
    def pk(self) -> object: ...
    @property
    def organisation_id(self) -> str: ...


SPOKEN_OF = timedelta(days=30)


class Cleared(Protocol):
    @property
    def vetted_until(self) -> date | None: ...
    @property
    def trained_until(self) -> date | None: ...


def running_out(account: Cleared, today: date) -> Iterator[tuple[str, date]]:
    """What has run out, or does within 30 days, with its last day."""
    for what, until in (("Vetting", account.vetted_until), ("Training", account.trained_until)):
        if until is not None and until <= today + SPOKEN_OF:
            yield what, until


def when_in_words(until: date, today: date) -> str:
    days = (until - today).days
    if -days > SPOKEN_OF.days:
        return "has run out"
    if days < 0:
        return "ran out yesterday" if days == -1 else f"ran out {-days} days ago"
    if days == 0:
        return "runs out tonight"
    return "runs out tomorrow night" if days == 1 else f"runs out in {days} days"


def reasons_not_to_hand_over(account: Member, *, organisation: str, by: object) -> Iterator[str]:
    if account.organisation_id != organisation:
        yield "they work for another organisation, whose own manager hands their work on"
    if account.pk == by:
        yield "nobody hands on their own work this way: ask another manager"


def reasons_not_to_come_back(*, vetted_until: date | None, trained_until: date | None, today: date) -> Iterator[str]:
    for what, until in (("vetting", vetted_until), ("training", trained_until)):
        if until is not None and until < today:
            yield f"the {what} would still have run out: give the new last day"


def reasons_not_to_begin(*, works: bool, password: str, again: str) -> Iterator[str]:
    if not works:
        yield "this link has been used, replaced or is too old: ask whoever gave it to you for a new one"
    if password != again:
        yield "the two passwords are not the same: type them again"


BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS", "Firefox"),
            ("SamsungBrowser", "Samsung"), ("CriOS", "Chrome"), ("Chrome/", "Chrome"),
            ("Safari/", "Safari"))  # fmt: skip
MACHINES = ((r"iPhone", "an iPhone"), (r"iPad", "an iPad"), (r"Android.*Mobile", "an Android phone"),
            (r"Android", "an Android tablet"), (r"Windows", "a Windows computer"), (r"Macintosh|Mac OS", "a Mac"),
            (r"CrOS", "a Chromebook"), (r"Linux|X11", "a Linux computer"))  # fmt: skip


def device_in_words(agent: str) -> str:
    """“Chrome on an Android phone”; whatever cannot be told is said not to be."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "A browser")
    machine = next((name for mark, name in MACHINES if re.search(mark, agent)), "something we cannot name")
    return f"{browser} on {machine}"
