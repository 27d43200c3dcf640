"""The reader of months: every row it cannot use has a reason, and a file that is not what it says is refused whole."""

import time

import pytest

from clearlines.hotspots import police_uk
from clearlines.hotspots.police_uk import NotWhatItSays, read
from clearlines.hotspots.tests.build import HEADER, HERE, row, street_file


def reasons(month):
    return [(each.line, each.reason) for each in month.rejected]


def test_a_month_is_read_row_by_row(tmp_path):
    month = read(street_file(tmp_path, row(crime_id="a"), row(crime_type="Drugs", crime_id="b")))
    assert (month.rows_read, len(month.incidents), month.rejected) == (2, 2, [])
    assert (month.month, month.force, month.force_name) == ("2022-02", "cumbria", "Cumbria Constabulary")
    first, second = month.incidents
    assert (first.basket, second.basket) == ("victims", "enforcement")
    assert first.district == "Barrow-in-Furness"


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (row("31/02/2022"), "its month is not a month"),
        (row("2022-13"), "its month is not a month"),
        (row("2022-03"), "its month is not the month of the file"),
        (row(crime_type="<script>alert(1)</script>"), "its crime type is not one"),
        (row(at=("abc", 54.1)), "its coordinates are not a place"),
        (row(at=(54.1, -3.2)), "its coordinates are not a place"),
        (row(at=("", 54.1)), "its coordinates are not a place"),
        (row(at=("nan", "nan")), "its coordinates are not a place"),
        (row(area=("nonsense", "Barrow")), "its LSOA code is not a code"),
        ("one,two,three", "it has 3 fields, not 12"),
        (row(location="x" * 1001), "a field is longer than 1,000 characters"),
    ],
)
def test_a_row_that_cannot_be_used_is_listed_with_its_line_and_reason(tmp_path, wrong, reason):
    month = read(street_file(tmp_path, row(crime_id="a"), wrong, row(crime_id="b"), row(crime_id="c")))
    assert len(month.incidents) == 3
    [(line, said)] = reasons(month)
    assert line == 3
    assert said.startswith(reason)


def test_a_field_of_ten_megabytes_is_one_rejected_row(tmp_path):
    began = time.perf_counter()
    month = read(street_file(tmp_path, row(location="z" * 10_000_000), row(crime_id="a")))
    assert (len(month.incidents), len(month.rejected)) == (1, 1)
    assert time.perf_counter() - began < 5


def test_emoji_right_to_left_and_tags_are_ordinary_words(tmp_path):
    odd = ["On or near 🚲 Lane", "شارع اخترع", "<b>On</b> or near", "a, b", 'Café "Ü"'.replace('"', '""')]
    month = read(street_file(tmp_path, *(row(location=each, crime_id=str(n)) for n, each in enumerate(odd[:4]))))
    assert [each.location for each in month.incidents] == odd[:4]


def test_a_row_without_coordinates_or_area_stays_and_is_marked(tmp_path):
    month = read(street_file(tmp_path, row(at=None, area=None), row()))
    assert month.marks == {"no_coordinates": 1, "outside_force": 0, "no_area": 1, "repeated_id": 0}
    assert month.is_in_force(month.incidents[0]) is None


def test_a_row_outside_the_force_stays_and_is_marked(tmp_path):
    month = read(street_file(tmp_path, row(area=("E01000737", "Bromley 040A"), at=(0.05, 51.4)), row()))
    assert month.marks["outside_force"] == 1
    assert [month.is_in_force(each) for each in month.incidents] == [False, True]


def test_a_force_nobody_wrote_down_has_the_districts_that_most_rows_are_in(tmp_path):
    rows = [row(area=("E01000001", "Elsewhere 001A"))] * 150 + [row(area=("E01000002", "Far Off 001A"))]
    month = read(street_file(tmp_path, *rows, force="unheard-of"))
    assert month.own_districts == {"Elsewhere"}


def test_an_exact_repeat_is_left_out_and_the_same_id_with_other_content_stays_marked(tmp_path):
    one, other = row(crime_id="a"), row(crime_id="a", outcome="Suspect charged")
    month = read(street_file(tmp_path, one, one, other))
    assert reasons(month) == [(3, "it repeats an earlier row exactly")]
    assert [each.is_repeated_id for each in month.incidents] == [False, True]


def test_anti_social_behaviour_has_no_id_so_like_rows_are_not_called_repeats(tmp_path):
    month = read(street_file(tmp_path, *[row(crime_type="Anti-social behaviour")] * 3))
    assert len(month.incidents) == 3


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "other columns"),
        (b"Name,Address\nA,B\n", "it has no column 'Crime ID'"),
        (",".join(reversed(police_uk.COLUMNS)).encode() + b"\n", "another order"),
        (f"{HEADER}\n{row(location='Café')}\n".encode("cp1252"), "line 2 has a byte that cannot be read"),
        (f"{HEADER}\n{row()}\n{row()[:60]}".encode(), "cut short"),
        (f'{HEADER}\n{row()}\n,2022-02,"{"x" * 50}'.encode(), "cut short"),
        (f"{HEADER}\n".encode("utf-16"), "not UTF-8"),
        (f"{HEADER}\n\0\0\n".encode(), "is not text"),
        (f"{HEADER}\n{row('2022-03')}\n{row('2022-03')}\n{row()}\n".encode(), "most of its rows are of another month"),
        (b"PK\x03\x04", "other columns"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_what_it_says_is_refused_whole(tmp_path, content, sentence):
    path = street_file(tmp_path)
    path.write_bytes(content)
    with pytest.raises(NotWhatItSays, match=sentence):
        read(path)


def test_a_file_with_another_name_is_refused(tmp_path):
    path = tmp_path / "2022-99-cumbria-street.csv"
    path.write_text(HEADER)
    with pytest.raises(NotWhatItSays, match="not named like a month"):
        read(path)


def test_a_month_without_a_row_is_a_month_without_a_row(tmp_path):
    month = read(street_file(tmp_path))
    assert (month.rows_read, month.force_name, month.own_districts) == (0, "cumbria", read_districts())


def read_districts():
    from clearlines.hotspots import reference

    return reference.districts_of("cumbria")


def test_a_byte_order_mark_is_no_fault(tmp_path):
    path = street_file(tmp_path, row())
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(read(path).incidents) == 1


def test_other_files_in_the_folder_are_named_and_not_read(tmp_path):
    street_file(tmp_path, row())
    (tmp_path / "2022-02" / "2022-02-cumbria-outcomes.csv").write_text("x")
    files, ignored = police_uk.files_in(tmp_path)
    assert [each.name for each in files] == ["2022-02-cumbria-street.csv"]
    assert [each.name for each in ignored] == ["2022-02-cumbria-outcomes.csv"]


def test_every_type_the_publisher_uses_is_in_a_basket_and_enforcement_is_never_with_victims():
    from clearlines.hotspots import reference

    baskets = reference.baskets()
    assert {"Drugs", "Possession of weapons"} <= set(baskets["enforcement"].types)
    assert not set(baskets["victims"].types) & set(baskets["enforcement"].types)
    assert reference.basket_of("Nonsense") is None
    assert HERE[0].startswith("E01")
