"""A consistent copy of a database that people are using, and an empty one filled from it."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterable
from pathlib import Path

from django.apps import apps
from django.db import connection

from clearlines.access.refusals import Refused

PROGRAMS = Path("/usr/lib/postgresql")


def copy_to(path: Path) -> None:
    """The database as it stands at one moment."""
    if connection.vendor == "sqlite":
        _fill(path, connection)
    else:
        _run("pg_dump", ["--format=custom", "--no-owner", "--no-acl", f"--file={path}"])


def fill_from(path: Path) -> None:
    """The database as it stood. Whatever is there must be empty: reasons_not_to_fill says whether it is."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        with sqlite3.connect(path) as source:
            source.backup(connection.connection)
        source.close()
    else:
        options = ["--clean", "--if-exists", "--no-owner", "--no-acl", "--single-transaction", "--exit-on-error"]
        _run("pg_restore", [*options, f"--dbname={connection.settings_dict['NAME']}", str(path)])
    connection.close()


def reasons_not_to_fill() -> Iterable[str]:
    there = set(connection.introspection.table_names())
    for model in apps.get_models():
        ours = model.__module__.startswith("clearlines.") and model._meta.db_table in there
        if ours and model._default_manager.exists():
            yield "this database already holds a programme: restore into an empty one"
            return


def _fill(path: Path, from_: object) -> None:
    connection.ensure_connection()
    target = sqlite3.connect(path)
    try:
        connection.connection.backup(target)
    finally:
        target.close()


def _run(name: str, options: list[str]) -> None:
    said = connection.settings_dict
    given = {"PGHOST": said["HOST"], "PGPORT": said["PORT"], "PGUSER": said["USER"], "PGPASSWORD": said["PASSWORD"],
             "PGDATABASE": said["NAME"]}  # fmt: skip
    env = {**os.environ, **{key: str(value) for key, value in given.items() if value}}
    done = subprocess.run([_program(name), *options], env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise Refused([f"{name} failed ({last}): run it as the role that owns the tables"])


def _program(name: str) -> str:
    """The newest on the machine: pg_dump must be no older than the server."""
    found = sorted(PROGRAMS.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]), reverse=True)
    program = str(found[0]) if found else shutil.which(name)
    if program is None:
        raise Refused([f"{name} is not on this machine: install the PostgreSQL client programs"])
    return program
