"""Many small areas weighed to have one past: ours beside what one would write first, in one run.

    .venv/bin/python bench/evaluation_synth.py [--panel FILE] [--runs 9] [--permutations 250 2000]

The panel is the Seattle drug market intervention (9,642 blocks, 16 quarters, 39 treated), which is not shipped: it is
looked for where CLEARLINES_REAL_DATA points, else beside the checkout. "Plain" is the same dual given to scipy's
L-BFGS-B as it stands, and scipy's nnls for a balance alone; each is run once on the main weights and on three placebo
groups, and its time for all of them is worked out from those three over two processes, and printed as that. pysyncon
is named where it is installed: it makes weights for one treated unit against few, and has no form for 39 against
9,603. Times are this machine's; compare ratios, and on a busy one the processor's time, which is over all processes.
Bounds: weights and effects 0.3 s, 250 groups 5 s, 2,000 groups 30 s, 1 GB.
"""

import os

# As the command does: several threads of linear algebra only wait for one another here.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import importlib.util
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np
from scipy.optimize import minimize, nnls

from clearlines.analysis.synthetic import Columns, Panel, Resampling, read_panel, synthetic
from clearlines.evaluation.commands.synth import table

COLUMNS = Columns(
    "ID", "time", "Intervention", ("i_felony", "i_misdemea", "i_drugs", "any_crime"),
    ("TotalPop", "BLACK", "HISPANIC", "Males_1521", "HOUSEHOLDS", "FAMILYHOUS", "FEMALE_HOU", "RENTER_HOU",
     "VACANT_HOU"),
)  # fmt: skip


def timed(act: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    answer = act()
    return time.perf_counter() - began, answer


def line(what: str, seconds: float, note: str, bound: float | None = None) -> None:
    met = "" if bound is None else f"  bound {bound:g} s {'met' if seconds < bound else 'MISSED'}"
    print(f"  {what:<42} {seconds:9.3f} s  {note}{met}")


def processor() -> float:
    """Seconds of processor, of this process and those it started."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def columns_of(panel: Panel) -> np.ndarray:
    past = [counts[:, :12] for counts in panel.outcomes.values()]
    return np.column_stack([np.ones(len(panel.units)), *panel.covariates.values(), *past])


def plainly(among: np.ndarray, totals: np.ndarray) -> np.ndarray:
    """The dual as it stands in the books, columns only put to one scale, given to a general optimiser."""
    scale = np.maximum(np.abs(among).max(axis=0), 1)
    rows, wanted, alike = among / scale, totals / scale, totals[0] / len(among)

    def dual(multipliers: np.ndarray) -> tuple[float, np.ndarray]:
        weights = np.maximum(alike + rows @ multipliers, 0)
        return float(0.5 * weights @ weights - wanted @ multipliers), weights @ rows - wanted

    found = minimize(dual, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B",
                     options={"maxiter": 20_000, "maxfun": 20_000, "ftol": 1e-15, "gtol": 1e-9})  # fmt: skip
    return np.maximum(alike + rows @ found.x, 0)


def beside(panel: Panel, groups: list[int]) -> None:
    columns, untreated = columns_of(panel), np.flatnonzero(~panel.treated)
    among, totals = columns[untreated], columns[panel.treated].sum(axis=0)
    chance = np.random.default_rng(1)
    some = [chance.choice(len(untreated), int(panel.treated.sum()), replace=False) for _ in range(3)]
    for what, act in [("plain: L-BFGS-B on the dual", plainly), ("plain: nnls, balance alone", balanced)]:
        seconds, weights = timed(lambda act=act: act(among, totals))
        off = np.abs(weights @ among - totals).max()
        line(what, seconds, f"off by {off:.1e}, {int((weights > 0).sum())} carry weight")
        each = statistics.mean(
            timed(lambda act=act, out=out: act(np.delete(among, out, axis=0), among[out].sum(axis=0)))[0]
            for out in some
        )
        for many in groups:
            line(f"  … {many:,} placebo groups", each * many / 2, "worked out from three, over two processes")
    is_there = importlib.util.find_spec("pysyncon") is not None
    print(f"  pysyncon {'is' if is_there else 'is not'} installed; it has no form for many treated units")


def balanced(among: np.ndarray, totals: np.ndarray) -> np.ndarray:
    return nnls(among.T, totals, maxiter=20_000)[0]


def memory() -> str:
    """The most that this process, and the largest of those it started, ever held."""
    most = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    ours, theirs = most
    return f"most memory: {ours:,.0f} MB here, {theirs:,.0f} MB in the larger of two more"


def main() -> None:
    said = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    folder = Path(os.environ.get("CLEARLINES_REAL_DATA", ROOT.parent / "shared" / "data"))
    said.add_argument("--panel", type=Path, default=folder / "seattledmi" / "seattledmi.parquet")
    said.add_argument("--runs", type=int, default=9)
    said.add_argument("--permutations", type=int, nargs="*", default=[250, 2000])
    given = said.parse_args()
    if not given.panel.is_file():
        sys.exit(f"There is no panel at {given.panel.name}: give one with --panel.")
    read = [timed(lambda: read_panel(table(given.panel, COLUMNS), COLUMNS, "13", "16")) for _ in range(given.runs)]
    panel, first, last = read[0][1]
    print(f"{len(panel.units):,} units, {len(panel.times)} times, {int(panel.treated.sum())} treated; DuckDB and numpy "
          f"{np.__version__}; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")  # fmt: skip
    worked = [timed(lambda: synthetic(panel, first, last)) for _ in range(given.runs)]
    answer = worked[0][1]
    line("ours: reading", statistics.median(each for each, _ in read), f"median of {given.runs}")
    note = f"median of {given.runs}, off by {answer.balance_error:.1e}, {answer.weights_nonzero} carry weight"
    line("ours: weights and effects", statistics.median(each for each, _ in worked), note, 0.3)
    for many, bound in zip(given.permutations, [5.0, 30.0, *[None] * 9], strict=False):
        resampled = Resampling(many, False, np.random.default_rng(1), 2)
        used = processor()
        seconds, found = timed(lambda r=resampled: synthetic(panel, first, last, resampled=r))
        note = f"once, processor {processor() - used:.1f} s, {found.placebos.failed} failed"
        line(f"ours: with {many:,} placebo groups", seconds, note, bound)
    print(f"  {memory()}")
    beside(panel, given.permutations)


if __name__ == "__main__":
    main()
