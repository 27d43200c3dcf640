"""What a file is, what its columns are, how its dates are written: pure, and each fault one sentence."""

import io
from datetime import UTC, date, datetime

import pytest

from clearlines.calls import columns, reference, sheets, sifting
from clearlines.calls.columns import Columns
from clearlines.calls.rulelists import RulesAsked, Words
from clearlines.calls.tests import build
from clearlines.calls.tests.build import COLUMNS, HEADINGS, extract_of, row


def sift(*rows, columns=COLUMNS, headings=HEADINGS, encoding="utf-8", words=None, within=None, **days):
    stream = io.BytesIO(extract_of(*rows, headings=headings, encoding=encoding))
    sheet = sheets.examined("calls.csv", stream)
    rules = RulesAsked.of(words or reference.words())
    how = sifting.How(columns, rules, within or build.within(), b"key", date(2022, 6, 14), **days)
    return sifting.sift(sheet, stream, how)


def whys(found, what="rejected"):
    return [each.why for each in found.left_out if each.what == what]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "x.csv is empty"),
        (b"PK\x03\x04 and more", "x.csv is a workbook: open it, save the sheet as CSV, and bring that"),
        ("Log,When\n1,2\n".encode("utf-16"), "is Unicode text of another kind: save it as CSV UTF-8"),
        (b"Log,When\n1,\0\n", "x.csv is not text"),
        (b"Log\n1\n", "x.csv has no row of headings"),
        (b"1,14/02/2022 18:05,ASB\n", "begins with a row of figures, not with headings"),
        (b"Log,When,Log\n1,2,3\n", "x.csv has two columns called “Log”: rename one of them"),
        (b'Log,"When\n1,2\n', "x.csv has no row of headings"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_sheet_is_refused_in_one_sentence(body, sentence):
    with pytest.raises(sheets.NotASheet, match=sentence.split(":")[0]) as wrong:
        sheets.examined("x.csv", io.BytesIO(body))
    assert sentence in str(wrong.value)


def test_a_quotation_mark_that_is_never_closed_is_named_with_its_line():
    stream = io.BytesIO(b'Log,When\n1,2\n2,"3\n3,4\n')
    with pytest.raises(sheets.NotASheet, match="cannot be read as CSV at line 4"):
        list(sheets.rows(sheets.examined("x.csv", stream), stream))


def test_a_file_with_another_delimiter_in_another_encoding_is_read():
    stream = io.BytesIO("Log;When;Où\n1;2;café\n".encode("latin-1"))
    sheet = sheets.examined("x.csv", stream)
    assert (sheet.encoding, sheet.headings) == ("cp1252", ("Log", "When", "Où"))
    assert [cells for _, cells in sheets.rows(sheet, stream)] == [["1", "2", "café"]]


def test_a_column_that_the_mapping_reads_and_is_not_there_is_named():
    with pytest.raises(sheets.NotASheet, match="has no column “Log No”, which its mapping reads"):
        sift(row(), headings=["Log", *HEADINGS[1:]])


def test_headings_are_guessed_and_none_is_guessed_twice():
    assert columns.guessed(HEADINGS) == dict(COLUMNS.headings)
    other = ["INCIDENT_REF", "DATE_TIME", "OPENING_CODE", "CALL_SOURCE", "LAT", "LONG", "PARENT_REF"]
    assert columns.guessed(other) == {
        "reference": "INCIDENT_REF", "received": "DATE_TIME", "category": "OPENING_CODE", "source": "CALL_SOURCE",
        "latitude": "LAT", "longitude": "LONG", "repeat_of": "PARENT_REF",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said", "dates", "when"),
    [
        ("14/02/2022 18:05", "day_first", (2022, 2, 14, 18, 5)),
        ("14/02/2022", "day_first", (2022, 2, 14, 0, 0)),
        ("14.2.2022 8.05", "day_first", (2022, 2, 14, 8, 5)),
        ("02/14/2022 18:05:59", "month_first", (2022, 2, 14, 18, 5)),
        ("2022-02-14T18:05:00.000Z", "iso", (2022, 2, 14, 18, 5)),
        ("14 Feb 2022 18:05", "named", (2022, 2, 14, 18, 5)),
        ("14-February-2022", "named", (2022, 2, 14, 0, 0)),
        ("44606.7534722", "serial", (2022, 2, 14, 18, 5)),
        ("44606", "serial", (2022, 2, 14, 0, 0)),
    ],
)
def test_a_date_is_read_as_it_is_said_to_be_written(said, dates, when):
    found = columns.moment(said, dates)
    assert found == (datetime(*when, tzinfo=UTC), when[3:] != (0, 0))
    assert columns.guessed_dates([said, ""]) == dates


@pytest.mark.parametrize(
    ("said", "dates", "sentence"),
    [
        ("31/02/2022 18:05", "day_first", "its date is not written like 31/12/2022 18:05"),
        ("2022-02-14", "day_first", "its date is not written like 31/12/2022 18:05"),
        ("44606.75", "day_first", "its date is a spreadsheet's number for a day: show the column as dates"),
        ("14 Xyz 2022", "named", "its date is not written like 31 Dec 2022 18:05"),
        ("99999", "serial", "its date is not written like 44926.7535"),
        ("x", "serial", "its date is not written like 44926.7535"),
        ("", "iso", "it has no date"),
    ],
)
def test_a_date_that_cannot_be_read_says_how_it_should_be_written(said, dates, sentence):
    assert columns.moment(said, dates) is None
    assert columns.why_no_date(said, dates).startswith(sentence)


def test_the_shape_of_a_cell_says_nothing_of_what_is_in_it():
    assert [columns.shape(each) for each in ("14/03/2023", "Robin Ferris", "01632 960 1", "é" * 40)] == [
        "99/99/9999", "aaaaa aaaaaa", "99999 999 9", "a" * 23 + "…",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ([""] * 10, "it is empty"),
        (row()[:4], "it has 4 cells under 10 headings"),
        ([*row(), "more"], "it has 11 cells under 10 headings"),
        (row(category="x" * 10_000), "a cell that is read is longer than 200 characters"),
        (row(reference=""), "it has no reference"),
        (row(category=" "), "it has no category"),
        (row(received="yesterday"), "its date is not written like 31/12/2022 18:05"),
        (row(received="14/02/1922 18:05"), "its date is before 1990 or has not come yet"),
        (row(received="14/02/2032 18:05"), "its date is before 1990 or has not come yet"),
    ],
)
def test_a_row_that_cannot_be_used_is_listed_with_its_line_and_reason(wrong, sentence):
    found = sift(row(1), wrong, row(2, at=build.THERE))
    assert [each for each in found.left_out if each.what == "rejected"] == [(3, "rejected", sentence)]
    assert (found.rows_read, found.used, found.rejected) == (3, 2, 1)


def test_a_long_narrative_is_not_read_and_so_is_no_fault():
    found = sift([*row()[:-1], "x" * 10_000])
    assert found.used == 1


def test_rows_outside_the_days_that_it_covers_are_left_out():
    rows = [row(each, f"{each:02}/02/2022 10:00") for each in (1, 2, 3)]
    found = sift(*rows, first_on=date(2022, 2, 2), last_on=date(2022, 2, 2))
    assert whys(found) == ["it is outside the days that the extract covers"] * 2
    assert (found.first_on, found.last_on) == (date(2022, 2, 2), date(2022, 2, 2))


def test_a_row_without_a_place_stays_and_is_marked():
    rows = [row(1, at=None), row(2, at=(0, 0)), row(3, at=("x", "y")), row(4, at=(9_999_999, 1)), row(5),
            row(6, at=None, area="E01019138")]  # fmt: skip
    found = sift(*rows)
    assert found.used == 6
    assert found.marked == {"no_place": 2, "place_not_read": 2}
    assert [each.line for each in found.left_out if each.what == "marked"] == [2, 3, 4, 5]
    assert found.incidents.area == ["", "", "", "", "", "E01019138"]


def test_a_place_is_kept_as_a_square_of_a_hundred_metres():
    found = sift(row(at=(320_001.4, 469_099.9)))
    assert (found.incidents.easting[0], found.incidents.northing[0]) == (320_050.0, 469_050.0)
    assert (round(found.incidents.longitude[0], 2), round(found.incidents.latitude[0], 2)) == (-3.22, 54.11)


def test_a_place_by_latitude_and_longitude_is_the_same_square():
    headings = ["Log No", "Received", "Category", "Source", "Lat", "Long"]
    by_degrees = Columns({**{key: COLUMNS.headings[key] for key in ("reference", "received", "category", "source")},
                          "latitude": "Lat", "longitude": "Long"}, "day_first")  # fmt: skip
    rows = [[*row(1)[:4], "54.1101", "-3.2231"], [*row(2)[:4], "-3.2231", "54.1101"], [*row(3)[:4], "", ""]]
    found = sift(*rows, headings=headings, columns=by_degrees)
    assert (found.incidents.easting[0], found.incidents.northing[0]) == (320_150.0, 468_950.0)
    assert found.marked == {"no_place": 1, "place_not_read": 1}


def test_what_nobody_can_see_is_taken_out_and_marked():
    found = sift(row(1, category="ASB\u200b - Nuisance\ufeff"), row(2, category="\xa0ASB - Nuisance", at=build.THERE))
    assert found.incidents.kind == ["asb", "asb"]
    assert found.marked == {"odd_characters": 2}


def test_police_made_logs_and_our_own_visits_are_left_out_by_rule_and_counted():
    found = sift(
        row(1), row(2, source="POLICE"), row(3, category="Stop Search - street"), row(4, mark="Proactive patrol"),
        row(5, category="Programme visit"), row(6, source="police", category="Warrant"),
    )  # fmt: skip
    assert found.used == 1
    assert found.excluded == {"police_source": 2, "police_category": 1, "police_marker": 1, "own_visit": 1}
    assert whys(found, "excluded")[0] == "made by police themselves, by the source of the call"


def test_a_category_on_no_list_is_kept_and_marked_and_is_no_demand():
    found = sift(row(1, category="Lost dog"))
    assert (found.incidents.kind, found.marked) == (["other"], {"category_not_listed": 1})


def test_words_hold_whole_or_as_a_beginning_whatever_their_capitals():
    words = Words.of(["Police  generated", "ASB*", "*", " "])
    assert [words.hold(each) for each in ("police generated", "Police", "asb - noise", "", "*")] == [
        True, False, True, False, False,
    ]  # fmt: skip


def test_a_file_of_only_rejected_rows_has_no_days():
    found = sift(row(received="x"))
    assert (found.used, found.first_on, found.last_on, found.marked) == (0, None, None, {})


def test_how_many_rows_were_read_is_told_now_and_then(monkeypatch):
    monkeypatch.setattr(sifting, "TOLD_EVERY", 2)
    stream, told = io.BytesIO(extract_of(*(row(each) for each in range(5)))), []
    how = sifting.How(COLUMNS, RulesAsked.of(reference.words()), build.within(), b"k", date(2022, 6, 14))
    sifting.sift(sheets.examined("x", stream), stream, how, told=told.append)
    assert told == [2, 2]


def test_it_covers_the_days_of_every_row_that_can_be_read():
    found = sift(row(1), row(2, "20/02/2022 10:00", source="Police"), row(3, "x"))
    assert (found.first_on, found.last_on) == (date(2022, 2, 14), date(2022, 2, 20))
