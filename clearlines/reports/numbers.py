"""The telephone numbers a worried person is shown, from the programme's numbers.toml."""

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Number:
    """Who to ring, when, and whether somebody has checked it. An invented number says so on the page."""

    name: str
    number: str
    when: str
    verified: bool

    @property
    def dialled(self) -> str:
        return self.number.replace(" ", "")


@functools.cache
def numbers(folder: Path | None = None) -> tuple[Number, ...]:
    path = (folder or settings.PROGRAMME_DIR) / "numbers.toml"
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(Number(**each) for each in said["number"])
