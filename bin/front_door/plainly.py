"""What the commands say: one line on anything slow, one sentence when something is wrong."""

import errno
import os
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LOG = ROOT / "var" / "set-up.log"
COMMAND = f"bin/{Path(sys.argv[0]).name}"
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
UNDER_WAY: list[str] = []
SLOW = 2  # seconds before a step is worth a line

NETWORK_SIGNS = (
    "temporary failure resolving", "temporary failure in name resolution", "could not resolve",
    "name or service not known", "network is unreachable", " enotfound", "eai_again", "econnrefused", "etimedout",
    "connection timed out", "dns error",
    "failed to establish a new connection", "nameresolutionerror", "newconnectionerror", "error sending request",
    "failed to lookup address", "unable to connect to", "could not connect to", "cannot initiate the connection",
    "failed to fetch",
)  # fmt: skip
DISK_SIGNS = ("no space left on device", "enospc", "not enough free space", "disk quota exceeded", "disk is full")
DATABASE_SIGNS = ("psycopg.operationalerror", "django.db.utils.operationalerror")


class Trouble(Exception):
    """A plain sentence: what is wrong and what to do about it."""


def say(line: str = "") -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


@contextmanager
def doing(what: str) -> Iterator[None]:
    """Say what is being done, and for how long, once it has taken more than two seconds."""
    began, over = time.monotonic(), threading.Event()
    UNDER_WAY.append(what)
    watcher = threading.Thread(target=_watch, args=(what, began, over), daemon=True)
    watcher.start()
    ended = "stopped after"
    try:
        yield
        ended = "done in"
    finally:
        over.set()
        UNDER_WAY.remove(what)
        watcher.join()
        if (took := time.monotonic() - began) > SLOW:
            say(f"{_back()}  {what}: {ended} {took:.0f} s")


def _watch(what: str, began: float, over: threading.Event) -> None:
    wait = SLOW
    is_terminal = sys.stdout.isatty()
    while not over.wait(wait):
        if not is_terminal or UNDER_WAY[-1:] == [what]:  # one line of a terminal shows one step, the newest
            sys.stdout.write(f"{_back()}  {what} … {time.monotonic() - began:.0f} s" + ("" if is_terminal else "\n"))
            sys.stdout.flush()
        wait = 1 if is_terminal else 15


def _back() -> str:
    return "\r\033[K" if sys.stdout.isatty() else ""


def run(what: str, command: Sequence[object], *, env: dict[str, str] | None = None) -> str:
    """What the command printed; Trouble, in one sentence, if it failed. The whole of it goes to var/set-up.log."""
    words = [str(word) for word in command]
    with doing(what):
        try:
            done = subprocess.run(
                words, cwd=ROOT, env={**os.environ, **(env or {})}, stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False,
            )  # fmt: skip
        except FileNotFoundError:
            raise Trouble(f"{what} could not be done: {words[0]} is not there.") from None
    note(f"$ {' '.join(words)}\n{done.stdout}[ended with {done.returncode}]\n")
    if done.returncode:
        raise Trouble(why(what, done.stdout))
    return done.stdout


def why(what: str, output: str) -> str:
    """The one sentence that tells a newcomer why a step failed, from what it printed."""
    low, during = output.lower(), what[0].lower() + what[1:]
    if any(sign in low for sign in DISK_SIGNS):
        return f"The disk is full ({during}): make room and run {COMMAND} again."
    if any(sign in low for sign in DATABASE_SIGNS):
        said = _last_line(output)
        return f"The database cannot be used ({said}): see that DATABASE_URL is right and that it is running."
    if any(sign in low for sign in NETWORK_SIGNS):
        return f"The network cannot be reached ({during}): connect this machine and run {COMMAND} again."
    return f"{what} failed ({_last_line(output)}); the whole story is at the end of var/{LOG.name}."


def _last_line(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return (lines[-1] if lines else "it said nothing")[:200].rstrip(".")


def note(text: str) -> None:
    """Keep what a step printed where somebody can read it; a log that cannot be written stops nothing."""
    try:
        LOG.parent.mkdir(parents=True, exist_ok=True)
        with LOG.open("a", encoding="utf-8") as log:
            log.write(text)
    except OSError:
        pass


@contextmanager
def undisturbed() -> Iterator[None]:
    """A second Ctrl-C does not stop the clearing up that the first began."""
    kept = {number: signal.signal(number, signal.SIG_IGN) for number in STOPS}
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)


def front_door(main: Callable[[], int]) -> None:
    """Run a command to its exit code: whatever goes wrong, its user reads one sentence."""
    for number in STOPS:
        if signal.getsignal(number) != signal.SIG_IGN:  # under nohup, it stays ignored
            signal.signal(number, _as_ctrl_c)
    try:
        code = main()
    except Trouble as trouble:
        code = _sorry(str(trouble))
    except KeyboardInterrupt:
        say(f"\n{COMMAND} was stopped.")
        code = 130
    except OSError as error:
        note(traceback.format_exc())
        code = _sorry(_in_words(error))
    except Exception:
        note(traceback.format_exc())
        code = _sorry(f"{COMMAND} met something nobody foresaw; the whole story is at the end of var/{LOG.name}.")
    sys.exit(code)


def _as_ctrl_c(*_: object) -> None:
    raise KeyboardInterrupt


def _in_words(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk is full: make room and run {COMMAND} again."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{error.filename} cannot be written by this user: run {COMMAND} as whoever owns this folder."
    return f"{COMMAND} could not go on ({error.strerror or error})."


def _sorry(sentence: str) -> int:
    sys.stdout.flush()
    sys.stderr.write(f"{sentence}\n")
    return 1
