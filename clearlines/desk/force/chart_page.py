"""Everything that the page of a chart shows: the question as it was asked, its answer, and where each thing leads."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.urls import reverse

from clearlines.access.permissions import Permission as P
from clearlines.access.viewer import Viewer
from clearlines.desk.force import as_at, chart_picture, chart_rows
from clearlines.desk.force.chart import PEOPLE, Chart, Kind, Link, Node, around
from clearlines.desk.force.chart_picture import Picture
from clearlines.groups import queries as groups
from clearlines.groups.models import Group
from clearlines.lines import queries as lines
from clearlines.lines.models import LineStatus
from clearlines.people import queries as people
from clearlines.people.models import Person

PAGES = {Kind.LINE: "lines-line", Kind.GROUP: "groups-group"} | dict.fromkeys(PEOPLE, "people-person")
OFFERED = 200
# What the table and the key call each kind of thing, beside its shape.
KEY = (
    (Kind.EXPLOITED, "plain", "Exploited"), (Kind.LINE, "alarm", "Line, active"), (Kind.LINE, "wait", "Line, dormant"),
    (Kind.LINE, "going", "Line, disrupted"), (Kind.LINE, "ended", "Line, closed"), (Kind.LINE, "plain", "Line, other"),
    (Kind.GROUP, "plain", "Group"), (Kind.TOWN, "plain", "Town"), (Kind.AREA, "plain", "Comes from"),
    (Kind.NUMBER, "plain", "Number or name"), (Kind.SUSPECTED, "plain", "Runs, sells or carries"),
    (Kind.NEITHER, "plain", "Buys, or part not known"),
)  # fmt: skip


@dataclass(frozen=True)
class Page:
    asked: as_at.Around
    chart: Chart
    may_see_people: bool

    @cached_property
    def wide(self) -> Picture:
        return self._leading(chart_picture.wide(self.chart))

    @cached_property
    def narrow(self) -> Picture:
        return self._leading(chart_picture.narrow(self.chart))

    def _leading(self, picture: Picture) -> Picture:
        """Each thing leads to the chart that has it in the middle."""
        picture.spots = [replace(spot, query=self.asked.query(spot.node)) for spot in picture.spots]
        return picture

    @property
    def on(self) -> Any:
        return self.asked.days[0]

    @property
    def known(self) -> Any:
        return self.asked.days[1]

    @property
    def key(self) -> list[tuple[Kind, str, str]]:
        """Only the shapes that are drawn."""
        there = {(node.kind, node.shape) for node in self.chart.nodes}
        return [each for each in KEY if each[:2] in there]

    @property
    def about(self) -> list[Any]:
        return ["force.chart", *self.chart.rows]

    @property
    def query(self) -> str:
        return self.asked.query()

    @property
    def further(self) -> str:
        """The same middle, one step further or one step nearer."""
        return self.asked.query(steps="" if self.asked.how_far == 2 else "2")

    def record(self, node: Node) -> str:
        """The page of what a thing is, for whoever may open it."""
        route = PAGES.get(node.kind, "")
        if not route or (node.kind.is_person and not self.may_see_people):
            return ""
        return reverse(route, args=[node.row.pk])

    @property
    def opens(self) -> str:
        return self.record(self.chart.middle)

    @property
    def sections(self) -> list[tuple[str, list["Row"]]]:
        return [(title, [self._row(link) for link in links]) for title, links in self.chart.sections]

    def _row(self, link: Link) -> "Row":
        return Row(link, self.asked.query(link.source), self.asked.query(link.target))

    @property
    def left_out(self) -> list[tuple[str, list[tuple[Node, str]]]]:
        """By kind, so that nobody exploited is in a list with anybody else."""
        return [
            (title, [(node, self.asked.query(node)) for node in nodes]) for title, nodes in self.chart.left_out_by_kind
        ]

    @property
    def elements(self) -> dict[str, list[Any]]:
        """The chart as the script of the page takes it: what is drawn already, to be moved and asked."""
        facts: dict[str, list[str]] = {}
        for link in self.chart.links:
            said = f"{link.source.label} – {link.edge.words} – {link.target.label}"
            for end in (link.edge.source, link.edge.target):
                facts.setdefault(end, []).append(said + (f", graded {link.edge.grade}" if link.edge.grade else ""))
        return {
            "nodes": [
                {
                    "id": spot.node.key, "label": f"{spot.label}\n{spot.words}", "x": spot.x, "y": spot.y,
                    "side": spot.side, "kind": spot.node.kind.value, "shape": spot.node.shape, "name": spot.node.label,
                    "words": spot.node.words, "facts": facts.get(spot.node.key, []), "opens": self.record(spot.node),
                    "middle": self.asked.query(spot.node), "isMiddle": spot.placed.step == 0,
                }
                for spot in self.wide.spots
            ],
            "links": [
                {
                    "source": line.edge.source, "target": line.edge.target, "words": line.edge.words,
                    "isArrow": line.is_arrow, "control": line.control,
                }
                for line in self.wide.lines
            ],
            "paper": [self.wide.width, self.wide.height],
        }  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A link in the table; choosing either end puts it in the middle."""

    link: Link
    source: str
    target: str

    @property
    def also(self) -> str:
        """A victim who stands here in another part is never shown as that part alone."""
        node = self.link.source
        is_apart = node.kind == Kind.EXPLOITED and self.link.edge.kind != Kind.EXPLOITED
        return node.words if is_apart else ""


def shown(viewer: Viewer, said: Mapping[str, Any]) -> Page | None:
    """None while nothing stands in the middle yet. A day that has not come shows today, and says so."""
    asked = as_at.Around(said, today=viewer.today)
    if not asked.by:
        return None
    on, known = asked.days
    with asked.refusals():
        return _drawn(viewer, asked, chart_rows.network(viewer, on, known))
    return _drawn(viewer, asked, chart_rows.network(viewer, viewer.today, viewer.today))


def _drawn(viewer: Viewer, asked: as_at.Around, network: chart_rows.Network) -> Page:
    middle = _middle(viewer, asked, network)
    seen = network.without(asked.kinds_left_out, but=middle.key)
    return Page(asked, around(seen, middle, steps=asked.how_far), viewer.may(P.SEE_PEOPLE))


def _middle(viewer: Viewer, asked: as_at.Around, network: chart_rows.Network) -> Node:
    if asked.by in as_at.BY_NAME:
        return network.nodes.get(f"{asked.by}:{asked.of}") or chart_rows.named(Kind(asked.by), asked.of)
    found = {
        "line": chart_rows.line_in_the_middle,
        "person": chart_rows.person_in_the_middle,
        "group": chart_rows.group_in_the_middle,
        "number": chart_rows.number_in_the_middle,
    }[asked.by]
    return found(viewer, network, asked.key)


@dataclass(frozen=True)
class Found:
    """What a chart may begin from."""

    lines: list[LineStatus]
    groups: list[Group]
    people: list[Person]

    @property
    def about(self) -> list[Any]:
        return [*(row.line for row in self.lines), *self.groups, *self.people]


def to_begin_from(viewer: Viewer, words: str) -> Found:
    """Every line as it stands today; or, once something is typed, the lines and people that it finds."""
    standing = lines.standing_on(viewer, viewer.today)
    if not words:
        return Found(list(standing[:OFFERED]), list(groups.visible(viewer).defer("known")[:OFFERED]), [])
    found = standing.filter(line__in=lines.matching(viewer, words).order_by())
    named = groups.matching(viewer, words).defer("known")
    return Found(list(found[:OFFERED]), list(named[:OFFERED]), list(people.matching(viewer, words)[:OFFERED]))
