"""What is known when a protocol is written down: how much was recorded before, and how often a fall would be found."""

from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from clearlines.access.viewer import Viewer
from clearlines.analysis.impact import needed
from clearlines.analysis.power import Power, power
from clearlines.evaluation.promised import NAMED, Draft, Known
from clearlines.evaluation.questions import Window
from clearlines.hotspots import queries as hotspots
from clearlines.hotspots.models import HotspotSet
from clearlines.hotspots.queries import Panel

# Enough for a printed percentage to be right to about three in a hundred.
DRAWS = 200
SEED = 20220201


def known(viewer: Viewer, hot: HotspotSet, draft: Draft) -> Known:
    """Counts and power, by what is loaded now. Power is left out where a reason stands against the protocol anyway."""
    chosen_on = Window(hot.chosen_first, hot.chosen_last) if hot.chosen_first else None
    first = min(draft.before.first, hot.chosen_first or draft.before.first)
    # Of the period after it is only asked which months stand.
    last = max(draft.after.last, draft.before.last, hot.chosen_last)
    panels = [hotspots.panel(viewer, kind=hot.kind, measure=each, first=first, last=last) for each in draft.measures]
    panel = panels[0]
    design = _design(panel, hot, draft)
    baseline = int(panel.counts[design.treated][:, design.before].sum())
    compared = int((panel.counts[design.eligible][:, design.chosen | design.before].sum(axis=1) > 0).sum())
    is_chosen_first = chosen_on is None or chosen_on.last < draft.before.first
    can_be_reckoned = is_chosen_first and baseline > 0 and compared >= needed(len(hot.codes))
    return Known(
        areas=tuple(hot.codes),
        chosen_on=chosen_on,
        loaded=hotspots.months_of_all(panels),
        baseline=baseline,
        compared=compared,
        needed=needed(len(hot.codes)),
        power=_power(panel, design, draft) if can_be_reckoned else {},
    )


@dataclass(frozen=True)
class _Design:
    treated: np.ndarray
    eligible: np.ndarray
    chosen: np.ndarray
    before: np.ndarray


def _design(panel: Panel, hot: HotspotSet, draft: Draft) -> _Design:
    treated = panel.rows(hot.codes)
    near = panel.rows([*hot.codes, *draft.ring])
    eligible = panel.rows(draft.areas) & ~near if draft.how == NAMED else ~near
    chosen = panel.within(hot.chosen_first, hot.chosen_last) if hot.chosen_first else np.zeros(len(panel.months), bool)
    return _Design(treated, eligible, chosen, panel.within(draft.before.first, draft.before.last))


def _power(panel: Panel, design: _Design, draft: Draft) -> dict[str, Any]:
    """Asked when it is shown and again when it is registered; the same question of the same counts is reckoned once."""
    until = panel.within("", draft.before.last)
    counts = panel.counts[:, until]
    asked = _Reckoned(
        counts.tobytes(), counts.shape, design.treated.tobytes(), design.eligible.tobytes(),
        design.chosen[until].tobytes(), design.before[until].tobytes(), draft.after.months(), draft.level,
    )  # fmt: skip
    found = _found(asked)
    return asdict(found) | {"sentences": list(found.sentences), "falls": [list(each) for each in found.falls]}


class _Reckoned(NamedTuple):
    counts: bytes
    shape: tuple[int, ...]
    treated: bytes
    eligible: bytes
    chosen: bytes
    before: bytes
    months_after: int
    level: float


@lru_cache(maxsize=64)
def _found(asked: _Reckoned) -> Power:
    counts = np.frombuffer(asked.counts, dtype=np.int64).reshape(asked.shape)
    treated, eligible, chosen, before = (np.frombuffer(each, dtype=bool) for each in asked[2:6])
    return power(
        counts, treated, eligible, chosen, before, asked.months_after, level=asked.level, draws=DRAWS, seed=SEED
    )
