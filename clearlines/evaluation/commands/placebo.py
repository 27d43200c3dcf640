"""`clearlines evaluate placebo`: the default design on real counts where nobody did anything."""

import time
from pathlib import Path
from typing import Any

import click

from clearlines.evaluation.commands.words import sentence


@click.command()
@click.option("--counts", type=click.Path(path_type=Path), required=True, help="Parquet or CSV, or a police.uk folder.")
@click.option("--crime-type", required=True, help="One kind of crime, as the file has it.")
@click.option("--select-from", required=True, metavar="MONTH", help="First month on which areas are chosen.")
@click.option("--select-to", required=True, metavar="MONTH", help="Last month on which areas are chosen.")
@click.option("--pre-from", required=True, metavar="MONTH", help="First month before.")
@click.option("--pre-to", required=True, metavar="MONTH", help="Last month before.")
@click.option("--post-from", required=True, metavar="MONTH", help="First month after.")
@click.option("--post-to", required=True, metavar="MONTH", help="Last month after.")
@click.option("--top", type=int, default=10, show_default=True, help="How many areas are treated in each draw.")
@click.option("--draws", type=int, default=200, show_default=True, help="How many random halves.")
@click.option("--plant", type=float, help="A fall to plant and look for, such as 0.5 for a halving.")
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed gives the same answer.")
@click.pass_obj
def placebo(console: Any, **given: Any) -> None:
    """How often the default design says "a fall" where nothing was done, and how often it finds a planted one.

    Each draw takes a random half of the areas and treats its hottest in the chosen months, as a programme would;
    every other area may be compared with. The test is one-sided at 5 %. Beside it stand the usual ways on the same
    draws: the chosen months taken as the baseline, against the rest of the force.

    \b
    For example:
      clearlines evaluate placebo --counts counts.parquet --crime-type Drugs \\
          --select-from 2024-01 --select-to 2024-04 --pre-from 2025-01 --pre-to 2025-04 \\
          --post-from 2025-05 --post-to 2025-08 --top 10 --draws 200 --plant 0.5

    \b
    Answer: false_positive_rate, detection_rate; and false_positive_mc_error,
    detection_mc_error, false_verdict_rate, found_verdict_rate (as the pages word
    it: the 95 % interval lies below no change), usual_false_positive_rate,
    usual_wdd_false_positive_rate, usual_apart_false_positive_rate,
    treated_before, too_few_rate, plant, areas, top, draws, seed, method,
    dropped, seconds.
    Counts: columns month, lsoa_code, crime_type, n.
    Errors: exit 2 for a file, a kind or a month that is not there, two rows for
    one month, area and kind, overlapping windows, or too few areas.
    Method: clearlines.analysis.placebo.
    """
    began = time.perf_counter()
    try:
        answer = worked_out(**given)
    except ValueError as wrong:
        raise click.UsageError(sentence(wrong)) from None
    answer["seconds"] = round(time.perf_counter() - began, 3)
    console.show(answer, text=in_words(answer))


def worked_out(counts: Path, crime_type: str, **given: Any) -> dict[str, Any]:
    """The keys that --json promises, but for the time it took."""
    from dataclasses import asdict

    from clearlines.analysis import placebo
    from clearlines.evaluation.commands.counts import table, window

    spans = {
        name: window(given[f"{short}_from"], given[f"{short}_to"], name)
        for name, short in (("chosen on", "select"), ("before", "pre"), ("after", "post"))
    }
    held = table(counts, crime_type, spans)
    asked = {name: given[name] for name in ("top", "draws", "plant", "seed")}
    found = placebo.placebo(held.counts, *(held.within(each) for each in spans.values()), **asked)
    return asdict(found) | {"dropped": list(held.dropped)}


def in_words(answer: dict[str, Any]) -> str:
    lines = [
        f"With nothing done the design said a fall in {_share(answer, 'false_positive')} of {answer['draws']} draws.",
    ]
    if answer["plant"] is not None:
        lines.append(f"A planted fall of {answer['plant']:.0%} was found in {_share(answer, 'detection')}.")
    lines += [
        f"The usual way would have said a fall in {answer['usual_false_positive_rate']:.1%} of them; "
        f"the weighted displacement difference in {answer['usual_wdd_false_positive_rate']:.1%}; "
        f"with the baseline kept apart, {answer['usual_apart_false_positive_rate']:.1%}.",
        f"{answer['areas']} areas, {answer['top']} treated, {answer['treated_before']:.0f} records before in half the "
        f"draws or more; seed {answer['seed']}, {answer['method']}.",
        *answer["dropped"],
    ]
    if answer["too_few_rate"]:
        lines.append(f"In {answer['too_few_rate']:.0%} of draws there were too few records before to tell.")
    return "\n".join(lines)


def _share(answer: dict[str, Any], name: str) -> str:
    return f"{answer[f'{name}_rate']:.1%} (± {answer[f'{name}_mc_error']:.1%})"
