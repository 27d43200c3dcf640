"""Seal bytes for a controller, and open them again. What is sealed opens only where it was put.

    sealed = box.seal("charity", b"…", about="care.Plan:0f3c…:own_words")
    box.open("charity", sealed, about="care.Plan:0f3c…:own_words")

AES-256-GCM. A sealed value is: one byte for the form, 16 for the data key's name, 12 random, then ciphertext and tag.
"""

import json
import secrets
from uuid import UUID

from cryptography.exceptions import InvalidTag

from clearlines.keys import ring
from clearlines.keys.holders import NONCE_BYTES, KeyMissing

FORM = b"\x01"
KEY_NAME = slice(1, 17)
NONCE = slice(17, 17 + NONCE_BYTES)
BODY = slice(NONCE.stop, None)
SHORTEST = BODY.start + 16
# json.dumps makes an encoder each time; a page opens a hundred notes.
AS_JSON = json.JSONEncoder(separators=(",", ":")).encode


class Unreadable(Exception):
    """It was changed, moved from its place, or locked under a key that is not here."""


def seal(controller: str, plain: bytes, *, about: str, purpose: str = "notes") -> bytes:
    """`about` is authenticated with the bytes: opening with other words fails. Raises KeyMissing, a refusal."""
    key = ring.newest(controller, purpose)
    nonce = secrets.token_bytes(NONCE_BYTES)
    return FORM + key.id.bytes + nonce + key.cipher.encrypt(nonce, plain, bound(controller, purpose, about))


def open(controller: str, sealed: bytes, *, about: str, purpose: str = "notes") -> bytes:
    """The bytes, or Unreadable. Why is not said: a stranger who tries learns nothing."""
    if len(sealed) < SHORTEST or sealed[:1] != FORM:
        raise Unreadable
    try:
        key = ring.named(controller, purpose, sealed[KEY_NAME])
        return key.cipher.decrypt(sealed[NONCE], sealed[BODY], bound(controller, purpose, about))
    except (InvalidTag, KeyMissing, ValueError):
        raise Unreadable from None


def is_newest(controller: str, sealed: bytes, *, purpose: str = "notes") -> bool:
    return sealed[:1] == FORM and key_of(sealed) == ring.newest(controller, purpose).id


def key_of(sealed: bytes) -> UUID:
    return UUID(bytes=sealed[KEY_NAME])


def bound(controller: str, purpose: str, about: str) -> bytes:
    return AS_JSON(["clearlines", 1, controller, purpose, about]).encode()
