"""A promise or a protection whose proof has gone is a promise nobody keeps."""

import re
from pathlib import Path

import pytest

from tests.house.drawing import ROOT

PAGES = ["docs/threat-model.md", "docs/walls.md", "PROMISES.md"]
A_PATH = re.compile(r"`((?:tests|clearlines|docs|programme)/[\w./-]+)`")


@pytest.mark.parametrize("page", PAGES)
def test_every_place_that_is_named_is_there(page):
    named = A_PATH.findall((ROOT / page).read_text(encoding="utf-8"))
    assert named, f"{page} names no proof"
    assert sorted({each for each in named if not (ROOT / each.rstrip("/")).exists()}) == []


def test_a_folder_of_tests_that_is_named_holds_some():
    named = {each for page in PAGES for each in A_PATH.findall((ROOT / page).read_text(encoding="utf-8"))}
    folders = [ROOT / each for each in named if each.endswith("tests/")]
    assert all(list(Path(each).glob("test_*.py")) for each in folders)
