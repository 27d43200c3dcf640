"""Serves the pages, with the timed work beside them, until Ctrl-C; leaves nothing running."""

import http.client
import os
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from front_door.machine import open_port
from front_door.plainly import ROOT, Trouble, doing, note, say, undisturbed
from front_door.programme import CLEARLINES, PYTHON, VAR, sign_ins

PATIENCE = 60  # seconds until the first page must have answered
WORKERS, THREADS = 2, 4
SERVER_LOG, WORKER_LOG = VAR / "server.log", VAR / "worker.log"


def serve(port: int) -> int:
    """Block until the server ends or is told to; its exit code."""
    # Taken here, so that two starts at one moment cannot both believe that the port is theirs.
    with open_port(port) as door:
        started = [server := _start(_gunicorn(door.fileno()), SERVER_LOG, pass_fds=[door.fileno()])]
    try:
        _wait_until_it_answers(server, port)
        started.append(worker := _start([CLEARLINES, "tick", "--every", "1"], WORKER_LOG))
        say(f"\nClearlines is at http://127.0.0.1:{port}\n\n{sign_ins()}Ctrl-C stops it.")
        return _watch(server, worker)
    except KeyboardInterrupt:
        say("\nStopping.")
        return 0
    finally:
        with undisturbed():
            _end(started)


def _gunicorn(door: int) -> list[object]:
    """Loaded once and then divided: half the wait for the first page, and half the memory."""
    return [
        PYTHON, "-m", "gunicorn", "clearlines.wsgi:application", "--bind", f"fd://{door}",
        "--worker-class", "gthread", "--workers", WORKERS, "--threads", THREADS,
        "--preload", "--graceful-timeout", 5, "--no-control-socket",
    ]  # fmt: skip


def _start(command: list[object], log: Path, *, pass_fds: Sequence[int] = ()) -> subprocess.Popen:
    """What it complains of goes to its log; what it merely says, every second, would fill the disk."""
    nothing = subprocess.DEVNULL
    with log.open("a") as kept:
        words = [str(word) for word in command]
        # Where the example's calendar stands when nobody says otherwise; a real programme pays no heed to it.
        shown = {"CLEARLINES_DAY": "2023-04-03"} | os.environ
        return subprocess.Popen(
            words, cwd=ROOT, env=shown, stdin=nothing, stdout=nothing, stderr=kept, pass_fds=pass_fds
        )


def _wait_until_it_answers(server: subprocess.Popen, port: int) -> None:
    began = time.monotonic()
    with doing("Starting the server"):
        while time.monotonic() - began < PATIENCE:
            if server.poll() is not None:
                raise Trouble(f"The server stopped as it started; {SERVER_LOG} says why.")
            with suppress(OSError, http.client.HTTPException):
                page = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
                page.request("GET", "/")
                return _see_that_it_is_well(page.getresponse().status)
            time.sleep(0.1)
    raise Trouble(f"The server did not answer in {PATIENCE} seconds; {SERVER_LOG} says what it was doing.")


def _see_that_it_is_well(status: int) -> None:
    if status >= 500:
        raise Trouble(f"The first page answered with an error ({status}); {SERVER_LOG} says why.")


def _watch(server: subprocess.Popen, worker: subprocess.Popen) -> int:
    """Wait for the server; say once if the timed work has stopped, which stops no page."""
    told = False
    while server.poll() is None:
        if not told and worker.poll() is not None:
            say(f"The timed work has stopped ({WORKER_LOG} says why); pages still work. Start again to mend it.")
            told = True
        time.sleep(0.5)
    note(f"The server ended with {server.returncode}.\n")
    say(f"The server ended by itself; {SERVER_LOG} says why.")
    return server.returncode or 1


def _end(processes: list[subprocess.Popen]) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            process.terminate()
    for process in processes:
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                process.kill()
