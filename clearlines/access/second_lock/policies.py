"""The policies and the grants, as statements for the tables' owner to run."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, models

from clearlines.access.declarations import Declared, Reader
from clearlines.access.models import Owned
from clearlines.access.second_lock.held import WHOLE_HOUSE
from clearlines.ledger.models import LEDGER_TABLES

# Only ever added to: the application may write a row and read it, nothing else.
ADD_ONLY = LEDGER_TABLES
POLICY = "clearlines"
# After set_config(…, true) ends, the setting is '' and not null. Each is worked out once a statement, not once a row:
# as arrays 100,000 rows are counted in half the time that IN (SELECT …) takes.
ASKING = "(SELECT NULLIF(current_setting('clearlines.organisation', true), ''))"
MARKINGS = "ARRAY(SELECT unnest(NULLIF(current_setting('clearlines.markings', true), '')::text[]))"
AWAY = "ARRAY(SELECT unnest(NULLIF(current_setting('clearlines.kept_away', true), '')::uuid[]))"
MOMENT = "(SELECT NULLIF(current_setting('clearlines.moment', true), '')::timestamptz)"
TODAY = f"(({MOMENT}) AT TIME ZONE 'Europe/London')::date"


@dataclass(frozen=True)
class Lock:
    """What one table is locked with, as statements for its owner to run."""

    table: str
    statements: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256("\n".join(self.statements).encode()).hexdigest()


def locked_models() -> list[type[models.Model]]:
    return sorted(
        (model for model in apps.get_models() if issubclass(model, Owned)), key=lambda each: each._meta.db_table
    )


def locks() -> list[Lock]:
    return [_lock(model) for model in locked_models()]


def _lock(model: type[models.Model]) -> Lock:
    table, declared = model._meta.db_table, model.declared  # type: ignore[attr-defined]
    seen = f"{ASKING} = '{WHOLE_HOUSE}' OR ({_reader(model, declared)}{_not_away(model, declared)})"
    written = "true" if declared.is_posted else f"owner_id = {ASKING} OR {ASKING} = '{WHOLE_HOUSE}'"
    kept = f"owner_id = {ASKING} OR {ASKING} = '{WHOLE_HOUSE}'"
    return Lock(
        table,
        (
            *_away_function(model, declared),
            f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
            *(f'DROP POLICY IF EXISTS {POLICY}_{verb} ON "{table}"' for verb in ("read", "add", "change", "remove")),
            f'CREATE POLICY {POLICY}_read ON "{table}" FOR SELECT USING ({seen})',
            f'CREATE POLICY {POLICY}_add ON "{table}" FOR INSERT WITH CHECK ({written})',
            f'CREATE POLICY {POLICY}_change ON "{table}" FOR UPDATE USING ({seen}) WITH CHECK ({kept})',
            f'CREATE POLICY {POLICY}_remove ON "{table}" FOR DELETE USING (({seen}) AND ({kept}))',
        ),
    )


def _reader(model: type[models.Model], declared: Declared) -> str:
    ways = [f"owner_id = {ASKING} AND marking = ANY ({MARKINGS})"]
    if declared.disclosed_to:
        living = [_is_living(model, name) for name in declared.disclosed_while]
        ways.append(" AND ".join([f"{_column(model, declared.disclosed_to)} = {ASKING}", *living]))
    if declared.is_open:
        published = f" AND {_column(model, declared.is_open)}" if isinstance(declared.is_open, str) else ""
        ways.append(f"{ASKING} IS NOT NULL{published}")
    ways += [_as_reader(model, reader) for reader in declared.readers]
    if declared.read_with:
        parent = model._meta.get_field(declared.read_with).related_model
        ways.append(f'{_column(model, declared.read_with)} IN (SELECT id FROM "{parent._meta.db_table}")')  # type: ignore[union-attr]
    return f"({' OR '.join(f'({way})' for way in ways)})"


def _as_reader(model: type[models.Model], reader: Reader) -> str:
    while_ = "".join(f"'{each}', " for each in reader.among).rstrip(", ")
    state = f" AND {_column(model, reader.state)} IN ({while_})" if reader.state else ""
    marking = f" AND marking = ANY ({MARKINGS})"
    return f"({_column(model, reader.path)} = {ASKING}{state}{marking})"


def _is_living(model: type[models.Model], name: str) -> str:
    """A time at which it was revoked must be empty; a last day must not have passed."""
    field, column = model._meta.get_field(name), _column(model, name)
    if isinstance(field, models.DateTimeField):
        return f"{column} IS NULL"
    return f"({column} IS NULL OR {column} >= {TODAY})"


def _not_away(model: type[models.Model], declared: Declared) -> str:
    direct = [path for path in declared.about if "__" not in path]
    parts = [_is_not(model, path) for path in direct]
    if len(direct) < len(declared.about):
        parts.append(f"({AWAY} = '{{}}' OR id NOT IN (SELECT {_away_name(model)}()))")
    return "".join(f" AND {part}" for part in parts)


def _is_not(model: type[models.Model], path: str) -> str:
    column = _column(model, path)
    told = f"{column} <> ALL ({AWAY})"
    return told if path == "pk" or not model._meta.get_field(path).null else f"({column} IS NULL OR {told})"


def _away_function(model: type[models.Model], declared: Declared) -> Iterator[str]:
    """Rows about somebody kept away, through other tables: asked as their owner, so that no lock hides them."""
    through = [path for path in declared.about if "__" in path]
    if not through:
        return
    asked = " UNION ".join(_away_query(model, path) for path in through)
    yield (
        f"CREATE OR REPLACE FUNCTION {_away_name(model)}() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER "
        f"SET search_path = public AS $$ {asked} $$"
    )


def _away_query(model: type[models.Model], path: str) -> str:
    *steps, last = path.split("__")
    here, joins = model, []
    for number, step in enumerate(steps):
        there: type[models.Model] = here._meta.get_field(step).related_model  # type: ignore[assignment]
        joins.append(
            f'JOIN "{there._meta.db_table}" t{number + 1} ON t{number + 1}.id = t{number}.{_column(here, step)}'
        )
        here = there
    return (
        f'SELECT t0.id FROM "{model._meta.db_table}" t0 {" ".join(joins)} '
        f"WHERE t{len(steps)}.{_column(here, last)} = ANY ({AWAY})"
    )


def _away_name(model: type[models.Model]) -> str:
    return f"clearlines_away_{model._meta.db_table}"


def _column(model: type[models.Model], name: str) -> str:
    field = model._meta.pk if name == "pk" else model._meta.get_field(name)
    return str(field.column)  # type: ignore[union-attr]


def grants(role: str) -> list[str]:
    """What the application's role may do: no table is its own, and the ledger is only ever added to."""
    return [
        f'GRANT USAGE ON SCHEMA public TO "{role}"',
        f'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "{role}"',
        f'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO "{role}"',
        *(f'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM "{role}"' for table in ADD_ONLY),
        *(f'REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON "{table}" FROM "{role}"' for table in _owners_own()),
    ]


def _owners_own() -> set[str]:
    """Tables that only migrations write. A database made straight from the models has none."""
    return {"django_migrations", "django_content_type"} & set(connection.introspection.table_names())


def fit(role: str) -> int:
    """Run as the tables' owner: every lock put on afresh, and the role's grants. The number of tables locked."""
    fitted = locks()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is None:
            cursor.execute(f'CREATE ROLE "{role}" NOLOGIN')
        for lock in fitted:
            for statement in lock.statements:
                cursor.execute(statement)
            cursor.execute(f"COMMENT ON POLICY {POLICY}_read ON \"{lock.table}\" IS '{lock.fingerprint}'")
        for statement in grants(role):
            cursor.execute(statement)
    return len(fitted)
