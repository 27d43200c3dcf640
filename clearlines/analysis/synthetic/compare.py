"""From a panel and two windows to an answer: weights, effects, errors, and what is said of them."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from clearlines.analysis.synthetic import resampling, sentences
from clearlines.analysis.synthetic.answer import Effect, Omnibus, Period, Synthetic
from clearlines.analysis.synthetic.calibration import COVARIATE, NUMBER, OUTCOME, Balance, Weights
from clearlines.analysis.synthetic.effects import (
    LOWER,
    SIDES,
    TWO,
    UPPER,
    Comparison,
    Joined,
    compared,
    interval,
    joined,
    p_value,
)  # fmt: skip
from clearlines.analysis.synthetic.panel import Panel
from clearlines.analysis.synthetic.resampling import Design, Jackknife, Placebos, Resampling

Label = tuple[int, str, Any]
# A total below this is rounding, not an incident.
NOTHING = 1e-9


def synthetic(
    panel: Panel,
    first: Any,
    last: Any,
    *,
    level: float = 0.95,
    side: str = LOWER,
    resampled: Resampling = resampling.NONE,
) -> Synthetic:
    """What the treated had from `first` to `last`, beside the untreated weighed to have had the same past.

    Weights meet the number of the treated, every covariate, and every outcome at every time before `first`. `level`
    lies between 0 and 1; `side` is lower (did it fall?), upper or two. No untreated unit, no treated one, or windows
    the panel does not hold: ValueError, whose text is a sentence. Source: Robbins, Saunders and Kilmer 2017.
    """
    if not 0 < level < 1:
        raise ValueError(f"the level must lie between 0 and 1, such as 0.95, not {level}")
    if side not in SIDES:
        raise ValueError(f"the side must be lower, upper or two, not {side}")
    panel = panel.sorted_by_unit()
    work = _Work.of(panel, first, last)
    design = Design(work.balance, work.counts[:, :, work.after], work.found.tier, side)
    asked = resampled
    placebos = resampling.placebos(design, len(work.treated), asked) if asked.permutations else None
    jackknife = resampling.jackknife(design, work.treated, asked) if asked.jackknife else None
    return _answer(panel, work, _Errors(level, side, placebos, jackknife))


class _Errors(NamedTuple):
    level: float
    side: str
    placebos: Placebos | None
    jackknife: Jackknife | None


class _Work(NamedTuple):
    """The panel as arrays: which rows, which columns, the constraints, and the weights that meet them."""

    treated: np.ndarray
    counts: np.ndarray
    before: np.ndarray
    after: np.ndarray
    labels: Sequence[Label]
    balance: Balance
    found: Weights

    @classmethod
    def of(cls, panel: Panel, first: Any, last: Any) -> "_Work":
        before, after = panel.between(first, last)
        treated, controls = np.flatnonzero(panel.treated), np.flatnonzero(~panel.treated)
        if not len(treated):
            raise ValueError("no unit is treated: nothing was done that could be evaluated")
        if not len(controls):
            raise ValueError("every unit is treated: there is nobody to compare them with")
        counts = np.stack(list(panel.outcomes.values()), axis=1)
        labels, columns = _constraints(panel, counts, before)
        balance = Balance(columns, np.array([kind for kind, _, _ in labels]), controls)
        found = balance.weighed(treated, controls)
        if found is None:
            raise ValueError("no weights could be found: look for units or times with counts out of all proportion")
        return cls(treated, counts, before, after, labels, balance, found)

    def compared(self, columns: np.ndarray) -> Comparison:
        return compared(self.counts[:, :, columns], self.treated, self.found, len(self.counts))


def _constraints(panel: Panel, counts: np.ndarray, before: np.ndarray) -> tuple[list[Label], np.ndarray]:
    times = [each for each, is_before in zip(panel.times, before, strict=True) if is_before]
    labels: list[Label] = [(NUMBER, "the number of treated units", None)]
    labels += [(COVARIATE, name, None) for name in panel.covariates]
    labels += [(OUTCOME, name, time) for name in panel.outcomes for time in times]
    past = counts[:, :, before].reshape(len(counts), -1)
    return labels, np.column_stack([np.ones(len(counts)), *panel.covariates.values(), past])


def _answer(panel: Panel, work: _Work, errors: _Errors) -> Synthetic:
    whole = work.compared(work.after)
    effects = _effects(panel, work, errors, whole)
    ours, many = work.found.weights[work.balance.controls], len(work.treated)
    before, after = ([time for time, is_in in zip(panel.times, some, strict=True) if is_in] for some in work[2:4])
    return Synthetic(
        outcomes={each.name: each for each in effects},
        omnibus=_omnibus(whole, errors, many),
        balance_error=float(np.abs(work.found.error).max()),
        weights_nonzero=int((ours > 0).sum()),
        weights_effective=float(ours.sum() ** 2 / (ours @ ours)),
        treated_units=many,
        untreated_units=len(ours),
        before=(before[0], before[-1]),
        after=(after[0], after[-1]),
        level=errors.level,
        side=errors.side,
        placebos=errors.placebos,
        jackknife=errors.jackknife,
        relaxed=tuple(sentences.relaxations(work.labels, work.found, work.balance.columns[work.treated].sum(axis=0))),
        notes=(*panel.notes, *_notes(panel, work, errors, effects)),
        units=tuple(panel.units),
        weights=work.found.weights,
    )


def _notes(panel: Panel, work: _Work, errors: _Errors, effects: Sequence[Effect]) -> Iterator[str]:
    untreated = np.where(panel.treated, 0, work.found.weights)
    yield from sentences.of_weights(untreated, panel.units, len(work.treated))
    yield from sentences.of_errors(effects, int(work.after.sum()), errors.level)
    yield from sentences.of_placebos(errors.placebos, errors.side)
    yield from sentences.of_jackknife(errors.jackknife)


def _effects(panel: Panel, work: _Work, errors: _Errors, whole: Comparison) -> list[Effect]:
    shown = np.flatnonzero(work.before | work.after)
    by_time = [work.compared(np.array([at])) for at in shown.tolist()]
    effects = []
    for outcome, name in enumerate(panel.outcomes):
        had = float(work.counts[work.treated, outcome][:, work.before].sum())
        figures = _Figures(whole, outcome, len(work.treated), errors, had)
        periods = tuple(
            _Figures(one, outcome, len(work.treated), errors, had).of_time(panel.times[at], bool(work.after[at]))
            for at, one in zip(shown.tolist(), by_time, strict=True)
        )
        effect = Effect(name=name, periods=periods, sentence="", **figures.of_all())
        effects.append(replace(effect, sentence=sentences.of_an_effect(effect, errors.level)))
    return effects


class _Figures(NamedTuple):
    """What may be said of one outcome: a change only with a base, an interval only with an error."""

    seen: Comparison
    at: int
    many: int
    errors: _Errors
    had_before: float

    def of_all(self) -> dict[str, Any]:
        seen, at, placebos, jackknife = self.seen, self.at, self.errors.placebos, self.errors.jackknife
        difference = float(seen.difference[at])
        perm = _ranked(placebos.z[:, at], float(seen.z[at]), self.errors.side, placebos) if placebos else (None, None)
        low, high = self._interval(seen.log_variance[at])
        clustered = self._interval(seen.log_clustered[at])
        left_out = self._interval(jackknife.log_se[at] ** 2) if jackknife else (None, None)
        return {
            "treated": float(seen.treated[at]), "synthetic": float(seen.synthetic[at]),
            "change": self.change, "why_no_change": self.why_no_change,
            "linear_p": self._p(difference, seen.variance[at]), "low": low, "high": high,
            "clustered_p": self._p(difference, seen.clustered[at]),
            "clustered_low": clustered[0], "clustered_high": clustered[1],
            "perm_p": perm[0], "perm_mc_error": perm[1],
            "jackknife_p": self._p(difference, jackknife.se[at] ** 2) if jackknife else None,
            "jackknife_low": left_out[0], "jackknife_high": left_out[1],
            "placebo_differences": placebos.treated[:, at] - placebos.synthetic[:, at] if placebos else np.zeros(0),
        }  # fmt: skip

    def of_time(self, time: Any, is_after: bool) -> Period:
        seen, at = self.seen, self.at
        totals = float(seen.treated[at]), float(seen.synthetic[at])
        if not is_after:
            return Period(time, *totals, is_after)
        low, high = self._interval(seen.log_variance[at])
        return Period(
            time, *totals, is_after, self.change, low, high, self._p(float(seen.difference[at]), seen.variance[at])
        )

    @property
    def why_no_change(self) -> str:
        if self.had_before < NOTHING:
            return sentences.NO_BASELINE
        if self.seen.synthetic[self.at] < NOTHING:
            return sentences.NONE_IN_SYNTHETIC
        return sentences.NONE_IN_TREATED if self.seen.treated[self.at] < NOTHING else ""

    @property
    def change(self) -> float | None:
        return None if self.why_no_change else float(self.seen.treated[self.at] / self.seen.synthetic[self.at] - 1)

    def _interval(self, log_variance: float) -> tuple[float, float] | tuple[None, None]:
        if self.change is None or self.many < 2 or not math.isfinite(log_variance):
            return None, None
        return interval(1 + self.change, math.sqrt(log_variance), self.errors.level)

    def _p(self, difference: float, variance: float) -> float | None:
        if self.many < 2 or not variance > 0:
            return None
        return p_value(difference / math.sqrt(variance), self.errors.side)


def _omnibus(whole: Comparison, errors: _Errors, many: int) -> Omnibus:
    linear = joined(whole.z, whole.joint, errors.side)
    clustered = joined(whole.z_clustered, whole.joint_clustered, errors.side)
    perm = _omnibus_ranked(linear, errors) if errors.placebos else (None, None)
    return Omnibus(linear.p if many > 1 else None, clustered.p if many > 1 else None, *perm)


def _omnibus_ranked(linear: Joined, errors: _Errors) -> tuple[float, float]:
    assert errors.placebos is not None
    # Wald's form is far out when it is large, whichever way the outcomes moved.
    side = UPPER if errors.side == TWO else errors.side
    return _ranked(errors.placebos.joined, linear.statistic, side, errors.placebos)


def _ranked(drawn: np.ndarray, ours: float, side: str, placebos: Placebos) -> tuple[float, float]:
    """(1 + groups at least as far out) / (1 + groups), and the chance error of having drawn only so many."""
    if side == TWO:
        drawn, ours, side = np.abs(drawn), abs(ours), UPPER
    far = drawn <= ours + NOTHING if side == LOWER else drawn >= ours - NOTHING
    p = (1 + int(far.sum())) / (1 + len(drawn))
    return p, 0.0 if placebos.is_every_group else math.sqrt(p * (1 - p) / max(1, len(drawn)))
