"""Who types the command, and how the answer is shown. A command of any room takes it with `@click.pass_obj`:

    @lines.command()
    @click.pass_obj
    def status(console, on):
        found = queries.status_on(console.viewer, on)
        console.look(found, at="lines-status")
        console.show({"active": …}, text=f"{…} active")

`--json` and `--as NAME` are taken out of the words before any command sees them, so they may stand anywhere.
"""

import json
import os
from collections.abc import Iterable
from contextlib import ExitStack
from functools import cached_property
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from clearlines.access.viewer import Viewer


class Console:
    """One run of the command: the account it acts as, and whether it answers in JSON."""

    def __init__(self, username: str | None = None, *, json: bool = False) -> None:
        self.username = username
        self.json = json
        # What the console holds until its command ends: the second lock, for whoever it acts as.
        self.until_it_ends = ExitStack()

    @classmethod
    def from_words(cls, words: Iterable[str]) -> tuple["Console", list[str]]:
        """The console, and the words that are left for the command."""
        username, is_json, left, waiting = None, False, [], iter(words)
        for word in waiting:
            if word == "--json":
                is_json = True
            elif word == "--as" or word.startswith("--as="):
                username = word[5:] if "=" in word else next(waiting, "")
                if not username:
                    raise click.UsageError("--as needs the name of an account, such as --as analyst.")
            else:
                left.append(word)
        return cls(username, json=is_json), left

    @cached_property
    def viewer(self) -> "Viewer":
        """The account named by --as, by CLEARLINES_AS, or by `console` in the programme's teams.toml."""
        from clearlines.access import second_lock
        from clearlines.access.models import Account
        from clearlines.access.programme import teams
        from clearlines.access.viewer import Viewer

        named = self.username or os.environ.get("CLEARLINES_AS") or teams().get("console", "")
        accounts = Account.objects.select_related("organisation").prefetch_related("held", "ties")
        account = accounts.filter(username=named).first()
        if account is None:
            raise click.UsageError(f"There is no account named '{named}': name one with --as, or set up with bin/run.")
        viewer = Viewer.of(account)
        self.until_it_ends.enter_context(second_lock.held(viewer))
        return viewer

    @cached_property
    def machine(self) -> "Viewer":
        """The machine itself: it may run timed rules and check the ledger, and opens no record."""
        from django.utils import timezone

        from clearlines.access.permissions import Permission as P
        from clearlines.access.viewer import Viewer

        may = frozenset({P.RUN_SYSTEM, P.VERIFY_LEDGER})
        return Viewer(None, timezone.now(), (), may, frozenset(), "the machine")

    def look(self, about: Iterable[Any], *, at: str) -> None:
        """Record that these rows were shown on a console."""
        from clearlines.web.pages import look

        look(self.viewer, about, at=f"console:{at}")

    def show(self, answer: Any, *, text: str) -> None:
        """The answer as JSON if it was asked for, or as words."""
        said = json.dumps(answer, ensure_ascii=False, indent=2, default=str) if self.json else text
        click.echo(said)
