"""Every form of a page as a browser finds it, so that a test can send what a browser would not."""

import re
import uuid
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.test import Client

KEY = re.compile(r"^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$")


@dataclass
class Found:
    """One form: where it is sent, what it would send as it stands, and what may be chosen in each of its boxes."""

    address: str
    sends: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)

    @property
    def keys(self) -> list[str]:
        """Boxes in which one row of the register is chosen from others."""
        return [name for name, values in self.choices.items() if any(map(KEY.match, values))]

    def filled(self) -> dict[str, str]:
        """As somebody in a hurry would: the last choice, a word in each box, a figure in each day."""
        chosen = {name: values[-1] for name, values in self.choices.items() if values}
        return chosen | dict.fromkeys(self.words, "1") | self.sends


class Forms(HTMLParser):
    """Those that are sent by POST, but for signing out."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.found: list[Found] = []
        self.open: Found | None = None
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = Found(said.get("action") or self.address) if said.get("method", "").lower() == "post" else None
        elif self.open is not None:
            self._box(self.open, tag, said)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self.open is not None:
            if not self.open.address.startswith("/sign-out"):
                self.found.append(self.open)
            self.open = None

    def _box(self, form: Found, tag: str, said: dict[str, str]) -> None:
        name, kind, value = said.get("name", ""), said.get("type", "text"), said.get("value", "")
        if tag == "select":
            self.select = name
            form.choices[name] = []
        elif tag == "option":
            form.choices[self.select].append(value)
        elif not name or name == "csrfmiddlewaretoken":
            return
        elif tag == "textarea" or (tag == "input" and kind in ("text", "search", "email", "tel", "number", "password")):
            form.words.append(name)
        elif tag == "input" and kind in ("radio", "checkbox"):
            form.choices.setdefault(name, []).append(value)
        elif tag == "input" and kind == "hidden":
            form.sends[name] = value
        elif tag == "button" and said.get("type") == "submit":
            form.sends.setdefault(name, value)


def forms_of(client: Client, address: str) -> list[Found]:
    parser, response = Forms(address), client.get(address)
    if response["Content-Type"].startswith("text/html"):
        parser.feed(response.content.decode())
    return parser.found


def elsewhere(kwargs: dict[str, object]) -> dict[str, object]:
    """The same address for a row that is nowhere."""
    return {name: uuid.uuid4() if isinstance(value, uuid.UUID) else value for name, value in kwargs.items()}
