"""How long the panel's fixed effects take, beside statsmodels with a dummy for every area and month, in one run.

    .venv/bin/python bench/evaluation_panel.py

statsmodels is fitted only where its dummies fit in reason, at 400 areas for over a minute; the last lines are ours
alone, at a force's size. `apart` is how far the two answers lie apart. Times are this machine's; compare ratios.
"""

import os
import statistics
import sys
import time
from pathlib import Path

# Both on one thread: on a busy machine many threads wait for one another, statsmodels' most of all.
os.environ |= dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import statsmodels.api as sm

from clearlines.analysis.panel import CountPanel, by_chance, difference_in_differences, event_study
from clearlines.analysis.panel.fitting import fit

TIMES = 5


def made(areas: int, months: int, treated: int = 10) -> CountPanel:
    rng = np.random.default_rng(2018)
    counts = rng.poisson(rng.gamma(3, 1.2, (areas, 1)) + 0.3, (areas, months))
    names = tuple(f"{at:03}" for at in range(months))
    return CountPanel(tuple(map(str, range(areas))), names, counts, np.arange(areas) < treated, months // 2)


def median_of(run, times: int = TIMES) -> tuple[float, object]:
    took = []
    for _ in range(times):
        began = time.perf_counter()
        found = run()
        took.append(time.perf_counter() - began)
    return statistics.median(took), found


def with_dummies(panel: CountPanel, column: np.ndarray):
    areas, months = panel.counts.shape
    by_area = np.kron(np.eye(areas), np.ones((months, 1)))
    by_month = np.kron(np.ones((areas, 1)), np.eye(months))[:, 1:]
    design = np.hstack([column.reshape(-1, 1), by_area, by_month])
    groups = np.repeat(np.arange(areas), months)
    return sm.GLM(panel.counts.ravel(), design, family=sm.families.Poisson()).fit(
        cov_type="cluster", cov_kwds={"groups": groups}
    )


def beside(areas: int, months: int) -> None:
    panel = made(areas, months)
    column = (panel.treated[:, None] & panel.after[None, :]).astype(float)
    ours, found = median_of(lambda: fit(panel.counts, column[:, :, None], panel.treated))
    theirs, other = median_of(lambda: with_dummies(panel, column), 3)
    # They count the areas' dummies among the parameters.
    n, counted = panel.counts.size, np.sqrt((panel.counts.size - areas - months) / (panel.counts.size - months))
    print(
        f"{areas:>6} areas x {months} months ({n:,}): ours {1000 * ours:8.1f} ms   statsmodels {1000 * theirs:9.1f} ms"
        f"   log ratio apart {abs(found.effects[0] - other.params[0]):.1e}"
        f"   error apart {abs(np.sqrt(found.clustered[0, 0]) / (other.bse[0] * counted) - 1):.1e}"
    )


def main() -> None:
    print(f"Poisson with area and month effects, errors clustered by area; median of {TIMES}, of 3 for statsmodels:")
    for areas, months in ((40, 24), (80, 24), (120, 24)):
        beside(areas, months)
    force = made(1500, 60)
    for name, run in {
        "poisson": lambda: difference_in_differences(force),
        "negbin": lambda: difference_in_differences(force, family="negbin"),
        "event study by quarter": lambda: event_study(force, every=3),
        "999 random choices": lambda: by_chance(force, rng=np.random.default_rng(1)),
    }.items():
        print(f"{1500:>6} areas x 60 months, {name}: {1000 * median_of(run)[0]:8.1f} ms")


if __name__ == "__main__":
    main()
