"""Everything an answer tells whoever asked: its bytes, its headers, and the queries it took. Nothing else may tell."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from os.path import commonpath
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

# What differs each time whatever was asked: the token of a form, the nonce of a policy, the key of a row to be made.
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
NONCE = re.compile(r"nonce(=\"|-)[\w+/=-]+")
NEW_ROW = re.compile(r'name="new_id" value="[^"]*"')
# The worth of a query is taken out and its shape is left. A list of keys that one holds is as long for all one's pages.
WORDS, NUMBERS = re.compile(r"'(?:[^']|'')*'(::\w+)?"), re.compile(r"\b\d+(\.\d+)?\b")
# On PostgreSQL a list read row by row has a cursor, numbered as the connection goes along.
CURSORS = re.compile(r'"_django_curs_\w+"')
LISTS, SAVEPOINTS = re.compile(r"\(\?(, \?)+\)"), re.compile(r'SAVEPOINT ["`]?\w+["`]?')

# The length is the body's, before what differs each time is taken out of it; Expires is the second of asking.
OF_THE_CLOCK = {"Content-Length", "Expires"}


@dataclass(frozen=True)
class Seen:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: str
    queries: tuple[str, ...]

    def differs(self, other: "Seen") -> str:
        """What gives it away, in a line; nothing if they are the same."""
        for what in ("status", "headers", "queries", "body"):
            mine, theirs = getattr(self, what), getattr(other, what)
            if mine != theirs:
                return f"{what}: {_first_difference(mine, theirs)}"
        return ""


def ask(client: Client, address: str, *, post: dict[str, Any] | None = None, echoed: Iterable[str] = ()) -> Seen:
    """The answer with everything that the asker brought, or that is new each time, taken out. It is undone."""
    connection.queries_log.clear()  # it holds nine thousand, and a test asks more
    with transaction.atomic():
        with CaptureQueriesContext(
            connection,
        ) as caught:
            response = client.get(address) if post is None else client.post(address, post)
        transaction.set_rollback(True)
    body = b"".join(response) if response.streaming else response.content
    text = body.decode("utf-8", "backslashreplace")
    headers = {name: value for name, value in response.headers.items() if name not in OF_THE_CLOCK}
    assert "ETag" not in headers and "Last-Modified" not in headers, "a validator tells whether a page has changed"
    cookies = tuple(("Set-Cookie", name) for name in sorted(response.cookies))
    return Seen(
        response.status_code,
        tuple((name, plain(value, echoed)) for name, value in sorted(headers.items())) + cookies,
        plain(text, echoed),
        tuple(shape(each["sql"]) for each in caught.captured_queries),
    )


def plain(text: str, echoed: Iterable[str] = ()) -> str:
    for pattern in (TOKEN, NONCE, NEW_ROW):
        text = pattern.sub("", text)
    for each in echoed:
        text = text.replace(each, "what was asked")
    return text


def shape(sql: str) -> str:
    sql = CURSORS.sub("cursor", SAVEPOINTS.sub("SAVEPOINT", sql))
    return LISTS.sub("(?)", NUMBERS.sub("?", WORDS.sub("?", sql)))


def _first_difference(mine: Any, theirs: Any) -> str:
    if isinstance(mine, int):
        return f"{mine} and {theirs}"
    if isinstance(mine, str):
        return _where_they_part(mine, theirs)
    if len(mine) != len(theirs):
        only_once = [each for each in (*mine, *theirs) if each not in mine or each not in theirs]
        return f"{len(mine)} and {len(theirs)}, among them {only_once[:1]}"
    return next(_where_they_part(str(one), str(other)) for one, other in zip(mine, theirs, strict=True) if one != other)


def _where_they_part(mine: str, theirs: str) -> str:
    at = len(commonpath([mine, theirs]))
    return f"…{mine[max(0, at - 60) : at + 90]!r} and …{theirs[max(0, at - 60) : at + 90]!r}"
