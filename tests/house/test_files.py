"""Files come in through one door and leave through one door."""

import ast

from tests.house.drawing import PACKAGE, ROOMS, source_of

THE_DOOR = "web/downloads.py"
FILE_ANSWERS = {"FileResponse", "StreamingHttpResponse", "serve"}
# Said of an answer, each of these makes a file of it.
MAKES_A_FILE = {"content-disposition", "content_type", "content-type"}


def files() -> list[tuple[str, ast.Module]]:
    return [(str(path.relative_to(PACKAGE)), tree) for room in ROOMS for path, tree in source_of(room)]


def makes_a_file(node: ast.AST) -> bool:
    if isinstance(node, ast.Name | ast.Attribute):
        return (node.id if isinstance(node, ast.Name) else node.attr) in FILE_ANSWERS
    if isinstance(node, ast.keyword):
        return node.arg == "content_type"
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.lower() in MAKES_A_FILE


def test_every_file_leaves_through_one_door():
    wrong = [
        f"{path}:{getattr(node, 'lineno', node.value.lineno if isinstance(node, ast.keyword) else '?')}"
        for path, tree in files()
        if path != THE_DOOR
        for node in ast.walk(tree)
        if makes_a_file(node)
    ]
    assert not wrong, "use web/downloads.py"


def test_every_spreadsheet_is_written_where_formulas_are_made_harmless():
    wrong = [
        f"{path}:{node.lineno}"
        for path, tree in files()
        if path != THE_DOOR
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in ("writer", "DictWriter")
        and ast.unparse(node).startswith("csv")
    ]
    assert not wrong, "use web.downloads.sheet"


def test_nothing_that_was_sent_is_kept_under_the_name_it_came_with():
    """No room keeps a file by itself: a photograph is drawn anew (web/photographs.py) and kept by its own key."""
    wrong = [
        f"{path}:{node.lineno}"
        for path, tree in files()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in ("FileField", "ImageField")
        and "models" in ast.unparse(node)
    ]
    assert not wrong
