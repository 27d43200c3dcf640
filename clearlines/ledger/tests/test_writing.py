"""Many write at once, on a database of their own: nothing is lost, nothing is told before it is on disk.

In processes of their own, because a test's own connection is inside a transaction, where an entry is written directly.
"""

import os
import secrets
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.slow

BEGIN = """
import os, sys, threading, time
import django
django.setup()
from datetime import UTC, datetime
from django.conf import settings
from django.db import connection
from clearlines.ledger import actions, queries, writing
from clearlines.ledger.models import Entry, Seal
settings.LEDGER_SEALS_ITSELF = os.environ.get("SEALS") == "1"
class By:
    name, organisation_key, now = "worker", "charity", datetime.now(UTC)
def look(number):
    return actions.record("looked:people-list", kind="consultation", by=By, about=["people.list", str(number)])
"""


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    """A ledger of its own, with everything that the migrations put on it, on the engine that is being tested."""
    folder = tmp_path_factory.mktemp("ledger")
    with database() as address:
        surroundings = {
            name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "LEDGER_ANCHOR")
        }
        surroundings |= {"CLEARLINES_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "clearlines.settings"} | address
        migrate = [sys.executable, "manage.py", "migrate", "ledger", "-v0"]
        subprocess.run(migrate, cwd=ROOT, env=surroundings, check=True)
        yield surroundings


@contextmanager
def database():
    """What names it in the environment: nothing on SQLite, which keeps it in the folder."""
    if not (address := os.environ.get("DATABASE_URL", "")).startswith("postgres"):
        yield {}
        return
    name = f"ledger_{secrets.token_hex(4)}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield {"DATABASE_URL": urlsplit(address)._replace(path=f"/{name}").geturl()}
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def ask(var, script, **more):
    done = subprocess.run(
        [sys.executable, "-c", BEGIN + script], cwd=ROOT, env=var | more, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_sixty_four_writers_lose_nothing_and_break_nothing(var):
    assert ask(var, """
def write(writer):
    for number in range(20): look(f"{writer}-{number}")
    connection.close()
threads = [threading.Thread(target=write, args=(writer,)) for writer in range(64)]
before = Entry.objects.count()
for thread in threads: thread.start()
for thread in threads: thread.join()
actions.seal_waiting()
print(Entry.objects.count() - before, Seal.objects.count() == Entry.objects.count(), queries.verify().intact)
""") == ["1280", "True", "True"]  # fmt: skip


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="PostgreSQL's commits wait unless it is told otherwise")
def test_the_writers_commits_wait_for_the_disk(var):
    """2 is FULL: SQLite's word for a commit that a power cut cannot undo."""
    assert ask(var, """
seen = []
commit = writing.Writer._commit
def asked(self, batch):
    commit(self, batch)
    seen.extend(connection.cursor().execute(f"PRAGMA {each}").fetchone()[0] for each in ("journal_mode", "synchronous"))
writing.Writer._commit = asked
look(1)
time.sleep(0.1)
print(*seen)
""") == ["wal", "2"]  # fmt: skip


def test_a_writer_that_dies_is_followed_by_another_and_nobody_is_kept_waiting(var):
    assert ask(var, """
gathered = writing.Writer._gathered
deaths = iter([True, True])
def dies(self):
    batch = gathered(self)
    if batch and next(deaths, False):
        for each in batch: self._inbox.put(each)
        sys.exit()
    return batch
writing.Writer._gathered = dies
before = Entry.objects.count()
for number in range(3): look(number)
print(Entry.objects.count() - before)
""") == ["3"]  # fmt: skip


def test_a_batch_the_database_refuses_is_written_one_by_one(var):
    assert ask(var, """
insert = writing.insert
def refuses(batch):
    if threading.current_thread().name == "ledger-writer": raise OSError("no space left on device")
    insert(batch)
writing.insert = refuses
before = Entry.objects.count()
look(1)
print(Entry.objects.count() - before)
""") == ["1"]  # fmt: skip


def test_an_idle_writer_closes_its_connection_and_the_next_entry_starts_another(var):
    assert ask(var, """
writing.IDLE = 0.05
before = Entry.objects.count()
look(1)
time.sleep(0.3)
print(writing.the_writer._thread)
look(2)
print(Entry.objects.count() - before)
""") == ["None", "2"]  # fmt: skip


def test_a_forked_process_writes_with_a_writer_of_its_own(var):
    assert ask(var, """
before = Entry.objects.count()
look(1)
connection.close()
if (child := os.fork()) == 0:
    look(2)
    os._exit(0)
os.waitpid(child, 0)
print(Entry.objects.count() - before)
""") == ["2"]  # fmt: skip


def test_an_entry_is_sealed_and_anchored_within_a_second_with_no_timed_work_running(var):
    answer = ask(var, """
entry = look(1)
began = time.monotonic()
while not Seal.objects.filter(entry=entry).exists() and time.monotonic() - began < 5: time.sleep(0.02)
took = time.monotonic() - began
while not queries.verify().anchors and time.monotonic() - began < 10: time.sleep(0.1)
print(took < 2, queries.verify().anchors > 0, queries.verify().intact)
""", SEALS="1")  # fmt: skip
    assert answer == ["True", "True", "True"]


def test_whatever_was_told_as_written_is_there_after_the_process_is_killed(var):
    """Killed without warning while sixteen write: each number it printed is in the file."""
    script = (
        BEGIN
        + """
def write(writer):
    for number in range(100_000):
        os.write(1, f"{look(number).pk}\\n".encode())
for writer in range(16): threading.Thread(target=write, args=(writer,)).start()
"""
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, env=var, stdout=subprocess.PIPE, text=True
    ) as process:
        lines = [process.stdout.readline() for _ in range(500)]
        process.send_signal(signal.SIGKILL)
        # The last line may be cut in two.
        lines += process.stdout.read().split("\n")[:-1]
    told = [int(line) for line in lines if line.strip().isdigit()]
    assert len(told) >= 500
    assert ask(var, f"""
told = {told}
there = set(Entry.objects.values_list("pk", flat=True))
print(set(told) <= there, Entry.objects.filter(subjects=None, event="looked:people-list").count())
""") == ["True", "0"]  # fmt: skip


@pytest.mark.parametrize("table", ["ledger_entry", "ledger_subject", "ledger_seal"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_migrations_put_the_lock_on(var, table, verb):
    assert ask(var, f"""
from django.db import IntegrityError
look(1)
actions.seal_waiting()
try: connection.cursor().execute("{verb.format(table)}")
except IntegrityError as refused: print("only ever added to" in str(refused))
""") == ["True"]  # fmt: skip


def test_many_writers_and_several_sealers_at_once_break_nothing(var):
    assert ask(var, """
from clearlines.ledger.sealing import Sealer
def write(writer):
    for number in range(40): look(f"{writer}-{number}")
    connection.close()
def seal():
    sealer = Sealer()
    for _ in range(25):
        sealer.round()
        time.sleep(0.02)
    connection.close()
threads = [threading.Thread(target=write, args=(writer,)) for writer in range(16)]
threads += [threading.Thread(target=seal) for _ in range(3)]
for thread in threads: thread.start()
for thread in threads: thread.join()
actions.seal_waiting()
verdict = queries.verify()
print(verdict.first_break, verdict.waiting, verdict.anchors > 0)
""") == ["None", "0", "True"]  # fmt: skip


def test_the_console_says_that_it_is_whole_and_names_what_is_not(var):
    verifying = "import sys; from clearlines.cli.main import main; sys.exit(main(['ledger', 'verify']))"

    def verify():
        return subprocess.run(
            [sys.executable, "-c", verifying],
            cwd=ROOT, env=var, capture_output=True, text=True, check=False,
        )  # fmt: skip

    whole = verify()
    assert (whole.returncode, "the chain is whole" in whole.stdout) == (0, True), whole.stdout + whole.stderr
    ask(
        var,
        """
from clearlines.ledger.lock import lifting
with connection.cursor() as cursor:
    for statement in lifting(connection.vendor): cursor.execute(statement)
    cursor.execute("UPDATE ledger_entry SET actor = 'nobody' WHERE id = 3")
""",
    )
    broken = verify()
    assert (broken.returncode, "entry 3)" in broken.stdout) == (1, True), broken.stdout + broken.stderr
