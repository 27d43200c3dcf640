"""Files that lie on disk as ciphertext under random names."""

import os
import re
import secrets
import tempfile
from pathlib import Path

from django.conf import settings

from clearlines.keys import box
from clearlines.keys.models import Purpose

NAME = re.compile(r"[0-9a-f]{32}")


class Vault:
    """`about` names the row the file belongs to: a file moved under another row or name does not open."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = Path(folder or settings.MEDIA_ROOT)

    def save(self, controller: str, plain: bytes, *, about: str) -> str:
        """The random name to keep in the row. On disk for good before it is answered."""
        name = secrets.token_hex(16)
        sealed = box.seal(controller, plain, about=_bound(about, name), purpose=Purpose.FILES)
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, written = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        with os.fdopen(handle, "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        Path(written).replace(path)
        return name

    def open(self, controller: str, name: str, *, about: str) -> bytes:
        """The bytes as they were saved, or box.Unreadable: changed, moved, gone, or no key."""
        try:
            sealed = self._path(name).read_bytes()
        except OSError:
            raise box.Unreadable from None
        return box.open(controller, sealed, about=_bound(about, name), purpose=Purpose.FILES)

    def erase(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        # Only names that save() could have made: no dot, no slash, nothing above the folder.
        if not NAME.fullmatch(name):
            raise box.Unreadable
        return self.folder / name[:2] / name


def _bound(about: str, name: str) -> str:
    return f"{about}|{name}"
