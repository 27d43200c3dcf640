"""Points into squares and hexagons, a smooth surface over them, and areas of one census as another's."""

import doctest
import importlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearlines.analysis.hotspots import Lookup, density, h3_neighbours, h3_of, osgb_grid, renamed


@pytest.mark.parametrize(
    "name", ["", ".gi", ".rates", ".persistence", ".picked", ".effort", ".control", ".grids", ".lookups", ".tails"]
)
def test_the_examples_in_the_words_hold(name):
    module = importlib.import_module(f"clearlines.analysis.hotspots{name}")
    tried = doctest.testmod(module)
    assert (tried.failed, tried.attempted > 0) == (0, True)


def test_every_point_is_in_one_square_and_a_point_without_a_place_is_counted():
    rng = np.random.default_rng(1)
    x, y = rng.uniform(310_000, 330_000, 500), rng.uniform(460_000, 480_000, 500)
    x[:3] = np.nan
    grid = osgb_grid(x, y)
    assert (grid.counts.sum(), grid.dropped) == (497, 3)
    assert grid.west % 250 == grid.south % 250 == 0
    assert osgb_grid([1, 2], [1, 2], weights=[2, 3]).counts.tolist() == [[5]]
    assert osgb_grid([np.nan], [1]).counts.size == 0


def test_points_that_are_no_metres_are_refused():
    for x, y, more, sentence in [
        ([1], [1, 2], {}, "as many northings"),
        ([1], [1], {"size": 0}, "above nought"),
        ([1e9], [1], {}, "metres of the British National Grid"),
        ([0, 9e6], [0, 9e6], {}, "squares: use a larger size"),
    ]:
        with pytest.raises(ValueError, match=sentence):
            osgb_grid(x, y, **more)


def test_a_surface_keeps_the_records_and_is_the_kernel_at_the_points():
    grid = osgb_grid([10_000 + 125, 0, 20_000], [10_000 + 125, 0, 20_000], weights=[50, 0, 0])
    surface = density(grid, bandwidth=500)
    assert surface.sum() * 0.25**2 == pytest.approx(50, rel=1e-6)
    row, column = 40, 42
    away = 0.5
    kernel = 50 * np.exp(-(away**2) / (2 * 0.5**2)) / (2 * np.pi * 0.5**2)
    assert surface[row, column] == pytest.approx(kernel, rel=0.01)
    assert density(osgb_grid([], []), bandwidth=250).size == 0
    with pytest.raises(ValueError, match="at least half a square"):
        density(grid, bandwidth=10)


def test_hexagons_touch_six_others_and_are_never_a_home():
    [here, *_] = cells = h3_of([54.11, 54.33], [-3.22, -2.74], resolution=7)
    import h3

    ring = sorted(h3.grid_disk(here, 1))
    assert h3_neighbours([*ring, cells[1]]).touching.sum(axis=1).tolist()[ring.index(here)] == 7
    assert h3_neighbours([*ring, cells[1]]).touching.sum(axis=1).tolist()[-1] == 1
    with pytest.raises(ValueError, match="no cell is a home"):
        h3_of([54], [-3], resolution=12)


CHANGES = [
    ("A", "A", "U"), ("B", "P", "S"), ("B", "Q", "S"), ("C", "R", "M"), ("D", "R", "M"), ("E", "F", "U"),
    ("G", "X", "X"), ("G", "Y", "X"), ("H", "Y", "X"),
]  # fmt: skip


def test_what_is_unchanged_or_merged_is_exact_and_what_is_split_is_estimated():
    lookup = Lookup.of(CHANGES)
    months = np.array([4, 6])
    moved = lookup.to_new({"A": months, "C": months, "D": months, "E": months, "P": months, "Z": months})
    assert {code: each.tolist() for code, each in moved.counts.items()} == {
        "A": [4, 6], "F": [4, 6], "P": [4, 6], "R": [8, 12], "Z": [4, 6],
    }  # fmt: skip
    assert (moved.estimated, moved.unknown) == (frozenset(), {"Z"})
    assert "exactly" in moved.sentence
    shared = lookup.to_new({"B": 10, "G": 6, "H": 1}, {("B", "P"): 0.9, ("B", "Q"): 0.1})
    assert shared.counts == {"P": 9, "Q": 1, "X": 3, "Y": 4}
    assert shared.estimated == {"P", "Q", "X", "Y"}
    assert "4 areas hold a share" in shared.sentence


def test_ground_that_is_the_same_in_both_years_needs_no_estimate():
    common = Lookup.of(CHANGES).common
    assert common == {
        "A": "A", "B": "B", "P": "B", "Q": "B", "C": "R", "D": "R", "R": "R", "E": "F", "F": "F",
        "G": "X", "H": "X", "X": "X", "Y": "X",
    }  # fmt: skip


@given(st.dictionaries(st.sampled_from("ABCDEGHPQRZ"), st.integers(0, 99)), st.randoms(use_true_random=False))
def test_no_record_is_lost_or_made_whatever_the_order(counts, chance):
    rows = list(CHANGES)
    chance.shuffle(rows)
    moved = Lookup.of(rows).to_new(counts)
    assert sum(moved.counts.values()) == pytest.approx(sum(counts.values()))
    assert Lookup.of(rows) == Lookup.of(CHANGES)


def test_a_look_up_that_makes_no_sense_is_refused():
    lookup = Lookup.of(CHANGES)
    for wrong, sentence in [
        (lambda: Lookup.of([("A", "B", "Z")]), "U, S, M or X"),
        (lambda: Lookup.of([("A", "B", "U"), ("A", "B", "U")]), "a row twice"),
        (lambda: lookup.to_new({}, {("B", "R"): 1}), "not a share of a change"),
        (lambda: lookup.to_new({}, {("B", "P"): 0.5}), "add up to 1"),
        (lambda: lookup.to_new({}, {("B", "P"): 1.0}), "name each part"),
    ]:
        with pytest.raises(ValueError, match=sentence):
            wrong()


MONTHS = [f"2020-{month:02}" for month in range(1, 13)]


def test_areas_that_end_as_others_begin_are_said_to_be_renamed():
    counts = np.ones((5, 12))
    counts[0, 6:] = counts[1, :6] = 0
    counts[2, :6], counts[3, 5:] = 0, 0
    found = renamed(counts, ["old", "new", "new2", "old2", "stays"], MONTHS)
    assert (found.only_before, found.only_after) == (("old", "old2"), ("new", "new2"))
    assert (found.until, found.since) == ("2020-06", "2020-07")


def test_areas_that_are_only_quiet_are_not_said_to_be_renamed():
    assert renamed(np.ones((3, 12)), list("abc"), MONTHS) is None
    quiet = np.zeros((2, 12))
    quiet[0, 2], quiet[1, 9] = 1, 1
    assert renamed(quiet, list("ab"), MONTHS) is None
    assert renamed(np.ones((1, 2)), ["a"], MONTHS[:2]) is None
    with pytest.raises(ValueError, match="a row for each code"):
        renamed(np.ones((2, 12)), ["a"], MONTHS)
