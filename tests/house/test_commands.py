"""The front door: two commands, and one plain sentence when they cannot go on."""

import errno
import os
import socket
import subprocess
import sys
import time
from itertools import chain
from pathlib import Path

import pytest

from tests.house.drawing import STOREYS

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bin"))

from front_door import checkout, machine, plainly, storeys, suite  # noqa: E402


def ask(command: str, *words: str, **environment: str) -> subprocess.CompletedProcess:
    """The command, run as a newcomer would from another folder."""
    return subprocess.run(
        [ROOT / "bin" / command, *words], cwd="/", env={**os.environ, **environment},
        capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def test_ci_calls_bin_test_and_nothing_else():
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    assert [line for line in lines if not line.startswith("#")] == ['cd "$(dirname "$0")/.." && exec bin/test']


@pytest.mark.parametrize("command", ["bin/run", "bin/test", "bin/check", "bin/fix", "bin/house", ".ci/run"])
def test_every_command_may_be_run(command):
    assert os.access(ROOT / command, os.X_OK)


@pytest.mark.slow
def test_the_house_lists_every_room_of_the_drawing():
    said = ask("house")
    assert said.returncode == 0
    assert {line.removeprefix("|").split()[0] for line in said.stdout.splitlines()[1:-1]} == set(
        chain.from_iterable(STOREYS)
    )
    assert "(no card)" not in said.stdout


def test_the_house_is_printed_from_the_one_drawing():
    assert storeys.storeys() == STOREYS


@pytest.mark.slow
def test_a_taken_port_is_one_sentence_before_anything_is_set_up():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = ask("run", PORT=port)
    assert said.returncode == 1
    assert said.stdout == ""
    assert said.stderr.startswith(f"Port {port} is taken by another programme: ")
    assert said.stderr.count("\n") == 1


@pytest.mark.parametrize("asked", ["", "http", "0", "65536", "-1", "8000.5"])
def test_a_port_that_is_none_is_refused(asked):
    with pytest.raises(plainly.Trouble, match="is not a port"):
        machine.port_from(asked)


def test_a_port_is_read():
    assert machine.port_from("8001") == 8001


def test_a_full_disk_is_said_before_anything_is_written():
    with pytest.raises(plainly.Trouble, match=r"^The disk has \d+ MB free and Clearlines needs 999999999 MB"):
        machine.see_that_there_is_room(999_999_999)


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("Temporary failure resolving 'deb.debian.org'\nE: Failed to fetch", "The network cannot be reached"),
        ("npm ERR! code ENOTFOUND", "The network cannot be reached"),
        ("error: Request failed\n  Caused by: dns error", "The network cannot be reached"),
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("django.db.utils.OperationalError: could not connect to server", "The database cannot be used"),
        ("Traceback (most recent call last):\nKeyError: 'x'", r"Doing it failed \(KeyError: 'x'\); the whole story is"),
        ("", r"Doing it failed \(it said nothing\)"),
    ],
)  # fmt: skip
def test_what_a_step_printed_becomes_one_sentence(output, sentence):
    said = plainly.why("Doing it", output)
    assert said.startswith(sentence.replace("\\", ""))
    assert "\n" not in said


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (plainly.Trouble("Port 8000 is taken."), "Port 8000 is taken.\n"),
        (OSError(errno.ENOSPC, "No space left on device"), "The disk is full: make room and run"),
        (PermissionError(errno.EACCES, "Permission denied", "/srv/x"), "/srv/x cannot be written by this user"),
        (RuntimeError("nobody foresaw"), "bin/"),
    ],
)
def test_no_command_ends_in_a_traceback(wrong, sentence, capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(plainly, "LOG", tmp_path / "set-up.log")
    monkeypatch.setattr(plainly.signal, "signal", lambda *_: None)

    def main() -> int:
        raise wrong

    with pytest.raises(SystemExit) as ended:
        plainly.front_door(main)
    said = capsys.readouterr().err
    assert ended.value.code == 1
    assert said.startswith(sentence)
    assert said.count("\n") == 1


def test_what_is_missing_is_listed_with_its_command_for_who_is_not_root(monkeypatch):
    monkeypatch.setattr(machine.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(machine.shutil, "which", lambda name: f"/usr/bin/{name}")
    missing = machine.Need("Pango, for PDFs", ("libpango-1.0-0",), lambda: False)
    here = machine.Need("Node.js", ("nodejs",), lambda: True)
    with pytest.raises(plainly.Trouble) as refused:
        machine.provide([missing, here])
    said = str(refused.value)
    assert "  - Pango, for PDFs\n" in said
    assert "sudo apt-get install --no-install-recommends libpango-1.0-0\n" in said
    assert "Node" not in said


def test_a_quick_step_says_nothing(capsys):
    with plainly.doing("A quick step"):
        pass
    assert capsys.readouterr().out == ""


def test_a_slow_step_says_what_it_is_doing_and_how_long_it_took(capsys, monkeypatch):
    monkeypatch.setattr(plainly, "SLOW", 0.01)
    with plainly.doing("A slow step"):
        time.sleep(0.05)
    first, last = capsys.readouterr().out.splitlines()
    assert first == "  A slow step … 0 s"
    assert last == "  A slow step: done in 0 s"


def test_a_step_is_done_again_only_when_what_it_reads_has_changed(tmp_path):
    (lock := tmp_path / "lock").write_text("one")
    checkout.done("packages", checkout.digest([lock]), stamps=tmp_path / "stamps")
    assert checkout.is_done("packages", checkout.digest([lock]), stamps=tmp_path / "stamps")
    lock.write_text("two")
    assert not checkout.is_done("packages", checkout.digest([lock]), stamps=tmp_path / "stamps")


def test_tests_never_see_the_operators_database_or_secrets(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://real")
    monkeypatch.setenv("SECRET_KEY", "real")
    surroundings = suite._surroundings()
    assert "DATABASE_URL" not in surroundings
    assert "SECRET_KEY" not in surroundings
    assert surroundings["CLEARLINES_VAR"] == str(ROOT / "var" / "test")


def both_runs(monkeypatch, first, second):
    from contextlib import nullcontext

    answers = iter([first, second])
    monkeypatch.setattr(suite, "private_cluster", lambda: nullcontext("postgres://here"))
    monkeypatch.setattr(suite, "pytest", lambda *_: next(answers))


def test_a_failure_on_sqlite_is_said_again_last_when_postgresql_passes(monkeypatch, capsys):
    both_runs(monkeypatch, (1, ["=== short test summary info ===\n", "=== 1 failed in 2s ===\n"]), (0, []))
    assert suite.on_both([]) == 1
    assert capsys.readouterr().out.endswith("=== 1 failed in 2s ===\n")


@pytest.mark.parametrize(
    ("first", "second", "words", "code"),
    [(0, 0, [], 0), (0, 1, [], 1), (2, 1, [], 2), (5, 5, [], 5), (0, 5, ["tests/browser"], 0), (5, 5, ["-k", "x"], 5)],
)
def test_both_databases_must_pass(first, second, words, code, monkeypatch):
    both_runs(monkeypatch, (first, []), (second, []))
    assert suite.on_both(words) == code


@pytest.mark.parametrize("path", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda path: path.name)
def test_a_lock_pins_every_package_by_hash_and_names_no_address(path):
    text = path.read_text()
    pinned = [line for line in text.splitlines() if line[:1].isalpha()]
    assert all("==" in line and line.endswith("\\") for line in pinned)
    assert "://" not in text


def test_the_locks_hold_uv_so_that_the_installer_is_checked_too():
    assert "\nuv==" in (ROOT / "requirements" / "base.txt").read_text()
