"""Each noun has one entry in the glossary; each promise names code and tests that exist."""

import re

from tests.house.drawing import ROOMS, ROOT, our_models

GLOSSARY = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
PROMISES = (ROOT / "PROMISES.md").read_text(encoding="utf-8")
WORDS = {found.lower() for found in re.findall(r"^\| \*\*(.+?)\*\*", GLOSSARY, re.MULTILINE)}
SPACED = re.compile(r"(?<=[a-z])(?=[A-Z])")


def said(name):
    """'LineStatus' as it is said: 'line status'."""
    return SPACED.sub(" ", name).lower()


def test_every_model_has_an_entry():
    models = [model for model in our_models() if not model._meta.auto_created]
    missing = sorted({said(model.__name__) for model in models} - WORDS)
    assert not missing


def test_every_promise_names_code_and_tests_that_exist():
    rows = re.findall(r"^\| \d+ \|.*", PROMISES, re.MULTILINE)
    assert len(rows) >= 10
    for row in rows:
        kept, proved = row.split("|")[4:6]
        for path in re.findall(r"`([\w./-]+?)(?:::\w+)?(?: [\w, ]+)?`", kept):
            assert (ROOT / "clearlines" / path).exists() or (ROOT / path).exists(), path
        for path in re.findall(r"`([\w./-]+?)(?:::\w+)?`", proved):
            assert "/" not in path or (ROOT / path).exists(), path


def test_every_rooms_card_is_in_the_tree_of_the_developers_page():
    page = (ROOT / "DEVELOPERS.md").read_text(encoding="utf-8")
    assert not [room for room in ROOMS if f"`{room}`" not in page and room not in ("cli",)]
