"""Hand sums, the exact Poisson interval, and what is refused or left out aloud."""

import doctest

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearlines.analysis import severity as module
from clearlines.analysis.severity import harm_of

WEIGHTS = {"Burglary": 20, "Robbery": 365, "Shoplifting": 2}
TYPES = [*WEIGHTS, "Arson"]


def harm(counts, weights=WEIGHTS, **more):
    return harm_of(counts, weights, victim_based=TYPES, **more)


def test_the_example_in_the_docstring_is_true():
    assert doctest.testmod(module).failed == 0


def test_one_type_of_weight_one_has_the_exact_poisson_interval():
    # Ten events: 4.795 to 18.39 in every table of exact Poisson limits.
    found = harm({"Burglary": 10}, {"Burglary": 1})
    assert (round(found.low, 3), round(found.high, 2)) == (4.795, 18.39)
    assert harm({"Burglary": 0}, {"Burglary": 1}).high == pytest.approx(3.689, abs=0.001)


def test_nothing_seen_is_not_harm_nought_for_certain():
    found = harm({"Shoplifting": 0})
    assert (found.harm, found.low, found.largest) == (0, 0, None)
    assert found.high > 1000


def test_what_has_no_weight_is_in_the_count_and_never_in_the_harm():
    found = harm({"Burglary": 30, "Arson": 4})
    assert (found.count, found.weighed, found.harm, found.left_out) == (34, 30, 600, {"Arson": 4})
    assert "4 of 34 incidents have no weight in the table (Arson 4)" in found.sentences[0]
    nothing = harm({"Arson": 4})
    assert (nothing.harm, nothing.weighed, nothing.largest) == (0, 0, None)


def test_one_crime_that_decides_the_sum_is_named():
    assert "Robbery alone is 86 % of the harm of 4 incidents" in harm({"Burglary": 3, "Robbery": 1}).sentences[0]
    assert harm({"Burglary": 30}).sentences == ()
    assert harm({"Shoplifting": 9, "Burglary": 1}).sentences[0].startswith("Burglary alone is 53 %")


def test_capitals_and_spaces_do_not_part_a_type_from_its_weight():
    assert harm_of({"BURGLARY ": 2}, {"burglary": 20}, victim_based=["Burglary"]).harm == 40


def test_what_police_find_is_refused():
    with pytest.raises(ValueError, match="Drugs is not reported by victims"):
        harm({"Burglary": 1, "Drugs": 9}, WEIGHTS | {"Drugs": 3})


@pytest.mark.parametrize(
    ("counts", "weights", "more", "sentence"),
    [
        ({"Burglary": -1}, WEIGHTS, {}, "whole number of at least nought"),
        ({"Burglary": 1.5}, WEIGHTS, {}, "whole number"),
        ({"Burglary": float("nan")}, WEIGHTS, {}, "whole number"),
        ({"Burglary": 1, "burglary": 1}, WEIGHTS, {}, "counted twice"),
        ({"Burglary": 1}, {"Burglary": -2}, {}, "the weight of Burglary must be"),
        ({"Burglary": 1}, {"Burglary": float("inf")}, {}, "ordinary number"),
        ({"Burglary": 1}, {"Burglary": 1, "BURGLARY": 2}, {}, "two weights"),
        ({"Burglary": 1}, {"Burglary": 0}, {}, "above nought"),
        ({"Burglary": 1}, WEIGHTS, {"level": 1}, "between 0 and 1"),
    ],
)
def test_numbers_that_are_none_are_refused(counts, weights, more, sentence):
    with pytest.raises(ValueError, match=sentence):
        harm(counts, weights, **more)


@given(st.dictionaries(st.sampled_from(TYPES), st.integers(0, 200)))
def test_the_order_of_types_never_matters_and_the_interval_holds_the_harm(counts):
    one, other = harm(counts), harm(dict(reversed(counts.items())))
    assert one.harm == pytest.approx(other.harm)
    assert one.high == pytest.approx(other.high)
    assert one.low <= one.harm <= one.high
    assert one.count == one.weighed + sum(one.left_out.values())


def test_the_true_harm_lies_in_the_interval_at_least_93_times_in_100():
    rng, means = np.random.default_rng(1), {"Burglary": 6.0, "Robbery": 1.0, "Shoplifting": 20.0}
    truth = sum(WEIGHTS[each] * mean for each, mean in means.items())
    covered = [
        found.low <= truth <= found.high
        for found in (harm({each: int(rng.poisson(mean)) for each, mean in means.items()}) for _ in range(300))
    ]
    assert np.mean(covered) >= 0.93
