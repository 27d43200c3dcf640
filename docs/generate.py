"""Writes docs/reference/ from the code: `python -m docs.generate`, or `--check` to say what is out of date."""

import ast
import importlib
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
MADE = "<!-- Made by `python -m docs.generate` from {source}. Change that, not this. -->\n\n"


def rooms_with(name: str) -> list[str]:
    return sorted(path.parent.name for path in (ROOT / "clearlines").glob(f"*/{name}.py"))


def states() -> str:
    """One drawing for each table of moves."""
    drawn = ["# States\n"]
    for room in rooms_with("states"):
        module = importlib.import_module(f"clearlines.{room}.states")
        tables = {name: table for name, table in vars(module).items() if name.endswith("MOVES")}
        for name, moves in sorted(tables.items()):
            drawn.append(f"\n## {room}{'' if name == 'MOVES' else ': ' + name.removesuffix('_MOVES').lower()}\n")
            drawn.append("```mermaid\nstateDiagram-v2")
            drawn += [f"    {here} --> {there}" for here, all_ in moves.items() for there in sorted(all_, key=str)]
            drawn.append("```")
    return "\n".join(drawn) + "\n"


def permissions() -> str:
    from clearlines.access.permissions import Permission
    from clearlines.access.roles import ROLES, THE_PUBLIC

    said = ["# Who may do what\n", "Anybody, without signing in, may:\n"]
    said += [f"- {permission.sentence}" for permission in Permission if permission in THE_PUBLIC]
    for role in ROLES.values():
        said += [f"\n## {role.name}\n", f"{role.who} Held in: {', '.join(sorted(role.held_in))}.\n"]
        said += [f"- {permission.sentence}" for permission in Permission if permission in role.permissions]
        said += [] if role.permissions else ["- nothing but their own tasks"]
    return "\n".join(said) + "\n"


def retention() -> str:
    from django.apps import apps

    from clearlines.access.declarations import GROUND

    rules = tomllib.loads((ROOT / "programme" / "example" / "retention.toml").read_text())
    said = ["# What is kept, for how long, and who may be told\n"]
    said += ["| Record | Kept | Checked | Who may be told |", "|---|---|---|---|"]
    for model in sorted(apps.get_models(), key=lambda each: each._meta.label):
        declared = GROUND.get(model._meta.label) or getattr(model, "declared", None)
        if declared:
            rule = rules[declared.kept]
            checked = "yes" if rule["verified"] else "unverified"
            told = "; ".join(declared.told)
            said.append(f"| {model._meta.label} | {rule['keep']} | {checked} | {told} |")
    return "\n".join(said) + "\n"


def scenario_tests() -> Iterator[tuple[int, str]]:
    for path in sorted([*ROOT.glob("tests/**/*.py"), *ROOT.glob("clearlines/**/tests/*.py")]):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            found = isinstance(node, ast.FunctionDef) and re.match(r"test_s(\d\d)_", node.name)
            if found:
                yield int(found[1]), f"`{path.relative_to(ROOT)}::{node.name}`"


def scenarios() -> str:
    titles = tomllib.loads((ROOT / "docs" / "scenarios.toml").read_text())
    proved: dict[int, list[str]] = {}
    for number, test in scenario_tests():
        proved.setdefault(number, []).append(test)
    said = ["# Which test proves which scenario\n", f"{len(proved)} of {len(titles)} have a test.\n"]
    said += ["| | Scenario | Test |", "|---|---|---|"]
    for number, title in titles.items():
        said.append(f"| {number} | {title} | {'<br>'.join(proved.get(int(number), ['not built yet']))} |")
    return "\n".join(said) + "\n"


PAGES: dict[str, tuple[str, Callable[[], str]]] = {
    "states.md": ("each room's states.py", states),
    "permissions.md": ("clearlines/access/roles.py", permissions),
    "retention.md": ("the models and programme/example/retention.toml", retention),
    "scenarios.md": ("docs/scenarios.toml and the tests", scenarios),
}


def main(check: bool) -> int:
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clearlines.settings")
    django.setup()
    stale = []
    for name, (source, write) in PAGES.items():
        path, text = REFERENCE / name, MADE.format(source=source) + write()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if not check:
                path.write_text(text, encoding="utf-8")
    verb = "out of date: run python -m docs.generate" if check else "written"
    sys.stdout.write(f"docs/reference: {', '.join(stale) or 'all current'}{' ' + verb if stale else ''}\n")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv))
