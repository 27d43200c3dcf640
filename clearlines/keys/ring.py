"""The data keys of each controller, unwrapped and kept in this process for a few minutes, never longer."""

import secrets
import time
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from clearlines.access.viewer import the_time
from clearlines.keys.holders import KEY_BYTES, KeyMissing, holder
from clearlines.keys.models import DataKey
from clearlines.ledger import actions as ledger
from clearlines.ledger.kinds import Kind


@dataclass(frozen=True)
class Machine:
    """Whoever asks when nobody does: the ledger writes it under the controller whose key it is."""

    organisation_key: str
    name: str = "the machine"
    now: datetime = field(default_factory=the_time)


@dataclass(frozen=True)
class OpenKey:
    id: UUID
    controller: str
    purpose: str
    version: int
    cipher: AESGCM = field(repr=False)
    until: float = field(repr=False)


@dataclass
class Newest:
    """The key that seals now, while its row is sure to stay: a key whose making is undone would open nothing."""

    key: OpenKey
    is_committed: bool = False

    def committed(self) -> None:
        self.is_committed = True

    def stands(self) -> bool:
        """Committed, or made or read in the transaction that goes on: a rollback drops what waits for its commit."""
        if self.key.until <= time.monotonic():
            return False
        return self.is_committed or any(waiting[1] == self.committed for waiting in connection.run_on_commit)


# By the sixteen bytes of the key's name, as a sealed value carries them.
_open: dict[bytes, OpenKey] = {}
_newest: dict[tuple[str, str], Newest] = {}


def newest(controller: str, purpose: str) -> OpenKey:
    """The key that seals for this controller now; its first is made when it is first needed."""
    if (known := _newest.get((controller, purpose))) and known.stands():
        return known.key
    mine = DataKey.objects.filter(organisation=controller, purpose=purpose).order_by("-version")
    row = mine.first() or _first(controller, purpose)
    found = _newest[controller, purpose] = Newest(_unwrapped(row))
    transaction.on_commit(found.committed)
    return found.key


def named(controller: str, purpose: str, name: bytes) -> OpenKey:
    """The key a sealed value names, if it is this controller's for this purpose."""
    key = _open.get(name)
    if key is None or key.until <= time.monotonic():
        row = DataKey.objects.filter(pk=UUID(bytes=name), organisation=controller, purpose=purpose).first()
        if row is None:
            raise KeyMissing("this was locked under a key that is not here")
        key = _unwrapped(row)
    if (key.controller, key.purpose) != (controller, purpose):
        raise KeyMissing("this was locked under a key that is not here")
    return key


def forget() -> None:
    """Drop every unwrapped key of this process."""
    _open.clear()
    _newest.clear()


def add(controller: str, purpose: str, version: int) -> DataKey:
    """A new data key, wrapped before it touches the database."""
    row = DataKey(organisation_id=controller, purpose=purpose, version=version, made_at=the_time())
    row.wrapped = holder().wrap(controller, secrets.token_bytes(KEY_BYTES), about=row.about)
    row.save(force_insert=True)
    _newest.pop((controller, purpose), None)
    return row


def _first(controller: str, purpose: str) -> DataKey:
    try:
        with transaction.atomic():
            row = add(controller, purpose, 1)
            ledger.record("keys.made", kind=Kind.OPERATION, by=Machine(controller), about=[row], note=purpose)
            return row
    except IntegrityError:
        # Another process made it between our look and our write.
        return DataKey.objects.get(organisation=controller, purpose=purpose, version=1)


def _unwrapped(row: DataKey) -> OpenKey:
    known = _open.get(row.pk.bytes)
    if known and known.until > time.monotonic():
        return known
    secret = holder().unwrap(row.organisation_id, bytes(row.wrapped), about=row.about)
    until = time.monotonic() + settings.KEYS_KEPT_SECONDS
    key = OpenKey(row.pk, row.organisation_id, row.purpose, row.version, AESGCM(secret), until)
    _open[row.pk.bytes] = key
    return key
