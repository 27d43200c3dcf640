"""What the walls cost: scoped lists and counts beside unscoped, hidden beside absent, audited pages beside bare.

    .venv/bin/python bench/access.py [--cases 100000] [--people 50] [--seconds 6] [--engine postgres] [--json]

One charity with so many open cases, fifty accounts between them, and four hundred ties that keep somebody away.
Both engines in one run, one after the other: SQLite in a file, PostgreSQL in a private cluster.
On PostgreSQL the lists are also asked as the application's own role, with the database's own locks on.
Times are this machine's; compare ratios. Each pair is asked turn and turn about, so that what the machine does besides
falls on both alike.
"""

import argparse
import functools
import json
import logging
import os
import random
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from measured import ENGINES, Figure, on, signed_in, taken

APPLICATION = "clearlines_app_in_bench"
SLICES = 12
# The house's own lists of people and of cases, and how many rows a page of each shows.
LISTS = (("/people/", 50), ("/care/", 200))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--cases", type=int, default=100_000)
    asked.add_argument("--people", type=int, default=50, help="how many ask for pages at once")
    asked.add_argument("--seconds", type=float, default=6.0, help="how long each page is asked for, in all")
    asked.add_argument("--engine", choices=ENGINES)
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--profile", action="store_true", help="where the time of one audited page goes")
    asked.add_argument("--inside", choices=ENGINES, help=argparse.SUPPRESS)
    said = asked.parse_args()
    if said.inside:
        print(json.dumps([asdict(each) for each in measure(said)]))
        return
    figures = [figure for engine in ENGINES if said.engine in (None, engine) for figure in on(engine, __file__)]
    if said.json:
        print(json.dumps([asdict(each) for each in figures], indent=1))
        return
    print(f"{said.cases} cases of one charity, 50 accounts, 400 ties that keep away; {os.cpu_count()} cores")
    for figure in figures:
        print(figure.line)


def measure(said: argparse.Namespace) -> list[Figure]:
    import django

    django.setup()
    logging.disable(logging.WARNING)
    from django.core.management import call_command
    from furnished import Furnished

    call_command("migrate", verbosity=0)
    world = Furnished(said.cases)
    found = [*lists(said.inside, world), *hidden_or_absent(said.inside, world)]
    if said.inside == "postgres":
        found += with_second_lock(world)
    found += throughput(said.inside, world, said)
    if said.profile:
        profile(world)
    return found


def lists(engine: str, world: Any, note: str = "") -> Iterator[Figure]:
    from clearlines.care.models import Case
    from clearlines.care.queries import rows as care

    order = ("person__family_name", "person__given_name", "pk")
    bare = Case.objects.select_related("person__home", "worker").order_by(*order)
    newest = Case.objects.select_related("person__home", "worker").order_by("-pk")
    for name, viewer in (("lead", world.viewer(1)), ("worker", world.viewer(2))):
        yield compared(
            engine, f"list of 25 by name, {name}", lambda v=viewer: list(care.cases(v)[:25]),
            "the same list, unscoped", lambda: list(bare[:25]), 1.8, note,
        )  # fmt: skip
        yield compared(
            engine, f"list of 25 by key, {name}", lambda v=viewer: list(care.cases(v).order_by("-pk")[:25]),
            "the same list, unscoped", lambda: list(newest[:25]), 1.8, note,
        )  # fmt: skip
        mine, _ = taken(lambda v=viewer: care.cases(v).count(), lambda: None, 40)
        every, _ = taken(lambda: Case.objects.count(), lambda: None, 40)
        count, whole = statistics.median(mine), statistics.median(every)
        yield Figure(
            engine, f"count of {care.cases(viewer).count()}, {name}", count, "unscoped count", whole, count / whole,
            "< 15 ms", count < 15, note,
        )  # fmt: skip


def compared(
    engine: str, what: str, ask: Callable[[], Any], beside: str, other: Callable[[], Any], most: float, note: str
) -> Figure:
    mine, theirs = (statistics.median(each) for each in taken(ask, other))
    return Figure(engine, what, mine, beside, theirs, mine / theirs, f"<= {most}", mine / theirs <= most, note)


def hidden_or_absent(engine: str, world: Any) -> Iterator[Figure]:
    """A case one is kept away from, beside one that is not there, through the whole stack. Paired."""
    import uuid

    from clearlines.access.models import Tie
    from clearlines.care.models import Case

    client = signed_in(world.accounts[1])
    away = list(Tie.objects.filter(account=world.accounts[1], kind="kept_away").values_list("row", flat=True))
    hidden = list(Case.objects.filter(person__in=away).values_list("pk", flat=True))
    absent = [uuid.uuid4() for _ in hidden]
    assert {client.get(f"/care/{key}/").status_code for key in (*hidden, *absent)} == {404}
    mine, theirs = taken(
        lambda: client.get(f"/care/{world.random.choice(hidden)}/"),
        lambda: client.get(f"/care/{world.random.choice(absent)}/"),
        400,
    )
    between = [one - other for one, other in zip(mine, theirs, strict=True)]
    middle, low, high = statistics.median(between), *interval(between, world.random)
    one, other = statistics.median(mine), statistics.median(theirs)
    yield Figure(
        engine, "page of a hidden case", one, "page of an absent case", other, one / other, "no difference",
        low <= 0 <= high, f"median difference {middle * 1000:+.0f} µs, 95% {low * 1000:+.0f} to {high * 1000:+.0f}",
    )  # fmt: skip


def interval(between: list[float], chance: random.Random) -> tuple[float, float]:
    """The middle 95 of 100 medians of resamples."""
    medians = sorted(statistics.median(chance.choices(between, k=len(between))) for _ in range(2000))
    return medians[50], medians[1949]


def with_second_lock(world: Any) -> Iterator[Figure]:
    """The same lists asked as the application's own role, which no policy lets by."""
    from django.db import connection

    from clearlines.access import second_lock
    from clearlines.access.second_lock.policies import fit

    fit(APPLICATION)
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {APPLICATION}")
    try:
        with second_lock.held(world.viewer(1)):
            yield from lists("postgres", world, "row-level security on both")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


@contextmanager
def unaudited() -> Iterator[None]:
    """The same page, whose look is written nowhere."""
    from clearlines.web import pages

    real, pages.look = pages.look, lambda *args, **kwargs: None
    try:
        yield
    finally:
        pages.look = real


def bare_page(request: Any, rows: int) -> Any:
    """What Django does with a list and no walls: signed in, a count, one query, as many rows, in the house's layout."""
    from django.http import HttpResponse

    from clearlines.people.models import Person

    assert request.user.is_authenticated
    shown = Person.objects.select_related("home").order_by("family_name", "given_name", "known_as")
    return HttpResponse(bare_template().render({"rows": shown[:rows], "count": shown.count()}, request))


@functools.cache
def bare_template() -> Any:
    from django.template import engines

    return engines["django"].from_string(BARE)


BARE = """{% extends "web/layout.html" %}{% block content %}<h1>People</h1><p>{{ count }}</p>
<table class="govuk-table">{% for row in rows %}<tr><th scope="row"><a href="/people/{{ row.pk }}/">{{ row.name }}</a>
<td>{{ row.born_on }}<td>{{ row.home }}</tr>{% endfor %}</table>{% endblock %}"""


def throughput(engine: str, world: Any, said: argparse.Namespace) -> Iterator[Figure]:
    """Pages a second that 50 signed-in people get from one process, each kind in turn, a slice at a time.

    Test clients in one process, four at a time, so that the load generator costs each kind of page the same.
    """
    from django.urls import clear_url_caches, path

    from clearlines import urls

    urls.urlpatterns.append(path("bench/bare/<int:rows>/", bare_page, name="bench-bare"))
    clear_url_caches()
    clients = [signed_in(account) for account in (world.accounts * said.people)[: said.people]]
    for address, rows in LISTS:
        kinds = {
            "audited": lambda at=address: pages_in(clients, at, said.seconds / SLICES),
            "unaudited": lambda at=address: without_look(clients, at, said.seconds / SLICES),
            "bare": lambda n=rows: pages_in(clients, f"/bench/bare/{n}/", said.seconds / SLICES),
        }
        found: dict[str, list[float]] = {name: [] for name in kinds}
        for _ in range(SLICES):
            for name, ask in kinds.items():
                found[name].append(ask())
        audited, plain, bare = (statistics.median(found[name]) for name in kinds)
        what = f"audited {address} ({rows} rows)"
        yield pages_figure(engine, what, audited, "the same, unaudited", plain, 0.75)
        yield pages_figure(engine, what, audited, "a bare Django list page", bare, 0.60)


def pages_figure(engine: str, what: str, mine: float, beside: str, theirs: float, least: float) -> Figure:
    note = f"{mine:.0f} pages/s and {theirs:.0f}"
    target, kept = f">= {least:.0%}", mine / theirs
    return Figure(engine, what, 1000 / mine, beside, 1000 / theirs, kept, target, kept >= least, note)


def without_look(clients: list[Any], address: str, seconds: float) -> float:
    with unaudited():
        return pages_in(clients, address, seconds)


def pages_in(clients: list[Any], address: str, seconds: float, at_once: int = 4) -> float:
    """Pages a second; every thread keeps one connection and asks for each of its people in turn."""
    from django.db import connection

    done, ends = [0] * at_once, time.perf_counter() + seconds
    began = time.perf_counter()

    def go(which: int) -> None:
        mine = clients[which::at_once]
        while time.perf_counter() < ends:
            response = mine[done[which] % len(mine)].get(address)
            assert response.status_code == 200, response.status_code
            done[which] += 1
        connection.close()

    threads = [threading.Thread(target=go, args=(n,)) for n in range(at_once)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return sum(done) / (time.perf_counter() - began)


def profile(world: Any) -> None:
    import cProfile
    import pstats

    client = signed_in(world.accounts[1])
    client.get("/people/")
    with cProfile.Profile() as found:
        for _ in range(50):
            client.get("/people/")
    pstats.Stats(found, stream=sys.stderr).sort_stats("cumulative").print_stats(45)


if __name__ == "__main__":
    main()
