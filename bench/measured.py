"""What every bench of both engines shares: a process an engine, pairs asked turn and turn about, one line a figure."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bin")]

ENGINES = ("sqlite", "postgres")
RUNS = 200


@dataclass(frozen=True)
class Figure:
    engine: str
    what: str
    median_ms: float
    beside: str
    beside_ms: float
    ratio: float
    target: str
    is_met: bool | None
    note: str = ""

    @property
    def line(self) -> str:
        met = {True: "met", False: "MISSED", None: ""}[self.is_met]
        beside = f"{self.beside:<34} {self.beside_ms:8.2f}  ratio {self.ratio:5.2f}" if self.beside else ""
        return (
            f"{self.engine:<9} {self.what:<44} {self.median_ms:8.2f}  {beside:<58} {self.target:<12} {met} {self.note}"
        )


def on(engine: str, script: str) -> list[Figure]:
    """In a process of its own: an engine is chosen when Django starts."""
    with tempfile.TemporaryDirectory(prefix="clearlines-bench-") as folder, address_of(engine, folder) as address:
        env = os.environ | {
            "DATABASE_URL": address,
            "CLEARLINES_VAR": folder,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }
        words = [each for each in sys.argv[1:] if each != "--json"]
        run = subprocess.run(
            [sys.executable, script, *words, "--inside", engine],
            env=env,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    *talk, last = run.stdout.strip().splitlines()
    print(*talk, sep="\n", end="\n" * bool(talk), file=sys.stderr)
    return [Figure(**each) for each in json.loads(last)]


@contextmanager
def address_of(engine: str, folder: str) -> Iterator[str]:
    if engine == "sqlite":
        yield f"sqlite:///{folder}/bench.sqlite3"
        return
    from front_door.cluster import private_cluster

    with private_cluster() as address:
        yield address


def taken(ask: Callable[[], Any], beside: Callable[[], Any], runs: int = RUNS) -> tuple[list[float], list[float]]:
    """Milliseconds of each, turn and turn about, after a few that are not counted."""
    found: tuple[list[float], list[float]] = ([], [])
    for turn in range(runs + 10):
        for which, act in ((0, ask), (1, beside)) if turn % 2 else ((1, beside), (0, ask)):
            began = time.perf_counter()
            act()
            if turn >= 10:
                found[which].append((time.perf_counter() - began) * 1000)
    return found


def signed_in(account: Any) -> Any:
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
