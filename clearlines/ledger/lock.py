"""The database's own refusal: no row of the ledger is changed or deleted, whoever asks and by whatever road.

On PostgreSQL the application's role holds no such right either. Whoever owns the tables can still lift this, which is
why there is an anchor file; and an operator does, to let go of entries that are older than is kept (README.md).

SQLite drops a table's triggers when it alters the table: a migration that alters one of these puts the lock back on.
"""

from collections.abc import Iterator
from typing import Any

from clearlines.ledger.models import LEDGER_TABLES

SENTENCE = "the ledger is only ever added to"


VERBS = ("UPDATE", "DELETE")


def put_on(apps: Any, schema_editor: Any) -> None:
    for statement in putting_on(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def lift(apps: Any, schema_editor: Any) -> None:
    for statement in lifting(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def putting_on(vendor: str) -> Iterator[str]:
    if vendor == "postgresql":
        yield f"""
            CREATE OR REPLACE FUNCTION ledger_refuses() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"""
    refuse = "EXECUTE FUNCTION ledger_refuses()"
    if vendor == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
    for table, verb, name in _triggers():
        yield f"CREATE TRIGGER {name} BEFORE {verb} ON {table} {'FOR EACH ROW ' if vendor == 'sqlite' else ''}{refuse}"


def lifting(vendor: str) -> Iterator[str]:
    for table, _, name in _triggers():
        yield f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if vendor == "postgresql" else "")


def _triggers() -> Iterator[tuple[str, str, str]]:
    for table in LEDGER_TABLES:
        for verb in VERBS:
            yield table, verb, f"{table}_never_{verb.lower()}d"
