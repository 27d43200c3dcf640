"""The access table is true: every route, every member of the cast, opened and compared."""

import csv
import importlib
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.urls import reverse

from clearlines.ledger.models import Entry
from tests.cast import MEMBERS
from tests.house.test_actions_and_views import all_routes

TABLES = sorted((Path(__file__).parent / "who_opens_what").glob("*.csv"))


@dataclass(frozen=True)
class Row:
    room: str
    route: str
    row: str
    personal: bool
    expected: dict[str, str]

    @property
    def is_post(self) -> bool:
        return self.row.startswith("post")

    @property
    def opened_on(self) -> str:
        return self.row.removeprefix("post").strip()


def rows() -> list[Row]:
    found = []
    for path in TABLES:
        with path.open(newline="") as file:
            for said in csv.DictReader(file):
                expected = {name: said[name].strip() for name in MEMBERS}
                found.append(Row(path.stem, said["route"], said["row"].strip(), said["personal"] == "yes", expected))
    return found


def test_every_route_is_on_the_table_once():
    listed = [(each.route, each.is_post) for each in rows()]
    assert len(listed) == len(set(listed))
    assert {name for name, _ in all_routes()} == {route for route, _ in listed}


def answer(response) -> str:
    if response.status_code in (301, 302, 303):
        return "sign in" if response["Location"].startswith("/sign-in/") else "on"
    return {200: "yes", 400: "yes", 403: "no", 404: "hidden", 405: "yes", 409: "yes"}.get(
        response.status_code, str(response.status_code)
    )


@pytest.mark.slow
@pytest.mark.parametrize("each", rows(), ids=lambda each: f"{each.route}{' post' if each.is_post else ''}")
def test_who_opens(each: Row, cast, as_, as_the_application):
    """On PostgreSQL with the second lock on, as the application's own role: what is true here holds there too."""
    address = reverse(each.route, kwargs=kwargs_for(each, cast))
    got, unlogged = {}, []
    for member in MEMBERS:
        client, before = as_(member), Entry.objects.count()
        with as_the_application():
            response = client.post(address) if each.is_post else client.get(address)
        got[member] = answer(response)
        if each.personal and got[member] == "yes" and Entry.objects.count() == before:
            unlogged.append(member)
    assert got == each.expected
    assert not unlogged, "these saw somebody's details and left no ledger entry"


def kwargs_for(each: Row, cast) -> dict[str, object]:
    """A fresh row for the route to be opened on, made by the room's own builders."""
    if not each.opened_on:
        return {}
    build = importlib.import_module(f"clearlines.{each.room}.tests.build")
    return getattr(build, f"opened_{each.opened_on.replace(' ', '_')}")(cast)
