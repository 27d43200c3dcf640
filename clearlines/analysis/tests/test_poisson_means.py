"""The published value, the sum by hand, and what cannot be a count."""

import doctest
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearlines.analysis import poisson_means as module
from clearlines.analysis.poisson_means import e_test

counts = st.integers(0, 60)


@pytest.mark.slow
def test_the_example_in_the_docstring_is_true():
    assert doctest.testmod(module).failed == 0


@pytest.mark.slow
def test_the_published_value_is_found_again():
    assert e_test(6, 2).p == pytest.approx(0.1748748, abs=5e-8)


def by_hand(before, after):
    """Every pair of counts that lies at least as far apart, by the chance of it under the pooled rate."""
    rate = (before + after) / 2
    chance = [math.exp(-rate) * rate**n / math.factorial(n) for n in range(60)]
    seen = abs(before - after) / math.sqrt(before + after)
    return sum(
        chance[one] * chance[other]
        for one in range(60)
        for other in range(60)
        if one + other and abs(one - other) / math.sqrt(one + other) >= seen - 1e-12
    )


@pytest.mark.slow
@pytest.mark.parametrize(("before", "after"), [(6, 2), (1, 0), (3, 9), (0, 4)])
def test_the_sum_by_hand_is_the_sum(before, after):
    assert e_test(before, after).p == pytest.approx(by_hand(before, after), abs=1e-9)


@pytest.mark.slow
@given(counts, counts)
def test_before_and_after_may_change_places(before, after):
    one, other = e_test(before, after), e_test(after, before)
    assert one.p == pytest.approx(other.p)
    assert one.statistic == -other.statistic
    assert 0 <= one.p <= 1


@pytest.mark.slow
def test_longer_periods_are_weighed_and_said():
    found = e_test(20, 10, exposure=(12, 6))
    assert (found.statistic, found.ratio) == (0, 1)
    assert found.p == pytest.approx(1)
    assert "over periods of 12 and 6" in found.sentence


@pytest.mark.slow
def test_large_counts_are_held_against_the_normal_curve_and_hardly_differ():
    just, over = e_test(1000, 920), e_test(1001, 920)
    assert (just.exact, over.exact) == (True, False)
    assert over.p == pytest.approx(just.p, abs=0.005)
    assert "fewer than 1 time in 100" in e_test(2000, 1000).sentence


def test_nothing_before_has_no_ratio_and_nothing_at_all_has_nothing_to_tell():
    assert e_test(0, 2000).ratio is None
    assert (e_test(0, 0).p, e_test(0, 0).ratio) == (1, None)


@pytest.mark.parametrize("wrong", [-1, 1.5, float("nan"), float("inf"), 10**13])
def test_what_is_no_count_is_refused(wrong):
    with pytest.raises(ValueError, match="whole number"):
        e_test(wrong, 1)


@pytest.mark.parametrize("wrong", [(1,), (0, 1), (1, float("nan"))])
def test_lengths_that_are_none_are_refused(wrong):
    with pytest.raises(ValueError, match="above nought"):
        e_test(1, 1, exposure=wrong)
