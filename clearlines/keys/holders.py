"""Who holds a controller's own key, outside the database. All that is asked of a holder is in `Holder`.

A key-management service that never gives a key away is put behind these two verbs, and named in KEYS_HOLDER.
"""

import base64
import binascii
import functools
import hashlib
import os
import re
import secrets
import shlex
import stat
import subprocess
import tempfile
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.module_loading import import_string

from clearlines.access.refusals import Refused

KEY_BYTES, ID_BYTES, NONCE_BYTES = 32, 8, 12
# An organisation's key becomes the name of a file and a word of a command.
PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")


class KeyMissing(Refused):
    """The controller's own key cannot be had, so nothing can be sealed or opened for it now."""

    def __init__(self, why: str) -> None:
        super().__init__([why])


class Holder(Protocol):
    """`about` is bound to what is wrapped: the same words must be said to unwrap it."""

    def wrap(self, controller: str, secret: bytes, *, about: str) -> bytes: ...

    def unwrap(self, controller: str, wrapped: bytes, *, about: str) -> bytes: ...


class KeysInHand:
    """Holders whose key this process may see for a moment. The first key wraps; any unwraps what it wrapped."""

    def keys_of(self, controller: str, *, for_wrapping: bool) -> list[bytes]:
        raise NotImplementedError

    def wrap(self, controller: str, secret: bytes, *, about: str) -> bytes:
        key = self.keys_of(plain(controller), for_wrapping=True)[0]
        nonce = secrets.token_bytes(NONCE_BYTES)
        return id_of(key) + nonce + AESGCM(key).encrypt(nonce, secret, about.encode())

    def unwrap(self, controller: str, wrapped: bytes, *, about: str) -> bytes:
        named, nonce, sealed = wrapped[:ID_BYTES], wrapped[ID_BYTES : ID_BYTES + NONCE_BYTES], wrapped[20:]
        for key in self.keys_of(plain(controller), for_wrapping=False):
            if secrets.compare_digest(id_of(key), named):
                try:
                    return AESGCM(key).decrypt(nonce, sealed, about.encode())
                except (InvalidTag, ValueError):
                    break
        raise KeyMissing(f"the key of {controller} is not the one this was locked with: put the former key back")


class KeyFiles(KeysInHand):
    """KEYS_DIR/charity.key: a line for the key in use, then a line for each former key not yet replaced everywhere."""

    def keys_of(self, controller: str, *, for_wrapping: bool) -> list[bytes]:
        path = settings.KEYS_DIR / f"{controller}.key"
        if for_wrapping and settings.KEYS_MADE_AT_NEED and not path.exists():
            make(controller)
        try:
            if reason := reason_not_to_trust(path):
                raise KeyMissing(reason)
            return parse(path.read_text(encoding="ascii"), controller)
        except (OSError, UnicodeDecodeError):
            raise KeyMissing(f"the key of {controller} cannot be read: ask whoever runs the system") from None


class KeyCommand(KeysInHand):
    """KEYS_COMMAND charity: prints what the file would hold. For an agent of a hardware or cloud key store."""

    def keys_of(self, controller: str, *, for_wrapping: bool) -> list[bytes]:
        words = [*shlex.split(settings.KEYS_COMMAND), controller]
        try:
            said = subprocess.run(words, capture_output=True, text=True, timeout=20, check=True).stdout
        except (OSError, ValueError, subprocess.SubprocessError):
            # Not "from": the cause holds what the command printed, which may be a key.
            raise KeyMissing(f"the key store did not give the key of {controller}: ask whoever runs it") from None
        return parse(said, controller)


@functools.cache
def holder_named(path: str) -> Holder:
    return import_string(path)()


def holder() -> Holder:
    return holder_named(settings.KEYS_HOLDER)


def plain(controller: str) -> str:
    if not PLAIN_NAME.fullmatch(controller):
        raise KeyMissing("that is not the name of an organisation")
    return controller


def parse(text: str, controller: str) -> list[bytes]:
    try:
        keys = [base64.b64decode(line, altchars=b"-_", validate=True) for line in text.split()]
    except (binascii.Error, ValueError):
        keys = []
    if not keys or any(len(key) != KEY_BYTES for key in keys):
        raise KeyMissing(f"the key of {controller} is not a key: each line is 32 bytes in base64")
    return keys


def id_of(key: bytes) -> bytes:
    """A name for a key that tells nothing of it: it is 256 random bits, so a hash cannot be guessed backwards."""
    return hashlib.sha256(b"clearlines key name\n" + key).digest()[:ID_BYTES]


def reason_not_to_trust(path: Path) -> str:
    """Why a key file may not be used, or nothing."""
    about = path.stat()
    if not stat.S_ISREG(about.st_mode):
        return f"{path.name} is not a file"
    if stat.S_IMODE(about.st_mode) & 0o077:
        return f"others on this machine may read {path.name}: chmod 600 it"
    return ""


def make(controller: str, *, former: list[bytes] | None = None) -> Path:
    """A new key in KEYS_DIR; with `former`, in front of the former ones. Never overwrites a key it was not told of."""
    folder: Path = settings.KEYS_DIR
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{plain(controller)}.key"
    keys = [secrets.token_bytes(KEY_BYTES), *(former or [])]
    handle, written = tempfile.mkstemp(dir=folder, prefix=".new-")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write("".join(base64.urlsafe_b64encode(key).decode() + "\n" for key in keys))
        file.flush()
        os.fsync(file.fileno())
    try:
        if former is None:
            # A link fails if the name is taken, so two processes that start together keep one key.
            Path(path).hardlink_to(written)
        else:
            Path(written).replace(path)
    except FileExistsError:
        pass
    finally:
        Path(written).unlink(missing_ok=True)
    return path
