"""Lists, searches, counts, choosers, suggestions, charts and files: the same bytes by the same queries whether a hidden
row is in the world or not. Every page of a room is opened by everybody in a world without it and in worlds with it.
"""

import ast
import contextlib
import importlib
import inspect
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from clearlines.access.markings import Marking
from clearlines.access.models import Owned
from clearlines.access.refusals import Refused
from tests.cast import MEMBERS, NOON
from tests.house.test_actions_and_views import all_routes
from tests.house.test_who_opens_what import Row, kwargs_for
from tests.house.test_who_opens_what import rows as access_table
from tests.walls import hiding
from tests.walls.seen import Seen, ask

EVERYBODY = (*MEMBERS, *{"peer", "second.analyst"} - set(MEMBERS))
# What people type to find somebody: the names, places and numbers that the hidden rows are made with.
WORDS = ("Robin", "Ferris", "robbo", "Slipway", "LA14", "07700 900123")
HIDDEN_NUMBER = "07700 900456"
SEARCHES: dict[str, tuple[str, ...]] = {
    "people-list": tuple(f"?q={each}" for each in WORDS[:3]),
    "places-list": ("?q=Slipway", "?q=Barrow"),
    "visits-find": ("?q=Robin", "?q=Slipway"),
    "care-list": ("?whose=all", "?whose=all&state=closed", "?whose=mine&state=open"),
    "force-networks": ("?on_day=1&on_month=6&on_year=2022",),
    "lines-line": ("?on_day=1&on_month=6&on_year=2022",),
    "lines-differences": (
        "?on_day=1&on_month=6&on_year=2022&first_known_day=1&first_known_month=6&first_known_year=2022"
        "&then_known_day=14&then_known_month=6&then_known_year=2022",
    ),
    "lines-list": ("?on_0=14&on_1=6&on_2=2022",),
    "lines-download": ("?on_0=14&on_1=6&on_2=2022",),
    "force-chart": (
        "?q=Robin",
        "?q=Bracken",
        f"?q={HIDDEN_NUMBER.replace(' ', '+')}",
        "?town=Barrow-in-Furness&steps=2",
        "?area=Merseyside&steps=2&on=2022-06-14",
    ),
    "force-chart-download": ("?town=Barrow-in-Furness&steps=2&as=csv", "?area=Merseyside&steps=2&as=graphml"),
    "force-flows": ("?on=2022-06-14&known=2022-06-14",),
    "force-flows-download": ("?on=2022-06-14&known=2022-06-14",),
    "lines-find": ("?q=Bracken", "?q=07700+900123", f"?q={HIDDEN_NUMBER.replace(' ', '+')}", "?q=L-0001", "?q=L-0099"),
    "groups-list": ("?q=Ropewalk", "?q=the+ropes", "?q=G-001", "?q=G-099"),
    "groups-group": ("?on_day=1&on_month=6&on_year=2022",),
    "disruptions-list": ("?p=pursue", "?waiting=on", "?page=2", "?page=999"),
    "disruptions-totals": ("?first=2022-04-01&last=2022-06-14",),
    "referrals-sent": ("?page=2", "?page=999"),
    "referrals-inbox": ("?page=2", "?page=999"),
    "screening-list": ("?page=2", "?page=999"),
    "triage-report": ("?q=Slipway",),
    "triage-join-line": ("?find=Bracken",),
    "triage-join-place": ("?find=Slipway",),
    "triage-join-person": ("?find=Robin",),
    "visits-counts": ("?page=1",),
    "sharing-register": ("?name=Robin", "?page=2"),
    "sharing-register-csv": ("?name=Robin",),
    **{
        f"sharing-{each}": ("?page=2", "?page=999")
        for each in ("given", "told-us", "asked-before", "questions", "pointers", "requests", "requests-here")
    },
}
# What these read from the address is no search for a row of anybody's.
NO_SEARCH = {
    "calls-rules-new": "the name of a rule list, to begin its next edition with: tried with another force's",
    "calls-waiting": "which days an extract covers",
    "calls-waiting-rejected": "which days an extract covers",
    "disruptions-new": "a line, a person and a place by key: tried as a chooser",
    "evaluation-claim": "the words of a claim, which are read and looked up nowhere",
    "evaluation-new": "the words of a question, to begin a form with",
    "governance-home": "a name for the ledger to look up, sent on to governance-looked",
    "evaluation-protocol-new": "a set and a protocol by key, in a room whose rows are totals",
    "hotspots-set-new": "a month, an area and a kind of incident: published figures",
    "hotspots-home": "a month, an area and a kind of incident: published figures",
    "hotspots-counts": "a month, an area and a kind of incident: published figures",
    "hotspots-area": "a month, an area and a kind of incident: published figures",
    "lines-correct": "which status to correct it to",
    "lines-move": "which status to move it to",
    "referrals-new": "an organisation, and a person by key: walked by key",
    "sharing-tell": "an organisation, and a person by key: tried as a chooser",
    "sharing-ask": "a person by key: tried as a chooser",
    "sharing-request-new": "a person by key: tried as a chooser",
    "visits-new": "a person and a place by key: tried as a chooser",
}
# The ledger lists and counts acts, the hidden ones too, by the key of a row and never by what is in it.
OF_THE_LEDGER = {each.route for each in access_table() if each.room == "governance"} - {"governance-agreements"}
# Made of files on disk or of totals, or changing the cast's own accounts: nothing about anybody is hidden in them.
NOT_MADE_TWICE = {
    "calls", "hotspots", "governance", "returns", "evaluation", "access", "staff", "conflicts", "openings",
}  # fmt: skip
# Rows of these must be among the hidden, or the comparison would be empty.
AT_LEAST = {
    "people.Person", "people.SameAs", "places.Place", "lines.Line", "lines.RoleOnLine", "disruptions.Disruption",
    "disruptions.Order", "reports.Report",
    "triage.Triage", "referrals.Sent", "referrals.Received", "screening.Screening", "visits.Appointment",
    "visits.VisitAccount", "visits.JointOffer", "care.Case", "care.Plan", "care.Goal", "care.OutcomeMeasure",
    "groups.Group", "groups.GroupPerson", "safeguarding.NationalReferral",
}  # fmt: skip
ROOMS = sorted({each.room for each in access_table() if not each.is_post} - {"access"})
CHOOSER = re.compile(
    r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>|<input[^>]*name="(\w+)"[^>]*value="([0-9a-f-]{36})"', re.S
)
A_KEY = re.compile(r'value="[0-9a-f]{8}-[0-9a-f-]{27}"')


@dataclass(frozen=True, eq=False)
class Page:
    each: Row
    address: str

    def __str__(self) -> str:
        _, mark, asked = self.address.partition("?")
        return f"{self.each.route}{mark}{asked}"


@pytest.fixture(autouse=True)
def still(monkeypatch) -> None:
    monkeypatch.setattr("clearlines.access.viewer.the_time", lambda: NOON)


@pytest.mark.slow
@pytest.mark.parametrize("room", ROOMS)
def test_a_hidden_row_changes_no_page(room: str, cast, as_, monkeypatch):
    hiding.elsewhere()
    hiding.bring_everybody_near_strangers()
    pages, clients = list(pages_of(room, cast)), {member: as_(member) for member in EVERYBODY}
    without = looked_at(pages, clients)
    asked = [key for key, seen in without.items() if seen.status == 200]
    told = []
    with undone():
        hidden = hidden_rows(cast, monkeypatch)
        for how in (hide_by_marking, hiding.move_elsewhere):
            with undone():
                how(hidden)
                told += compared(asked, without, clients, how.__name__)
                told += choosers(asked, without, clients, hidden)
    with undone():
        hiding.keep_everybody_away_from_strangers(40)
        without = looked_at_again(asked, clients)
    with undone():
        keep_away(hidden_rows(cast, monkeypatch))
        told += compared(asked, without, clients, "kept away")
    assert not told, "\n".join(["", *told[:20]])


def test_every_page_that_reads_its_address_is_searched():
    """A search nobody listed fails: what may be typed into an address is tried here."""
    reading = set()
    for name, view in all_routes():
        module = inspect.getmodule(inspect.unwrap(view))
        if module.__name__.startswith("clearlines.") and inspect.unwrap(view).__name__ in readers_of_addresses(module):
            reading.add(name)
    listed = {each.route for each in access_table()}
    assert reading & listed - set(SEARCHES) - set(NO_SEARCH) - OF_THE_LEDGER == set()


def readers_of_addresses(module: Any) -> set[str]:
    """Functions that read request.GET, and those that call them."""
    functions = [each for each in ast.parse(inspect.getsource(module)).body if isinstance(each, ast.FunctionDef)]
    found = {each.name for each in functions if "request.GET" in ast.unparse(each)}
    for _ in functions:
        found |= {
            each.name
            for each in functions
            if {node.id for node in ast.walk(each) if isinstance(node, ast.Name)} & found
        }
    return found


def pages_of(room: str, cast: Any) -> Iterator[Page]:
    """Every page of the room, each opened on rows of its own. One that clashes with another is left out."""
    for each in access_table():
        if each.room == room and not each.is_post and each.route not in OF_THE_LEDGER:
            with contextlib.suppress(Refused, IntegrityError):
                with transaction.atomic():
                    address = reverse(each.route, kwargs=kwargs_for(each, cast))
                yield from (Page(each, address + asked) for asked in ("", *SEARCHES.get(each.route, ())))


def hidden_rows(cast: Any, monkeypatch: Any) -> list[Owned]:
    """What every builder of every room makes, once: nobody in the cast has seen these yet."""
    before = set(hiding.every_row())
    # A number stands on one line only, hidden or not.
    monkeypatch.setattr("clearlines.lines.tests.build.NUMBER", HIDDEN_NUMBER)
    for room, opened_on in sorted({(each.room, each.opened_on) for each in access_table()}):
        if opened_on and room not in NOT_MADE_TWICE:
            build = importlib.import_module(f"clearlines.{room}.tests.build")
            with contextlib.suppress(Refused, IntegrityError), transaction.atomic():
                getattr(build, f"opened_{opened_on.replace(' ', '_')}")(cast)
    made = [row for key, row in hiding.every_row().items() if key not in before]
    assert AT_LEAST - {row._meta.label for row in made} == set()
    return made


def hide_by_marking(rows: Iterable[Owned]) -> None:
    hiding.mark(rows, Marking.CUSTODIAN)


def keep_away(rows: list[Owned]) -> None:
    """Everybody from everybody they are about. What is about nobody, or was told to another organisation, goes away:
    whoever was told has no key to whom it is about.
    """
    people = {row.pk: hiding.about(row) for row in rows}
    hiding.move_elsewhere(row for row in rows if not people[row.pk] or hiding.parties(row) - {"owner"})
    hiding.keep_everybody_away_from(set().union(*people.values()))


Asked = tuple[str, Page]


def looked_at(pages: list[Page], clients: dict[str, Any]) -> dict[Asked, Seen]:
    return looked_at_again([(member, page) for page in pages for member in clients], clients)


def looked_at_again(asked: list[Asked], clients: dict[str, Any]) -> dict[Asked, Seen]:
    return {(member, page): ask(clients[member], page.address) for member, page in asked}


def compared(asked: list[Asked], without: dict[Asked, Seen], clients: dict[str, Any], how: str) -> Iterator[str]:
    for member, page in asked:
        if member == "custodian" and how == "hide_by_marking":
            continue
        if difference := ask(clients[member], page.address).differs(without[member, page]):
            yield f"{member}, {page}, {how}: {difference}"


def choosers(
    asked: list[Asked], without: dict[Asked, Seen], clients: dict[str, Any], hidden: list[Owned]
) -> Iterator[str]:
    """A form is sent with a hidden row's key where it offers a choice of rows, and with no row's key."""
    tried = set()
    for member, page in asked:
        for name in offered(without[member, page].body):
            if (page.each.route, name) in tried:
                continue
            tried.add((page.each.route, name))
            for label in (
                "people.Person",
                "places.Place",
                "lines.Line",
                "groups.Group",
                "reports.Report",
                "referrals.Received",
            ):
                key = next(row.pk for row in hidden if row._meta.label == label)
                got, other = (posted(clients[member], page, name, each) for each in (key, uuid4()))
                if difference := got.differs(other):
                    yield f"{member}, {page}, {name} of a hidden {label}: {difference}"


def offered(body: str) -> set[str]:
    """The names of the boxes of a form in which a row is chosen."""
    return {
        select or radio for select, options, radio, _ in CHOOSER.findall(body) if radio or A_KEY.search(options)
    } - {"new_id"}  # fmt: skip


def posted(client: Any, page: Page, name: str, key: UUID) -> Seen:
    return ask(client, page.address.split("?")[0], post={name: str(key)}, echoed=(str(key), key.hex))


@contextlib.contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
