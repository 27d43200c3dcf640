"""What is drawn round one thing: nearest first, never more than can be read, and victims apart. No database."""

from datetime import date
from itertools import pairwise

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearlines.desk.force import chart_files, chart_picture
from clearlines.desk.force.chart import Chart, Edge, Kind, Network, Node, around

ON, KNOWN = date(2022, 6, 1), date(2022, 6, 14)


def node(key: str, kind: Kind = Kind.LINE, words: str = "") -> Node:
    return Node(key, kind, key.capitalize(), words)


def network(*pairs: tuple[str, str], kinds: dict[str, Kind] | None = None) -> Network:
    names = dict.fromkeys(name for pair in pairs for name in pair)
    nodes = {name: node(name, (kinds or {}).get(name, Kind.LINE)) for name in names}

    def kind(*ends: str) -> Kind:
        return next((nodes[end].kind for end in ends if nodes[end].kind.is_person), Kind.LINE)

    return Network(nodes, [Edge(*pair, "is linked with", kind(*pair)) for pair in pairs])


CHAIN = network(("a", "b"), ("b", "c"), ("c", "d"))


def labels(chart: Chart) -> list[str]:
    return [each.label for each in chart.nodes]


def test_one_step_is_what_the_middle_is_linked_with():
    assert labels(around(CHAIN, CHAIN.nodes["b"], steps=1)) == ["B", "A", "C"]


def test_two_steps_is_also_what_those_are_linked_with():
    chart = around(CHAIN, CHAIN.nodes["a"], steps=2)
    assert labels(chart) == ["A", "B", "C"]
    assert [each.step for each in chart.placed] == [0, 1, 2]
    assert [each.parent for each in chart.placed] == ["", "a", "b"]


def test_a_link_between_two_things_that_are_drawn_is_drawn_whichever_led_to_them():
    ring = network(("a", "b"), ("b", "c"), ("c", "a"))
    assert len(around(ring, ring.nodes["a"], steps=1).links) == 3


def test_a_link_to_something_that_is_not_there_is_not_drawn():
    dangling = Network({"a": node("a")}, [Edge("a", "hidden", "is linked with", Kind.LINE)])
    chart = around(dangling, dangling.nodes["a"], steps=2)
    assert labels(chart) == ["A"] and not chart.links and not chart.left_out


def test_something_that_is_linked_with_nothing_stands_alone():
    assert labels(around(CHAIN, node("z"), steps=2)) == ["Z"]


def test_what_there_is_no_room_for_is_named_by_kind_and_nothing_drawn_hangs_from_it():
    star = network(*(("middle", f"line{number:02}") for number in range(9)), ("line08", "beyond"))
    chart = around(star, star.nodes["middle"], steps=2, most=8)
    assert len(chart.nodes) == 8 and [each.label for each in chart.left_out] == ["Line07", "Line08", "Beyond"]
    assert chart.left_out_by_kind == [("Lines", chart.left_out)]
    assert len(chart.links) == 7


KINDS = {"child": Kind.EXPLOITED, "holder": Kind.SUSPECTED, "buyer": Kind.NEITHER}
MIXED = network(("holder", "l"), ("child", "l"), ("buyer", "l"), ("l", "m"), kinds=KINDS)


def test_whoever_is_exploited_is_first_and_in_no_list_with_the_suspected():
    chart = around(MIXED, MIXED.nodes["l"], steps=1)
    assert labels(chart)[1] == "Child"
    listed = {title: {link.source.label for link in links} for title, links in chart.sections}
    assert next(iter(listed)) == "People who are exploited"
    assert [names for names in listed.values() if "Child" in names] == [{"Child"}]
    assert listed["People who run, sell or carry"] == {"Holder"}
    assert listed["People who buy, or whose part is not known"] == {"Buyer"}


def test_a_choice_of_people_leaves_out_the_others_but_never_the_middle():
    others = MIXED.without(frozenset({Kind.EXPLOITED}))
    assert "Child" not in labels(around(others, others.nodes["l"], steps=2))
    kept = MIXED.without(frozenset({Kind.EXPLOITED}), but="child")
    assert labels(around(kept, kept.nodes["child"], steps=1)) == ["Child", "L"]


def test_on_paper_the_exploited_stand_on_the_left_and_the_suspected_on_the_right():
    spots = {spot.node.label: spot for spot in chart_picture.wide(around(MIXED, MIXED.nodes["l"], steps=1)).spots}
    assert spots["Child"].x < 0 < spots["Holder"].x
    assert spots["Child"].side == -1 and spots["Holder"].side == spots["Buyer"].side == 1


def test_a_link_from_one_side_to_the_other_goes_over_or_under_the_middle():
    crossing = network(("l", "child"), ("l", "holder"), ("child", "holder"), kinds=KINDS)
    picture = chart_picture.wide(around(crossing, crossing.nodes["l"], steps=1))
    control = next(line.control for line in picture.lines if line.edge.source == "child")
    assert control is not None and control[0] == 0 and abs(control[1]) > picture.height / 2


def test_a_long_name_is_cut_on_paper_and_whole_in_the_title():
    long = Network({"a": Node("a", Kind.TOWN, "Barrow-in-Furness and Dalton with Newton")}, [])
    spot = chart_picture.wide(around(long, long.nodes["a"], steps=1)).spots[0]
    assert len(spot.label) == 24 and spot.label.endswith("…")


@st.composite
def networks(draw: st.DrawFn) -> Network:
    many = draw(st.integers(2, 90))
    names = [f"n{number}" for number in range(many)]
    kinds = dict(zip(names, draw(st.lists(st.sampled_from(list(Kind)), min_size=many, max_size=many)), strict=True))
    pairs = [(names[draw(st.integers(0, max(0, place - 1)))], name) for place, name in enumerate(names) if place]
    return network(*pairs, kinds=kinds)


@pytest.mark.slow
@given(networks(), st.integers(1, 2))
def test_no_two_labels_meet_and_nothing_leaves_the_paper(found: Network, steps: int):
    chart = around(found, found.nodes["n0"], steps=steps)
    wide, narrow = chart_picture.wide(chart), chart_picture.narrow(chart)
    columns: dict[tuple[int, int], list[float]] = {}
    for spot in wide.spots:
        columns.setdefault((spot.placed.step, spot.side), []).append(spot.y)
        assert abs(spot.x) < wide.width / 2 - 200 * abs(spot.side) and abs(spot.y) < wide.height / 2
    for heights in (*columns.values(), [spot.y for spot in narrow.spots]):
        assert all(below - above >= 50 for above, below in pairwise(sorted(heights)))
    assert len(narrow.spots) == len(wide.spots) == len(chart.nodes)
    assert len(wide.lines) == len(chart.links)


def file_chart() -> Chart:
    child = Node("person:1", Kind.EXPLOITED, "=Ash\x0b Young", "Exploited child")
    line = Node("line:1", Kind.LINE, "L-0001 Bracken", "Active")
    town = Node("town:Kendal", Kind.TOWN, "Kendal", "Town")
    edges = [
        Edge("person:1", "line:1", "Exploited child", Kind.EXPLOITED, date(2022, 2, 10), grade="2C"),
        Edge("line:1", "town:Kendal", "sells in", Kind.TOWN, date(2022, 2, 1), date(2022, 7, 1)),
    ]
    return around(Network({each.key: each for each in (child, line, town)}, edges), line, steps=1)


def test_the_sheet_says_of_each_link_its_category_and_grade_and_holds_no_formula():
    name, body, _ = chart_files.file_of(file_chart(), ON, KNOWN, kind="csv")
    assert name == "chart-2022-06-01-OFFICIAL-SENSITIVE.csv"
    _, first, second = body.replace("\x0b", "").splitlines()
    assert first == (
        "exploited,'=Ash Young,Exploited child,line,L-0001 Bracken,exploited,2022-02-10,,2C,2022-06-01,2022-06-14"
    )
    assert second.startswith("line,L-0001 Bracken,sells in,town,Kendal,not a person,2022-02-01,2022-07-01,,")


def test_graphml_opens_again_with_every_thing_and_every_link():
    name, body, _ = chart_files.file_of(file_chart(), ON, KNOWN, kind="graphml")
    assert name == "chart-2022-06-01-OFFICIAL-SENSITIVE.graphml"
    graph = networkx.parse_graphml(body)
    assert graph.graph["marking"] == "OFFICIAL-SENSITIVE" and graph.graph["as_we_knew_on"] == "2022-06-14"
    assert set(graph) == {"line:1", "person:1", "town:Kendal"}
    assert graph.nodes["person:1"]["category"] == "exploited" and graph.nodes["person:1"]["steps"] == 1
    said = {(source, target): about for source, target, about in graph.edges(data=True)}
    assert said["person:1", "line:1"]["grade"] == "2C"
    assert said["line:1", "town:Kendal"]["until"] == "2022-07-01"
