"""When nothing is taken, in sentences. No database."""

from datetime import date

from clearlines.calls import rules

NEEDED = {"reference": "a", "received": "b", "category": "c", "source": "d"}


def test_a_mapping_needs_a_name_four_columns_and_somewhere():
    assert list(rules.reasons_not_to_save_mapping("Ours", NEEDED | {"area": "e"})) == []
    assert list(rules.reasons_not_to_save_mapping(" ", {})) == [
        "a mapping needs a name to be found by", "no column is chosen for a reference",
        "no column is chosen for when it was received", "no column is chosen for a category",
        "no column is chosen for a source",
        "no column says where: choose easting and northing, latitude and longitude, or an area code",
    ]  # fmt: skip


def test_a_mapping_takes_a_column_once_and_a_place_whole():
    twice = NEEDED | {"source": "c", "easting": "e"}
    assert list(rules.reasons_not_to_save_mapping("Ours", twice)) == [
        "the column “c” is chosen twice", "easting and northing go together: choose both or neither",
    ]  # fmt: skip
    both = NEEDED | {"easting": "e", "northing": "f", "latitude": "g", "longitude": "h"}
    assert list(rules.reasons_not_to_save_mapping("Ours", both)) == [
        "a place is by easting and northing or by latitude and longitude: choose one of the two"
    ]


def test_a_rule_list_holds_words_and_not_everything():
    assert list(rules.reasons_not_to_save_rules("Ours", {"police_source": ["Police"]})) == []
    wrong = {"police_source": ["x"] * 201, "own_visit": ["*"], "asb": ["y" * 61]}
    assert list(rules.reasons_not_to_save_rules("", wrong)) == [
        "a rule list needs a name to be found by", "a list has more than 200 words",
        "a star alone would hold of every row",
        "a word is longer than 60 characters",
    ]  # fmt: skip


def test_no_more_than_ten_files_wait():
    assert list(rules.reasons_not_to_bring(waiting=9)) == []
    assert list(rules.reasons_not_to_bring(waiting=10)) == ["10 files wait already: load them or leave them first"]


def reasons(rows_read, incidents, rejected, first_on=None, last_on=None):
    return list(rules.reasons_not_to_load(
        rows_read=rows_read, incidents=incidents, rejected=rejected, first_on=first_on, last_on=last_on
    ))  # fmt: skip


def test_an_extract_that_is_mostly_unread_is_not_loaded():
    assert reasons(10, 5, 5) == []
    assert reasons(0, 0, 0) == ["there is no row below the headings"]
    assert reasons(3, 0, 3)[0].startswith("not one row could be read")
    assert reasons(3_000, 1, 1_501)[0].startswith("1,501 of 3,000 rows could not be read, more than half")
    assert reasons(3, 0, 0) == ["every row that could be read is left out by a rule, so there is nothing to count"]
    assert reasons(3, 3, 0, date(2022, 2, 2), date(2022, 2, 1)) == ["the last day that it covers is before the first"]


def test_health_counts_need_a_supplier():
    assert list(rules.reasons_not_to_load_health(cells=1, source="A trust")) == []
    assert list(rules.reasons_not_to_load_health(cells=0, source=" ")) == [
        "there is no count in this file", "nobody is named who supplied it",
    ]  # fmt: skip
