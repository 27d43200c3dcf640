"""From the counts of a protocol to everything its result says. Pure: the same counts, code and seed give the same.

What is kept is plain lists and words, so that it can be read in ten years without this code: `outcomes` in the order
of the protocol, each with the default design, the comparisons side by side, the ring, the same test on earlier months
and the months themselves; `left_out`, those that could not be asked; `police_did` apart; `groups` of area codes; and
`cautions`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from clearlines.analysis.impact import Impact, Study, impact
from clearlines.evaluation import comparing
from clearlines.evaluation.comparing import Sides
from clearlines.evaluation.groups import Groups, groups
from clearlines.evaluation.models import Protocol
from clearlines.hotspots.measures import Measure
from clearlines.hotspots.queries import Panel, months_of_all
from clearlines.web.months import between, called

DRAWS = 999
# Fewer months than this in each half of the period before, and an earlier split says nothing.
FEWEST_IN_A_HALF = 2
MAIN_ONLY = "Only the main outcome is tested on earlier months."


@dataclass(frozen=True)
class Panels:
    """What the one gate hands over. `chosen` counts what the set was chosen on, `police` what police did."""

    outcomes: tuple[tuple[Measure, Panel], ...]
    police: Panel
    chosen: Panel | None
    chart: tuple[str, str]
    hash: str

    @property
    def loaded(self) -> frozenset[str]:
        """Months in which every outcome can be counted."""
        return months_of_all(panel for _, panel in self.outcomes)


def worked_out(panels: Panels, protocol: Protocol, *, seed: int) -> dict[str, Any]:
    first = panels.outcomes[0][1]
    stand = _groups(first, panels, protocol)
    (main, _), *others = panels.outcomes
    outcomes, left_out = [_outcome(main, first, panels, protocol, seed=seed, is_main=True)], []
    for measure, panel in others:
        # An exploratory outcome that cannot be asked is said, and does not take the main one with it.
        try:
            outcomes.append(_outcome(measure, panel, panels, protocol, seed=seed, is_main=False))
        except ValueError as why:
            left_out.append({"measure": measure.as_json(), "why_not": str(why)})
    return {
        "outcomes": outcomes,
        "left_out": left_out,
        "police_did": _police_did(panels, protocol),
        "groups": stand.codes(first),
        "cautions": list(cautions(protocol, first, outcomes)),
    }


def _groups(panel: Panel, panels: Panels, protocol: Protocol) -> Groups:
    hot, controls = protocol.hotspots, protocol.controls
    return groups(
        panel,
        treated=hot.codes,
        ring=controls["ring"],
        named=controls["areas"],
        chosen=(hot.chosen_first, hot.chosen_last),
        chosen_panel=panels.chosen,
    )


def _outcome(
    measure: Measure, panel: Panel, panels: Panels, protocol: Protocol, *, seed: int, is_main: bool
) -> dict[str, Any]:
    stand = _groups(panel, panels, protocol)
    study = study_of(panel, stand, protocol)
    return {
        "measure": measure.as_json(),
        "impact": _as_kept(impact(study, level=protocol.level, draws=DRAWS, seed=seed)),
        "comparisons": comparing.compared(_sides(study, stand, protocol), level=protocol.level),
        "ring": _ring(study, stand, protocol),
        "earlier": _earlier(panel, study, protocol, seed) if is_main else {"why_not": MAIN_ONLY},
        "series": _series(panel, stand, panels.chart),
    }


def study_of(panel: Panel, stand: Groups, protocol: Protocol) -> Study:
    hot = protocol.hotspots
    nothing = np.zeros(len(panel.months), dtype=bool)
    return Study(
        counts=panel.counts,
        treated=stand.treated,
        eligible=stand.eligible,
        chosen=panel.within(hot.chosen_first, hot.chosen_last) if hot.chosen_first else nothing,
        before=panel.within(protocol.before_first, protocol.before_last),
        after=panel.within(protocol.after_first, protocol.after_last),
        labels=panel.months,
    )


def _sides(study: Study, stand: Groups, protocol: Protocol) -> Sides:
    rows = {"alike": stand.alike, "rest": stand.rest, "named": stand.named}
    controls = {
        key: comparing.pair(study.counts, mask, study.before, study.after) for key, mask in rows.items() if mask.any()
    }
    nothing_done = stand.alike if stand.alike.any() else stand.rest
    return Sides(
        treated=comparing.pair(study.counts, study.treated, study.before, study.after),
        controls=controls,
        months=_months(study),
        spread=comparing.spread(study.counts[nothing_done][:, study.before]),
    )


def _months(study: Study) -> tuple[int, int]:
    return int(study.before.sum()), int(study.after.sum())


def _ring(study: Study, stand: Groups, protocol: Protocol) -> dict[str, Any]:
    if not stand.ring.any():
        return {"why_not": "No ring was written into the protocol, so nothing is said of whether it moved next door."}
    beside, control = (
        comparing.pair(study.counts, rows, study.before, study.after) for rows in (stand.ring, stand.rest)
    )
    return comparing.ring(beside, control, months=_months(study), level=protocol.level)


def _earlier(panel: Panel, study: Study, protocol: Protocol, seed: int) -> dict[str, Any]:
    """The same test on the period before alone, halved: nothing had been done, so it should find nothing."""
    at = np.flatnonzero(study.before)
    half = len(at) // 2
    if half < FEWEST_IN_A_HALF:
        return {"why_not": "The period before is too short to be halved and tested against itself."}
    first, second = np.zeros_like(study.before), np.zeros_like(study.before)
    first[at[-2 * half : -half]], second[at[-half:]] = True, True
    split = replace(study, before=first, after=second)
    try:
        found = impact(split, level=protocol.level, draws=DRAWS, seed=seed)
    except ValueError as why:
        return {"why_not": f"It could not be tested on earlier months: {why}."}
    months = [panel.months[each] for each in at[-2 * half :]]
    kept = _as_kept(found)
    return {
        "before": [months[0], months[half - 1]], "after": [months[half], months[-1]],
        **{name: kept[name] for name in ("ratio", "low", "high", "p", "verdict", "is_fall", "too_few")},
    }  # fmt: skip


def _series(panel: Panel, stand: Groups, chart: tuple[str, str]) -> dict[str, Any]:
    """Month by month, None where a month is not loaded: a gap is a gap and never a nought."""
    months = between(*chart)
    rows = {
        "treated": stand.treated,
        "alike": stand.alike,
        "rest": stand.rest,
        "named": stand.named,
        "ring": stand.ring,
    }
    return {"months": months} | {key: _by_month(panel, mask, months) for key, mask in rows.items() if mask.any()}


def _by_month(panel: Panel, rows: np.ndarray, months: Sequence[str]) -> list[int | None]:
    totals = dict(zip(panel.months, panel.counts[rows].sum(axis=0).tolist(), strict=True))
    return [totals.get(each) for each in months]


def _police_did(panels: Panels, protocol: Protocol) -> dict[str, Any]:
    """What police did in the same areas and months (basket C). It is tested by nothing and compared with nothing."""
    panel, inside = panels.police, panels.police.rows(protocol.hotspots.codes)
    before = panel.within(protocol.before_first, protocol.before_last)
    after = panel.within(protocol.after_first, protocol.after_last)
    months = between(*panels.chart)
    return {
        "before": int(panel.counts[inside][:, before].sum()), "after": int(panel.counts[inside][:, after].sum()),
        "months": months, "treated": _by_month(panel, inside, months),
    }  # fmt: skip


def cautions(protocol: Protocol, panel: Panel, outcomes: Sequence[dict[str, Any]]) -> Iterator[str]:
    """What stands beside the verdict: of the protocol, then of what was found."""
    if protocol.seen_already:
        seen = ", ".join(called(each) for each in protocol.seen_already[:3])
        more = f" and {len(protocol.seen_already) - 3} more" if len(protocol.seen_already) > 3 else ""
        yield (
            f"The protocol was written down when {seen}{more} could already be counted. Whoever wrote it could "
            "have known the answer, so this is weaker than it looks."
        )
    if len(outcomes) > 1:
        yield (
            f"{len(outcomes)} outcomes were named. The first is the main one; the others are exploratory, and one in "
            "twenty would look like a change with nothing done."
        )
    yield from protocol.power.get("cautions", [])
    if missing := [code for code in protocol.hotspots.codes if code not in panel.codes]:
        yield (
            f"{len(missing)} of the set's areas have no record in any loaded month, such as {missing[0]}: "
            "neighbourhoods were renamed between the censuses of 2011 and 2021. They are left out."
        )
    if outcomes[0]["comparisons"]["agree"] is False:
        yield "The comparisons do not agree, so no change may be claimed from one of them alone."
    if outcomes[0]["comparisons"]["is_apart"]:
        yield (
            "The comparisons differ from one another by more than chance would give: at least one is not a fair one, "
            "and the answer depends on which."
        )
    earlier = outcomes[0]["earlier"]
    if earlier.get("is_fall"):
        yield "The same test found a fall in the months before anything was done: the method is not to be trusted here."
    yield from outcomes[0]["impact"]["cautions"]


def _as_kept(found: Impact) -> dict[str, Any]:
    """Plain numbers, lists and words; statistics of the draws to four figures, which is more than a page shows."""
    kept = {name: _plain(each) for name, each in asdict(found).items()}
    return kept | {"placebo": [round(each, 4) for each in kept["placebo"]]}


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return value if np.isfinite(value) else None
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return {str(key): _plain(each) for key, each in value.items()} if isinstance(value, dict) else value
