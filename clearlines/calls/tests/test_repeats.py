"""Repeat calls: which are of one incident, by hand; and properties that no order of rows and no file may break."""

import random
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from clearlines.calls.tests import build
from clearlines.calls.tests.build import HERE, THERE, row
from clearlines.calls.tests.test_reading import sift, whys


def at(metres_east, minutes, number, **more):
    return row(
        number, f"14/02/2022 {18 + minutes // 60}:{minutes % 60:02}", at=(HERE[0] + metres_east, HERE[1]), **more
    )


def test_the_same_reference_twice_is_one_call():
    found = sift(row(1), row(1), row(1, "15/02/2022 18:05"))
    assert (found.used, found.repeats) == (1, {"same_reference": 2})
    assert found.incidents.calls.tolist() == [3]


def test_a_row_that_names_the_call_it_repeats_is_one_with_it_however_far_or_late():
    found = sift(row(1), row(2, "16/02/2022 09:00", "Domestic", at=THERE, repeats="CR-00001"))
    assert (found.used, found.repeats) == (1, {"named": 1})
    assert found.incidents.kind == ["asb"]
    assert whys(found, "repeat") == ["it says itself which call it repeats"]


def test_two_calls_that_name_one_that_is_not_in_the_file_are_one_incident():
    found = sift(row(2, at=THERE, repeats="CR-00001"), row(3, "19/02/2022 01:00", repeats="CR-00001"))
    assert (found.used, found.repeats) == (1, {"named": 1})


def test_a_row_that_names_itself_repeats_nothing():
    assert sift(row(1, repeats="CR-00001")).used == 1


def test_the_same_category_within_a_hundred_metres_and_an_hour_is_a_repeat():
    found = sift(at(0, 0, 1), at(100, 60, 2), at(101, 0, 3), at(0, 61, 4), at(0, 5, 5, category="Domestic"))
    assert (found.used, found.repeats) == (4, {"alike": 1})
    assert sorted(found.incidents.calls.tolist()) == [1, 1, 1, 2]


def test_a_bad_evening_is_not_one_endless_incident():
    """Measured from the first call: 0, 50 | 100, 150."""
    found = sift(*(at(0, minutes, minutes) for minutes in (0, 50, 100, 150)))
    assert found.incidents.calls.tolist() == [2, 2]


def test_without_a_point_the_same_area_and_a_quarter_of_an_hour():
    def in_area(number, minutes, area="E01019138"):
        return row(number, f"14/02/2022 18:{minutes:02}", at=None, area=area)

    found = sift(in_area(1, 0), in_area(2, 15), in_area(3, 16), in_area(4, 0, "E01019341"), row(5, at=None))
    assert (found.used, found.repeats) == (4, {"alike": 1})


def test_a_call_without_a_time_is_never_a_repeat_by_its_looks():
    found = sift(row(1, "14/02/2022"), row(2, "14/02/2022"))
    assert (found.used, found.marked) == (2, {"no_time": 2})


def test_a_call_that_police_made_folds_nobody_who_rang():
    found = sift(row(1, source="Police"), row(2, repeats="CR-00001"))
    assert (found.used, found.excluded) == (1, {"police_source": 1})


def test_an_incident_has_the_first_place_that_any_of_its_calls_has():
    found = sift(row(1, at=None), row(2, "14/02/2022 18:10", repeats="CR-00001", area="E01019138"))
    assert (found.incidents.easting.tolist(), found.incidents.area) == ([320_050.0], ["E01019138"])


ROWS = st.lists(
    st.builds(
        row,
        number=st.integers(1, 12),
        received=st.sampled_from(["14/02/2022 18:00", "14/02/2022 18:40", "14/02/2022 19:30", "14/02/2022", "x", ""]),
        category=st.sampled_from(["ASB - noise", "Domestic", "Lost dog", "Warrant", ""]),
        source=st.sampled_from(["101", "999", "Police"]),
        at=st.sampled_from([HERE, (HERE[0] + 60, HERE[1]), (HERE[0] + 150, HERE[1]), THERE, None, ("x", "y")]),
        area=st.sampled_from(["", "E01019138"]),
        repeats=st.sampled_from(["", "", "CR-00001", "CR-00099"]),
    ),
    max_size=14,
)


@given(ROWS)
@settings(max_examples=60)
def test_every_row_read_is_used_a_repeat_excluded_or_rejected(rows):
    found = sift(*rows)
    assert found.rows_read == len(rows)
    assert found.rows_read == found.used + sum(found.repeats.values()) + sum(found.excluded.values()) + found.rejected
    lines = Counter(each.line for each in found.left_out if each.what != "marked")
    assert set(lines.values()) <= {1}
    assert sum(lines.values()) == found.rows_read - found.used
    assert found.incidents.calls.sum() == found.used + sum(found.repeats.values())


@given(ROWS, st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_the_order_of_the_rows_never_matters(rows, chance: random.Random):
    other = list(rows)
    chance.shuffle(other)
    assert incidents(sift(*rows)) == incidents(sift(*other))


def incidents(found):
    said = found.incidents
    places = [
        (None, None) if x != x else (x, y) for x, y in zip(said.easting.tolist(), said.northing.tolist(), strict=True)
    ]
    return sorted(zip(said.reference.tolist(), said.day.tolist(), said.kind, map(str, places), said.area,
                      said.calls.tolist(), strict=True)), found.repeats, found.marked  # fmt: skip


def test_distances_are_of_the_configuration():
    rows = [at(0, 0, 1), at(300, 0, 2)]
    assert sift(*rows, within=build.within(metres=300)).used == 1
    assert sift(*rows, within=build.within(metres=299)).used == 2
