"""Who controls lines on a day, and how they stand to each other. To the analysis everybody is a key, never a name."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import Forbidden
from clearlines.access.viewer import Viewer
from clearlines.analysis import networks as analysis
from clearlines.analysis.networks import BestRemoval, Network, RemovalCurve
from clearlines.desk.force import rules
from clearlines.desk.force.gathering import Known, by_name, controls
from clearlines.desk.force.rules import Entering, Somebody
from clearlines.lines.models import Line
from clearlines.people.models import Person

# Never one alone: a figure beside a single name would be a score of a person.
FEWEST_TAKEN = 2
MOST_TAKEN = 3
# Where more sets than this do as well, none of them stands out, and naming one would single somebody out by chance.
MOST_NAMED = 3
SECONDS = 6.0
TO_THE_WORD = 1e-9

R = rules.Reason
# Why somebody is left out, and what whoever reads it may do.
IN_WORDS = {
    R.CHILD: (
        "Under 18 that day, or when they took the role up",
        "A child on a line is exploited by it. See that they are referred.",
    ),
    R.AGE_NOT_KNOWN: (
        "It is not known that they were adults",
        "Write down on their own page when they were born. The year is enough; a guess by looks counts from 25.",
    ),
    R.USED: (
        "A line used or harmed them at some time: home taken over, held by a debt, carried or exploited",
        "They stay out, whatever else is recorded of them.",
    ),
    R.VICTIM: (
        "They are, or may be, a recognised victim of modern slavery",
        "They stay out unless a competent authority decides that they are not.",
    ),
    R.NOT_EVIDENCED: (
        "Their role has no grade that can be relied on: none, or with an E or a 3",
        "Give the role a grade, such as 2B, if what is known bears it.",
    ),
}


@dataclass(frozen=True)
class Row:
    """Somebody who entered: which lines they control that day, how many of the others they are linked to, and where
    they stand, in words.
    """

    person: Person
    lines: list[Line]
    linked_to: int
    stands: str


@dataclass(frozen=True)
class Best:
    """Taken out together, which people leave the fewest pairs connected; nobody is named where many sets do as well."""

    found: BestRemoval
    named: list[list[Person]]

    @property
    def pairs(self) -> int:
        return self.found.pairs // 2

    @property
    def of(self) -> int:
        return self.found.pairs_before // 2

    @property
    def fewest(self) -> int:
        """No set leaves fewer pairs than this, whether or not every one was tried."""
        return round((1 - self.found.upper) * self.found.pairs_before / 2)


@dataclass(frozen=True)
class Shown:
    """Everything the page says. Of whoever was left out there is a count for each reason and nothing else."""

    on: date
    entering: Entering
    rows: list[Row] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)
    best: list[Best] = field(default_factory=list)
    curve: RemovalCurve | None = None
    pairs: int = 0

    @property
    def left_out(self) -> list[tuple[str, int, str]]:
        counted = self.entering.left_out
        return [(words, counted[each], mends) for each, (words, mends) in IN_WORDS.items() if counted[each]]

    @property
    def in_question(self) -> int:
        """Everybody said to control a line that day."""
        return len(self.entering.entered) + self.entering.how_many_left_out

    @property
    def rows_shown(self) -> list[Any]:
        """For the ledger: who and which lines are on the page."""
        return [*(row.person for row in self.rows), *(line for row in self.rows for line in row.lines)]

    @property
    def others(self) -> int:
        return len(self.rows) - 1

    @property
    def possible_pairs(self) -> int:
        return len(self.rows) * self.others // 2

    @property
    def largest(self) -> int:
        return self.parts[0]

    @property
    def steps(self) -> list[tuple[int, int]]:
        """How many are taken out, and how many are then in the largest part."""
        return list(zip(self.curve.taken, self.curve.largest, strict=True)) if self.curve else []


def shown(viewer: Viewer, on: date) -> Shown:
    """Nobody enters for an account that could not tell who is a recognised victim."""
    if not viewer.may(P.SEE_NATIONAL_REFERRALS):
        raise Forbidden("Your role does not let you see who may be a victim, so it cannot work out a network either.")
    known = Known(viewer, list(controls(viewer, on)), on)
    entering = rules.who_enters(known.people(), day=on)
    if not entering.entered:
        return Shown(on, entering)
    return _worked_out(entering, known, on, _within(SECONDS))


def _within(seconds: float) -> Callable[[], bool]:
    until = time.monotonic() + seconds
    return lambda: time.monotonic() > until


def _worked_out(entering: Entering, known: Known, on: date, stop: Callable[[], bool]) -> Shown:
    """By name, so that the order says nothing of where anybody stands."""
    entered = sorted(entering.entered, key=lambda each: by_name(known.person_of[each.key]))
    pairs = rules.links(entered, day=on)
    network = Network.of([(str(one), str(other)) for one, other in pairs], more=[str(each.key) for each in entered])
    words = standing_in_words(network)
    rows = [
        Row(known.person_of[each.key], _lines_of(each, known, on), _linked_to(network, each), words[str(each.key)])
        for each in entered
    ]
    parts = [len(part) for part in analysis.components(network)]
    found = Shown(on, entering, rows, parts, pairs=analysis.connected_pairs(parts) // 2)
    if not pairs:
        return found
    person_of = {str(row.person.pk): row.person for row in rows}
    best = [_best(network, k, person_of, stop) for k in range(FEWEST_TAKEN, min(MOST_TAKEN, len(rows) - 1) + 1)]
    curve = analysis.removal_curve(network, by="betweenness", mode="sequential", size=1)
    return Shown(on, entering, rows, parts, best, curve, found.pairs)


def _lines_of(somebody: Somebody, known: Known, on: date) -> list[Line]:
    keys = dict.fromkeys(each.where[1] for each in somebody.controls_on(on) if each.is_evidenced)
    return sorted((known.line_of[key] for key in keys), key=lambda line: line.number)


def _linked_to(network: Network, somebody: Somebody) -> int:
    return len(network.neighbours[network.nodes.index(str(somebody.key))])


def standing_in_words(network: Network) -> dict[str, str]:
    """Where each stands, and no number: two who stand alike are told alike, however the last decimal fell."""
    between = analysis.betweenness(network)
    most = max(between.values(), default=0)
    words = {}
    for label, value, beside in zip(network.nodes, between.values(), network.neighbours, strict=True):
        if not beside:
            words[label] = "Linked to nobody"
        elif value <= TO_THE_WORD:
            words[label] = "Between no others"
        elif value >= most - TO_THE_WORD:
            words[label] = "Most often between others"
        else:
            words[label] = "Between some others"
    return words


def _best(network: Network, k: int, person_of: dict[str, Person], stop: Callable[[], bool]) -> Best:
    found = analysis.best_removal(network, k, stop=stop)
    named = [] if found.ties > MOST_NAMED else [[person_of[each] for each in some] for some in found.tied]
    return Best(found, named)
