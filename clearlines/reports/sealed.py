"""Who gave a report, sealed under the reporters' own key: the same length, whether somebody left a name or not."""

import base64
import binascii
import json
import re
import uuid
from dataclasses import asdict, dataclass
from typing import Any

from clearlines.keys import box
from clearlines.keys.fields import EncryptedText

PURPOSE = "reporters"
# What is sealed is filled up to this, so that its length says nothing. rules.LONGEST_IDENTITY stays below it.
LENGTH = 1024


@dataclass(frozen=True)
class Who:
    """What somebody left about themselves, or nothing."""

    name: str = ""
    reach: str = ""
    safely: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.reach)

    @property
    def thumbprint(self) -> str:
        """The same for two reports that give the same way to be reached, however it was typed; else by name."""
        figures = re.sub(r"\D", "", self.reach)
        if len(figures) >= 9:
            return figures[-9:]
        return "".join((self.reach or self.name).lower().split())


def packed(who: Who) -> bytes:
    said = json.dumps(asdict(who), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    if len(said) > LENGTH:
        raise ValueError("longer than rules.LONGEST_IDENTITY lets through")
    return said.ljust(LENGTH)


def unpacked(plain: bytes) -> Who:
    return Who(**json.loads(plain))


class ReporterText(EncryptedText):
    """Words about a reporter: as any sealed words, but under the key that only the custodian's pages open."""

    purpose = PURPOSE


class SealedWho(ReporterText):
    """A `Who`. A row with nobody in it is sealed like every other, and is as long."""

    # What the type checker is told that a row holds here.
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def as_text(self, value: Any) -> str:
        return packed(value or Who()).decode()

    def from_text(self, text: str) -> Who:
        return unpacked(text.encode())

    def nothing(self) -> Who:
        return Who()

    def unreadable(self) -> Who:
        return Who()


# Between typing and sending, what was left travels in the session as ciphertext, bound to that one unsent report.


def in_passing(controller: str, who: Who, *, new_id: uuid.UUID) -> str:
    sealed = box.seal(controller, packed(who), about=f"reports.unsent:{new_id}", purpose=PURPOSE)
    return base64.urlsafe_b64encode(sealed).decode()


def arrived(controller: str, token: str, *, new_id: uuid.UUID) -> Who:
    """What was left with an unsent report; nobody, where nothing was or it cannot be opened."""
    try:
        sealed = base64.urlsafe_b64decode(token)
        return unpacked(box.open(controller, sealed, about=f"reports.unsent:{new_id}", purpose=PURPOSE))
    except (box.Unreadable, binascii.Error, ValueError, TypeError):
        return Who()
