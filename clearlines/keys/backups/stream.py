"""A sealed stream: pieces in order, none missing, none added, and an end that cannot be cut off.

A line of JSON, then pieces of up to a mebibyte, each AES-256-GCM under a key made for this stream alone. The nonce is
the piece's number and whether it is the last (STREAM: Hoang, Reyhanitabar, Rogaway and Vizár 2015, "Online
authenticated-encryption and its nonce-reuse misuse-resistance"); the first line is authenticated with every piece.
"""

import base64
import io
import json
import secrets
import struct
import uuid
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from clearlines.access.refusals import Refused
from clearlines.keys.holders import KEY_BYTES, holder

PIECE = 1024 * 1024
TAG = 16
FORM = "clearlines-backup-1"


class Damaged(Refused):
    def __init__(self) -> None:
        super().__init__(["this backup is damaged, cut short or not one of ours: use another"])


def nonce(number: int, is_last: bool) -> bytes:
    return struct.pack(">xxxQ?", number, is_last)


def about(name: str) -> str:
    return f"backup {name}"


class Sealing(io.RawIOBase):
    """A file to write to. Only close() writes the end: a stream that was not closed does not open."""

    def __init__(self, out: IO[bytes], *, controller: str) -> None:
        self.out, self.number, self.held = out, 0, bytearray()
        secret, name = secrets.token_bytes(KEY_BYTES), str(uuid.uuid4())
        wrapped = holder().wrap(controller, secret, about=about(name))
        first = {"form": FORM, "name": name, "key_of": controller, "key": base64.b64encode(wrapped).decode()}
        self.first, self.cipher = json.dumps(first).encode() + b"\n", AESGCM(secret)
        out.write(self.first)

    def writable(self) -> bool:
        return True

    def write(self, more: object) -> int:
        piece = bytes(more)  # type: ignore[call-overload]
        self.held += piece
        # The last piece is known to be last only at the end, so one is always held back.
        while len(self.held) > PIECE:
            self._put(bytes(self.held[:PIECE]), is_last=False)
            del self.held[:PIECE]
        return len(piece)

    def finish(self) -> None:
        self._put(bytes(self.held), is_last=True)
        self.held.clear()

    def _put(self, piece: bytes, *, is_last: bool) -> None:
        self.out.write(self.cipher.encrypt(nonce(self.number, is_last), piece, self.first))
        self.number += 1


class Opening(io.RawIOBase):
    """A file to read from. Damaged, before a byte of the piece that was harmed."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source, self.number, self.held, self.is_over = source, 0, b"", False
        self.first = source.readline(4096)
        try:
            said = json.loads(self.first)
            if said["form"] != FORM:
                raise Damaged
            wrapped = base64.b64decode(said["key"], validate=True)
            name, controller = str(said["name"]), str(said["key_of"])
        except (ValueError, KeyError, TypeError):
            raise Damaged from None
        self.cipher = AESGCM(holder().unwrap(controller, wrapped, about=about(name)))
        self.ahead = source.read(PIECE + TAG)

    def readable(self) -> bool:
        return True

    def readinto(self, into: object) -> int:
        view = memoryview(into).cast("B")  # type: ignore[arg-type]
        while not self.held and not self.is_over:
            self._next()
        given = self.held[: len(view)]
        view[: len(given)] = given
        self.held = self.held[len(given) :]
        return len(given)

    def _next(self) -> None:
        piece, self.ahead = self.ahead, self.source.read(PIECE + TAG)
        self.is_over = not self.ahead
        try:
            self.held = self.cipher.decrypt(nonce(self.number, self.is_over), piece, self.first)
        except (InvalidTag, ValueError):
            raise Damaged from None
        self.number += 1
