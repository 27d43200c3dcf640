"""The one gate from rows to what an analysis takes: pairs of counts, or panels, and a name for their content.

Incidents hold nobody's name, so there is nothing to pseudonymise here; what is kept is totals.
"""

import hashlib
import json
from dataclasses import dataclass

from clearlines.access.scope import the_one
from clearlines.access.viewer import Viewer
from clearlines.evaluation import queries
from clearlines.evaluation.models import Protocol
from clearlines.evaluation.questions import KEPT, LOADED, PLACES, Question, Window
from clearlines.evaluation.working import Panels
from clearlines.hotspots import queries as hotspots
from clearlines.hotspots.measures import ENFORCEMENT, Measure
from clearlines.hotspots.queries import Panel
from clearlines.web.months import earlier

# Months of the run chart, unless the protocol's own periods need more.
CHARTED = 24


@dataclass(frozen=True)
class Extract:
    """`counts`: place → [before, after], only of places that were named."""

    counts: dict[str, list[int]]
    hash: str


def taken(viewer: Viewer, question: Question) -> Extract:
    """What the question counts, now."""
    if question.source == KEPT:
        result = the_one(queries.results(viewer), question.result)
        return Extract(question.counts, result.extract_hash)
    if question.source == LOADED:
        counts = {
            place: [_counted(viewer, question, place, window) for window in (question.before, question.after)]
            for place in PLACES
            if question.areas.get(place)
        }
        standing = hotspots.standing(viewer)
        said = [standing.fingerprint(each.first, each.last) for each in (question.before, question.after)]
    else:
        counts = {place: list(question.counts[place]) for place in PLACES if question.counts.get(place)}
        said = [json.dumps(counts, sort_keys=True)]
    return Extract(counts, hashlib.sha256("\n".join(said).encode()).hexdigest())


def _counted(viewer: Viewer, question: Question, place: str, window: Window) -> int:
    return hotspots.counted(
        viewer, kind=question.kind, codes=question.areas[place], first=window.first, last=window.last
    )


def panels(viewer: Viewer, protocol: Protocol) -> Panels:
    """Every measure of the protocol by area and month, what police did, and what its set was chosen on."""
    hot = protocol.hotspots
    chart = min(protocol.before_first, earlier(protocol.after_last, CHARTED - 1)), protocol.after_last
    first = min(chart[0], hot.chosen_first or chart[0])

    def counted(measure: Measure) -> Panel:
        return hotspots.panel(viewer, kind=hot.kind, measure=measure, first=first, last=protocol.after_last)

    measures = [Measure.from_json(each) for each in protocol.measures]
    outcomes = tuple((each, counted(each)) for each in measures)
    police = counted(Measure(ENFORCEMENT))
    chosen = counted(Measure.from_json(hot.measure)) if hot.chosen_first else None
    said = "\n".join(_named(each) for each in (*(panel for _, panel in outcomes), police, chosen) if each is not None)
    return Panels(outcomes, police, chosen, chart, hashlib.sha256(said.encode()).hexdigest())


def _named(panel: Panel) -> str:
    """The counts themselves, so that the same counts have the same name wherever they were read from."""
    return json.dumps([panel.kind, panel.codes, panel.months, panel.counts.tolist()])
