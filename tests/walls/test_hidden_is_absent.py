"""A page about a row that somebody may not see is the page about a row that is not there: the same bytes, headers and
queries, whoever they are and however it is hidden.
"""

import contextlib
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from clearlines.access.markings import Marking
from tests.cast import MEMBERS, NOON
from tests.house.test_actions_and_views import all_routes
from tests.house.test_who_opens_what import Row, kwargs_for
from tests.house.test_who_opens_what import rows as access_table
from tests.walls import hiding, oracle
from tests.walls.facts import KINDS, accounts_by_key, accounts_in_words, rows_of, ties_now
from tests.walls.seen import Seen, ask

pytestmark = pytest.mark.slow

# The cast, and colleagues of the same roles who stand near nobody.
EVERYBODY = (*MEMBERS, *{"peer", "second.analyst"} - set(MEMBERS))
# These tell of a row by its name in the ledger and never of what is in it: they open for a row that is long gone.
OF_THE_LEDGER = {"governance-looked", "governance-report"}

# Refused before any row was asked for: whether there is one is tried once, and not again for each way of hiding it.
REFUSED_BY_ROLE = (302, 403)

WAYS = ("as it is", "official", "custodian", "another organisation's", "kept away")
BY_KEY = [each for each in access_table() if each.opened_on and each.route not in OF_THE_LEDGER]


@pytest.fixture(autouse=True)
def still(monkeypatch) -> None:
    """Every page of a test is opened at the moment at which its rows were made."""
    monkeypatch.setattr("clearlines.access.viewer.the_time", lambda: NOON)


def test_every_route_is_walked():
    """One that the access table does not name fails here too: a page nobody listed is a page nobody tried."""
    walked = {each.route for each in access_table()}
    assert {name for name, _ in all_routes()} - walked == set()
    keyed = {name for name, pattern in patterns() if "uuid" in pattern}
    assert keyed - {each.route for each in BY_KEY} - OF_THE_LEDGER == set(), (
        "these take a key and were opened without one"
    )


def patterns(resolver: Any = None, before: str = "") -> Iterator[tuple[str, str]]:
    from django.urls import URLResolver, get_resolver

    for each in (resolver or get_resolver()).url_patterns:
        here = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from patterns(each, here)
        else:
            yield each.name, here


@pytest.mark.parametrize("each", BY_KEY, ids=lambda each: f"{each.route}{' post' if each.is_post else ''}")
def test_a_hidden_row_is_answered_as_one_that_is_not_there(each: Row, cast, as_):
    hiding.elsewhere()
    given = kwargs_for(each, cast)
    clients = {member: as_(member) for member in EVERYBODY}
    told = []
    for name, key in keys_in(given):
        row = hiding.row_with(key)
        absent = {member: opened(each, given | {name: uuid4()}, clients[member]) for member in EVERYBODY}
        for how in WAYS if row else ("as it is",):
            with undone():
                hide(row, how)
                sees = who_sees(row, how) if row else sees_by_table(each)
                for member in EVERYBODY:
                    if sees[member] or (how != "as it is" and absent[member].status in REFUSED_BY_ROLE):
                        continue
                    got = opened(each, given, clients[member])
                    # Being kept away from anybody at all is in all one's queries: the two are asked alike.
                    other = (
                        opened(each, given | {name: uuid4()}, clients[member]) if how == "kept away" else absent[member]
                    )
                    if difference := got.differs(other):
                        told.append(f"{member}, {name} {how}: {difference}")
    assert not told, "\n".join(["", *told[:12]])


def sees_by_table(each: Row) -> dict[str, bool]:
    """Of what no organisation owns, an account or a session, the access table says who opens it."""
    return {member: each.expected.get(member) != "hidden" or member == "administrator" for member in EVERYBODY}


def keys_in(given: dict[str, Any]) -> list[tuple[str, UUID]]:
    return [(name, value) for name, value in given.items() if isinstance(value, UUID)]


def opened(each: Row, given: dict[str, Any], client: Any) -> Seen:
    echoed = [text for _, key in keys_in(given) for text in (str(key), key.hex)]
    return ask(client, reverse(each.route, kwargs=given), post={} if each.is_post else None, echoed=echoed)


def hide(row: Any, how: str) -> None:
    if how in Marking.values:
        # What only a custodian ever holds cannot be marked lower: the database refuses.
        with contextlib.suppress(IntegrityError), transaction.atomic():
            hiding.mark([row], Marking(how))
    elif how == "another organisation's":
        hiding.move_elsewhere([row])
    elif how == "kept away":
        hiding.keep_everybody_away_from(hiding.about(row))


def who_sees(row: Any, how: str) -> dict[str, bool]:
    """As the oracle says, where it knows this kind of row. Of the others it is known who must not."""
    told = next((each for each in KINDS if each.model is type(row)), None)
    if told is None:
        hidden = how in ("another organisation's", "custodian") or (how == "kept away" and bool(hiding.about(row)))
        return {member: not hidden or (member == "custodian" and how == "custodian") for member in EVERYBODY}
    names = accounts_by_key()
    facts = next((each for each in rows_of(told, names) if each["key"] == row.pk), None)
    ties = ties_now({"allocated", "panel", "opened", "themselves", "on_duty", "kept_away"}, names)
    accounts = accounts_in_words()
    return {
        member: facts is None or (member in accounts and oracle.sees(accounts[member], ties, facts, NOON))
        for member in EVERYBODY
    }


@contextlib.contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
