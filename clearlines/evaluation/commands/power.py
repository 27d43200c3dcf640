"""`clearlines evaluate power`: how large a fall could be found, before anyone starts."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clearlines.evaluation.commands.words import sentence

if TYPE_CHECKING:
    import numpy as np


@click.command()
@click.option("--counts", type=click.Path(path_type=Path), required=True, help="Parquet or CSV, or a police.uk folder.")
@click.option("--crime-type", required=True, help="One kind of crime, as the file has it.")
@click.option(
    "--areas",
    type=click.Path(path_type=Path, exists=True),
    required=True,
    help="A file of the areas' codes, one a line.",
)
@click.option("--select-from", metavar="MONTH", help="First month on which areas were chosen, if by counts.")
@click.option("--select-to", metavar="MONTH", help="Last month on which areas were chosen.")
@click.option("--pre-from", required=True, metavar="MONTH", help="First month before.")
@click.option("--pre-to", required=True, metavar="MONTH", help="Last month before.")
@click.option("--months-after", type=int, required=True, help="How many months after there will be.")
@click.option("--falls", metavar="SHARES", help="Falls to try, such as 0.2,0.5.")
@click.option("--chance", type=float, default=0.8, show_default=True, help="How often the smallest is to be found.")
@click.option("--level", type=float, default=0.95, show_default=True, help="Confidence of the interval.")
@click.option("--draws", type=int, default=200, show_default=True, help="How many simulated evaluations.")
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed gives the same answer.")
@click.pass_obj
def power(console: Any, **given: Any) -> None:
    """How often the default design would find a fall of each size in these areas.

    No month later than those before is looked at. Every area that is not named may be compared with.

    \b
    For example:
      clearlines evaluate power --counts counts.parquet --crime-type Drugs --areas hot.txt \\
          --select-from 2024-01 --select-to 2024-04 --pre-from 2025-01 --pre-to 2025-04 \\
          --months-after 4

    \b
    Answer: falls, each {fall, detected, mc_error}; smallest, chance, before_total,
    sentences, level, draws, seed, dropped.
    Errors: exit 2 for a file, a kind, a month or an area that is not there.
    Method: clearlines.analysis.power.
    """
    try:
        answer = worked_out(**given)
    except ValueError as wrong:
        raise click.UsageError(sentence(wrong)) from None
    console.show(answer, text=in_words(answer))


def worked_out(counts: Path, crime_type: str, areas: Path, **given: Any) -> dict[str, Any]:
    """The keys that --json promises."""
    import numpy as np

    from clearlines.analysis.power import FALLS
    from clearlines.analysis.power import power as simulated
    from clearlines.evaluation.commands.counts import table

    spans = _spans(given)
    held = table(counts, crime_type, spans)
    treated = _treated(areas, held.codes)
    chosen = held.within(spans["chosen on"]) if "chosen on" in spans else np.zeros(len(held.months), dtype=bool)
    found = simulated(
        held.counts,
        treated,
        ~treated,
        chosen,
        held.within(spans["before"]),
        given["months_after"],
        falls=_shares(given["falls"]) if given["falls"] else FALLS,
        **{name: given[name] for name in ("chance", "level", "draws", "seed")},
    )
    falls = [dict(zip(("fall", "detected", "mc_error"), each, strict=True)) for each in found.falls]
    names = ("smallest", "chance", "before_total", "sentences", "level", "draws", "seed")
    return {"falls": falls} | {name: getattr(found, name) for name in names} | {"dropped": list(held.dropped)}


def _spans(given: dict[str, Any]) -> dict[str, Any]:
    from clearlines.evaluation.commands.counts import window

    spans = {"before": window(given["pre_from"], given["pre_to"], "before")}
    if given["select_from"] or given["select_to"]:
        if not (given["select_from"] and given["select_to"]):
            raise ValueError("the months on which areas were chosen need both --select-from and --select-to")
        spans["chosen on"] = window(given["select_from"], given["select_to"], "chosen on")
    return spans


def _treated(areas: Path, codes: tuple[str, ...]) -> "np.ndarray":
    import numpy as np

    wanted = set(re.split(r"[\s,]+", areas.read_text(encoding="utf-8"))) - {""}
    unknown = sorted(wanted - set(codes))
    if unknown:
        raise ValueError(f"{unknown[0][:20]} is not among the areas counted in these months")
    return np.array([each in wanted for each in codes], dtype=bool)


def _shares(words: str) -> tuple[float, ...]:
    try:
        return tuple(float(each) for each in words.split(","))
    except ValueError:
        raise ValueError(f"--falls takes shares such as 0.2,0.5, not '{words[:40]}'") from None


def in_words(answer: dict[str, Any]) -> str:
    lines = [*answer["sentences"], ""]
    lines += [
        f"  a fall of {each['fall']:4.0%} found in {each['detected']:6.1%} (± {each['mc_error']:.1%})"
        for each in answer["falls"]
    ]
    return "\n".join([*lines, "", *answer["dropped"]]).strip()
