"""Pasted scores and spreadsheets, read without a database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearlines.access.refusals import Refused
from clearlines.groups import results

HEADING = "group,tool,version,assessed_on,assessor,priority_band,next_review_on,Physical harm,Likelihood"


def sheet(*rows: str, heading: str = HEADING) -> str:
    return "\r\n".join([heading, *rows]) + "\r\n"


GOOD = "G-001,MoRiLE,3.1,1/3/2022,Regional unit,Band B,2022-09-01,12,High (4)"


def test_a_row_is_kept_as_it_is_written():
    read = results.read("\ufeff" + sheet(GOOD, ",,,,,,,,"))
    (row,) = read.rows
    assert (read.wrong, row.number, row.group) == ([], 2, "G-001")
    assert row.result == results.Result(
        "MoRiLE", "3.1", date(2022, 3, 1), "Regional unit", {"Physical harm": "12", "Likelihood": "High (4)"}, "Band B",
        date(2022, 9, 1),
    )  # fmt: skip
    assert read.called.startswith("A spreadsheet, SHA-256 ")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "these are missing: group, tool, version"),
        (sheet(GOOD, heading=HEADING.replace("assessor,", "").replace("group", "ocg")), "missing: group, assessor"),
        (sheet(GOOD, heading=HEADING.replace("Likelihood", "Physical harm")), "two columns have the same name"),
        (sheet(heading=HEADING + "".join(f",S{each}" for each in range(70))), "more than 60 columns of scores"),
        (sheet(*["x"] * 501), "more than 500 rows"),
        (sheet(), "a heading and no rows"),
        ('group,"tool', "not a spreadsheet"),
    ],
)
def test_a_file_that_is_wrong_as_a_whole(words, said):
    read = results.read(words)
    assert not read.rows
    assert said in read.wrong[0][1]
    assert read.wrong[0][0] == 0


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("G-001,MoRiLE", "it has 2 cells and the heading has 9"),
        (GOOD.replace("1/3/2022", "31/2/2022"), "assessed_on is no date: “31/2/2022”"),
        (GOOD.replace("2022-09-01", "soon"), "next_review_on is no date: “soon”"),
        (GOOD.replace("G-001", ""), "it does not say which group"),
        (GOOD.replace("MoRiLE", "x" * 41), "tool is longer than 40 characters"),
        (GOOD.replace("12", "x" * 201), "Physical harm is longer than 200 characters"),
    ],
)
def test_a_row_that_is_wrong_says_which_and_why(row, said):
    read = results.read(sheet(GOOD, row))
    assert [number for number, _ in read.wrong] == [3]
    assert said in read.wrong[0][1]


def test_the_same_group_tool_and_day_twice_is_seen():
    assert [row.number for row in results.read(sheet(GOOD, GOOD.replace("MoRiLE", "morile"))).twice] == [3]


def test_pasted_scores_are_names_colons_and_what_the_tool_said():
    assert results.pasted("Harm: 12\n\n Likelihood : 4: high\n") == {"Harm": "12", "Likelihood": "4: high"}
    assert results.pasted("") == {}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Harm 12", "line 1 of the scores is not a name, a colon and a value: “Harm 12”"),
        ("Harm:", "line 1"),
        ("Harm: 1\nHarm: 2", "line 2 of the scores says “Harm” again"),
        ("\n".join(f"S{each}: 1" for each in range(61)), "more than 60 scores"),
    ],
)
def test_what_cannot_be_read_as_scores_is_said_by_line(words, said):
    with pytest.raises(Refused, match=said):
        results.pasted(words)


@given(st.text())
def test_no_text_breaks_the_reading(words):
    read = results.read(words)
    assert read.rows or read.wrong
