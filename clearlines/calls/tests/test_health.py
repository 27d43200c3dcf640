"""Counts that a health partner supplied: a small one is withheld, and is never a nought."""

import io

import pytest

from clearlines.calls import health, sheets
from clearlines.calls.tests.build import health_csv


def read(*cells):
    return health.read("health.csv", io.BytesIO(health_csv(*cells)))


@pytest.mark.parametrize(
    ("said", "count"),
    [("0", 0), ("5", 5), ("1,204", 1204), ("<5", None), ("< 5", None), ("fewer than 5", None), ("*", None),
     ("[c]", None), ("4", None), ("1", None)],
)  # fmt: skip
def test_a_small_count_is_withheld_however_it_was_supplied(said, count):
    [cell] = read(("E01019138", "2022-02", "Naloxone given", said)).cells
    assert (cell.measure, cell.many) == ("naloxone", count)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (("", "2022-02", "naloxone", "7"), "its area is not a code, such as E01019138"),
        (("Barrow Island", "2022-02", "naloxone", "7"), "its area is not a code, such as E01019138"),
        (("E01019138", "Feb 2022", "naloxone", "7"), "its month is not a month, such as 2022-04"),
        (("E01019138", "2022-02", "falls", "7"), "its measure is not an overdose, naloxone or an assault"),
        (("E01019138", "2022-02", "A&E assault", ""), "its count is not a whole number, and does not say that it is"),
        (("E01019138", "2022-02", "A&E assault", "-3"), "its count is not a whole number, and does not say that it is"),
    ],
)
def test_a_row_that_cannot_be_used_says_why(cell, reason):
    found = read(cell)
    assert found.cells == []
    assert found.rejected[0][0] == 2
    assert found.rejected[0][1].startswith(reason)
    assert sum(health.by_reason(found).values()) == found.rows_read == 1


def test_an_area_month_and_measure_stand_once():
    found = read(("E01019138", "2022-02", "overdose", 7), ("E01019138", "2022-02", "overdoses attended", 9))
    assert [each.many for each in found.cells] == [7]
    assert found.rejected == [(3, "its area, month and measure are there already")]
    assert (found.withheld, found.measures, found.months) == (0, ["overdose"], ["2022-02"])


def test_a_column_that_is_missing_is_named():
    with pytest.raises(sheets.NotASheet, match="has no column “count”: it needs area, month, measure, count"):
        health.read("/tmp/x.csv", io.BytesIO(b"area,month,measure\nE01019138,2022-02,naloxone\n"))


def test_a_row_cut_short_is_listed():
    found = health.read("x.csv", io.BytesIO(b"area,month,measure,count\nE01019138,2022-02\n"))
    assert found.rejected == [(2, "its measure is not an overdose, naloxone or an assault")]
