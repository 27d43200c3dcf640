"""The data keys of each controller, unwrapped and kept in this process for a few minutes, never longer."""

import secrets
import time
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import IntegrityError, transaction

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


_open: dict[UUID, OpenKey] = {}
# Which key seals now. Only what the database has committed is remembered: a key whose making was undone opens nothing.
_newest: dict[tuple[str, str], OpenKey] = {}


def newest(controller: str, purpose: str) -> OpenKey:
    """The key that seals for this controller now; its first is made when it is first needed."""
    if (key := _newest.get((controller, purpose))) and key.until > time.monotonic():
        return key
    mine = DataKey.objects.filter(organisation=controller, purpose=purpose).order_by("-version")
    row = mine.first() or _first(controller, purpose)
    key = _unwrapped(row)
    transaction.on_commit(lambda: _newest.update({(controller, purpose): key}))
    return key


def named(controller: str, purpose: str, id: UUID) -> OpenKey:
    """The key a sealed value names, if it is this controller's for this purpose."""
    key = _open.get(id)
    if key is None or key.until <= time.monotonic():
        row = DataKey.objects.filter(pk=id, organisation=controller, purpose=purpose).first()
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
    known = _open.get(row.pk)
    if known and known.until > time.monotonic():
        return known
    secret = holder().unwrap(row.organisation_id, bytes(row.wrapped), about=row.about)
    until = time.monotonic() + settings.KEYS_KEPT_SECONDS
    key = OpenKey(row.pk, row.organisation_id, row.purpose, row.version, AESGCM(secret), until)
    _open[row.pk] = key
    return key
