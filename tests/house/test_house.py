"""The walls stand: what an import contract cannot see."""

import ast

from tests.house.drawing import (
    CARE_SIDE,
    HEIGHT,
    INTELLIGENCE,
    PACKAGE,
    ROOMS,
    imports_in,
    keys_between_rooms,
    source_of,
)

# How a room may be entered from another. Each extra door has its reason beside it.
DOORS = {"models", "queries", "actions", "states", "urls"}
EXTRA_DOORS = {
    # The ground and the roof are used by every room, through more than their verbs.
    "access": None,
    "web": None,
    "ledger": {"kinds"},
    "analysis": None,
    # What every room seals with.
    "keys": {"box", "fields", "files"},
    # What is counted, said alike in a set of hotspots, a protocol and an answer.
    "hotspots": {"measures"},
    # The console stands on the roof and calls each room's commands.
    "commands": {"cli"},
}


def test_keys_point_down():
    assert not [str(field) for here, there, field in keys_between_rooms() if HEIGHT[there] >= HEIGHT[here]]


def test_keys_leave_no_handle_below():
    assert not [str(field) for _, _, field in keys_between_rooms() if not field.remote_field.hidden]


def test_no_care_side_row_points_at_intelligence():
    assert not [
        str(field) for here, there, field in keys_between_rooms() if here in CARE_SIDE and there in INTELLIGENCE
    ]


def test_a_received_letter_points_at_nothing_of_its_sender():
    from clearlines.referrals.models import Received

    targets = {field.related_model._meta.label for field in Received._meta.concrete_fields if field.is_relation}
    assert targets <= {"access.Organisation", "access.Account", "people.Person", "referrals.Received"}


def test_rooms_are_entered_only_by_their_doors():
    wrong = [
        f"{path.relative_to(PACKAGE)} imports {name}"
        for room in ROOMS
        for path, tree in source_of(room)
        for name in imports_in(tree)
        if name.startswith("clearlines.") and not is_a_door(room, name)
    ]
    assert not wrong


def is_a_door(here: str, name: str) -> bool:
    _, there, *inside = name.split(".")
    if there == here or there not in HEIGHT or not inside:
        return True
    if there == "desk":
        return inside[0] in DOORS | {"force", "charity"}
    extra = EXTRA_DOORS.get(there, set())
    return extra is None or inside[0] in DOORS | extra or here in EXTRA_DOORS.get(inside[0], set())


def test_no_view_says_objects():
    wrong = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for room in ROOMS
        for path, tree in source_of(room)
        if path.name == "views.py" or "views" in path.parts
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager", "_base_manager")
    ]
    assert not wrong


def test_every_room_has_a_card_that_says_what_it_may_never():
    for room in ROOMS:
        card = ast.get_docstring(ast.parse((PACKAGE / room / "__init__.py").read_text())) or ""
        assert all(word in card for word in ("Owner:", "Comes in:", "Goes out:", "May never:")), room


def test_states_and_rules_load_without_django():
    import subprocess
    import sys

    modules = [
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        for room in ROOMS
        for path in sorted((PACKAGE / room).rglob("*.py"))
        if path.stem in ("rules", "states") or (room == "analysis" and "tests" not in path.parts)
    ]
    said = "import sys; sys.modules['django'] = None\n" + "\n".join(f"import {module}" for module in modules)
    done = subprocess.run([sys.executable, "-c", said], cwd=PACKAGE.parent, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-600:]
