"""Nobody who knows the rule and reads the totals can work out a hidden count: checked by trying every other table."""

import doctest
import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearlines.analysis import disclosure as module
from clearlines.analysis.disclosure import TOTAL, Why, suppress

counts = st.one_of(st.integers(0, 6), st.integers(0, 60))
labels = list("abcdef")
lists = st.lists(counts, min_size=1, max_size=6).map(lambda given: dict(zip(labels, given, strict=False)))
frames = st.tuples(st.integers(1, 3), st.integers(1, 3)).flatmap(
    lambda size: st.lists(st.lists(counts, min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0])
)


def frame(rows):
    return pd.DataFrame(rows, index=labels[: len(rows)], columns=[f"m{each}" for each in range(len(rows[0]))])


def known(answer, body):
    """What a reader sees: the shown cells and totals, with None elsewhere, as one grid."""
    grid = answer.frame().to_numpy(dtype=object)
    assert grid.shape == (body.shape[0] + 1, body.shape[1] + 1)
    return grid


def with_totals(body):
    body = np.concatenate([body, body.sum(axis=1, keepdims=True)], axis=1)
    return np.concatenate([body, body.sum(axis=0, keepdims=True)], axis=0)


def other_tables(grid, body):
    """By brute force: every table near the truth, hidden cells at least one, that shows the same. The slow oracle."""
    truth = with_totals(body)
    hidden = [spot for spot in np.ndindex(*body.shape) if grid[spot] is None]
    for steps in itertools.product((-1, 0, 1), repeat=len(hidden)):
        if not any(steps):
            continue
        near = body.copy()
        for spot, step in zip(hidden, steps, strict=True):
            near[spot] += step
        whole = with_totals(near)
        is_hidden = np.equal(grid, None)
        if (whole[is_hidden] >= 1).all() and (whole[~is_hidden] == truth[~is_hidden]).all():
            yield whole


def assert_no_hidden_count_is_certain(grid, body):
    truth, uncertain = with_totals(body), np.zeros(grid.shape, dtype=bool)
    for other in other_tables(grid, body):
        uncertain |= other != truth
        if uncertain[np.equal(grid, None)].all():
            break
    assert uncertain[np.equal(grid, None)].all(), f"\n{grid}\n{truth}"


def test_the_example_in_the_docstring_is_true():
    assert doctest.testmod(module).failed == 0


@pytest.mark.slow
@settings(deadline=None, max_examples=150)
@given(frames)
def test_no_hidden_count_of_a_frame_follows_from_what_is_shown(rows):
    body = np.array(rows)
    assert_no_hidden_count_is_certain(known(suppress(frame(rows)), body), body)


@pytest.mark.slow
@settings(deadline=None, max_examples=150)
@given(lists)
def test_no_hidden_count_of_a_list_follows_from_its_total(table):
    answer, body = suppress(table), np.array(list(table.values()))
    hidden = [place for place, count in enumerate(answer.cells.values()) if count is None]
    alike = [
        steps
        for steps in itertools.product((-1, 0, 1), repeat=len(hidden))
        if any(steps)
        and (body[hidden] + steps >= 1).all()
        and (answer.total is None or sum(steps) == 0)
        and body.sum() + sum(steps) >= 1
    ]
    for place in range(len(hidden)):
        assert any(steps[place] for steps in alike), (table, answer.cells, answer.total)


@given(frames, st.integers(2, 12))
def test_every_small_count_is_hidden_and_everything_shown_is_true(rows, threshold):
    answer, truth = suppress(frame(rows), threshold=threshold), with_totals(np.array(rows))
    grid = answer.frame().to_numpy(dtype=object)
    for spot in np.ndindex(*truth.shape):
        if 0 < truth[spot] < threshold:
            assert grid[spot] is None
        assert grid[spot] is None or grid[spot] == truth[spot]
        if truth[spot] == 0:
            assert grid[spot] == 0


@given(frames)
def test_nothing_is_hidden_when_nothing_is_small(rows):
    large = (np.array(rows) + 5).tolist()
    answer = suppress(frame(large))
    assert not answer.hidden
    assert None not in answer.cells.values()


@given(frames)
def test_every_hidden_count_has_its_reason(rows):
    answer = suppress(frame(rows))
    grid = answer.frame()
    assert len(answer.hidden) == sum(each is None for each in grid.to_numpy(dtype=object).ravel())
    for each in answer.hidden:
        assert grid.loc[each.where] is None
        assert each.why in Why


def test_a_lone_small_count_takes_the_next_smallest_with_it():
    answer = suppress({"a": 2, "b": 50, "c": 7, "d": 0})
    assert answer.cells == {"a": None, "b": 50, "c": None, "d": 0}
    assert answer.total == 59
    assert answer.shown("a") == "[c]"
    assert answer.shown("b") == "50"
    assert "[c] means kept back" in answer.note


def test_two_ones_that_make_two_are_not_given_away_by_their_total():
    answer = suppress({"a": 1, "b": 1, "c": 30})
    assert answer.cells["c"] is None or answer.total is None


def test_a_list_of_one_small_count_hides_its_total_too():
    answer = suppress({"a": 3})
    assert (answer.cells["a"], answer.total) == (None, None)
    assert [str(each) for each in answer.hidden] == ["a: fewer than 5", f"{TOTAL}: fewer than 5"]


def test_small_row_and_column_totals_are_hidden_like_counts():
    answer = suppress(frame([[1, 0, 30], [0, 2, 40], [20, 20, 20]]))
    assert answer.cells["a", "m0"] is None
    small = suppress(frame([[1, 1, 0], [20, 30, 40]]))
    assert small.row_totals["a"] is None


def test_a_total_is_kept_when_hiding_counts_is_enough():
    answer = suppress(frame([[3, 20, 30], [12, 8, 9], [40, 50, 60]]))
    assert None not in [*answer.row_totals.values(), *answer.column_totals.values(), answer.total]
    assert sum(each is None for each in answer.cells.values()) == 4


def test_rounding_comes_after_hiding():
    answer = suppress({"a": 12, "b": 13, "c": 100}, round_to=5)
    assert answer.cells == {"a": 10, "b": 15, "c": 100}
    assert answer.total == 125
    assert "nearest 5" in answer.note
    assert "No count from 1 to 4" in answer.note


def test_an_empty_table_is_an_empty_table():
    assert suppress({}).cells == {}
    assert suppress({}).total == 0
    assert suppress(pd.DataFrame()).total == 0


@pytest.mark.parametrize(
    "table", [{"a": -1}, {"a": 1.5}, {"a": float("nan")}, {"a": None}, {"a": "5"}], ids=lambda each: str(each["a"])
)
def test_what_is_not_a_count_is_refused(table):
    with pytest.raises(ValueError, match="whole number"):
        suppress(table)


def test_a_label_used_twice_and_a_threshold_of_one_are_refused():
    with pytest.raises(ValueError, match="twice"):
        suppress(pd.DataFrame([[1], [2]], index=["a", "a"], columns=["m"]))
    with pytest.raises(ValueError, match="at least 2"):
        suppress({"a": 1}, threshold=1)


@pytest.mark.slow
def test_a_table_of_forty_areas_and_twenty_four_months_is_quick():
    body = np.random.default_rng(7).poisson(6, (40, 24))
    table = pd.DataFrame(body, index=[str(each) for each in range(40)], columns=[f"m{each}" for each in range(24)])
    answer = suppress(table)
    assert all(answer.cells[str(r), f"m{c}"] is None for r, c in np.argwhere((body > 0) & (body < 5)))
