"""What whoever runs the database, the disk or the backups can read of what people said: none of it."""

import json
import os
import subprocess
import sys
import uuid
from pathlib import Path

import dj_database_url
import pytest
from django.db import connection

from clearlines.access.refusals import Refused
from clearlines.care import actions as care_actions
from clearlines.care.tests import build as care
from clearlines.cli.console import Console
from clearlines.keys import backups
from clearlines.keys.backups import engines
from clearlines.keys.files import Vault
from clearlines.keys.holders import KeyMissing
from clearlines.referrals import actions as referral_actions
from clearlines.referrals.tests import build as letters
from clearlines.screening.tests import build as screenings
from clearlines.visits.tests import build as visits

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
# Words that are in no form, no template and no other note.
PLAN, GOAL, REVIEW, SEEN, REASON, WHY, ENDED = (
    "marmalade-lighthouse", "quince-ferry", "damson-viaduct", "sorrel-causeway", "medlar-harbour", "bilberry-signal",
    "sloe-turnpike",
)  # fmt: skip
SAID = (PLAN, GOAL, REVIEW, SEEN, REASON, WHY, ENDED)
PHOTO = b"\xff\xd8 rowan-embankment " * 20


def write_everything(cast):
    """Notes in each room, by the same actions that pages call."""
    plan = care.plan(cast.worker, own_words=PLAN, goals=[care.goal(words=GOAL)])
    care_actions.review(
        by=cast.worker, plan=plan, seen=plan.version, how_it_is=REVIEW, next_review_on=plan.review_on,
        person_was_there=True, held_on=cast.worker.today,
    )  # fmt: skip
    visits.account(cast.worker, facts=SEEN, who_was_there=SEEN, opinion=SEEN)
    screenings.completed(cast.worker, band="today", reason=REASON)
    letter = letters.received(cast.food_club, cast.worker, why=WHY)
    referral_actions.decline(by=cast.worker, received=letter, because="no_room", why=ENDED)
    return plan


def everything_in_the_database() -> str:
    """Every row of every table, as its owner reads it, past every model and every lock."""
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += [f"{table}: {' | '.join(_as_text(value) for value in row)}" for row in cursor.fetchall()]
        return "\n".join(rows)


def _as_text(value) -> str:
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)


def test_nothing_that_was_said_lies_in_any_table(cast):
    write_everything(cast)
    there = everything_in_the_database()
    assert "Robin" in there  # the search finds what does lie in clear: a register of names
    assert not [words for words in SAID if words in there]


def test_nothing_that_was_said_lies_in_the_database_file_nor_its_journal(cast, tmp_path):
    write_everything(cast)
    engines.copy_to(tmp_path / "copy")
    raw = (tmp_path / "copy").read_bytes()
    assert not [words for words in SAID if words.encode() in raw]


@pytest.fixture
def fresh(tmp_path, settings):
    """Somewhere to restore to: `fresh(["backup", …])` runs a command there as another process would."""
    somewhere = tmp_path / "fresh"
    database = f"clearlines_restored_{uuid.uuid4().hex[:8]}"
    environment = {**os.environ, "CLEARLINES_VAR": str(somewhere), "KEYS_DIR": str(settings.KEYS_DIR)}
    environment.pop("DATABASE_URL", None)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {database}")
        said = dj_database_url.parse(os.environ["DATABASE_URL"])
        environment["DATABASE_URL"] = (
            f"postgres://{said['USER']}:{said['PASSWORD']}@{said['HOST']}:{said['PORT']}/{database}"
        )

    def run(*words, **more):
        python = "import sys; from clearlines.cli.main import main; sys.exit(main(sys.argv[1:]))"
        return subprocess.run(
            [sys.executable, "-c", python, *words], env={**environment, **more}, cwd=Path(__file__).parents[3],
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    yield run
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")


@pytest.fixture
def files(settings, tmp_path):
    settings.MEDIA_ROOT, settings.INCIDENTS_DIR = tmp_path / "files", tmp_path / "incidents"
    return settings.MEDIA_ROOT


@pytest.fixture
def made(cast, files, tmp_path):
    """A backup of a programme with notes and a photograph in it."""
    write_everything(cast)
    Vault().save("charity", PHOTO, about="visits.Photo:1")
    manifest = backups.make(tmp_path / "backups", by=Console().machine)
    return tmp_path / "backups" / manifest["file"]


def test_neither_the_backup_nor_its_manifest_nor_the_files_hold_a_word(made, files):
    raw = made.read_bytes() + made.with_suffix(".json").read_bytes()
    raw += b"".join(path.read_bytes() for path in files.rglob("*") if path.is_file())
    assert not [words for words in (*SAID, "Robin", "rowan-embankment", "SQLite") if words.encode() in raw]
    assert sorted(path.name for path in made.parent.iterdir()) == sorted([made.name, made.with_suffix(".json").name])
    assert made.stat().st_mode & 0o077 == 0


def test_a_backup_restored_elsewhere_is_whole_and_opens_with_the_keys_and_not_without(made, fresh, tmp_path):
    done = fresh("backup", "restore", str(made), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(fresh("ledger", "verify", "--json").stdout)["intact"] is True
    checked = json.loads(fresh("keys", "check", "--json").stdout)
    assert checked["sealed"] > 10
    assert checked["unreadable"] == []
    assert [path.stat().st_size > 0 for path in (tmp_path / "fresh" / "files").rglob("*") if path.is_file()] == [True]
    nowhere = tmp_path / "no-keys"
    nowhere.mkdir()
    without = json.loads(fresh("keys", "check", "--json", KEYS_DIR=str(nowhere)).stdout)
    assert without["sealed"] == 0
    assert len(without["unreadable"]) == checked["sealed"]


def test_a_restore_never_writes_over_a_programme(made, fresh):
    assert fresh("backup", "restore", str(made)).returncode == 0
    again = fresh("backup", "restore", str(made))
    assert again.returncode == 2
    assert "already holds a programme" in again.stderr


def test_a_restore_without_the_hosts_key_changes_nothing(made, fresh, tmp_path):
    nowhere = tmp_path / "no-keys"
    nowhere.mkdir()
    refused = fresh("backup", "restore", str(made), KEYS_DIR=str(nowhere))
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    assert fresh("backup", "restore", str(made)).returncode == 0


def test_a_backup_that_was_changed_is_refused_before_anything_is_touched(made, fresh, tmp_path):
    raw = bytearray(made.read_bytes())
    raw[len(raw) // 2] ^= 1
    made.write_bytes(bytes(raw))
    for _ in ("with its manifest", "and without"):
        refused = fresh("backup", "restore", str(made))
        assert refused.returncode == 2
        assert "damaged" in refused.stderr
        made.with_suffix(".json").unlink(missing_ok=True)
    assert not list((tmp_path / "fresh").glob(".restore-*"))


def test_a_backup_is_refused_where_something_already_is(made, cast, files):
    with pytest.raises(Refused, match="already holds a programme"):
        backups.restore(made, by=Console().machine)


def test_a_backup_that_fails_leaves_nothing_behind(cast, files, tmp_path, settings):
    settings.KEYS_DIR, settings.KEYS_MADE_AT_NEED = tmp_path / "none", False
    with pytest.raises(KeyMissing):
        backups.make(tmp_path / "backups", by=Console().machine)
    assert list((tmp_path / "backups").iterdir()) == []
    assert not list(settings.VAR.glob(".backup-*"))
