"""What is true of the code without running the product: two checks at a time, one line each."""

import os
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from front_door.checkout import PYTHON, VENV, one_at_a_time, set_up
from front_door.plainly import ROOT, say

AT_A_TIME = 2
# ruff finds files by their ending, which these have not.
COMMANDS = ("bin/run", "bin/test", "bin/check", "bin/fix", "bin/house", "bin/assets")


@dataclass(frozen=True)
class Check:
    """A name a developer knows, and the command that fails when it does not hold."""

    name: str
    command: tuple[str, ...]


def tool(name: str) -> str:
    return str(VENV / "bin" / name)


# Tables are made from the models: half a minute of migrations would be half of the whole, and bin/test runs them.
WALLS = ("tests/house", "-q", "-x", "-n", "0", "-m", "not slow", "--no-migrations")

# The slowest first, so that the two hands end together.
CHECKS = (
    Check("types (mypy)", (tool("mypy"), "clearlines")),
    Check("the house's walls", (str(PYTHON), "-m", "pytest", *WALLS)),
    Check("templates (djlint)", (tool("djlint"), "clearlines", "--lint", "--quiet")),
    Check("import contracts", (tool("lint-imports"),)),
    Check("reference pages are current", (str(PYTHON), "-m", "docs.generate", "--check")),
    Check("migrations are written", (str(PYTHON), "manage.py", "makemigrations", "--check", "--dry-run")),
    Check("spelling", (tool("codespell"),)),
    Check("faults (ruff)", (tool("ruff"), "check", "--quiet", ".", *COMMANDS)),
    Check("format (ruff)", (tool("ruff"), "format", "--check", "--quiet", ".", *COMMANDS)),
)


def check() -> int:
    """0 if every check holds; otherwise what each that failed had to say."""
    with one_at_a_time():
        set_up(lock="dev")
    began = time.monotonic()
    with ThreadPoolExecutor(AT_A_TIME) as hands:
        failed = [name for name in hands.map(_judge, CHECKS) if name]
    verdict = f"{len(failed)} of {len(CHECKS)} failed: {', '.join(failed)}" if failed else "All hold"
    say(f"\n{verdict} ({time.monotonic() - began:.0f} s).")
    return 1 if failed else 0


def _judge(each: Check) -> str | None:
    began = time.monotonic()
    env = {**os.environ, "CLEARLINES_VAR": str(ROOT / "var" / "check")}
    env.pop("DATABASE_URL", None)
    done = subprocess.run(
        each.command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, errors="replace", check=False,
    )  # fmt: skip
    verdict = "FAILED" if done.returncode else "holds"
    said = "".join(f"    {line}\n" for line in done.stdout.strip().splitlines()) if done.returncode else ""
    say(f"{verdict:<7} {each.name} ({time.monotonic() - began:.0f} s)\n{said}".rstrip("\n"))
    return each.name if done.returncode else None


def fix() -> int:
    """Mend what ruff can mend by itself."""
    with one_at_a_time():
        set_up(lock="dev")
    subprocess.run([tool("ruff"), "format", ".", *COMMANDS], cwd=ROOT, check=False)
    left = subprocess.run([tool("ruff"), "check", "--fix", ".", *COMMANDS], cwd=ROOT, check=False).returncode
    return subprocess.run([tool("ruff"), "format", "--quiet", ".", *COMMANDS], cwd=ROOT, check=False).returncode or left
