"""What the programme folder says of telling across the wall, and the dated law of requests about victims."""

import functools
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

LAW = Path(__file__).parent / "law"


@dataclass(frozen=True)
class Gateway:
    """A power or a reason in law. No kinds named means any."""

    key: str
    words: str
    sender_kinds: tuple[str, ...]
    recipient_kinds: tuple[str, ...]


@dataclass(frozen=True)
class GoldenRules:
    source: str
    verified: bool
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Protocol:
    version: str
    verified: bool
    renewal_days: tuple[int, ...]
    renewal_asked_after_days: int
    review_days: int
    longest_review_days: int
    emergency_review_hours: int
    match_within_days: int
    pointers: dict[str, str]
    gateways: dict[str, Gateway]
    golden_rules: GoldenRules


@dataclass(frozen=True)
class Law:
    key: str
    title: str
    act: str
    in_force_on: date
    source: str
    verified: bool
    test: str
    counselling_test: str
    counselling: str
    cannot_say: str
    notice_heading: str
    notice_words: str

    def is_in_force_on(self, day: date) -> bool:
        return day >= self.in_force_on


@functools.cache
def protocol(folder: Path | None = None) -> Protocol:
    said = _read((folder or settings.PROGRAMME_DIR) / "sharing.toml")
    gateways = [
        Gateway(each["key"], each["words"], tuple(each["sender_kinds"]), tuple(each["recipient_kinds"]))
        for each in said["gateways"]
    ]
    golden = said["golden_rules"]
    return Protocol(
        version=said["version"],
        verified=said["verified"],
        renewal_days=tuple(said["renewal_days"]),
        renewal_asked_after_days=said["renewal_asked_after_days"],
        review_days=said["review_days"],
        longest_review_days=said["longest_review_days"],
        emergency_review_hours=said["emergency_review_hours"],
        match_within_days=said["match_within_days"],
        pointers={key: each["words"] for key, each in said["pointers"].items()},
        gateways={each.key: each for each in gateways},
        golden_rules=GoldenRules(golden["source"], golden["verified"], tuple(golden["rules"])),
    )


@functools.cache
def law() -> Law:
    said = _read(LAW / "victim-information-requests.toml")
    notice = said["notice"]
    names = ("key", "title", "act", "in_force_on", "source", "verified", "test", "counselling_test", "counselling",
             "cannot_say")  # fmt: skip
    return Law(
        **{name: said[name] for name in names}, notice_heading=notice["heading"], notice_words=notice["words"].strip()
    )


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
