"""Shares, medians and paired changes against published examples and scipy's own quantiles."""

import doctest

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from clearlines.analysis import proportions, summaries


@pytest.mark.parametrize("module", [proportions, summaries])
def test_the_examples_in_the_words_hold(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_newcombes_four_published_intervals(part, whole, low, high):
    found = proportions.share(part, whole)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_part_of_more_than_the_whole_is_refused():
    with pytest.raises(ValueError, match="11 of 10 is not a share"):
        proportions.share(11, 10)


@given(whole=st.integers(10, 400), share=st.floats(0, 1))
def test_an_interval_holds_its_estimate_and_stays_between_nought_and_one(whole, share):
    found = proportions.share(round(share * whole), whole)
    assert 0 <= found.low <= found.estimate + 1e-9
    assert found.estimate - 1e-9 <= found.high <= 1


@settings(deadline=None)
@given(n=st.integers(1, 300))
def test_a_medians_interval_uses_the_binomials_own_ranks(n):
    assert summaries._rank(n, 0.025) == int(binom.ppf(0.025, n, 0.5))


def test_nothing_has_no_median_and_no_change():
    assert summaries.middle([]) is None
    assert summaries.paired_change([]) is None


def test_nine_pairs_are_described_and_no_more():
    assert summaries.paired_change([(30, 34)] * 9) == summaries.Summary(4, 9)


def test_ten_equal_changes_have_an_interval_of_no_width():
    assert summaries.paired_change([(30, 34)] * 10) == summaries.Summary(4, 10, 4.0, 4.0)
