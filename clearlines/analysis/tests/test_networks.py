"""Networks against hand sums, networkx's own components, sets tried one by one, and published networks."""

import doctest
from itertools import combinations

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearlines.analysis import networks
from clearlines.analysis.networks import (
    Network,
    best,
    best_removal,
    betweenness,
    bounds,
    closeness,
    components,
    curve,
    degree,
    flooding,
    fragmentation,
    katz,
    measures,
    network,
    read_edges,
    reading,
    removal_curve,
    safe_alpha,
)  # fmt: skip

ROW = Network.of([("a", "b"), ("b", "c"), ("c", "d"), ("d", "e")])
STAR = Network.of([("hub", each) for each in "abcde"])


@pytest.mark.parametrize("module", [networks, network, reading, measures, curve, flooding, best, bounds])
def test_the_examples_in_the_words_hold(module):
    assert doctest.testmod(module).failed == 0


@st.composite
def small(draw, most=9):
    many = draw(st.integers(2, most))
    node = st.integers(0, many - 1).map(str)
    return Network.of(draw(st.lists(st.tuples(node, node), max_size=2 * many)), more=map(str, range(many)))


def left_by_networkx(some, without):
    made = networkx.Graph(some.links)
    made.add_nodes_from(range(len(some.nodes)))
    made.remove_nodes_from(without)
    return sum(len(part) * (len(part) - 1) for part in networkx.connected_components(made))


@pytest.mark.slow
@given(small(), st.integers(1, 3), st.sampled_from([1, 4, 1 << 18]))
@settings(deadline=None)
def test_the_best_set_and_its_ties_are_those_of_trying_every_set(some, k, whole):
    """Small branches, so that leaving and trying are both gone through."""
    k, usual = min(k, len(some.nodes)), best.WHOLE
    best.WHOLE = whole
    try:
        found = best_removal(some, k)
    finally:
        best.WHOLE = usual
    tried = {each: left_by_networkx(some, each) for each in combinations(range(len(some.nodes)), k)}
    fewest = min(tried.values())
    equal = [tuple(some.nodes[at] for at in each) for each, pairs in sorted(tried.items()) if pairs == fewest]
    assert found.pairs == fewest
    assert found.tied == tuple(equal[:20])
    assert (found.ties, found.best) == (len(equal), equal[0])
    assert found.exact
    assert found.upper == found.fragmentation


@pytest.mark.slow
@given(small(), st.integers(1, 3), st.integers(0, 3))
@settings(deadline=None)
def test_a_search_that_is_stopped_still_bounds_the_truth(some, k, asks):
    k, usual, left = min(k, len(some.nodes)), best.WHOLE, iter([False] * asks)
    best.WHOLE = 1
    try:
        found = best_removal(some, k, stop=lambda: next(left, True))
    finally:
        best.WHOLE = usual
    truth = best_removal(some, k)
    assert found.fragmentation <= truth.fragmentation <= found.upper
    assert (
        found.fragmentation
        == 1 - left_by_networkx(some, [some.nodes.index(each) for each in found.best]) / found.pairs_before
    )
    if found.exact:
        assert (found.ties, found.tied) == (truth.ties, truth.tied)


@pytest.mark.slow
@given(small(70), st.lists(st.integers(0, 1 << 30), min_size=3, max_size=200))
@settings(deadline=None, max_examples=40)
def test_flooding_many_sets_at_once_counts_what_networkx_counts_for_each(some, numbers):
    many = len(some.nodes)
    sets = np.array([[number % many, number // 7 % many] for number in numbers])
    found = flooding.pairs_left(some.neighbours, sets)
    assert found.tolist() == [left_by_networkx(some, each) for each in sets.tolist()]


def test_fragmentation_counts_pairs_of_the_nodes_there_were_before():
    assert fragmentation([5], n=5) == 0
    assert fragmentation([1, 1, 1, 1], n=5) == 1
    assert fragmentation([2, 2], n=5) == pytest.approx(1 - 4 / 20)
    with pytest.raises(ValueError, match="no pairs"):
        fragmentation([1], n=1)


def test_the_best_two_are_not_the_two_who_stand_between_most():
    """Borgatti's point: p and q stand between most, and part the same two halves; p and the third hub part more."""
    halves = [("a1", "a2"), ("a1", "p"), ("a2", "p"), ("p", "q"), ("q", "b"), ("b", "c1"), ("b", "c2"), ("a1", "a3")]
    some = Network.of(halves)
    measured = betweenness(some)
    assert set(sorted(measured, key=measured.__getitem__)[-2:]) == {"p", "q"}
    parted = [len(part) for part in components(some, without=["p", "q"])]
    assert best_removal(some, 2).fragmentation > fragmentation(parted, n=len(some.nodes))


def test_everybody_taken_out_leaves_no_pair():
    assert best_removal(STAR, 6).fragmentation == 1
    assert best_removal(STAR, 6).ties == 1


@pytest.mark.parametrize("k", [0, -1, 6])
def test_a_number_that_cannot_be_taken_is_refused(k):
    with pytest.raises(ValueError, match="between 1 and the 5 nodes"):
        best_removal(ROW, k)


def test_one_alone_has_no_pairs_to_part():
    with pytest.raises(ValueError, match="no pairs"):
        best_removal(Network.of([], more=["a"]), 1)


def test_parts_stand_largest_first_and_know_only_who_is_there():
    assert components(ROW, without=["b"]) == [("c", "d", "e"), ("a",)]
    with pytest.raises(ValueError, match="'z' is not in the network"):
        components(ROW, without=["z"])


def test_measures_are_networkxs_own_and_by_label():
    assert degree(STAR)["hub"] == 1
    assert betweenness(STAR) == {"hub": 1.0, **dict.fromkeys("abcde", 0.0)}
    assert closeness(STAR)["hub"] == 1
    made = networkx.Graph(ROW.links)
    assert list(katz(ROW).values()) == list(networkx.katz_centrality_numpy(made, alpha=0.1).values())


def test_alpha_is_usual_where_walks_have_an_end_and_lower_where_they_would_not():
    everybody = Network.of(combinations([str(each) for each in range(20)], 2))
    assert safe_alpha(ROW) == 0.1
    assert safe_alpha(everybody) == pytest.approx(0.9 / 19)
    assert min(katz(everybody).values()) > 0
    assert safe_alpha(Network.of([], more=["a"])) == 0.1
    with pytest.raises(ValueError, match=r"below 0\.0526"):
        katz(everybody, alpha=0.1)


def by_hand(some, steps, size):
    """The definition read aloud: sort ascending, take from the end, measure again."""
    made = networkx.Graph(some.links)
    fractions = [1.0]
    whole = max(map(len, networkx.connected_components(made)))
    while len(made) - steps > size:
        ordered = sorted(networkx.betweenness_centrality(made).items(), key=lambda each: each[1])
        for node, _ in ordered[-steps:]:
            made.remove_node(node)
        fractions.append(max(map(len, networkx.connected_components(made))) / whole)
    return tuple(fractions)


@pytest.mark.slow
@given(small(14).filter(lambda some: some.links))
@settings(deadline=None, max_examples=40)
def test_a_curve_is_the_definition_read_aloud(some):
    some = Network.of([(some.nodes[one], some.nodes[other]) for one, other in some.links])
    assert removal_curve(some, by="betweenness", mode="sequential", size=1).lcc_fraction == by_hand(some, 1, 1)
    assert removal_curve(some, by="betweenness", mode="block", size=3).lcc_fraction == by_hand(some, 3, 3)


def test_a_block_measures_once_and_a_sequence_after_each():
    """Of five in a row c goes first; then two rows of two are left, in which all are equal and the last goes."""
    block = removal_curve(ROW, by="betweenness", mode="block", size=2)
    sequence = removal_curve(ROW, by="betweenness", mode="sequential", size=2)
    assert block.order == ("c", "d")
    assert sequence.order == ("c", "e")
    assert block.taken == (0, 2)
    assert sequence.taken == (0, 1, 2)
    assert removal_curve(ROW, by="katz", mode="block", size=2).alpha == 0.1


@pytest.mark.parametrize(
    ("given_", "sentence"),
    [
        ({"by": "luck"}, "'luck' is no measure: choose degree"),
        ({"mode": "all"}, "choose sequential or block"),
        ({"size": 0}, "at least 1, not 0"),
    ],
)
def test_what_is_no_curve_is_refused(given_, sentence):
    with pytest.raises(ValueError, match=sentence):
        removal_curve(ROW, **{"by": "degree", "mode": "block", "size": 5} | given_)


def test_a_network_without_a_link_has_no_curve():
    with pytest.raises(ValueError, match="nothing to break up"):
        removal_curve(Network.of([], more=["a"]), by="degree", mode="block")


@pytest.mark.parametrize(
    "lines",
    [
        ['"source","target","weight"', '"2","1",52', '"3","1",9'],
        ["\ufeffFrom;To", "2;1", "", "3;1"],
        ["weight\tNode 1\tNode_2", "1\t2\t1", "1\t3\t1"],
        ["# remarks above", "2 1 52", "3 1 9"],
        ["2,1", "3,1"],
        ["source,target", " 2 ,1", "3,1\r\n"],
    ],
)
def test_a_table_of_links_is_read_however_it_is_written(lines):
    found = read_edges(lines)
    assert (found.nodes, found.links) == (("2", "1", "3"), ((0, 1), (2, 1)))
    assert found.notes == ()


def test_names_without_a_heading_are_read_where_one_comes_again():
    assert read_edges(["Tom,Ann", "Tom,Bea"]).nodes == ("Tom", "Ann", "Bea")


def test_nodes_without_a_link_are_told_by_the_table_of_nodes():
    assert read_edges(["source,target", "a,b"], ["id,colour", "b,1", "z,2", ",3"]).nodes == ("a", "b", "z")
    assert read_edges(["source,target", "a,b"], ["colour", "z"]).nodes == ("a", "b", "z")


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([], "it is empty"),
        (["source,target"], "no link in it"),
        (["source,target", "a,a"], "no link in it"),
        (["person,friend", "Tom,Ann"], "the columns cannot be told"),
        (["only one", "1"], "the columns cannot be told"),
        (["lonely"], "no row has two ends"),
        ([",a,b", "a,0,1"], "no row has two ends"),
        (["PAR1\0\0"], "not a table in plain text"),
        (["source,target", '"' + "x" * 200_000], "not a table in plain text"),
    ],
)
def test_what_is_no_table_of_links_is_refused_in_a_sentence(lines, sentence):
    with pytest.raises(ValueError, match=sentence):
        read_edges(lines)


def published(real_data, name):
    return read_edges((real_data / "networks" / f"{name}.edges.csv").read_text().splitlines())


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("name", "node", "f"), [("covert_10__1", "1", 0.3758), ("covert_47__0", "1", 0.7405), ("covert_12__0", "N1", 0.58)]
)
def test_the_best_single_removal_of_three_published_networks(name, node, f, real_data):
    found = best_removal(published(real_data, name), 1)
    assert (found.best, found.ties) == ((node,), 1)
    assert found.fragmentation == pytest.approx(f, abs=5e-5)


@pytest.mark.real_data
def test_the_best_in_cielnet_is_not_who_stands_between_most(real_data):
    measured = betweenness(published(real_data, "covert_12__0"))
    assert max(measured, key=measured.__getitem__) != "N1"


@pytest.mark.real_data
@pytest.mark.slow
def test_five_of_a_hundred_and_ten_are_found_whole(real_data):
    found = best_removal(published(real_data, "covert_10__1"), 5)
    assert found.exact
    assert found.tried < 1_000_000
    assert found.fragmentation == pytest.approx(0.8534, abs=5e-5)
