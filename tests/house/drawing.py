"""The drawing, read from the import contract: there is one."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "clearlines"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
STOREYS = [[room.strip() for room in layer.split("|")] for layer in CONTRACTS[0]["layers"]]
HEIGHT = {room: -depth for depth, storey in enumerate(STOREYS) for room in storey}
ROOMS = [room for storey in STOREYS for room in storey if (PACKAGE / room).is_dir()]
CARE_SIDE = {"safeguarding", "screening", "visits", "care", "meetings", "aftercare"}
INTELLIGENCE = {"reports", "lines", "triage", "groups", "disruptions"}


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("clearlines.")]


def keys_between_rooms() -> Iterator[tuple[str, str, models.Field]]:
    """Every key and many-to-many from one room to another. Django's own tables are no room."""
    for model in our_models():
        for field in [*model._meta.concrete_fields, *model._meta.many_to_many]:
            if not field.is_relation or not isinstance(field.related_model, type):
                continue
            here, there = model._meta.app_label, field.related_model._meta.app_label
            if here != there and there in HEIGHT:
                yield here, there, field


def source_of(room: str) -> Iterator[tuple[Path, ast.Module]]:
    """A room's own code, without its tests and migrations."""
    for path in sorted((PACKAGE / room).rglob("*.py")):
        if not {"tests", "migrations"} & set(path.relative_to(PACKAGE).parts):
            yield path, ast.parse(path.read_text())


def imports_in(tree: ast.Module) -> Iterator[str]:
    """The full dotted name of everything imported."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
