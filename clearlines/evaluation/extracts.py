"""The one gate from rows to what an analysis takes: four pairs of counts and a name for the content they came from.

Incidents hold nobody's name, so there is nothing to pseudonymise here; what is kept is totals.
"""

import hashlib
import json
from dataclasses import dataclass

from clearlines.access.viewer import Viewer
from clearlines.evaluation.questions import LOADED, PLACES, Question, Window
from clearlines.hotspots import queries as hotspots


@dataclass(frozen=True)
class Extract:
    """`counts`: place → [before, after], only of places that were named."""

    counts: dict[str, list[int]]
    hash: str


def taken(viewer: Viewer, question: Question) -> Extract:
    """What the question counts, now."""
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
