"""Runs every test on SQLite, then on a private PostgreSQL, and ends in pytest's own closing line."""

import os
import subprocess
import sys
from collections.abc import Sequence

from front_door import machine
from front_door.checkout import PYTHON, one_at_a_time, set_up
from front_door.cluster import private_cluster
from front_door.plainly import ROOT, say

# What an operator may have set for the real thing must not reach the tests.
NOT_FOR_TESTS = (
    "DATABASE_URL", "DATABASE_OWNER_URL", "PROGRAMME_DIR", "SECRET_KEY", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS",
    "CLEARLINES_HTTPS", "CLEARLINES_DEBUG", "KEYS_DIR", "KEYS_COMMAND", "KEYS_HOLDER", "KEYS_FOR_BACKUPS",
    "CLEARLINES_AS", "BASEMAP_TILES", "DJANGO_SETTINGS_MODULE",
)  # fmt: skip
NOTHING_RAN = 5  # pytest's exit code when no test was asked for
SUMMARY = "short test summary info"


def test(words: Sequence[str]) -> int:
    """0 if every test passed on both databases; `--fast` leaves out PostgreSQL, the slow and the browser."""
    is_fast, words = "--fast" in words, [word for word in words if word != "--fast"]
    needs = [] if is_fast else [machine.POSTGRES, machine.CHROMIUM]
    with one_at_a_time():
        set_up(lock="dev", besides=needs)
    if is_fast:
        # Tables straight from the models: 8 seconds less a worker, and the whole suite tries the migrations.
        return pytest(["-m", "not slow and not browser", "--no-migrations", *words], {})[0]
    return on_both(words)


def on_both(words: Sequence[str]) -> int:
    say("On SQLite:")
    first, told = pytest(words, {})
    say("\nOn PostgreSQL:")
    with private_cluster() as address:
        second, _ = pytest(["-m", "not browser or postgres_smoke", *words], {"DATABASE_URL": address})
    codes = {first, second} - {0}
    if words and codes == {NOTHING_RAN} and 0 in (first, second):
        return 0
    if first and not second:
        say("\nOn SQLite, again, because it did not pass:")
        say("".join(told).rstrip("\n"))
    return first or second


def pytest(words: Sequence[str], env: dict[str, str]) -> tuple[int, list[str]]:
    """The exit code, and the end of what pytest said: its summary of failures and its closing line."""
    is_terminal = sys.stdout.isatty()
    command = [PYTHON, "-m", "pytest", "-n", str(_hands()), f"--color={'yes' if is_terminal else 'no'}", *words]
    kept: list[str] = []
    run = subprocess.Popen(
        command, cwd=ROOT, env=_surroundings() | env, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", bufsize=1,
    )  # fmt: skip
    try:
        for line in run.stdout:
            sys.stdout.write(line)
            sys.stdout.flush()
            kept = [line] if SUMMARY in line else [*kept[-500:], line]
        return run.wait(), kept
    except BaseException:
        run.terminate()
        run.wait(timeout=30)
        raise


def _hands() -> int:
    return max(2, min(8, len(os.sched_getaffinity(0))))


def _surroundings() -> dict[str, str]:
    """The environment of a test: its own var, the public data if it is there, nothing of the operator's."""
    env = {name: value for name, value in os.environ.items() if name not in NOT_FOR_TESTS}
    env["CLEARLINES_VAR"] = str(ROOT / "var" / "test")
    beside = ROOT.parent / "shared" / "data"
    if beside.is_dir():
        env.setdefault("CLEARLINES_REAL_DATA", str(beside))
    return env
