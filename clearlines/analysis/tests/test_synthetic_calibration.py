"""Weights against a general optimiser, least squares that may not be negative, and sums."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize, nnls

from clearlines.analysis.synthetic import calibration
from clearlines.analysis.synthetic.calibration import (
    ALL_EXACT,
    ALL_NEAR,
    COVARIATE,
    NUMBER,
    OUTCOME,
    OUTCOMES_NEAR,
    Balance,
)


def balance(rows, treated, kinds=None):
    """`rows` without the column of ones; the first `treated` rows are treated."""
    rows = np.asarray(rows, float).reshape(len(rows), -1)
    kinds = [OUTCOME] * rows.shape[1] if kinds is None else kinds
    columns = np.column_stack([np.ones(len(rows)), rows])
    return Balance(columns, np.array([NUMBER, *kinds]), np.arange(treated, len(rows)))


def weighed(some, treated, **more):
    return some.weighed(np.arange(treated), some.controls, **more)


def test_the_middle_of_two_is_half_of_each():
    found = weighed(balance([4, 2, 6], 1), 1)
    assert found.weights == pytest.approx([1, 0.5, 0.5])
    assert found.tier == ALL_EXACT


def test_a_weight_that_would_be_negative_is_nought():
    # Nearest to equal weights without a bound would be 1.1, 0.2, -0.3 and so on; with it the far one drops out.
    found = weighed(balance([0.4, 0, 1, 9], 1), 1)
    assert found.weights[1:] == pytest.approx([0.6, 0.4, 0])


@pytest.mark.slow
def test_weights_are_those_of_a_general_optimiser():
    rng = np.random.default_rng(5)
    rows = rng.poisson(3, (40, 4))
    some = balance(rows, 5)
    found = weighed(some, 5)
    among, totals = some.columns[5:], some.columns[:5].sum(axis=0)
    each = 5 / 35
    plain = minimize(
        lambda w: ((w - each) ** 2).sum(), np.full(35, each), jac=lambda w: 2 * (w - each), method="SLSQP",
        bounds=[(0, None)] * 35, options={"ftol": 1e-14, "maxiter": 500},
        constraints={"type": "eq", "fun": lambda w: w @ among - totals, "jac": lambda w: among.T},
    )  # fmt: skip
    assert found.weights[5:] == pytest.approx(plain.x, abs=1e-6)


@st.composite
def that_can_be_met(draw):
    """Treated rows that are means of two untreated ones, so that weights exist."""
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    controls = rng.poisson(draw(st.sampled_from([0.3, 2, 20])), (draw(st.integers(4, 40)), draw(st.integers(1, 6))))
    pairs = rng.integers(0, len(controls), (draw(st.integers(1, 5)), 2))
    treated = controls[pairs].mean(axis=1)
    return np.vstack([treated, controls]), len(treated)


@pytest.mark.slow
@given(that_can_be_met())
@settings(deadline=None, max_examples=60)
def test_whenever_weights_exist_both_sides_are_equal_and_none_is_negative(made):
    rows, treated = made
    found = weighed(balance(rows, treated), treated)
    assert found.tier == ALL_EXACT
    assert (found.weights >= 0).all()
    assert np.abs(found.error).max() < 1e-6
    assert found.weights[treated:].sum() == pytest.approx(treated)


def test_whoever_had_any_of_what_the_treated_had_none_of_weighs_nothing():
    found = weighed(balance([[0, 3], [0, 2], [1, 3], [0, 4], [2, 1]], 1), 1)
    assert found.tier == ALL_EXACT
    assert found.weights[[2, 4]].tolist() == [0, 0]


def test_where_every_untreated_unit_had_some_the_outcome_is_matched_as_nearly_as_can_be():
    found = weighed(balance([0, 2, 3, 5], 1), 1)
    assert found.tier == OUTCOMES_NEAR
    assert found.weights == pytest.approx([1, 1, 0, 0], abs=1e-4)


def test_constraints_that_others_settle_change_nothing():
    rows = np.random.default_rng(3).poisson(4, (30, 3))
    alone = weighed(balance(rows, 3), 3)
    twice = weighed(balance(np.column_stack([rows, rows.sum(axis=1), rows[:, 0]]), 3), 3)
    assert twice.tier == ALL_EXACT
    assert twice.weights == pytest.approx(alone.weights, abs=1e-9)


def test_a_constraint_that_only_the_treated_break_is_relaxed_and_not_forgotten():
    # The untreated all have the same, so their sum can be nothing else.
    found = weighed(balance([[4, 7], [2, 5], [6, 5]], 1), 1)
    assert found.tier == OUTCOMES_NEAR
    assert found.weights[1:] == pytest.approx([0.5, 0.5], abs=1e-4)
    assert found.error[2] == pytest.approx(-2, abs=1e-4)


def test_outcomes_are_relaxed_before_covariates():
    rows = [[3, 9], [2, 1], [4, 2], [3, 8]]
    found = weighed(balance(rows, 1, [COVARIATE, OUTCOME]), 1)
    assert found.tier == OUTCOMES_NEAR
    assert found.error[1] == pytest.approx(0, abs=1e-7)
    assert found.weights[3] == pytest.approx(1, abs=1e-3)


def test_covariates_too_where_they_cannot_be_met():
    found = weighed(balance([[9, 9], [2, 1], [4, 2], [3, 8]], 1, [COVARIATE, OUTCOME]), 1)
    assert found.tier == ALL_NEAR
    assert found.weights[1:].sum() == pytest.approx(1)


def test_relaxed_is_as_near_as_least_squares_can_come():
    rng = np.random.default_rng(8)
    rows = rng.poisson(3, (60, 5)).astype(float)
    rows[:2] += 9
    some = balance(rows, 2)
    found = weighed(some, 2)
    assert found.tier == OUTCOMES_NEAR
    spread = some.columns[2:].std(axis=0)
    spread[0] = 1e-4
    among, totals = some.columns[2:] / spread, some.columns[:2].sum(axis=0) / spread
    _, nearest = nnls(among.T, totals)
    assert np.linalg.norm(found.weights[2:] @ among - totals) == pytest.approx(nearest, rel=1e-4)


def test_a_tier_already_left_is_not_tried_again():
    assert weighed(balance([4, 2, 6], 1), 1, tier=ALL_NEAR).tier == ALL_NEAR


@pytest.mark.parametrize("limit", ["MOST_STEPS", "MOST_HALVINGS"])
def test_where_no_step_is_allowed_no_weights_are_invented(monkeypatch, limit):
    monkeypatch.setattr(calibration, limit, 0)
    assert weighed(balance([0.4, 0, 1, 9], 1), 1) is None


def test_a_second_derivative_that_says_nothing_in_a_direction_still_gives_a_step():
    nearly = np.diag([1.0, -1e-11])
    assert np.isfinite(calibration._solve(nearly, np.array([1.0, 0.0]))).all()
    assert np.isfinite(calibration._solve(-np.eye(2), np.array([1.0, 2.0]))).all()
    assert np.isfinite(calibration._solve(np.zeros((2, 2)), np.array([1.0, 2.0]))).all()
