"""`clearlines tick`: what the clock brings. Running it twice does nothing twice."""

import importlib
import importlib.util
import time
from collections.abc import Iterator
from types import ModuleType
from typing import TYPE_CHECKING

import click

from clearlines.cli.console import Console

if TYPE_CHECKING:
    from clearlines.ledger.actions import Sealer


@click.command()
@click.option("--every", type=click.FloatRange(min=1), metavar="SECONDS", help="Keep running, with this pause between.")
@click.pass_obj
def tick(console: Console, every: float | None) -> None:
    """Seal what waits in the ledger, then run each room's timed rules.

    Answer: `sealed`, the number of ledger entries that were chained, and `rooms`, how many things each room did.
    A room with something to do at a time has a module `timed` with a function `tick(by)` that answers a count.

    \b
    For example:
      clearlines tick
      clearlines tick --every 60
    """
    from clearlines.ledger.actions import Sealer

    sealer = Sealer()
    while True:
        console.__dict__.pop("machine", None)  # each round has its own moment
        _once(console, sealer)
        if every is None:
            return
        time.sleep(every)


def _once(console: Console, sealer: "Sealer") -> None:
    from clearlines.access import second_lock

    sealed = sealer.round()
    with second_lock.whole_house("the clock's rules meet every organisation's rows"):
        rooms = {room: timed.tick(by=console.machine) for room, timed in timed_rooms()}
    # Before, so that a rule that fails leaves nothing waiting; and after, for what the rules themselves wrote.
    sealed += sealer.round()
    done = ", ".join(f"{room} {count}" for room, count in rooms.items() if count)
    console.show({"sealed": sealed, "rooms": rooms}, text=f"Sealed {sealed} ledger entries. {done}".strip())


def timed_rooms() -> Iterator[tuple[str, ModuleType]]:
    from django.conf import settings

    for room in settings.ROOMS:
        if importlib.util.find_spec(f"clearlines.{room}.timed"):
            yield room, importlib.import_module(f"clearlines.{room}.timed")
