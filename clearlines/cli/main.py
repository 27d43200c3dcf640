"""`clearlines`: finds the room a command belongs to, and turns every refusal into exit code 2 and one sentence.

A room's module is loaded only when its command is typed, and Django only for rooms that need it, so that
`clearlines evaluate wdd` answers in a quarter of a second.
"""

import importlib
import importlib.util
import os
import re
import sys
from dataclasses import dataclass

import click

from clearlines.cli.console import Console


@dataclass(frozen=True)
class Door:
    """Where a command is declared. `about` is said by --help without loading the room.

    `joined_by`: commands of a lower room that stand in this room's group, as (module, attribute).
    """

    module: str
    attribute: str
    about: str
    needs_django: bool = True
    joined_by: tuple[tuple[str, str], ...] = ()

    def is_there(self) -> bool:
        return importlib.util.find_spec(self.module) is not None

    def load(self) -> click.Command:
        if self.needs_django:
            set_up_django()
        command = getattr(importlib.import_module(self.module), self.attribute)
        for module, attribute in self.joined_by:
            command.add_command(getattr(importlib.import_module(module), attribute))
        return command


DOORS = {
    "database": Door("clearlines.access.commands", "database", "Lock the database's tables, and check the lock."),
    "import": Door(
        "clearlines.hotspots.commands",
        "importing",
        "Load incidents, calls, boundaries and look-ups.",
        joined_by=(("clearlines.calls.commands", "control_room"), ("clearlines.calls.commands", "health_")),
    ),
    "lines": Door("clearlines.lines.commands", "lines", "Which lines were active when, as known then or now."),
    "evaluate": Door(
        "clearlines.evaluation.commands", "evaluate", "Did it work: before and after, with its uncertainty.", False
    ),
    "hotspots": Door(
        "clearlines.hotspots.commands_find", "hotspots", "Where a file of counts is high, and how sure that is.", False
    ),
    "networks": Door(
        "clearlines.groups.commands", "networks", "What parts a network in a file, and what that cannot say.", False
    ),
    "returns": Door("clearlines.returns.commands", "returns", "What the commissioner is told, counted again."),
    "ledger": Door("clearlines.ledger.commands", "ledger", "Is the record of every act and look whole."),
    "keys": Door("clearlines.keys.commands", "keys", "Make, turn and check the keys that notes are sealed under."),
    "backup": Door("clearlines.keys.commands", "backup", "A sealed copy of everything, and back again."),
    "example": Door("clearlines.cli.example", "example", "The invented programme, for a first look."),
    "tick": Door("clearlines.cli.tick", "tick", "Run what is due: seal the ledger, then each room's timed rules."),
}


class Doors(click.Group):
    """The rooms that have commands."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name, door in DOORS.items() if door.is_there()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        door = DOORS.get(cmd_name)
        if door is None or not door.is_there():
            return None
        command = door.load()
        _offer_json(command, ctx.find_object(Console))
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, DOORS[name].about) for name in self.list_commands(ctx)])


@click.group(cls=Doors, no_args_is_help=False, invoke_without_command=True)
@click.version_option(package_name="clearlines", message="clearlines %(version)s")
@click.pass_context
def clearlines(ctx: click.Context) -> None:
    """The console of a county-lines disruption and diversion programme.

    \b
    For example:
      clearlines evaluate wdd --control 20 20 --treated 20 10
      clearlines import police-uk ~/police.uk/2025
      clearlines lines status --on 2023-03-31 --json
      clearlines ledger verify

    --json, anywhere, answers in JSON whose keys are promises. --as NAME acts as that account; without it,
    CLEARLINES_AS or the programme's own console account. What is done here is on the ledger like any page.
    Bad input ends with exit code 2 and one sentence.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def _offer_json(command: click.Command, console: Console | None) -> None:
    """Every command below lists --json in its help; one that declares it is told that it was typed."""
    if isinstance(command, click.Group):
        for each in command.commands.values():
            _offer_json(each, console)
        return
    declared = next((each for each in command.params if "--json" in each.opts), None)
    if declared is None:
        command.params.append(
            click.Option(["--json"], is_flag=True, expose_value=False, help="Answer in JSON, whose keys are promises.")
        )
    else:
        declared.default = bool(console and console.json)


def set_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clearlines.settings")
    import django

    django.setup()


def main(words: list[str] | None = None) -> int:
    """The exit code: 0, or 2 with one sentence on stderr for anything refused."""
    try:
        console, left = Console.from_words(sys.argv[1:] if words is None else words)
        with console.until_it_ends:
            done = clearlines.main(left, prog_name="clearlines", standalone_mode=False, obj=console)
        return done if type(done) is int else 0
    except click.Abort:
        return _say("Stopped.", 130)
    except click.ClickException as wrong:
        return _say(wrong.format_message())
    except Exception as wrong:
        if sentence := _plain_words_for(wrong):
            return _say(sentence)
        raise


def _say(sentence: str, code: int = 2) -> int:
    one_line = re.sub(r"\s+", " ", sentence).strip()
    click.echo(one_line if one_line.endswith((".", "?")) else f"{one_line}.", err=True)
    return code


def _plain_words_for(wrong: Exception) -> str | None:
    """The sentence for what a room or the database refuses; None for a fault in the code, which keeps its traceback."""
    if "django" not in sys.modules:
        return None
    from django.db.utils import OperationalError, ProgrammingError

    from clearlines.access.refusals import Forbidden, Refused

    if isinstance(wrong, Refused):
        said = "; ".join(wrong.reasons)
        return said[:1].upper() + said[1:]
    if isinstance(wrong, Forbidden):
        return str(wrong)
    if isinstance(wrong, OperationalError | ProgrammingError):
        return f"The database cannot be used ({str(wrong).splitlines()[0]}): set it up with bin/run --no-serve."
    return None
