"""The arithmetic of the chain: pure, so that anyone can check a ledger with these lines and SHA-256."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

GENESIS = "0" * 64


def digest(previous: str, entry: Mapping[str, object], subjects: Iterable[str]) -> str:
    """The SHA-256 of the link before and of everything this entry says, as canonical JSON."""
    said = {key: canonical(value) for key, value in entry.items()} | {"subjects": list(subjects)}
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def canonical(value: object) -> object:
    """Times in UTC to the microsecond, so that both databases give the same digest."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return value


def partition_of(organisation: str, partitions: int) -> int:
    """The same organisation always lands in the same chain; a hash, so that no chain names one."""
    return int.from_bytes(hashlib.sha256(organisation.encode()).digest()[:2], "big") % partitions
