"""Published answers, hand sums, properties, and a simulation that finds a planted fall and stays quiet without one."""

import doctest
import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearlines.analysis import displacement as module
from clearlines.analysis.displacement import Counts, displacement, harm

counts = st.builds(Counts, st.integers(0, 5000), st.integers(0, 5000))
sizes = st.floats(0.1, 10)
PAPER = Counts(308, 318), Counts(207, 110), Counts(150, 140), Counts(178, 157)


def test_the_example_in_the_docstring_is_true():
    assert doctest.testmod(module).failed == 0


def test_the_answer_of_wheeler_and_ratcliffe_is_found_again():
    answer = displacement(*PAPER)
    assert (answer.estimate, answer.local, answer.displaced) == (-118, -107, -11)
    assert answer.se == pytest.approx(math.sqrt(1568))
    assert (round(answer.z, 2), round(answer.low), round(answer.high)) == (-2.98, -196, -40)
    assert answer.verdict.startswith("A fall beyond the comparison's")


def test_areas_of_different_size_give_the_published_answer():
    answer = displacement(*PAPER, area=(0.9, 1.2, 1.6, 1.5))
    published = (-99.69444444, 35.4280755, -2.813995483, -169.1321965, -30.25669241)
    assert (answer.estimate, answer.se, answer.z, answer.low, answer.high) == pytest.approx(published)


def test_periods_of_different_length_give_the_published_answer():
    answer = displacement(Counts(100, 50), Counts(80, 20), time=(2, 1))
    assert (answer.estimate, answer.se) == pytest.approx((-20, math.sqrt(115)))


def test_harm_adds_weighted_estimates_and_variances():
    kinds = [
        displacement(Counts(20, 20), Counts(20, 10)),
        displacement(Counts(30, 30), Counts(25, 20)),
        displacement(Counts(80, 60), Counts(70, 20)),
    ]
    answer = harm(kinds, [10, 5, 1], level=0.9)
    assert answer.estimate == -10 * 10 - 5 * 5 - 30
    assert answer.se == pytest.approx(math.sqrt(70 * 100 + 105 * 25 + 230))
    assert answer.low == pytest.approx(-155 - 1.6448536 * answer.se)
    assert "Too few to tell" in answer.verdict


def test_harm_says_a_fall_or_a_rise_or_no_change_when_the_counts_can_carry_it():
    fell = displacement(Counts(300, 300), Counts(300, 100))
    rose = displacement(Counts(300, 300), Counts(300, 500))
    same = displacement(Counts(300, 300), Counts(300, 300))
    assert harm([fell], [2]).verdict.startswith("A fall in harm")
    assert harm([rose], [2]).verdict.startswith("A rise in harm")
    assert harm([same, same], [2, 1]).verdict.startswith("No change in harm")


def test_a_halving_of_twenty_is_too_few_to_tell():
    answer = displacement(Counts(20, 20), Counts(20, 10), level=0.9)
    assert answer.too_few
    assert "Too few to tell" in answer.verdict
    assert "do not state a percentage" in answer.verdict
    assert answer.smallest_seen == pytest.approx(14.7, abs=0.05)


def test_what_would_be_enough_is_enough():
    enough = module.enough_before(0.95)
    assert enough == 62
    assert not displacement(Counts(enough, enough), Counts(enough, enough)).too_few
    assert displacement(Counts(enough - 1, enough - 1), Counts(enough - 1, enough - 1)).too_few


def test_under_twenty_before_is_too_few_even_when_the_interval_would_say_otherwise():
    answer = displacement(Counts(19, 60), Counts(19, 0))
    assert answer.high < 0
    assert answer.too_few
    assert "fewer than 20" in answer.verdict


def test_a_hundred_before_that_stay_a_hundred_are_no_change_rather_than_too_few():
    answer = displacement(Counts(200, 200), Counts(200, 195))
    assert not answer.too_few
    assert answer.verdict.startswith("No change that can be told apart from chance")


def test_a_rise_is_called_a_rise():
    assert displacement(Counts(100, 100), Counts(100, 180)).verdict.startswith("A rise beyond")


def test_no_incidents_at_all_have_no_z():
    answer = displacement(Counts(0, 0), Counts(0, 0))
    assert (answer.z, answer.estimate, answer.se, answer.too_few) == (None, 0, 0, True)


@pytest.mark.parametrize(
    ("given_", "sentence"),
    [
        ({"treated": Counts(-5, 1)}, "negative"),
        ({"treated": Counts(float("nan"), 1)}, "ordinary number"),
        ({"treated": (1,)}, "two counts"),
        ({"time": (0, 1)}, "above nought"),
        ({"time": (1,)}, "2 time weights"),
        ({"area": (1, 1, 1, -1)}, "above nought"),
        ({"level": 1}, "between 0 and 1"),
    ],
)
def test_what_cannot_be_a_count_or_a_weight_is_refused_with_a_sentence(given_, sentence):
    with pytest.raises(ValueError, match=sentence):
        displacement(**{"control": Counts(1, 1), "treated": Counts(1, 1)} | given_)


@pytest.mark.parametrize(("weights", "sentence"), [([1, 2], "one for each"), ([-1], "negative"), ([0], "above nought")])
def test_harm_weights_that_do_not_fit_are_refused(weights, sentence):
    with pytest.raises(ValueError, match=sentence):
        harm([displacement(Counts(1, 1), Counts(1, 1))], weights)


@given(counts, counts, counts, counts)
def test_swapping_treated_and_control_turns_the_sign_and_nothing_else(control, treated, beside_control, beside):
    one = displacement(control, treated, beside_control, beside)
    other = displacement(treated, control, beside, beside_control)
    assert one.estimate == -other.estimate
    assert one.se == other.se
    assert one.low <= one.estimate <= one.high


@given(counts, counts, sizes, sizes)
def test_weights_of_one_size_only_change_the_unit(control, treated, time, area):
    plain = displacement(control, treated)
    weighted = displacement(control, treated, time=(time, time), area=(area,) * 4)
    assert weighted.estimate * time * area == pytest.approx(plain.estimate)
    assert weighted.se * time * area == pytest.approx(plain.se)


@given(counts, counts, st.floats(0.5, 0.9), st.floats(0.91, 0.999))
def test_a_higher_level_never_gives_a_narrower_interval(control, treated, lower, higher):
    narrow, wide = displacement(control, treated, level=lower), displacement(control, treated, level=higher)
    assert wide.low <= narrow.low
    assert narrow.high <= wide.high


@given(counts, counts)
def test_a_percentage_is_never_stated(control, treated):
    verdict = displacement(control, treated).verdict
    assert "%" not in verdict.replace("95 % interval", "")


def poisson(rng, mean):
    """Knuth's way: slow and plain."""
    limit, many, product = math.exp(-mean), 0, rng.random()
    while product > limit:
        many, product = many + 1, product * rng.random()
    return many


def share_called_a_fall(mean_after, rng, draws=600):
    falls = 0
    for _ in range(draws):
        control, treated = (Counts(poisson(rng, 100), poisson(rng, mean)) for mean in (100, mean_after))
        falls += displacement(control, treated, level=0.9).verdict.startswith("A fall")
    return falls / draws


@pytest.mark.slow
def test_a_planted_halving_is_found_and_nothing_is_found_when_nothing_was_done():
    rng = random.Random(2018)
    assert share_called_a_fall(50, rng) > 0.7
    # One tail of a 90 % interval is 5 %; 600 draws give a standard error of under 1 %.
    assert share_called_a_fall(100, rng) < 0.08
