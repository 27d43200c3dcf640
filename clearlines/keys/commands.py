"""`clearlines keys …` and `clearlines backup …`"""

from pathlib import Path
from typing import Any

import click

WHO = click.option("--organisation", required=True, metavar="KEY", help="The organisation's key, such as charity.")
ANYBODY = click.option("--organisation", default="", metavar="KEY", help="Only this organisation's rows.")


@click.group()
def keys() -> None:
    """The keys that notes, files and backups are sealed under: each controller holds its own."""


def the_organisation(key: str) -> Any:
    from clearlines.access.models import Organisation

    organisation = Organisation.objects.filter(pk=key).first()
    if organisation is None:
        raise click.UsageError(f"There is no organisation '{key}' in this programme.")
    return organisation


@keys.command()
@WHO
@click.option("--again", is_flag=True, help="In place of the key in use, which is kept below it until `rewrap`.")
@click.pass_obj
def make(console: Any, organisation: str, again: bool) -> None:
    """Make an organisation's own key as a file in KEYS_DIR, readable by this user only.

    The organisation keeps a copy where this machine's administrators cannot reach it. A lost key cannot be replaced.

    \b
    For example:
      clearlines keys make --organisation charity
    """
    from django.conf import settings

    from clearlines.keys import holders

    path = settings.KEYS_DIR / f"{holders.plain(organisation)}.key"
    if path.exists() and not again:
        raise click.UsageError(
            f"{path.name} is there already: to change it, add --again, then run clearlines keys rewrap."
        )
    former = holders.KeyFiles().keys_of(organisation, for_wrapping=False) if path.exists() else None
    holders.make(organisation, former=former)
    console.show(
        {"made": path.name}, text=f"{path.name} is made. Keep a copy of it somewhere else: it cannot be replaced."
    )


@keys.command()
@WHO
@click.pass_obj
def rotate(console: Any, organisation: str) -> None:
    """A new data key for each purpose. What was sealed before still opens; `clearlines keys encrypt` seals it anew.

    \b
    For example:
      clearlines keys rotate --organisation charity
    """
    from clearlines.keys import actions

    made = actions.rotate(by=console.machine, organisation=the_organisation(organisation))
    said = [{"purpose": key.purpose, "version": key.version} for key in made]
    words = ", ".join(f"{key.purpose} version {key.version}" for key in made)
    console.show({"keys": said}, text=f"New data keys: {words}.")


@keys.command()
@WHO
@click.pass_obj
def rewrap(console: Any, organisation: str) -> None:
    """Wrap an organisation's data keys under its newest own key. Afterwards its former own keys may be destroyed.

    \b
    For example:
      clearlines keys make --organisation charity --again
      clearlines keys rewrap --organisation charity
    """
    from clearlines.keys import actions

    done = actions.rewrap(by=console.machine, organisation=the_organisation(organisation))
    console.show({"rewrapped": done}, text=f"{done} data keys are under the newest key of {organisation}.")


@keys.command()
@ANYBODY
@click.pass_obj
def encrypt(console: Any, organisation: str) -> None:
    """Seal under the newest data key every value that is not: after an upgrade, or after `rotate`.

    In batches, each complete in itself: a run that is stopped is simply run again. After the first run, vacuum the
    database: it may keep the clear words where it no longer shows them.

    \b
    Answer: resealed, by model.
    For example:
      clearlines keys encrypt
    """
    from clearlines.access import second_lock
    from clearlines.keys import actions, queries

    done: dict[str, int] = {}
    with second_lock.held(console.machine):
        for model, _ in queries.sealed_models():
            label = model._meta.label
            done[label] = 0
            for rows in queries.batches(model, organisation):
                done[label] += actions.reseal(by=console.machine, model=model, rows=rows)
                click.echo(f"{label}: {done[label]}", err=True)
    console.show({"resealed": done}, text=f"{sum(done.values())} values are sealed anew.")


@keys.command()
@ANYBODY
@click.pass_obj
def check(console: Any, organisation: str) -> None:
    """Open every sealed value, and name each that does not open. No word is shown.

    \b
    Answer: sealed, plain (still in clear), unreadable (places), whole (true or false).
    Exit code 1 if anything is in clear or does not open.
    For example:
      clearlines keys check --json
    """
    from clearlines.access import second_lock
    from clearlines.keys import queries

    with second_lock.held(console.machine):
        found = queries.found(console.machine, organisation=organisation)
    words = f"{found.sealed:,} values open; {found.plain:,} lie in clear; {len(found.unreadable):,} do not open."
    if found.unreadable:
        words += f" The first that does not: {found.unreadable[0]}."
    answer = {"sealed": found.sealed, "plain": found.plain, "unreadable": found.unreadable, "whole": found.is_whole}
    console.show(answer, text=words)
    if not found.is_whole:
        raise click.exceptions.Exit(1)


@click.group()
def backup() -> None:
    """A whole copy of the database and the files, sealed under the host's backup key."""


@backup.command("make")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def make_backup(console: Any, folder: Path) -> None:
    """Write a sealed copy into FOLDER, and beside it a manifest with its SHA-256.

    On PostgreSQL run it as the role that owns the tables, which alone reads every row. Keys are not in it.

    \b
    Answer: file, sha256, bytes, made_at, engine.
    For example:
      clearlines backup make /mnt/backups
    """
    from clearlines.keys import backups

    made = backups.make(folder, by=console.machine)
    console.show(made, text=f"{made['file']} is written: {made['bytes']:,} bytes, SHA-256 {made['sha256']}.")


@backup.command()
@click.argument("file", type=click.Path(dir_okay=False, exists=True, path_type=Path))
@click.pass_obj
def restore(console: Any, file: Path) -> None:
    """Fill an empty database, and an empty files folder, from a sealed copy. It refuses to write over anything.

    \b
    For example:
      clearlines backup restore /mnt/backups/clearlines-20260301-020000.clb
    """
    from clearlines.keys import backups

    told = backups.restore(file, by=console.machine)
    console.show(told, text=f"{file.name} is restored as it stood at {told['made_at']}. Now: manage.py migrate.")
