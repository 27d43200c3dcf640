"""`clearlines example`: the invented programme, for a first look, for tests and for training."""

import click
from django.conf import settings


@click.group()
def example() -> None:
    """The example programme: invented people in real towns, written by the same verbs that the pages call."""


@example.command()
@click.option("--if-empty", is_flag=True, help="Do nothing if the database already holds a programme.")
def build(if_empty: bool) -> None:
    """Write fourteen months, 1 February 2022 to 31 March 2023, into an empty database.

    Shape: about 60 people, 25 places, 9 lines, 30 letters, 240 visit attempts. Seeded: the same every time.
    Errors: exit 2 if this is not the example programme, or if the database already holds one.
    """
    from clearlines.access.models import Organisation

    if not settings.IS_EXAMPLE:
        raise click.ClickException("PROGRAMME_DIR names a real programme: the example is only for programme/example.")
    if Organisation.objects.exists():
        if if_empty:
            return
        raise click.ClickException("The database already holds a programme: use an empty one, or --if-empty.")
    from programme.example.story import tell

    with click.progressbar(length=100, label="Writing the example programme") as bar:
        tell(progress=bar.update)


@example.command()
def accounts() -> None:
    """Who may sign in to the example programme, and the one password they share."""
    from clearlines.access.programme import teams
    from clearlines.access.roles import ROLES

    said = teams()
    click.echo(f"Demonstration sign-ins (the password of each is {said['password']}):")
    for username, about in said["accounts"].items():
        roles = ", ".join(ROLES[key].name.lower() for key in about["roles"])
        click.echo(f"  {username:<20} {about['name']}, {roles}, {said['organisations'][about['organisation']]['name']}")
