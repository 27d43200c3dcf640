"""A chart as files that other tools open: the rows of its table, and GraphML."""

import re
from datetime import date

import networkx

from clearlines.desk.force.chart import Chart, Kind, Link
from clearlines.web.downloads import CSV, sheet

GRAPHML = "application/graphml+xml"
MARKING = "OFFICIAL-SENSITIVE"
HEADINGS = [
    "from_kind", "from", "link", "to_kind", "to", "category", "since", "until", "grade", "as_it_was_on",
    "as_we_knew_on",
]  # fmt: skip
# What XML 1.0 cannot hold, escaped or not.
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def file_of(chart: Chart, on: date, known: date, *, kind: str) -> tuple[str, str, str]:
    """Its name, its words and its type. The name says no one's name, and how it is marked."""
    stem = f"chart-{on}-{MARKING}"
    if kind == "graphml":
        return f"{stem}.graphml", as_graphml(chart, on, known), GRAPHML
    return f"{stem}.csv", as_sheet(chart, on, known), CSV


def as_sheet(chart: Chart, on: date, known: date) -> str:
    """A row a link. The category says of each whether it is about somebody exploited, suspected, or neither."""
    rows = [[*_said(link), on, known] for link in chart.links]
    return sheet([HEADINGS, *rows])


def _said(link: Link) -> list[object]:
    edge = link.edge
    return [
        link.source.kind.value, link.source.label, edge.words, link.target.kind.value, link.target.label,
        category(edge.kind), edge.since or "", edge.until or "", edge.grade,
    ]  # fmt: skip


def category(kind: Kind) -> str:
    return kind.value if kind.is_person else "not a person"


def as_graphml(chart: Chart, on: date, known: date) -> str:
    """Every thing and every link, each with its category and its grade."""
    graph = networkx.MultiDiGraph(marking=MARKING, as_it_was_on=str(on), as_we_knew_on=str(known))
    for placed in chart.placed:
        node = placed.node
        graph.add_node(
            plain(node.key), label=plain(node.label), kind=node.kind.value, words=plain(node.words),
            category=category(node.kind), steps=placed.step,
        )  # fmt: skip
    for number, link in enumerate(chart.links, 1):
        edge = link.edge
        graph.add_edge(
            plain(edge.source), plain(edge.target), key=f"link-{number}", link=plain(edge.words),
            category=category(edge.kind), grade=plain(edge.grade),
            since=str(edge.since or ""), until=str(edge.until or ""),
        )  # fmt: skip
    return "\n".join(networkx.generate_graphml(graph))


def plain(words: str) -> str:
    return NOT_XML.sub(" ", words)
