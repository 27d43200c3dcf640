"""Bursts, several controls side by side, and the areas round about."""

import doctest
import random
from importlib import import_module

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from clearlines.analysis.displacement import (
    Counts,
    displacement,
    enough_before,
    harm,
    overdispersion,
    ring,
    side_by_side,
    surroundings,
)

MODULES = ("bursts", "controls", "beside", "difference", "words")
counts = st.builds(Counts, st.integers(0, 5000), st.integers(0, 5000))
# A row of squares of a kilometre: a touches b, b touches c, and so on.
ROW = {code: box(1000 * at, 0, 1000 * at + 1000, 1000) for at, code in enumerate("abcdefgh")}


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_docstrings_are_true(name):
    assert doctest.testmod(import_module(f"clearlines.analysis.displacement.{name}")).failed == 0


@given(counts, counts, st.floats(1, 9))
def test_overdispersion_multiplies_the_variance_and_moves_nothing_else(control, treated, factor):
    plain, wide = displacement(control, treated), displacement(control, treated, overdispersion=factor)
    assert wide.estimate == plain.estimate
    assert wide.se**2 == pytest.approx(factor * plain.se**2)
    assert wide.smallest_seen**2 == pytest.approx(factor * plain.smallest_seen**2)


def test_an_overdispersion_of_one_says_nothing_and_more_is_said():
    assert displacement(Counts(20, 20), Counts(20, 10)).cautions == ()
    wide = displacement(Counts(20, 20), Counts(20, 10), overdispersion=1.84)
    assert wide.cautions == ("The variance is taken as 1.84 times that of incidents that come one by one.",)


def test_bursts_ask_for_more_before():
    assert enough_before(0.95, overdispersion=2) == 123


@pytest.mark.parametrize("wrong", [0.9, 0, -1, float("nan")])
def test_an_overdispersion_below_one_is_refused(wrong):
    with pytest.raises(ValueError, match="overdispersion"):
        displacement(Counts(1, 1), Counts(1, 1), overdispersion=wrong)


def test_periods_of_unequal_length_are_said_once_in_harm_too():
    kinds = [displacement(Counts(100, 50), Counts(80, 20), time=(12, 6)) for _ in range(2)]
    assert harm(kinds, [2, 1]).cautions == kinds[0].cautions
    assert "unequal length (12 before and 6 after)" in kinds[0].cautions[0]


def test_a_season_that_all_share_is_no_overdispersion():
    season = [5, 20, 40, 20]
    assert overdispersion([season, [2 * n for n in season], [3 * n for n in season]]).raw == pytest.approx(0)


def test_areas_and_months_without_an_incident_are_dropped_and_counted():
    found = overdispersion([[10, 0, 20], [20, 0, 10], [0, 0, 0]])
    assert (found.areas, found.months, found.dropped_areas, found.dropped_months) == (2, 2, 1, 1)
    assert found.factor == pytest.approx(6.667, abs=0.001)
    assert "uncertain" in found.notes[0]


def test_months_together_find_the_drift_that_single_months_hide():
    drifting = [[4, 4, 4, 12, 12, 12], [12, 12, 12, 4, 4, 4]]
    assert overdispersion(drifting, together=3).factor > 2 * overdispersion(drifting).factor


@pytest.mark.parametrize(
    ("table", "together", "sentence"),
    [
        ([1, 2, 3], 1, "a row for each area"),
        ([[]], 1, "a row for each area"),
        ([[1, -2]], 1, "at least nought"),
        ([[1, float("nan")]], 1, "ordinary number"),
        ([[0, 0], [0, 0]], 1, "no incident"),
        ([[0, 3], [0, 4]], 1, "at least two months"),
        ([[1, 2, 3]], 0, "one or more together"),
        ([[1, 2, 3]], 2, "at least two groups"),
    ],
)
def test_a_table_that_cannot_say_how_much_counts_vary_is_refused(table, together, sentence):
    with pytest.raises(ValueError, match=sentence):
        overdispersion(table, together=together)


def test_the_order_of_areas_and_months_never_matters():
    table = np.random.default_rng(5).poisson(6, (8, 12))
    found = overdispersion(table)
    assert overdispersion(table[::-1, ::-1]).raw == pytest.approx(found.raw)


@pytest.mark.slow
def test_a_planted_overdispersion_is_found_and_poisson_counts_have_none():
    rng = np.random.default_rng(2018)
    level = rng.gamma(3, 3, (60, 1))
    burst = rng.negative_binomial(level, 1 / 3, (60, 48))
    assert overdispersion(burst).factor == pytest.approx(3, abs=0.2)
    assert overdispersion(rng.poisson(level, (60, 48))).factor < 1.1


@pytest.mark.slow
def test_counts_in_bursts_are_called_a_change_too_often_until_the_factor_is_taken():
    rng, wrong = np.random.default_rng(7), {1: 0, 3: 0}
    for before_c, after_c, before_t, after_t in rng.negative_binomial(50, 1 / 3, (800, 4)).tolist():
        for factor in wrong:
            answer = displacement(Counts(before_c, after_c), Counts(before_t, after_t), overdispersion=factor)
            wrong[factor] += answer.low > 0 or answer.high < 0
    assert wrong[1] / 800 > 0.15
    assert wrong[3] / 800 < 0.07


def test_controls_that_agree_may_carry_a_fall():
    found = side_by_side(Counts(300, 100), {"Town": Counts(300, 310), "Port": Counts(280, 290)})
    assert found.agree
    assert "Against both it is a fall of more than chance would give" in found.verdict
    assert found.widest.low < 0 < found.widest.high


def test_controls_that_disagree_carry_no_claim_and_the_gap_is_called_unfair():
    found = side_by_side(
        Counts(300, 200), {"Town": Counts(300, 310), "Port": Counts(300, 180), "Dale": Counts(290, 300)}
    )
    assert not found.agree
    assert "do not agree, so no change may be claimed" in found.verdict
    assert "at least one is not a fair comparison" in found.sentences[-1]
    assert len(found.gaps) == 3


def test_three_controls_that_see_a_rise_or_nothing_say_so():
    three = {"Town": Counts(300, 300), "Port": Counts(290, 300), "Dale": Counts(310, 300)}
    assert "Against all 3 it is a rise" in side_by_side(Counts(300, 500), three).verdict
    assert "Against all 3 it cannot be told" in side_by_side(Counts(300, 300), three).verdict


def test_each_control_has_the_answer_it_has_alone_rings_and_sizes_too():
    controls, rings = {"Town": Counts(308, 318), "Port": Counts(300, 290)}, {"Town": Counts(150, 140)}
    sizes = {"Town": (0.9, 1.2, 1.6, 1.5)}
    with pytest.raises(ValueError, match="its own ring"):
        side_by_side(Counts(207, 110), controls, Counts(178, 157), rings)
    rings["Port"] = Counts(160, 150)
    found = side_by_side(Counts(207, 110), controls, Counts(178, 157), rings, areas=sizes, time=(2, 1))
    alone = displacement(
        controls["Town"], Counts(207, 110), rings["Town"], Counts(178, 157), area=sizes["Town"], time=(2, 1)
    )
    assert found.answers["Town"] == alone


def test_one_control_is_no_comparison_of_controls():
    with pytest.raises(ValueError, match="at least two controls"):
        side_by_side(Counts(1, 1), {"Town": Counts(1, 1)})


@given(counts, counts, counts)
def test_two_answers_differ_by_exactly_what_their_controls_do(treated, town, port):
    found = side_by_side(treated, {"Town": town, "Port": port})
    one, other = found.answers.values()
    assert found.widest.apart == other.estimate - one.estimate


def test_neighbours_touch_at_a_corner_or_across_a_sliver():
    shapes = {"a": box(0, 0, 1000, 1000), "b": box(1000, 1000, 2000, 2000), "c": box(1000.5, 0, 2000, 999)}
    assert ring(shapes, ["a"]) == ("b", "c")
    assert ring(shapes, ["a"], within=0) == ("b",)


def test_an_area_round_both_is_counted_for_neither():
    found = surroundings(ROW, ["b"], ["d"])
    assert (found.ring, found.catchment, found.shared) == (("a",), ("e",), ("c",))
    assert "counted for neither" in found.sentences[0]


def test_a_control_beside_the_treated_area_is_named():
    found = surroundings(ROW, ["a"], ["b", "c"])
    assert (found.ring, found.catchment, found.too_near) == ((), ("d",), ("b",))
    assert "what moved may have moved there" in found.sentences[0]
    assert "round the treated areas" in found.sentences[1]


def test_without_a_catchment_nothing_is_said_of_displacement():
    assert "round the control" in surroundings({k: ROW[k] for k in "abgh"}, ["a"], ["g", "h"]).sentences[0]


def test_the_order_of_areas_never_matters_to_what_lies_round_them():
    codes = list(ROW)
    random.Random(3).shuffle(codes)
    shuffled = {code: ROW[code] for code in codes}
    assert surroundings(shuffled, ["e", "a"], ["h"], within=1500) == surroundings(ROW, ["a", "e"], ["h"], within=1500)


@pytest.mark.parametrize(
    ("treated", "control", "within", "sentence"),
    [
        ([], ["a"], None, "at least one area"),
        (["z"], ["a"], None, "no boundary, the first z"),
        (["a"], ["a"], None, "both treated and control"),
        (["a"], ["b"], -1, "so many metres"),
    ],
)
def test_areas_that_cannot_be_told_are_refused(treated, control, within, sentence):
    with pytest.raises(ValueError, match=sentence):
        surroundings(ROW, treated, control, within=within)


def test_degrees_are_not_metres():
    with pytest.raises(ValueError, match="not in degrees"):
        ring({"a": box(-3, 54, -2, 55)}, ["a"])
