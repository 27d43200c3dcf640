"""What this checkout must hold: its own Python, the locked packages, itself, the styles. What is done is skipped."""

import fcntl
import hashlib
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from front_door import machine
from front_door.plainly import ROOT, Trouble, doing, run

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"
REQUIREMENTS = ROOT / "requirements"
ROOM_AT_FIRST, ROOM_LATER = 1600, 100  # megabytes; measured: 1,100 with the example programme


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two set-ups of one checkout never run together: the second waits, then finds everything done."""
    (ROOT / "var").mkdir(exist_ok=True)
    with (ROOT / "var" / "set-up.lock").open("w") as lock:
        with doing("Waiting for another set-up of this checkout to end"):
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def set_up(
    *, lock: str = "base", besides: Iterable[machine.Need] = (), meanwhile: Callable[[], None] = lambda: None
) -> None:
    """System packages, .venv, what the lock names, this checkout, the styles; `meanwhile` is what needs no styles."""
    machine.see_that_there_is_room(ROOM_LATER if PYTHON.exists() else ROOM_AT_FIRST)
    machine.provide([machine.VENV, machine.PDF, machine.FONT])
    # Node.js is most of the wait on a fresh machine, and Python's part needs none of it.
    with ThreadPoolExecutor(1) as other_hand:
        styles = other_hand.submit(_styles_after, [machine.NODE, *besides])
        make_venv()
        install_packages(lock)
        install_this_checkout()
        meanwhile()
    styles.result()


def _styles_after(needs: list[machine.Need]) -> None:
    machine.provide(needs)
    build_assets()


def make_venv() -> None:
    """A Python of this checkout's own, made again if the checkout has moved since."""
    if is_done("python", str(VENV)):
        return
    if not _venv_works():
        run("Making .venv", [sys._base_executable, "-m", "venv", "--clear", VENV])
    done("python", str(VENV))


def _venv_works() -> bool:
    """A .venv that somebody made by hand, here, is kept."""
    if (STAMPS / "python").exists() or not PYTHON.exists():
        return False
    return subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0


def install_packages(lock: str) -> None:
    """What requirements/<lock>.txt names, hash by hash. What tests need besides is left alone by bin/run."""
    wanted = {name: digest([REQUIREMENTS / f"{name}.txt"]) for name in ("base", "dev")}
    if is_done("dev", wanted["dev"]) or (lock == "base" and is_done("base", wanted["base"])):
        return
    forget("base", "dev", "itself")
    how = ["sync"] if lock == "dev" else ["install", "-r"]
    path = REQUIREMENTS / f"{lock}.txt"
    if _has_uv():
        uv = [PYTHON, "-m", "uv", "pip", *how, path, "--python", PYTHON, "--require-hashes"]
        run("Installing Python packages", uv)
    else:
        run("Installing Python packages with pip, uv not being usable here", [*_pip_install(), "-r", path])
    done(lock, wanted[lock])


def _has_uv() -> bool:
    """uv is in .venv, from its own lines of the lock; False where it cannot run and pip must do."""
    works = [PYTHON, "-m", "uv", "--version"]
    if subprocess.run(works, capture_output=True, check=False).returncode == 0:
        return True
    locked = re.search(r"^uv==.*?(?=^\S)", (REQUIREMENTS / "base.txt").read_text() + "\nend", re.M | re.S)
    only_uv = VENV / "uv.txt"
    only_uv.write_text(locked[0] if locked else "uv\n")
    run("Fetching uv, the installer", [*_pip_install(), "-r", only_uv])
    return subprocess.run(works, capture_output=True, check=False).returncode == 0


def _pip_install() -> list[object]:
    return [PYTHON, "-m", "pip", "install", "--require-hashes", "--disable-pip-version-check", "--retries", "2"]


def install_this_checkout() -> None:
    """.venv/bin/clearlines, running the files of this folder."""
    wanted = f"{ROOT} {digest([ROOT / 'pyproject.toml'])}"
    if is_done("itself", wanted) and (VENV / "bin" / "clearlines").exists():
        return
    options = ["install", "--no-deps", "--no-build-isolation", "--editable", ROOT]
    uv = [PYTHON, "-m", "uv", "pip", *options, "--python", PYTHON]
    try:
        run("Installing this checkout", uv)
    except Trouble:
        run("Installing this checkout with pip", [PYTHON, "-m", "pip", *options])
    done("itself", wanted)


def build_assets() -> None:
    """Styles and browser libraries; bin/assets knows when there is nothing to do."""
    impatient = {"npm_config_fetch_retry_maxtimeout": "10000", "npm_config_fetch_retry_mintimeout": "1000"}
    run("Building the pages' styles", [sys.executable, ROOT / "bin" / "assets"], env=impatient)


def digest(paths: Iterable[Path]) -> str:
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in paths)).hexdigest()


def is_done(step: str, wanted: str, *, stamps: Path = STAMPS) -> bool:
    stamp = stamps / step
    return stamp.exists() and stamp.read_text() == wanted


def done(step: str, wanted: str, *, stamps: Path = STAMPS) -> None:
    stamps.mkdir(parents=True, exist_ok=True)
    (stamps / step).write_text(wanted)


def forget(*steps: str, stamps: Path = STAMPS) -> None:
    for step in steps:
        (stamps / step).unlink(missing_ok=True)
