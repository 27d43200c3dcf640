"""Who is asking, told to the database for as long as they ask."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from psycopg.pq import TransactionStatus

from clearlines.access.permissions import Permission
from clearlines.access.viewer import Viewer

WHOLE_HOUSE = "*"
Key = tuple[str, str, str, str]
NOBODY: Key = ("", "", "", "")


def key_of(viewer: Viewer) -> Key:
    if viewer.account is None and viewer.may(Permission.RUN_SYSTEM):
        return (WHOLE_HOUSE, "", "", "")  # the clock's own rules meet every organisation's rows, and show none
    return (
        viewer.organisation_key,
        "{" + ",".join(sorted(viewer.markings)) + "}",
        "{" + ",".join(sorted(map(str, viewer.kept_away))) + "}",
        viewer.now.isoformat(),
    )


@contextmanager
def held(viewer: Viewer) -> Iterator[None]:
    """The database knows who is asking, until this ends. Nothing on SQLite."""
    with _turned(key_of(viewer)):
        yield


@contextmanager
def whole_house(why: str) -> Iterator[None]:
    """For the few acts of the house itself that meet rows of two organisations; each is listed in tests/house."""
    assert why
    with _turned((WHOLE_HOUSE, "", "", "")):
        yield


@contextmanager
def _turned(key: Key) -> Iterator[None]:
    if connection.vendor != "postgresql":
        yield
        return
    before = _standing()
    if before == key or before[0] == key[0] == WHOLE_HOUSE:
        yield
        return
    _turn(key)
    try:
        yield
    finally:
        _turn_back(before)


def _turn_back(before: Key) -> None:
    if connection.connection is None:
        return  # it was closed inside, and what it was told went with it
    if connection.connection.info.transaction_status == TransactionStatus.INERROR:
        # Nothing can be said to it now; rolling back puts the settings back to what they were when it began.
        connection._clearlines_told = (connection.connection, before)  # type: ignore[attr-defined]
        return
    _turn(before)


def _standing() -> Key:
    """What this very connection was last told; a new one knows nobody."""
    connection.ensure_connection()
    told = getattr(connection, "_clearlines_told", None)
    return told[1] if told and told[0] is connection.connection else NOBODY


def _turn(key: Key) -> None:
    # The driver's own cursor: this is no query of the page, and is not counted as one.
    with connection.connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('clearlines.organisation', %s, false), set_config('clearlines.markings', %s, false), "
            "set_config('clearlines.kept_away', %s, false), set_config('clearlines.moment', %s, false)",
            key,
        )
    connection._clearlines_told = (connection.connection, key)  # type: ignore[attr-defined]
