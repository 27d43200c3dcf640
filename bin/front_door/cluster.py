"""A private PostgreSQL cluster: made for one run of the tests, on loopback, behind a password, and gone afterwards."""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from front_door.machine import postgres_programs
from front_door.plainly import Trouble, doing, note, undisturbed

# Nothing in it outlives the run, so nothing need survive a power cut.
SETTINGS = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "128MB",
    "max_connections": "60", "listen_addresses": "127.0.0.1", "unix_socket_directories": "", "logging_collector": "off",
}  # fmt: skip


@contextmanager
def private_cluster() -> Iterator[str]:
    """The DATABASE_URL of an empty cluster, stopped and removed whatever happens."""
    programs, home = postgres_programs(), Path(tempfile.mkdtemp(prefix="clearlines-postgres-"))
    if programs is None:
        raise Trouble("There is no PostgreSQL server on this machine to run the tests on.")
    server = None
    try:
        password = secrets.token_urlsafe(24)
        with doing("Starting a private PostgreSQL"):
            _make(programs, home, password)
            server, port = _start(programs, home)
        yield f"postgres://clearlines:{password}@127.0.0.1:{port}/postgres"
    finally:
        with undisturbed():
            if server:
                _stop(server)
            shutil.rmtree(home, ignore_errors=True)


def _owner() -> dict[str, object]:
    """PostgreSQL refuses to run as root, so root runs it as the system's own postgres user."""
    if os.geteuid() != 0:
        return {}
    try:
        who = pwd.getpwnam("postgres")
    except KeyError:
        raise Trouble("PostgreSQL cannot run as root, and this machine has no user called postgres.") from None
    return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}


def _make(programs: Path, home: Path, password: str) -> None:
    secret = home / "password"
    secret.touch(mode=0o600)
    secret.write_text(password)
    if owner := _owner():
        for path in (home, secret):
            os.chown(path, owner["user"], owner["group"])
    command = [
        programs / "initdb", "--pgdata", home / "data", "--username", "clearlines", "--pwfile", secret,
        "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync",
    ]  # fmt: skip
    made = subprocess.run(command, cwd=home, capture_output=True, text=True, check=False, **_owner())
    secret.unlink()
    if made.returncode:
        note(made.stdout + made.stderr)
        raise Trouble("A private PostgreSQL could not be made; the whole story is at the end of var/set-up.log.")


def _start(programs: Path, home: Path) -> tuple[subprocess.Popen, int]:
    """The running server and its port. A port found free may be taken a moment later, so it tries again."""
    for _ in range(3):
        port = _free_port()
        settings = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
        with (home / "server.log").open("w") as log:
            server = subprocess.Popen(
                [programs / "postgres", "-D", home / "data", "-p", str(port), *settings],
                cwd=home, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **_owner(),
            )  # fmt: skip
        if _is_ready(server, programs, port):
            return server, port
        _stop(server)
        note((home / "server.log").read_text())
    raise Trouble("A private PostgreSQL did not start; the whole story is at the end of var/set-up.log.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _is_ready(server: subprocess.Popen, programs: Path, port: int) -> bool:
    ask = [programs / "pg_isready", "--quiet", "--host", "127.0.0.1", "--port", str(port)]
    for _ in range(300):
        if server.poll() is not None:
            return False
        if subprocess.run(ask, check=False).returncode == 0:
            return True
        time.sleep(0.1)
    return False


def _stop(server: subprocess.Popen) -> None:
    """SIGINT is PostgreSQL's fast shutdown; SIGQUIT is for one that does not listen."""
    for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if server.poll() is None:
            server.send_signal(how)
        try:
            server.wait(timeout=15)
            return
        except subprocess.TimeoutExpired:
            continue
