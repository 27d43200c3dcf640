"""A file that leaves is an attachment, is named plainly, and holds nothing that a spreadsheet would run."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearlines.web import downloads


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("lines-2022-06-14-OFFICIAL-SENSITIVE.csv", "lines-2022-06-14-OFFICIAL-SENSITIVE.csv"),
        ("../../etc/passwd", "etc-passwd"),
        ('a"; filename="b.exe', "a-filename-b.exe"),
        ("a\r\nSet-Cookie: x=1.csv", "a-Set-Cookie-x-1.csv"),
        (".htaccess", "htaccess"),
        ("Zoë’s plan.pdf", "Zoes-plan.pdf"),
        ("سيارة", "file"),
        ("x" * 500 + ".csv", "x" * 116 + ".csv"),
    ],
)
def test_a_name_is_a_plain_name_and_nothing_more(name, safe):
    assert downloads.safe_name(name) == safe


@given(st.text(max_size=300))
def test_no_name_makes_a_folder_or_a_second_header(name):
    safe = downloads.safe_name(name)
    assert 0 < len(safe) <= downloads.LONGEST_NAME
    assert not set(safe) & set("/\\\"';\r\n\0 ")
    assert ".." not in safe
    assert not safe.startswith((".", "-"))


def test_a_file_is_an_attachment_that_can_run_nothing():
    response = downloads.download("figures.csv", "a,b", kind=downloads.CSV)
    assert response["Content-Disposition"] == 'attachment; filename="figures.csv"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].endswith("; sandbox")
    assert "no-store" in response["Cache-Control"]


FORMULAS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "  +cmd|' /C calc'!A0",
    "＝1",
    "|x",
    "%0A=1",
]


@pytest.mark.parametrize("words", FORMULAS)
def test_words_that_begin_like_a_formula_stay_words(words):
    (row,) = csv.reader(io.StringIO(downloads.sheet([[words]]), newline=""))
    assert row == [f"'{words}"]


@pytest.mark.parametrize("cell", [-3, -3.5, "-3.5", "+44", 0, "Bracken", "", "[c]", "a=b", None])
def test_a_number_and_an_ordinary_word_are_left_as_they_are(cell):
    assert downloads.harmless(cell) == cell


@given(
    st.lists(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1))
)
def test_no_cell_of_any_sheet_begins_like_a_formula(rows):
    for row in csv.reader(io.StringIO(downloads.sheet(rows), newline="")):
        for cell in row:
            assert downloads.A_NUMBER.fullmatch(cell) or not cell.lstrip(" ").startswith(tuple("=+-@\t\r"))
