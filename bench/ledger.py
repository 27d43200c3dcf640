"""The ledger under load, and "Who has looked?" over a million rows, on a database of its own that is thrown away.

    .venv/bin/python bench/ledger.py [--postgres] [--writers 64] [--each 200]
    .venv/bin/python bench/ledger.py --looked [--postgres] [--rows 1000000]

The first prints, for that many writers at once, how long one append takes beside a bare insert of the same row by the
same writers in the same run, what was lost, and how long each entry waited for its seal (a sealer runs beside, as in
bin/run).
The second fills a ledger, then times what the page asks of the database for a record that was looked at often, and
`ledger verify`. Times are this machine's; compare ratios.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bin")]
PEOPLE = 5_000
OFTEN = "people.Person:00000000-0000-4000-8000-000000000042"


class Someone:
    def __init__(self, name: str = "worker", organisation_key: str = "charity") -> None:
        self.name, self.organisation_key = name, organisation_key

    @property
    def now(self) -> datetime:
        return datetime.now(UTC)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--postgres", action="store_true", help="a private PostgreSQL, instead of SQLite")
    asked.add_argument("--writers", type=int, default=64)
    asked.add_argument("--each", type=int, default=200, help="appends by each writer")
    asked.add_argument("--looked", action="store_true", help="time 'Who has looked?' and verify")
    asked.add_argument("--rows", type=int, default=1_000_000)
    said = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="clearlines-bench-ledger-") as var:
        os.environ |= {"CLEARLINES_VAR": var, "DJANGO_SETTINGS_MODULE": "clearlines.settings"}
        os.environ.pop("DATABASE_URL", None)
        if not said.postgres:
            run(said)
            return
        from front_door import cluster

        # As in production: commits wait for the disk, and 64 writers may come.
        cluster.SETTINGS |= {"max_connections": "160", "fsync": "on", "synchronous_commit": "on"}
        with cluster.private_cluster() as address:
            os.environ["DATABASE_URL"] = address
            run(said)


def run(said: argparse.Namespace) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    settings.LEDGER_SEALS_ITSELF = False
    call_command("migrate", "ledger", verbosity=0)
    version = ".".join(map(str, connection.Database.sqlite_version_info)) if connection.vendor == "sqlite" else ""
    print(f"engine {connection.vendor} {version}".rstrip())
    (looked if said.looked else appends)(said)
    connection.close()


def appends(said: argparse.Namespace) -> None:
    from clearlines.ledger import actions
    from clearlines.ledger.kinds import Kind
    from clearlines.ledger.models import Entry

    def ours(writer: int, number: int) -> None:
        about = ["people.list", f"people.Person:{number}", f"people.Person:{writer}"]
        actions.record("looked:people-list", kind=Kind.CONSULTATION, by=Someone(f"w{writer}"), about=about)

    bare_table()
    sealer = subprocess.Popen([sys.executable, "-c", SEALER], cwd=ROOT)
    try:
        report("bare insert", said, measured(bare, said))
        before = Entry.objects.count()
        report("ours", said, measured(ours, said))
        wanted = said.writers * said.each
        time.sleep(1.5)
        print(f"lost {wanted - (Entry.objects.count() - before)} of {wanted}")
        waits()
    finally:
        sealer.terminate()
        sealer.wait()


SEALER = """
import django, time
django.setup()
from clearlines.ledger.actions import Sealer
sealer = Sealer()
while True:
    sealer.round()
    time.sleep(0.25)
"""


def bare_table() -> None:
    from django.db import connection

    key = "bigserial PRIMARY KEY" if connection.vendor == "postgresql" else "integer PRIMARY KEY AUTOINCREMENT"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bare (id {key}, at text, actor text, organisation text, event text)")


def bare(writer: int, number: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO bare (at, actor, organisation, event) VALUES (%s, %s, %s, %s)",
            [str(datetime.now(UTC)), f"w{writer}", "charity", "looked:people-list"],
        )


def measured(append: Callable[[int, int], None], said: argparse.Namespace) -> tuple[float, list[float]]:
    """Every writer begins at one moment, its connection already open."""
    from django.db import connection

    taken: list[float] = []
    begin = threading.Barrier(said.writers + 1)

    def write(writer: int) -> None:
        connection.ensure_connection()
        begin.wait()
        mine = []
        for number in range(said.each):
            began = time.perf_counter()
            append(writer, number)
            mine.append((time.perf_counter() - began) * 1000)
        taken.extend(mine)
        connection.close()

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(said.writers)]
    for thread in threads:
        thread.start()
    begin.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began, taken


def report(what: str, said: argparse.Namespace, found: tuple[float, list[float]]) -> None:
    seconds, taken = found
    cuts = statistics.quantiles(taken, n=100)
    print(
        f"{what:<12} {said.writers} writers, {len(taken):,} rows, {len(taken) / seconds:,.0f} a second: "
        f"p50 {cuts[49]:.1f} ms, p95 {cuts[94]:.1f} ms, max {max(taken):.1f} ms"
    )


def waits() -> None:
    from clearlines.ledger.models import Entry, Seal

    rows = Seal.objects.values_list("sealed_at", "entry__at")
    waited = sorted((sealed - at).total_seconds() for sealed, at in rows)
    unsealed = Entry.objects.filter(seal=None).count()
    print(
        f"waited for the seal: p95 {waited[int(len(waited) * 0.95)]:.2f} s, max {waited[-1]:.2f} s; {unsealed} unsealed"
    )


def looked(said: argparse.Namespace) -> None:
    from django.db import connection

    from clearlines.ledger import actions, queries
    from clearlines.ledger.models import Entry, Subject

    began = time.perf_counter()
    fill(said.rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    took = time.perf_counter() - began
    print(f"{Entry.objects.count():,} entries, {Subject.objects.count():,} subjects in {took:.0f} s")
    asked = {
        "count, 90 days": lambda page: page.count(),
        "first 50": lambda page: list(page[:50]),
        "last 50": lambda page: list(page[max(0, page.count() - 50) :]),
        "by whom": lambda page: list(queries.by_whom(page)),
    }
    since = datetime.now(UTC) - timedelta(days=90)
    for what, ask in asked.items():
        taken: list[float] = []
        for _ in range(5):
            began = time.perf_counter()
            ask(queries.looks_at(Someone(), OFTEN, since=since))
            taken.append((time.perf_counter() - began) * 1000)
        print(f"{what:<16} {statistics.median(taken):8.1f} ms")
    print(f"{queries.looks_at(Someone(), OFTEN, since=since).count():,} looks at that record in 90 days")
    began = time.perf_counter()
    actions.seal_waiting()
    print(f"sealed in {time.perf_counter() - began:.0f} s")
    began = time.perf_counter()
    print(f"verify: {queries.verify().in_words} {time.perf_counter() - began:.0f} s")


def fill(rows: int) -> None:
    """A year of looks: every tenth is a list of eight people, and every twentieth shows the one who is asked about."""
    from django.db import connection, transaction

    from clearlines.ledger import writing
    from clearlines.ledger.chain import partition_of
    from clearlines.ledger.models import Entry

    draw, now = random.Random(1), datetime.now(UTC)
    for start in range(0, rows, 5_000):
        batch = []
        for number in range(start, min(rows, start + 5_000)):
            organisation = "charity" if number % 2 else "police"
            people = [f"people.Person:{draw.randrange(PEOPLE)}" for _ in range(8 if number % 10 == 0 else 1)]
            names = ["people.list", *people] if number % 10 == 0 else people
            entry = Entry(
                partition=partition_of(organisation, 16), at=now - timedelta(days=365 * (rows - number) / rows),
                actor=f"w{draw.randrange(40)}", organisation=organisation, kind="consultation",
                event="looked:people-list" if number % 10 == 0 else "looked:people-person",
            )  # fmt: skip
            batch.append((entry, list(dict.fromkeys([*names, *([OFTEN] if number % 20 < 2 else [])]))))
        with transaction.atomic():
            writing.insert(batch)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")


if __name__ == "__main__":
    main()
