"""`clearlines database …`"""

from typing import Any

import click


@click.group()
def database() -> None:
    """The database's own lock on every table."""


@database.command()
@click.option("--role", default="clearlines_app", show_default=True, help="What the application signs in as, or is in.")
@click.pass_obj
def lock(console: Any, role: str) -> None:
    """Put row-level security on every table as its model declares, and give the application's role its grants.

    Run it as the role that owns the tables, after every migration. A role that is not there is made, without a
    password: grant it to the one the application signs in as.

    \b
    Answer: tables (how many are locked), role.
    For example:
      DATABASE_URL=postgres://owner@db/clearlines clearlines database lock
    """
    from django.db import connection

    from clearlines.access.second_lock.policies import fit

    if connection.vendor != "postgresql":
        raise click.UsageError("Only PostgreSQL has row-level security: set DATABASE_URL to the tables' owner.")
    fitted = fit(role)
    console.show({"tables": fitted, "role": role}, text=f"{fitted} tables are locked for {role}.")


@database.command()
@click.pass_obj
def check(console: Any) -> None:
    """Ask the database, as the application itself, whether the lock holds.

    \b
    Answer: holds (true or false), reasons (each a sentence).
    Exit code 1 if it does not, so that a timed check can raise the alarm.
    For example:
      clearlines database check --json
    """
    from clearlines.access.second_lock.proof import reasons_it_is_off

    reasons = list(reasons_it_is_off())
    words = "The lock holds." if not reasons else "The lock does not hold: " + "; ".join(reasons) + "."
    console.show({"holds": not reasons, "reasons": reasons}, text=words)
    if reasons:
        raise click.exceptions.Exit(1)
