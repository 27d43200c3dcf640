"""Gi* against a hand sum and esda; a decision that no empty area and no order of rows can change, and that keeps its
word about how many are false."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearlines.analysis import hotspots
from clearlines.analysis.hotspots import Label, Neighbours, found, gi_star, gi_star_of_areas


def lattice(rows, columns, *, queen=True):
    """The pairs of cells of a grid that touch, by their place when read row by row."""
    ways = [(0, 1), (1, 0), (1, 1), (1, -1)] if queen else [(0, 1), (1, 0)]
    return [
        (r * columns + c, (r + down) * columns + c + across)
        for r in range(rows)
        for c in range(columns)
        for down, across in ways
        if r + down < rows and 0 <= c + across < columns
    ]


def by_esda(counts, pairs):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from esda import G_Local
        from libpysal.weights import W

    near = {place: [place] for place in range(len(counts))}
    for one, other in pairs:
        near[one].append(other)
        near[other].append(one)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return G_Local(counts.astype(float), W(near), transform="B", star=True, permutations=0).Zs


def test_a_row_of_four_cells_is_the_hand_sum():
    z = gi_star([[6, 5, 1, 0]])[0]
    assert z[0] == pytest.approx(5 / (6.5 * 2 * 2 / 3) ** 0.5)
    assert z[1] == pytest.approx((12 - 9) / (6.5 * 3 * 1 / 3) ** 0.5)
    assert z[3] == -z[0]


@pytest.mark.slow
@pytest.mark.parametrize(("rows", "columns"), [(1, 7), (9, 2), (23, 31)])
def test_a_grid_is_equal_to_esda(rows, columns):
    counts = np.random.default_rng(rows).poisson(0.7, (rows, columns))
    theirs = by_esda(counts.ravel(), lattice(rows, columns))
    assert np.abs(gi_star(counts).ravel() - theirs).max() < 1e-12


@pytest.mark.slow
def test_areas_with_a_list_of_neighbours_are_equal_to_esda():
    counts, pairs = np.random.default_rng(4).negative_binomial(1, 0.05, 91), lattice(13, 7, queen=False)
    z = gi_star_of_areas(counts, Neighbours.of(pairs, 91))
    assert np.abs(z - by_esda(counts, pairs)).max() < 1e-12
    assert np.array_equal(z, gi_star_of_areas(counts, Neighbours.of([(b, a) for a, b in pairs] + pairs, 91)))


def test_cells_outside_the_study_area_change_nothing():
    counts = np.random.default_rng(2).poisson(2, (6, 5)).astype(float)
    wide, study = np.zeros((8, 9)), np.zeros((8, 9), dtype=bool)
    wide[1:7, 2:7], study[1:7, 2:7] = counts, True
    z = gi_star(wide, study)
    assert z[1:7, 2:7] == pytest.approx(gi_star(counts))
    assert np.isnan(z[~study]).all()


def test_where_every_count_is_the_same_there_is_no_z():
    assert np.isnan(gi_star(np.full((3, 3), 4))).all()
    assert np.isnan(gi_star([[7]])).all()
    assert gi_star(np.zeros((0, 0))).shape == (0, 0)
    same = found([4, 4, 4], Neighbours.of([(0, 1), (1, 2)], 3))
    assert same.labels == (Label.LIKE,) * 3
    assert same.p.tolist() == [1, 1, 1]


def a_hot_corner():
    counts = np.full((12, 12), 5.0)
    counts += np.random.default_rng(5).integers(-1, 2, (12, 12))
    counts[:3, :3], counts[1, 1] = 40, 5
    return counts


def test_each_area_is_said_in_words():
    counts = a_hot_corner()
    labels = np.array(found(counts.ravel(), Neighbours.of(lattice(12, 12), 144)).labels).reshape(12, 12)
    assert labels[0, 1] == Label.HIGH
    assert labels[1, 1] == Label.BESIDE
    assert labels[7, 7] == Label.LIKE
    alone = found([90, *[5, 4, 6] * 20], Neighbours.of([(0, each) for each in range(1, 40)], 61))
    assert alone.labels[0] == Label.ABOVE
    touching = Neighbours.of([(0, 1), (0, 2), (0, 3), (0, 4)], 7)
    assert found([90, 5, 5, 5, 5, 5, 5], touching).labels[0] == Label.ABOVE
    assert found([90, 5, 5, 5, 5, 5, 5], touching, base=[18, 1, 1, 1, 1, 1, 1]).labels[0] == Label.LIKE
    low = found([1, 1, 1, 1, *[50, 51, 49] * 20], Neighbours.of([(0, 1), (1, 2), (2, 3), (0, 3), (0, 2)], 64))
    assert low.labels[0] == Label.LOW


def test_a_place_with_no_record_is_no_study_area():
    nothing = found([0, 0], Neighbours.none(2))
    assert nothing.labels == (Label.OUTSIDE,) * 2
    assert not nothing.is_hot.any()
    assert (nothing.studied, nothing.empty) == (0, 0)


def test_an_empty_area_the_caller_lets_in_is_counted_as_such():
    answer = found([9, 3, 0, 0], Neighbours.none(4), study=[True, True, True, False])
    assert (answer.studied, answer.empty) == (3, 1)
    assert answer.labels[3] == Label.OUTSIDE
    assert np.isnan(answer.z[3])


def test_areas_that_hold_more_are_compared_as_if_they_held_alike():
    holds = [300, 100, 100, 100]
    answer = found([30, 10, 10, 10], Neighbours.none(4), base=holds)
    assert np.isnan(answer.z).all()
    assert found([30, 10, 10, 10], Neighbours.none(4)).z[0] > 1.5


@st.composite
def worlds(draw):
    many = draw(st.integers(1, 14))
    counts = draw(st.lists(st.integers(0, 60), min_size=many, max_size=many))
    place = st.integers(0, many - 1)
    return np.array(counts), draw(st.lists(st.tuples(place, place), max_size=3 * many))


def said(counts, pairs):
    answer = found(counts, Neighbours.of(pairs, len(counts)))
    return answer.z, answer.q, answer.labels


@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(world, chance):
    counts, pairs = world
    order = list(range(len(counts)))
    chance.shuffle(order)
    at = {old: new for new, old in enumerate(order)}
    z, q, labels = said(counts, pairs)
    z_, q_, labels_ = said(counts[order], [(at[a], at[b]) for a, b in pairs])
    np.testing.assert_allclose(z_, z[order], atol=1e-9)
    np.testing.assert_allclose(q_, q[order], atol=1e-9)
    assert labels_ == tuple(labels[each] for each in order)


@given(worlds(), st.integers(1, 20), st.data())
def test_adding_empty_areas_never_makes_a_hotspot(world, more, data):
    """Wherever they lie: far away, or touching any of those that have a record."""
    counts, pairs = world
    many = len(counts)
    new = st.integers(many, many + more - 1)
    beside = data.draw(st.lists(st.tuples(st.integers(0, many + more - 1), new), max_size=20))
    z, q, labels = said(counts, pairs)
    z_, q_, labels_ = said(np.concatenate([counts, np.zeros(more, dtype=int)]), pairs + beside)
    np.testing.assert_array_equal(z_[:many], z)
    np.testing.assert_array_equal(q_[:many], q)
    assert labels_ == labels + (Label.OUTSIDE,) * more


@pytest.mark.slow
@pytest.mark.parametrize("skewed", [False, True])
def test_where_nothing_is_hot_few_worlds_have_a_hotspot_and_a_planted_one_is_found(skewed):
    """All areas alike but for chance: at most about 1 in 20 worlds may say anything at all. 300 worlds of 400 areas."""
    rng, near = np.random.default_rng(7), Neighbours.of(lattice(20, 20), 400)
    everywhere, wrong, hits = np.ones(400, dtype=bool), 0, 0
    for _ in range(300):
        counts = rng.negative_binomial(0.8, 0.12, 400) if skewed else rng.poisson(4, 400)
        # Sums only: a single area far above is its own word, "High by itself".
        answer = found(counts, near, study=everywhere)
        wrong += bool((answer.q < 0.05).any())
        block = counts.reshape(20, 20).copy()
        block[5:8, 5:8] = block[5:8, 5:8] * 3 + 12
        hits += found(block.ravel(), near, study=everywhere).labels[6 * 20 + 6] is Label.HIGH
    assert wrong / 300 <= 0.09
    assert hits / 300 >= 0.95


def test_what_is_no_count_is_refused_with_a_sentence():
    near = Neighbours.none(2)
    for wrong, sentence in [
        (lambda: gi_star([1, 2]), "2 dimensions"),
        (lambda: gi_star([[1, -2]]), "at least nought"),
        (lambda: gi_star([[1, float("nan")]]), "at least nought"),
        (lambda: gi_star([["x"]]), "must be a number"),
        (lambda: gi_star([[1, 2]], [[True]]), "as many"),
        (lambda: gi_star_of_areas([1, 2, 3], near), "3 counts and 2 areas"),
        (lambda: found([1, 2], near, false_share=1), "between 0 and 1"),
        (lambda: found([1, 2], near, base=[0, 1]), "base above nought"),
        (lambda: Neighbours.of([(0, 5)], 2), "not one of the 2 areas"),
    ]:
        with pytest.raises(ValueError, match=sentence):
            wrong()


def test_the_front_of_the_folder_names_what_is_in_it():
    assert all(hasattr(hotspots, each) for each in hotspots.__all__)
