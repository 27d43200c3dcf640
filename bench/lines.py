"""The register at a national centre's size: what each line was on any day, looked up and drawn.

    .venv/bin/python bench/lines.py [--lines 5000] [--drawn 500] [--engine postgres] [--json]

So many lines with ten statuses and forty identifiers each; one status in forty corrects another, one in ten was learned
late. Both engines in one run, one after the other. Beside each figure stands what Django does for the same rows without
walls, dates or knowledge. The timeline is drawn by Chromium from a served page of `--drawn` lines.
Times are this machine's; compare ratios.
"""

import argparse
import json
import logging
import os
import random
import statistics
import time
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from measured import ENGINES, Figure, on, signed_in, taken

BEGAN, DAYS = date(2019, 1, 1), 1500
STATUSES, IDENTIFIERS = 10, 40
TOWNS = ["Barrow-in-Furness", "Kendal", "Ulverston", "Millom", "Carlisle", "Whitehaven"]
FROM = ["Merseyside", "Greater Manchester", "West Midlands", "London"]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--lines", type=int, default=5000)
    asked.add_argument("--drawn", type=int, default=500)
    asked.add_argument("--engine", choices=ENGINES)
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--inside", choices=ENGINES, help=argparse.SUPPRESS)
    said = asked.parse_args()
    if said.inside:
        print(json.dumps([asdict(each) for each in measure(said)]))
        return
    figures = [each for engine in ENGINES if said.engine in (None, engine) for each in on(engine, __file__)]
    if said.json:
        print(json.dumps([asdict(each) for each in figures], indent=1))
        return
    rows = f"{said.lines * STATUSES} statuses, {said.lines * IDENTIFIERS} identifiers"
    print(f"{said.lines} lines, {rows}; {os.cpu_count()} cores")
    for figure in figures:
        print(figure.line)


def measure(said: argparse.Namespace) -> list[Figure]:
    import django

    django.setup()
    logging.disable(logging.WARNING)
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    world = World(said.lines)
    world.analyse()
    return [*standing(said.inside, world), *look_up(said.inside, world), *drawn(said.inside, said.drawn)]


class World:
    """A force with a register of so many lines, made in bulk: as many real verbs would take an hour."""

    def __init__(self, lines: int) -> None:
        from clearlines.access.models import Account
        from clearlines.access.programme import open_teams
        from clearlines.access.viewer import Viewer

        self.random = random.Random(9)
        open_teams(by=Viewer.setting_up(), from_on=BEGAN, with_password=False)
        self.account = Account.objects.select_related("organisation").get(username="analyst")
        self.made = {"owner_id": "police", "created_by": self.account}
        self.lines = self.register(lines)
        self.histories()
        self.identifiers()

    @property
    def viewer(self) -> Any:
        from clearlines.access.viewer import Viewer

        return Viewer.of(self.account)

    def register(self, how_many: int) -> list[Any]:
        from clearlines.lines.models import Line, LineMarket

        lines = [
            Line(**self.made, created_at=moment(0), number=n, reference=f"L-{n:04}", brand=f"Brand {n}",
                 exporter_area=FROM[n % len(FROM)])
            for n in range(1, how_many + 1)
        ]  # fmt: skip
        Line.objects.bulk_create(lines, batch_size=2000)
        LineMarket.objects.bulk_create(
            [LineMarket(**self.made, created_at=moment(0), line=line, town=TOWNS[n % len(TOWNS)], from_on=BEGAN)
             for n, line in enumerate(lines)], batch_size=2000,
        )  # fmt: skip
        return lines

    def histories(self) -> None:
        from clearlines.lines.models import LineStatus
        from clearlines.lines.states import Status as S

        turns = [S.UNDER_ASSESSMENT, S.ACTIVE, S.DORMANT, S.ACTIVE, S.CLOSED_T2, S.ACTIVE, S.DISRUPTED, S.ACTIVE,
                 S.CLOSED_T1]  # fmt: skip
        rows = []
        for line in self.lines:
            days = sorted(self.random.sample(range(DAYS), len(turns)))
            mine = [
                self.status(line, n + 1, status, day, self.random.randrange(60) if self.random.random() < 0.1 else 0)
                for n, (status, day) in enumerate(zip(turns, days, strict=True))
            ]
            wrong = mine[self.random.randrange(1, len(mine))]
            put_right = self.status(line, len(mine) + 1, S(wrong.status), (wrong.valid_from - BEGAN).days, 90)
            put_right.corrects = wrong if self.random.random() < 0.25 else None
            rows += [*mine, put_right]
        LineStatus.objects.bulk_create(rows, batch_size=2000)

    def status(self, line: Any, number: int, status: Any, day: int, late: int) -> Any:
        from clearlines.lines.models import LineStatus
        from clearlines.lines.states import Status

        on = BEGAN + timedelta(days=day)
        type_1 = {"holder_arrested_on": on, "holder_charged_on": on, "confirmed_by": "Centre", "confirmed_on": on}
        facts = type_1 if status == Status.CLOSED_T1 else {"complied_on": on} if status == Status.CLOSED_T2 else {}
        return LineStatus(
            **self.made, created_at=moment(day + late), line=line, sequence=number, status=status, valid_from=on,
            known_at=moment(day + late), **facts,
        )  # fmt: skip

    def identifiers(self) -> None:
        from clearlines.lines.models import LineIdentifier

        rows = [
            LineIdentifier(
                **self.made, created_at=moment(0), line=line, kind="number",
                value=f"+447700{900000 + (n * IDENTIFIERS + k) % 99999}{n % 10}", valid_from=BEGAN + timedelta(days=k),
            )
            for n, line in enumerate(self.lines)
            for k in range(IDENTIFIERS)
        ]  # fmt: skip
        LineIdentifier.objects.bulk_create(rows, batch_size=2000)

    def analyse(self) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            # What the server does by itself soon after so many rows were written.
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def moment(day: int) -> datetime:
    from django.utils import timezone

    return timezone.make_aware(datetime.combine(BEGAN + timedelta(days=day), datetime.min.time())) + timedelta(hours=9)


def standing(engine: str, world: World) -> Iterator[Figure]:
    """Any (valid, known) pair of days; beside it the newest row of each line, with no second date and no walls."""
    from django.db.models import OuterRef, Subquery

    from clearlines.lines import queries
    from clearlines.lines.models import Line, LineStatus

    newest = LineStatus.objects.filter(line=OuterRef("pk")).order_by("-valid_from").values("status")[:1]
    bare = Line.objects.annotate(status=Subquery(newest))

    def days() -> tuple[date, date]:
        on = BEGAN + timedelta(days=world.random.randrange(DAYS))
        return on, on + timedelta(days=world.random.randrange(90))

    def ours() -> Any:
        on, known = days()
        return queries.status_on(world.viewer, on, known)

    yield figure(engine, "how many were what, on and as known", ours, "the newest status of each, bare",
                 lambda: list(bare.values_list("status", flat=True)), 50, 30)  # fmt: skip
    yield figure(
        engine, "the same, every row listed", lambda: list(queries.standing_on(world.viewer, *days())),
        "every line, bare", lambda: list(Line.objects.all()), None, 12,
    )  # fmt: skip
    line = world.lines[len(world.lines) // 2]
    yield figure(
        engine, "what one line is today", lambda: queries.status_of(world.viewer, line), "one line by its key, bare",
        lambda: Line.objects.get(pk=line.pk), None, 60,
    )  # fmt: skip


def look_up(engine: str, world: World) -> Iterator[Figure]:
    from clearlines.lines import queries
    from clearlines.lines.models import LineIdentifier

    values = list(LineIdentifier.objects.values_list("value", flat=True)[: len(world.lines)])

    def bare() -> Any:
        return list(LineIdentifier.objects.filter(value=world.random.choice(values))[:20])

    def typed() -> str:
        return f"0{world.random.choice(values)[3:]}"

    yield figure(
        engine, "a line by any number it ever had", lambda: list(queries.matching(world.viewer, typed())[:20]),
        "the identifier row alone, bare", bare, 10, 60,
    )  # fmt: skip


def figure(
    engine: str, what: str, ask: Any, beside: str, other: Any, most: float | None, runs: int
) -> Figure:  # fmt: skip
    mine, theirs = (statistics.median(each) for each in taken(ask, other, runs))
    target = f"< {most} ms" if most else "-"
    return Figure(engine, what, mine, beside, theirs, mine / theirs, target, mine < most if most else None)


def drawn(engine: str, how_many: int) -> Iterator[Figure]:
    """A force of its own with `how_many` lines, so that the page shows no more: the server's part, and Chromium's."""
    from clearlines.lines.models import Line, LineIdentifier, LineMarket, LineStatus

    keep = list(Line.objects.order_by("number").values_list("pk", flat=True)[:how_many])
    for model in (LineIdentifier, LineMarket):
        model.objects.exclude(line__in=keep).delete()
    LineStatus.objects.exclude(line__in=keep).exclude(corrects=None).delete()
    LineStatus.objects.exclude(line__in=keep).delete()
    Line.objects.exclude(pk__in=keep).delete()
    from clearlines.access.models import Account

    client = signed_in(Account.objects.get(username="analyst"))
    mine, theirs = taken(lambda: client.get("/lines/"), lambda: client.get("/me/"), 8)
    page, other = statistics.median(mine), statistics.median(theirs)
    yield Figure(
        engine,
        f"the page of {how_many} lines, by the server",
        page,
        "a page about nobody",
        other,
        page / other,
        "-",
        None,
    )
    loaded = statistics.median(in_chromium(client.get("/lines/").content.decode()) for _ in range(5))
    yield Figure(
        engine, f"the timeline of {how_many}, drawn in Chromium", loaded, "", 0.0, 0.0, "< 1000 ms", loaded < 1000
    )


def in_chromium(html: str) -> float:
    """From the first byte to the second frame painted, the page's own files served from its static folder."""
    from playwright.sync_api import sync_playwright

    from tests.browser.fixtures import FLAGS

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        try:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.route("**/*", lambda route: serve(route, html))
            began = time.perf_counter()
            page.goto("http://127.0.0.1/lines/", wait_until="load")
            page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            return (time.perf_counter() - began) * 1000
        finally:
            browser.close()


def serve(route: Any, html: str) -> None:
    from django.contrib.staticfiles import finders

    path = route.request.url.split("127.0.0.1", 1)[1].split("?")[0]
    found = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
    if found:
        route.fulfill(path=found)
    elif path == "/lines/":
        route.fulfill(body=html, content_type="text/html; charset=utf-8")
    else:
        route.fulfill(status=404, body="")


if __name__ == "__main__":
    main()
