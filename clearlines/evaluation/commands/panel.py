"""`clearlines evaluate panel`: many areas over many months, by regression."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from clearlines.evaluation.commands.tables import frame_in
from clearlines.evaluation.commands.words import sentence

NEEDED = {"treated": "--treated", "start": "--from"}


@click.command()
@click.option("--panel", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True, metavar="FILE")
@click.option("--unit", required=True, metavar="COL", help="The column that names the area.")
@click.option("--time", required=True, metavar="COL", help="The column of months, such as 2022-02, or of numbers.")
@click.option("--treated", metavar="COL", help="The column that says 1 for a treated area, 0 for another.")
@click.option("--from", "start", metavar="T", help="The first month of work.")
@click.option("--outcome", required=True, metavar="COL", help="The column of counts.")
@click.option("--family", type=click.Choice(["poisson", "negbin"]), default="poisson", show_default=True)
@click.option("--event-study", is_flag=True, help="A ratio for each period, and a test of those before the start.")
@click.option("--every", type=click.IntRange(1), default=1, show_default=True, help="Months in a period.")
@click.option("--staggered", is_flag=True, help="Areas began at different times: then give --first.")
@click.option("--first", metavar="COL", help="The column of each area's first month of work, empty or 0 for never.")
@click.option("--level", type=float, default=0.95, show_default=True, help="Confidence of the intervals.")
@click.option(
    "--draws", type=click.IntRange(0, 100_000), default=999, show_default=True, help="Random choices of areas."
)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Of the random choices.")
@click.pass_obj
def panel(console: Any, **given: Any) -> None:
    """Did counts change where the work was done by another share than elsewhere, month and area allowed for?

    One row for each area and month, in CSV or Parquet. The outcome must be victim- or caller-generated: what police
    did rises with their work.

    \b
    For example:
      clearlines evaluate panel --panel months.csv --unit lsoa --time month \\
          --treated hotspot --from 2022-02 --outcome burglary
      clearlines evaluate panel --panel months.csv --unit lsoa --time month \\
          --treated hotspot --from 2022-02 --outcome burglary --event-study --every 3
      clearlines evaluate panel --panel months.csv --unit lsoa --time month \\
          --outcome burglary --staggered --first began

    \b
    Answer: ratio, low, high, level, log_ratio, se, clustered_se, p, df, family, dispersion,
    treated_before, treated_after, others_before, others_after, expected, treated_areas,
    other_areas, months_before, months_after, dropped_areas, dropped_months, smallest_seen,
    too_few, verdict, sentences [], cautions [], assumptions, by_chance {p, mc_error, draws}.
    With --event-study also event_study {periods [{number, first, last, ratio, low, high,
    treated, others}], pre_trend {f, p, periods, df, sentence}, every, dropped_months,
    cautions []}. With --staggered instead: effect, se, low, high, level, p, df, baseline,
    treated_before, treated_areas, never_areas, since [{period, effect, low, high, cohorts}],
    cohorts [{first, areas, effect, low, high}], every, dropped_areas, dropped_months, too_few,
    verdict, sentences [], cautions [], assumptions.
    Errors: exit 2 for a column that is not there, a count that is missing or none, a start
    that is not among the months, or too few areas or incidents for the method.
    Method: Poisson or negative-binomial regression with an effect for each area and month,
    errors clustered by area; Callaway and Sant'Anna (2021) for areas that began apart.
    """
    _complete(given)
    frame = frame_in(given.pop("panel"))
    try:
        answer, said = _staggered(frame, given) if given["staggered"] else _together(frame, given)
    except ValueError as wrong:
        raise click.UsageError(sentence(wrong)) from None
    console.show(answer, text="\n".join(said))


def _complete(given: dict[str, Any]) -> None:
    if given["staggered"]:
        if given["first"] is None:
            raise click.UsageError("--staggered needs --first, the column of each area's first month of work.")
        if given["event_study"]:
            raise click.UsageError("--staggered has its own answer by month since the start: leave out --event-study.")
        return
    if missing := [option for name, option in NEEDED.items() if given[name] is None]:
        raise click.UsageError(f"Give {missing[0]} too, or --staggered with --first.")


def _together(frame: Any, given: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    import numpy as np

    from clearlines.analysis.panel import difference_in_differences, event_study, panel_of

    columns = {name: given[name] for name in ("unit", "time", "treated", "outcome", "start")}
    made = panel_of(frame, **columns)
    model = {"family": given["family"], "level": given["level"]}
    rng = np.random.default_rng(given["seed"]) if given["draws"] else None
    found = difference_in_differences(made, rng=rng, draws=given["draws"], **model)
    answer = asdict(found) | {"verdict": found.verdict}
    said = [*found.sentences, *found.cautions, *_numbers(found)]
    if given["event_study"]:
        each = event_study(made, every=given["every"], **model)
        kept = ("periods", "pre_trend", "every", "dropped_months", "cautions")
        answer["event_study"] = {name: asdict(each)[name] for name in kept}
        said += ["", *_periods(each)]
    return answer, [*said, "", found.assumptions]


def _numbers(found: Any) -> list[str]:
    chance = found.by_chance
    return [
        "",
        f"  ratio {found.ratio:.3f}   {found.level:.0%} interval {found.low:.3f} to {found.high:.3f}   p {found.p:.3g}",
        f"  expected {found.expected:,.1f}   seen {found.treated_after:,}   before {found.treated_before:,}",
        f"  areas {found.treated_areas:,} and {found.other_areas:,}   left out without an incident "
        f"{found.dropped_areas:,}",
        *(
            [f"  areas at random do as much: p {chance.p:.3f} ± {chance.mc_error:.3f} of {chance.draws:,} draws"]
            if chance
            else []
        ),
    ]


def _periods(study: Any) -> list[str]:
    rows = [
        f"  {each.number:>4}  {each.first:>8} to {each.last:<8} {each.ratio:8.3f}  {each.low:8.3f} to {each.high:.3f}"
        f"   {each.treated:,} and {each.others:,}"
        for each in study.periods
    ]
    return [
        "  Ratio by period, against the last one before the start:",
        *rows,
        study.pre_trend.sentence,
        study.cautions[-1],
    ]


def _staggered(frame: Any, given: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    from clearlines.analysis.panel import staggered

    columns = {name: given[name] for name in ("unit", "time", "first", "outcome", "every", "level")}
    found = staggered(frame, **columns)
    rows = [
        f"  began {each.first}: {each.areas} areas, {each.effect:+.2f}"
        + ("" if each.low is None else f" ({each.low:+.2f} to {each.high:+.2f})")
        for each in found.cohorts
    ]
    said = [*found.sentences, *found.cautions, "", *rows, "", found.assumptions]
    return asdict(found) | {"verdict": found.verdict}, said
