"""Prints the house from the roof down: each room, its size, its tests and what it is for."""

import ast
import tomllib
from pathlib import Path

from front_door.plainly import ROOT, say

PACKAGE = ROOT / "clearlines"
FULL = 1500  # lines; over this, look for the second room inside it (DEVELOPERS.md)


def storeys() -> list[list[str]]:
    """The rooms of each storey, from the one drawing: the import contract in pyproject.toml."""
    drawing = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = drawing["tool"]["importlinter"]["contracts"][0]["layers"]
    return [[room.strip() for room in layer.split("|")] for layer in layers]


def sizes(room: str) -> tuple[int, int]:
    """Lines of code and lines of tests, without blank lines and migrations."""
    place = PACKAGE / room
    files = place.rglob("*.py") if place.is_dir() else [place.with_suffix(".py")]
    code = tests = 0
    for path in files:
        inside = path.relative_to(PACKAGE).parts
        if "migrations" in inside or not path.exists():
            continue
        lines = _lines(path)
        code, tests = (code, tests + lines) if "tests" in inside else (code + lines, tests)
    return code, tests


def _lines(path: Path) -> int:
    return sum(1 for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def card(room: str) -> str:
    """The first line of a room's card."""
    place = PACKAGE / room / "__init__.py"
    source = place if place.exists() else PACKAGE / f"{room}.py"
    said = ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) if source.exists() else None
    return said.splitlines()[0] if said else "(no card)"


def house() -> int:
    """The house on one screen."""
    say(f"{'':14}{'code':>6}{'tests':>7}")
    total = [0, 0]
    for storey in storeys():
        for number, room in enumerate(storey):
            code, tests = sizes(room)
            total = [total[0] + code, total[1] + tests]
            full = "!" if code > FULL else " "
            say(f"{'| ' if number else '  '}{room:<12}{code:>6}{tests:>7}{full} {card(room)}")
    say(f"{'':14}{total[0]:>6}{total[1]:>7}")
    return 0
