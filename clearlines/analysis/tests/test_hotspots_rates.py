"""Smoothing against a hand sum, esda and a simulation; ranks; persistence; shares; effort; limits of a run chart."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearlines.analysis.hotspots import Neighbours, accuracy, control, effort, foreseen, persistence, share, smoothed
from clearlines.analysis.tests.test_hotspots_gi import lattice


def test_two_areas_are_the_hand_sum():
    answer = smoothed([10, 10], [100, 300])
    spread = (100 * 0.05**2 + 300 * (1 / 30 - 0.05) ** 2) / 400 - 0.05 / 200
    kept = spread / (spread + 0.05 / 100)
    assert answer.kept[0] == pytest.approx(kept)
    assert answer.rate[0] == pytest.approx(0.05 + kept * (0.1 - 0.05))
    assert answer.low[0] < answer.rate[0] < answer.high[0]
    assert answer.shape[0] * answer.scale[0] == pytest.approx(answer.rate[0])


@pytest.mark.slow
def test_rates_are_those_of_esda_near_and_far():
    rng = np.random.default_rng(3)
    holds = rng.integers(200, 900, 63)
    counts, pairs = rng.poisson(holds * rng.gamma(2, 0.01, 63)), lattice(9, 7)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from esda.smoothing import Empirical_Bayes, Spatial_Empirical_Bayes
        from libpysal.weights import W

        near = {place: [b for a, b in pairs if a == place] + [a for a, b in pairs if b == place] for place in range(63)}
        far, close = (
            Empirical_Bayes(counts, holds).r,
            Spatial_Empirical_Bayes(counts, holds, W(near, id_order=list(range(63)))).r,
        )
    assert smoothed(counts, holds).rate == pytest.approx(far.ravel(), abs=1e-12)
    ours = smoothed(counts, holds, around=Neighbours.of(pairs, 63))
    differs = ours.kept > 0
    assert differs.sum() > 20
    assert ours.rate[differs] == pytest.approx(close.ravel()[differs], abs=1e-12)


def test_where_areas_differ_no_more_than_chance_every_rate_is_the_mean():
    answer = smoothed([5, 5, 5, 5])
    assert answer.rate == pytest.approx([5] * 4)
    assert answer.kept.tolist() == [0] * 4
    assert answer.low[0] == pytest.approx(3.0, abs=0.3)
    assert smoothed([0, 0]).rate.tolist() == [0, 0]


@pytest.mark.slow
def test_a_true_rate_lies_in_its_interval_as_often_as_is_said():
    rng, inside, seen = np.random.default_rng(11), 0, 0
    for _ in range(60):
        true = rng.gamma(2.0, 6.0, 200)
        answer = smoothed(rng.poisson(true))
        inside += ((answer.low <= true) & (true <= answer.high)).sum()
        seen += len(true)
    assert 0.93 <= inside / seen <= 0.97


@given(st.lists(st.integers(0, 99), min_size=2, max_size=30), st.randoms(use_true_random=False))
def test_neither_rates_nor_persistence_depend_on_the_order_of_rows(counts, chance):
    order = list(range(len(counts)))
    chance.shuffle(order)
    counts = np.array(counts)
    np.testing.assert_allclose(smoothed(counts[order]).rate, smoothed(counts).rate[order], atol=1e-9)
    windows = np.stack([counts, counts[::-1]], axis=1)
    assert persistence(windows[order], top=3).times.tolist() == persistence(windows, top=3).times[order].tolist()


def test_a_rank_has_a_best_and_a_worst():
    answer = smoothed([100, 50, 49, 48, 3])
    best, expected, worst = answer.ranks([0, 1, 4])
    assert (best[0], expected[0], worst[0]) == (1, 1, 1)
    assert best[1] <= 2 <= worst[1]
    assert worst[1] >= 3
    assert (best[2], worst[2]) == (5, 5)


def test_an_area_that_is_always_among_the_highest_is_told_from_one_that_was_once():
    always, once = [9] * 12, [0] * 11 + [20]
    others = [[3 + (place + month) % 5 for month in range(12)] for place in range(18)]
    answer = persistence([always, once, *others], top=2)
    assert (answer.times[0], answer.times[1], answer.windows) == (12, 1, 12)
    assert answer.expected < 4
    assert answer.p[0] < 0.001
    assert answer.p[1] > 0.5


def test_those_that_tie_are_all_among_the_highest_and_nought_never_is():
    answer = persistence([[3, 0], [3, 0], [1, 0]], top=1)
    assert answer.times.tolist() == [1, 1, 0]
    assert answer.expected == pytest.approx(2 / 3)
    assert persistence([[1, 2]], top=5).times.tolist() == [2]
    assert persistence(np.zeros((0, 3)), top=5).times.tolist() == []
    with pytest.raises(ValueError, match="at least 1"):
        persistence([[1]], top=0)


def test_a_share_has_its_exact_interval():
    answer = share(15, 60)
    assert (answer.share, round(answer.low, 4), round(answer.high, 4)) == (0.25, 0.1472, 0.3786)
    assert share(0, 0).share is None
    assert (share(0, 5).low, share(5, 5).high) == (0, 1)
    with pytest.raises(ValueError, match="between nought and the whole"):
        share(3, 2)


def test_picking_at_random_has_an_index_of_about_one_and_picking_well_more():
    rng = np.random.default_rng(3)
    true = rng.gamma(1, 10, 300)
    later, picked = rng.poisson(true), true >= np.sort(true)[-30]
    well = accuracy(later, picked, rng=rng)
    assert well.pai > 2.5
    assert well.pai_low_by_area < well.pai_low < well.pai < well.pai_high < well.pai_high_by_area
    assert 0.8 < well.pei <= 1
    assert well.pei_low <= well.pei <= well.pei_high
    anyhow = accuracy(later, rng.random(300) < 0.1, rng=rng)
    assert anyhow.pai_low_by_area < 1 < anyhow.pai_high_by_area
    sized = accuracy([10, 10], [True, False], rng=rng, size=[1, 3])
    assert (sized.size, sized.pai) == (0.25, 2.0)


def test_areas_picked_on_the_first_half_are_measured_on_the_second():
    rng = np.random.default_rng(1)
    answer = foreseen([[9, 8, 3], [1, 1, 1], [1, 1, 0], [1, 0, 0]], top=1, rng=rng)
    assert (answer.inside.part, answer.inside.whole, answer.size) == (11, 14, 0.25)
    assert foreseen([[1], [2]], top=1, rng=rng) is None
    assert foreseen(np.zeros((0, 2)), top=1, rng=rng) is None


def test_of_nothing_there_is_no_index():
    rng = np.random.default_rng(1)
    assert accuracy([0, 0], [True, False], rng=rng).pai is None
    assert accuracy([1, 2], [False, False], rng=rng).pei is None
    assert accuracy([1, 2], [True, False], rng=rng, size=[0, 0]).pai is None
    assert accuracy([1, 0], [True, False], rng=rng, draws=0).pai_low_by_area is None


def test_an_area_that_is_full_of_what_police_found_is_warned_of():
    answer = effort([40, 38, 44, 20, 0], [3, 4, 2, 30, 0])
    assert answer.is_looked_at_more.tolist() == [False, False, False, True, False]
    assert "30 of the 50 records here by their own work, 60 %, against 7 % elsewhere" in answer.sentence(3)
    assert np.isnan(answer.share[4])
    assert effort([3], [9]).is_looked_at_more.tolist() == [False]


@pytest.mark.slow
def test_where_police_look_alike_everywhere_few_worlds_have_a_warning():
    rng, warned = np.random.default_rng(9), 0
    for _ in range(300):
        both = rng.negative_binomial(2, 0.05, 150)
        made = rng.binomial(both, 0.1)
        warned += bool(effort(both - made, made).is_looked_at_more.any())
    assert warned / 300 <= 0.07


def test_an_ordinary_month_is_within_the_limits_and_a_burst_is_not():
    rng = np.random.default_rng(2)
    months = rng.poisson(10, 24)
    answer = control(months)
    assert answer.beyond == ()
    assert answer.is_enough
    months[9] = 60
    assert 9 in control(months).beyond
    assert not control([3]).is_enough
    assert control([0, 0]).high == 0
    with pytest.raises(ValueError, match="no month"):
        control([])


def test_limits_widen_where_months_vary_more_than_chance():
    assert control([10, 40, 12, 45, 9, 38, 11, 41]).widened > 3
    assert control([10, 10, 10, 10]).widened == 1


def test_eight_months_on_one_side_are_a_run():
    assert control([5] * 9 + [9] * 8).runs == ((0, 8), (9, 16))
    assert control([5, 9] * 8).runs == ()


def test_what_makes_no_sense_is_refused_with_a_sentence():
    near = Neighbours.none(3)
    for wrong, sentence in [
        (lambda: smoothed([]), "no area"),
        (lambda: smoothed([1, 2], [1, 0]), "base above nought"),
        (lambda: smoothed([1, 2], around=near), "2 counts and 3 areas"),
        (lambda: smoothed([1], level=2), "between 0 and 1"),
    ]:
        with pytest.raises(ValueError, match=sentence):
            wrong()
