"""What the machine must hold: found by trying it, installed by apt when root, listed plainly otherwise."""

import ctypes
import errno
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from front_door.plainly import COMMAND, ROOT, Trouble, run

NODE_AT_LEAST = 18
# WeasyPrint opens these by name when a return is made into a PDF.
PDF_LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz.so.0", "libharfbuzz-subset.so.0")
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")

QUIET = {"DEBIAN_FRONTEND": "noninteractive"}
PATIENCE = ("-o", "Acquire::Retries=2", "-o", "Acquire::http::Timeout=30", "-o", "DPkg::Lock::Timeout=120")


@dataclass(frozen=True)
class Need:
    """Something apt can bring, and how to tell that it is already here, wherever it came from."""

    what: str
    packages: tuple[str, ...]
    is_met: Callable[[], bool]


def _has_venv() -> bool:
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        return False
    return True


def _has_node() -> bool:
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    version = re.match(r"v(\d+)", said)
    return bool(version) and int(version[1]) >= NODE_AT_LEAST


def _has_pdf_libraries() -> bool:
    try:
        for library in PDF_LIBRARIES:
            ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _has_a_font() -> bool:
    folders = (Path(folder).expanduser() for folder in FONT_FOLDERS)
    return any(next(folder.rglob("*.[to]tf"), None) for folder in folders if folder.is_dir())


def postgres_programs() -> Path | None:
    """The folder of the newest PostgreSQL server on this machine, if there is one."""
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(installed, key=lambda found: int(found.parts[-3]), default=None)
    on_path = shutil.which("initdb")
    initdb = newest or (Path(on_path).resolve() if on_path else None)
    return initdb.parent if initdb else None


VENV = Need("Python's venv", ("python3-venv",), _has_venv)
PDF_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
PDF = Need("Pango and HarfBuzz, for PDFs", PDF_PACKAGES, _has_pdf_libraries)
FONT = Need("a typeface, for PDFs", ("fonts-dejavu-core",), _has_a_font)
NODE = Need(f"Node.js {NODE_AT_LEAST} or newer, with npm", ("nodejs", "npm"), _has_node)
POSTGRES = Need("a PostgreSQL server", ("postgresql",), lambda: postgres_programs() is not None)
CHROMIUM = Need("Chromium", ("chromium",), lambda: shutil.which("chromium") is not None)


def provide(needs: Iterable[Need]) -> None:
    """Every need met, by apt when root; otherwise Trouble that lists what is missing and the command for it."""
    missing = [need for need in needs if not need.is_met()]
    if not missing:
        return
    packages = [package for need in missing for package in need.packages]
    if not shutil.which("apt-get") or os.geteuid() != 0:
        raise Trouble(_please_install(missing, packages))
    read_what_there_is()
    install = ["apt-get", *PATIENCE, "install", "--yes", "--no-install-recommends", *packages]
    run(f"Installing {'; '.join(need.what for need in missing)}", install, env=QUIET)
    if still := [need.what for need in missing if not need.is_met()]:
        raise Trouble(f"apt installed {', '.join(packages)}, but {' and '.join(still)} cannot be used on this machine.")


@cache
def read_what_there_is() -> None:
    run("Reading the list of system packages", ["apt-get", *PATIENCE, "update"], env=QUIET)


def _please_install(missing: list[Need], packages: list[str]) -> str:
    lines = ["This machine lacks:", *(f"  - {need.what}" for need in missing)]
    if shutil.which("apt-get"):
        command = "apt-get install --no-install-recommends " + " ".join(packages)
        return "\n".join([*lines, f"Only root may install them: sudo {command}", f"Then run {COMMAND} again."])
    return "\n".join([*lines, f"Install them as this system does, then run {COMMAND} again."])


def see_that_there_is_room(megabytes: int) -> None:
    """Trouble if the disk that holds this checkout has less than this free."""
    free = shutil.disk_usage(ROOT).free // 2**20
    if free < megabytes:
        room = f"{free} MB free and Clearlines needs {megabytes} MB"
        raise Trouble(f"The disk has {room}: make room and run {COMMAND} again.")


def port_from(environment: str) -> int:
    """The port asked for, 8000 unless PORT says otherwise."""
    if not environment.isdecimal() or not 0 < int(environment) < 65536:
        raise Trouble(f"PORT is “{environment}”, which is not a port: use a number from 1 to 65535.")
    return int(environment)


def open_port(port: int) -> socket.socket:
    """The port, listening; Trouble if another programme holds it, or this user may not open it."""
    door = socket.socket()
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind(("127.0.0.1", port))
        door.listen(64)
    except OSError as error:
        door.close()
        if error.errno == errno.EACCES:
            raise Trouble(f"Port {port} is for root alone: choose another, as in PORT=8001 {COMMAND}") from None
        another = f"choose another port, as in PORT={port % 65535 + 1} {COMMAND}"
        raise Trouble(f"Port {port} is taken by another programme: stop it, or {another}") from None
    return door


def see_that_port_is_free(port: int) -> None:
    """Trouble now rather than after the set-up."""
    open_port(port).close()
