"""`clearlines evaluate synth`: a panel of many small areas at a prompt."""

import glob
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clearlines.evaluation.commands.words import sentence

if TYPE_CHECKING:
    import numpy as np

    from clearlines.analysis.synthetic import Columns, Effect, Synthetic

MOST_PERMUTATIONS = 100_000
PROCESSES = 2


def names(_: click.Context, __: click.Parameter, given: str | None) -> tuple[str, ...]:
    return tuple(each.strip() for each in (given or "").split(",") if each.strip())


@click.command()
@click.option("--panel", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True,
              help="A CSV or Parquet file, one row for each unit and time.")  # fmt: skip
@click.option("--unit", required=True, metavar="COL", help="The column that names the unit.")
@click.option("--time", "time_column", required=True, metavar="COL", help="The column of times.")
@click.option("--treated", required=True, metavar="COL", help="The column that is 1 where work was done, 0 elsewhere.")
@click.option("--from", "first", required=True, metavar="T", help="The first time after; all times before are matched.")
@click.option("--to", "last", required=True, metavar="T", help="The last time after.")
@click.option("--outcomes", callback=names, required=True, metavar="A,B", help="Columns of counts.")
@click.option("--covariates", callback=names, metavar="C,D", help="Columns of what a unit was like before.")
@click.option("--permutations", type=click.IntRange(0, MOST_PERMUTATIONS), default=0, help="How many placebo groups.")
@click.option("--jackknife", is_flag=True, help="Leave groups of units out in turn.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="For placebo groups and jackknife.")
@click.option("--level", type=float, default=0.95, show_default=True, help="Confidence of the intervals.")
@click.option("--side", type=click.Choice(["lower", "upper", "two"]), default="lower", show_default=True,
              help="Did it fall, did it rise, or did it change?")  # fmt: skip
@click.pass_obj
def synth(console: Any, **given: Any) -> None:
    """Treated areas beside untreated ones weighed to have had the same past.

    Counts are whole incidents of one kind for each unit and time. Untreated units are given weights of at least nought
    so that together they equal the treated in number, in each covariate, and in each outcome at each time before.

    \b
    For example:
      clearlines evaluate synth --panel blocks.parquet --unit ID --time quarter --treated done \\
          --from 13 --to 16 --outcomes felonies,thefts --covariates population --permutations 250

    \b
    Answer: outcomes{NAME: {treated, synthetic, change, linear_p, low, high, perm_p, perm_mc_error,
    clustered_p, …, by_period}}, balance_error, weights_nonzero, seconds; and omnibus, relaxed, notes.
    `change` is a fraction of synthetic; p-values ask whether it fell, unless --side says otherwise;
    `seconds` is how long reading the file and working out took.
    Errors: exit 2 for a column that is not there, a unit with a time missing or twice, a value that is
    missing, a negative count, nobody treated or nobody else, or no time before.
    Method: Robbins, Saunders and Kilmer (2017), JASA 112, 109-126; Deville and Särndal (1992).
    """
    try:
        found, seconds = worked_out(**given)
    except ValueError as wrong:
        raise click.UsageError(sentence(wrong)) from None
    console.show({**as_promised(found), "seconds": seconds}, text=in_words(found))


def worked_out(
    file: Path, first: str, last: str, *, permutations: int, jackknife: bool, seed: int, **more: Any
) -> tuple["Synthetic", float]:
    """The answer, and how long reading and working it out took once the libraries were there."""
    # Read when numpy loads: on matrices this small several threads only wait for one another.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import duckdb  # noqa: F401, so that the seconds are those of the work
    import numpy as np

    from clearlines.analysis.synthetic import Columns, Resampling, read_panel, synthetic

    began = time.perf_counter()
    columns = Columns(more["unit"], more["time_column"], more["treated"], more["outcomes"], more["covariates"])
    panel, start, end = read_panel(table(file, columns), columns, first, last)
    resampled = Resampling(permutations, jackknife, np.random.default_rng(seed), PROCESSES)
    found = synthetic(panel, start, end, level=more["level"], side=more["side"], resampled=resampled)
    return found, time.perf_counter() - began


def table(file: Path, columns: "Columns") -> dict[str, "np.ndarray"]:
    """The columns that are asked for, of a CSV or a Parquet file; a file that is neither: ValueError.

    DuckDB reads both without waiting for pandas, which would take longer than the answer.
    """
    import duckdb

    named = glob.escape(str(file))
    with duckdb.connect(config={"threads": PROCESSES}) as within:
        try:
            # A unit's code is a name, even if it looks like a number: 007 and 7 are two units.
            found = within.read_parquet(named) if is_parquet(file) else within.read_csv(named, sample_size=-1)
            there = [each for each in dict.fromkeys(columns.all) if each in found.columns]
            if not is_parquet(file) and columns.unit in there:
                found = within.read_csv(named, sample_size=-1, dtype={columns.unit: "VARCHAR"})
            read = found.select(*map(duckdb.ColumnExpression, there)).fetchnumpy() if there else {}
        except (duckdb.Error, UnicodeDecodeError):
            raise ValueError(f"{file.name} is neither a CSV nor a Parquet file that can be read") from None
    return {name: as_array(column) for name, column in read.items()}


def as_array(column: Any) -> "np.ndarray":
    """What is missing as None."""
    import numpy as np

    if not np.ma.isMaskedArray(column):
        return np.asarray(column)
    values = np.ma.getdata(column).astype(object)
    values[np.ma.getmaskarray(column)] = None
    return values


def is_parquet(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(4) == b"PAR1"


def as_promised(found: "Synthetic") -> dict[str, Any]:
    """The keys that --json promises, but for the seconds."""
    placebos, jackknife = found.placebos, found.jackknife
    return {
        "outcomes": {name: of_an_outcome(each) for name, each in found.outcomes.items()},
        "balance_error": found.balance_error,
        "weights_nonzero": found.weights_nonzero,
        "weights_effective": found.weights_effective,
        "omnibus": {
            name: getattr(found.omnibus, name) for name in ("linear_p", "clustered_p", "perm_p", "perm_mc_error")
        },
        "treated_units": found.treated_units,
        "untreated_units": found.untreated_units,
        "before": list(found.before),
        "after": list(found.after),
        "level": found.level,
        "side": found.side,
        "permutations": placebos.asked - placebos.failed if placebos else 0,
        "permutations_failed": placebos.failed if placebos else 0,
        "permutations_relaxed": placebos.relaxed if placebos else 0,
        "jackknife_groups": jackknife.groups if jackknife else 0,
        "relaxed": list(found.relaxed),
        "notes": list(found.notes),
        "assumptions": found.assumptions,
        "method": found.method,
    }


OF_AN_OUTCOME = (
    "treated", "synthetic", "change", "linear_p", "low", "high", "perm_p", "perm_mc_error", "clustered_p",
    "clustered_low", "clustered_high", "jackknife_p", "jackknife_low", "jackknife_high", "sentence",
)  # fmt: skip
OF_A_PERIOD = ("time", "treated", "synthetic", "change", "low", "high", "linear_p")


def of_an_outcome(effect: "Effect") -> dict[str, Any]:
    periods = [{name: getattr(each, name) for name in OF_A_PERIOD} for each in effect.by_period]
    return {name: getattr(effect, name) for name in OF_AN_OUTCOME} | {"by_period": periods}


def in_words(found: "Synthetic") -> str:
    head = (
        f"{found.treated_units} treated units beside {found.untreated_units:,} untreated, of which "
        f"{found.weights_nonzero} carry weight; matched from {found.before[0]} to {found.before[1]}, compared from "
        f"{found.after[0]} to {found.after[1]}."
    )
    lines = [head, "", *(each.sentence for each in found.outcomes.values()), "", *table_of(found), ""]
    return "\n".join([*lines, *found.relaxed, *found.notes, "", found.assumptions])


def table_of(found: "Synthetic") -> list[str]:
    """A row an outcome and one for all together: p by each of the errors, the placebos' with its chance error."""
    rows: list[tuple[str, Any, float | None]] = [
        (name, each, each.jackknife_p) for name, each in found.outcomes.items()
    ]
    rows.append(("all together", found.omnibus, None))
    wide = max(len(name) for name, _, _ in rows)
    head = f"  {'p, ' + found.side:<{wide}}  {'linear':>8} {'clustered':>9} {'jackknife':>9}  placebo"
    return [head, *(f"  {name:<{wide}}  {p_values(each, jackknife)}" for name, each, jackknife in rows)]


def p_values(each: Any, jackknife: float | None) -> str:
    linear, clustered, left_out = (
        "-" if p is None else f"{p:.4f}" for p in (each.linear_p, each.clustered_p, jackknife)
    )
    placebo = "-" if each.perm_p is None else f"{each.perm_p:.4f} ± {each.perm_mc_error:.4f}"
    return f"{linear:>8} {clustered:>9} {left_out:>9}  {placebo}"
