"""How often the default design cries "a fall" on real months in which nothing was done, by force and kind of crime.

    .venv/bin/python bench/evaluation_placebo.py --force Merseyside=counts.parquet --force Cumbria=police_uk/ \
        [--draws 60] [--top 5,10,20] [--kind Drugs] [--toml known_rates.toml]

For each force, kind and pair of windows: draws of random halves, the hottest taken as treated, the one-sided test at
5 %; with nothing planted, and with half of the treated areas' records taken away. Beside it the usual way: the months
on which the areas were chosen as the baseline, a Poisson test against the rest of the force. Draws of one force,
kind and windows share the same months and mostly the same hot areas, so a row moves by far more than its Monte-Carlo
error; the mean over rows is what the design is held to. Rows whose treated areas have under twenty records before
are left out of the means, and counted. `--toml` writes what the pages quote.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

# One thread each, as the rows are shared out over processes.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from clearlines.analysis.impact import FEWEST_BEFORE
from clearlines.analysis.placebo import METHOD, Placebo, placebo
from clearlines.evaluation.commands.counts import Window, rows_of, table

NAMES = ("chosen on", "before", "after")
# The months in the public data: chosen on, before, after.
WINDOWS = [
    ("2024-01/2024-04", "2025-01/2025-04", "2025-05/2025-08"),
    ("2024-01/2024-04", "2025-05/2025-08", "2025-09/2025-12"),
    ("2024-01/2024-04", "2025-01/2025-06", "2025-07/2025-12"),
    ("2025-01/2025-03", "2025-04/2025-06", "2025-07/2025-09"),
    ("2025-04/2025-06", "2025-07/2025-09", "2025-10/2025-12"),
    ("2025-01/2025-04", "2025-05/2025-08", "2025-09/2025-12"),
    ("2018-10/2019-02", "2024-01/2024-04", "2025-01/2025-04"),
    ("2018-10/2019-02", "2025-01/2025-06", "2025-07/2025-12"),
]


class Asked(NamedTuple):
    force: str
    path: Path
    kind: str
    windows: tuple[str, str, str]
    top: int
    draws: int


class Row(NamedTuple):
    asked: Asked
    found: Placebo | None


def one(asked: Asked) -> Row:
    spans = {name: Window(*each.split("/")) for name, each in zip(NAMES, asked.windows, strict=True)}
    try:
        held = _table(asked.path, asked.kind, tuple(spans.items()))
        masks = [held.within(each) for each in spans.values()]
        return Row(asked, placebo(held.counts, *masks, top=asked.top, draws=asked.draws, plant=0.5, seed=1))
    except ValueError:
        return Row(asked, None)


@lru_cache(maxsize=4)
def _table(path: Path, kind: str, spans: tuple[tuple[str, Window], ...]) -> Any:
    return table(path, kind, dict(spans))


def mean(rows: Iterable[Row], name: str) -> float:
    return statistics.mean(getattr(row.found, name) for row in rows)


def grouped(rows: list[Row], by: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(str(getattr(row.asked, by)), []).append(row)
    return groups


def line(name: str, rows: list[Row]) -> str:
    told = [mean(rows, each) for each in ("false_positive_rate", "detection_rate", "false_verdict_rate")]
    told += [mean(rows, each) for each in ("found_verdict_rate", "usual_false_positive_rate")]
    return f"{name:46}" + "".join(f"{each:9.3f}" for each in told) + f"{len(rows):7}"


def show(rows: list[Row]) -> None:
    print(f"{'':46}    false    found  verdict  verdict    usual   rows")
    print(f"{'':46}     p 5%     p 5%    false    found    false")
    for force, of_force in grouped(rows, "force").items():
        for kind, of_kind in sorted(grouped(of_force, "kind").items()):
            print(line(f"{force}, {kind}", of_kind))
    for by in ("top", "windows", "force"):
        for name, some in grouped(rows, by).items():
            print(line(f"{by} {name}"[:45], some))
    print(line("all", rows))
    enough = [row for row in rows if row.found and row.found.treated_before >= 2 * FEWEST_BEFORE]
    if enough:
        print(line(f"all with {2 * FEWEST_BEFORE} records before or more", enough))


def as_toml(rows: list[Row]) -> str:
    made = [
        "# What the default design said on real months in which nothing was done, and of a planted halving.",
        "# Made by bench/evaluation_placebo.py --toml; never edited by hand.",
        "# Counts: data.police.uk, Open Government Licence v3.",
        f'method = "{METHOD}"',
        "planted = 0.5",
        "",
    ]
    for force, of_force in grouped(rows, "force").items():
        for kind, some in sorted(grouped(of_force, "kind").items()):
            windows = sorted({" | ".join(row.asked.windows) for row in some})
            made += [
                "[[rates]]",
                f'force = "{force}"',
                f'crime_type = "{kind}"',
                f"windows = [{', '.join(chr(34) + each + chr(34) for each in windows)}]",
                f"tops = {sorted({row.asked.top for row in some})}",
                f"false_positive = {mean(some, 'false_positive_rate'):.3f}",
                f"detection = {mean(some, 'detection_rate'):.3f}",
                f"false_verdict = {mean(some, 'false_verdict_rate'):.3f}",
                f"found_verdict = {mean(some, 'found_verdict_rate'):.3f}",
                f"usual_false_positive = {mean(some, 'usual_false_positive_rate'):.3f}",
                f"treated_before = {statistics.median(row.found.treated_before for row in some if row.found):.0f}",
                f"draws = {sum(row.asked.draws for row in some)}",
                "",
            ]
    return "\n".join(made)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--force", action="append", required=True, metavar="NAME=FILE")
    words.add_argument("--draws", type=int, default=60)
    words.add_argument("--top", default="5,10,20")
    words.add_argument("--kind", action="append")
    words.add_argument("--toml", type=Path)
    given = words.parse_args()
    asked = []
    for name, path in (each.split("=", 1) for each in given.force):
        kinds = given.kind or sorted({row[2] for row in rows_of(Path(path))})
        tops = [int(each) for each in given.top.split(",")]
        asked += [
            Asked(name, Path(path), kind, windows, top, given.draws)
            for kind in kinds
            for windows in WINDOWS
            for top in tops
        ]
    began = time.perf_counter()
    with ProcessPoolExecutor(2) as several:
        rows = list(several.map(one, asked, chunksize=3))
    enough = [row for row in rows if row.found and row.found.treated_before >= FEWEST_BEFORE]
    show(enough)
    print(f"{len(rows) - len(enough)} rows left out: too few areas, or under {FEWEST_BEFORE} records before")
    print(f"{time.perf_counter() - began:.0f} s, {given.draws} draws a row")
    if given.toml:
        given.toml.write_text(as_toml(enough))


if __name__ == "__main__":
    main()
