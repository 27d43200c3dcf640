"""Whether the lock holds, asked of the database as the application itself."""

from collections.abc import Iterator

from django.db import connection

from clearlines.access.second_lock.policies import ADD_ONLY, POLICY, locks

HOW = "run `clearlines database lock` as the tables' owner"


def reasons_it_is_off() -> Iterator[str]:
    """What stands open, asked of the database as the application itself. Nothing yielded: the lock holds."""
    if connection.vendor != "postgresql":
        yield "the database is not PostgreSQL, which alone has row-level security: set DATABASE_URL"
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone()[0]:
            yield "the application's database role may pass row-level security: use one that may not"
        cursor.execute(
            "SELECT c.relname, c.relrowsecurity, c.relowner = current_user::regrole, "
            f"obj_description(p.oid, 'pg_policy') FROM pg_class c LEFT JOIN pg_policy p "
            f"ON p.polrelid = c.oid AND p.polname = '{POLICY}_read' WHERE c.relnamespace = 'public'::regnamespace"
        )
        found = {table: (is_on, is_own, mark) for table, is_on, is_own, mark in cursor.fetchall()}
    for lock in locks():
        is_on, is_own, mark = found.get(lock.table, (False, False, None))
        if is_own:
            yield f"the application owns the table {lock.table}, so its lock does not hold: connect as another role"
        elif not is_on or mark != lock.fingerprint:
            yield f"the table {lock.table} is not locked as its model declares: {HOW}"
    yield from _editable_ledger()


def _editable_ledger() -> Iterator[str]:
    with connection.cursor() as cursor:
        for table in ADD_ONLY:
            cursor.execute("SELECT has_table_privilege(%s, 'UPDATE, DELETE, TRUNCATE')", [table])
            if cursor.fetchone()[0]:
                yield f"the application may change rows of {table}: {HOW}"
