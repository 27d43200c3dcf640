"""`clearlines evaluate wdd`: four pairs of counts at a prompt."""

import re
from collections.abc import Sequence
from functools import partial
from typing import Any

import click

from clearlines.analysis.displacement import Counts, Displacement, SideBySide, displacement, harm, side_by_side
from clearlines.evaluation.commands.words import sentence


class Numbers(click.ParamType):
    """One or more numbers, apart by spaces or commas."""

    name = "numbers"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        words = [word for word in re.split(r"[,\s]+", str(value)) if word]
        try:
            return tuple(float(word) for word in words)
        except ValueError:
            wrong = next(word for word in words if not _is_number(word))
            named = param.opts[0] if param else "this"
            raise click.UsageError(f"{named} takes numbers, and '{wrong[:40]}' is not one.") from None


def _is_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True


class TakesNumbers(click.Command):
    """`--control 20 20` and `--control 20,20` are the same; a minus sign begins a number, not an option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        lists = {each.opts[0] for each in self.params if isinstance(each.type, Numbers)}
        joined: list[str] = []
        for word in args:
            if len(joined) > 1 and joined[-2] in lists and not word.startswith("--"):
                joined[-1] += f" {word}"
            else:
                joined.append(word)
                if word in lists:
                    joined.append("")
        return super().parse_args(ctx, [word for word in joined if word != ""])


def numbers(name: str, metavar: str, about: str, **more: Any) -> Any:
    return click.option(name, type=Numbers(), metavar=metavar, help=about, **more)


@click.command(cls=TakesNumbers)
@numbers("--control", "PRE POST", "Incidents in the comparison area, before and after.", multiple=True, required=True)
@numbers("--treated", "PRE POST", "Incidents where the work was done, before and after.", multiple=True, required=True)
@numbers("--disp-control", "PRE POST", "Incidents in the ring around the comparison.", multiple=True)
@numbers("--disp-treated", "PRE POST", "Incidents in the ring around the treated area.", multiple=True)
@numbers("--area", "C T DC DT", "Sizes of the areas: control, treated, the control's ring, the treated area's ring.")
@numbers("--time", "PRE POST", "Lengths of the two periods, such as 12 6 for months.")
@numbers("--harm", "WEIGHTS", "A harm weight for each kind of incident; then give each area's pair once a kind.")
@numbers("--another-control", "PRE POST", "Incidents in one more comparison area; may be given again.", multiple=True)
@numbers("--another-disp-control", "PRE POST", "Incidents in the ring around it, in the same order.", multiple=True)
@click.option(
    "--overdispersion",
    type=float,
    default=1,
    show_default=True,
    help="How many times the variance of independent incidents, at least 1.",
)
@click.option("--level", type=float, default=0.95, show_default=True, help="Confidence of the interval.")
@click.pass_obj
def wdd(console: Any, **given: Any) -> None:
    """The weighted displacement difference, and whether it may be called a fall.

    Counts are whole incidents of one kind, counted the same way in both periods. The answer is in incidents; with
    --area or --time, in incidents for each unit of area and time; with --harm, in the unit of the weights.

    \b
    For example:
      clearlines evaluate wdd --control 20 20 --treated 20 10 --level 0.9
      clearlines evaluate wdd --control 308 318 --treated 207 110 \\
          --disp-control 150 140 --disp-treated 178 157
      clearlines evaluate wdd --control 100 50 --treated 80 20 --time 2 1
      clearlines evaluate wdd --harm 10 5 --control 20 20 30 30 --treated 20 10 25 20
      clearlines evaluate wdd --control 20 20 --treated 20 10 --overdispersion 1.8 \\
          --another-control 20 14 --another-control 31 30

    \b
    Answer: estimate, se, z, low, high, verdict; and level, too_few, local, local_se,
    displaced, displaced_se, smallest_seen, n, assumptions, overdispersion, cautions [];
    with more controls, all in the order given: controls [{control, estimate, se, z, low,
    high, verdict}], controls_agree, controls_apart {apart, se, low, high}. The numbers on
    top are against --control, and the verdict says whether the others agree.
    Errors: exit 2 for a count that is no number or is negative, a weight of nought, or an
    overdispersion below 1.
    Method: Wheeler and Ratcliffe (2018), Crime Science 7:11; ptools 2.0 for the weights.
    """
    more, rings = given.pop("another_control"), given.pop("another_disp_control")
    try:
        found = worked_out(**given)
        beside = against_each(more, rings, **given) if more or rings else None
    except ValueError as wrong:
        raise click.UsageError(sentence(wrong)) from None
    console.show(as_promised(found, beside), text=in_words(found, beside))


def worked_out(
    control: Sequence[Sequence[float]],
    treated: Sequence[Sequence[float]],
    disp_control: Sequence[Sequence[float]],
    disp_treated: Sequence[Sequence[float]],
    *,
    area: Sequence[float] | None,
    time: Sequence[float] | None,
    harm: Sequence[float] | None,
    **accuracy: Any,
) -> Displacement:
    """One comparison, or with harm weights several in one; `accuracy` is level and overdispersion."""
    weighted = partial(displacement, time=time or (1, 1), area=area or (1, 1, 1, 1), **accuracy)
    kinds = _pairs(control, "--control"), _pairs(treated, "--treated")
    rings = _pairs(disp_control, "--disp-control"), _pairs(disp_treated, "--disp-treated")
    many = len(kinds[0])
    if len(kinds[1]) != many or any(ring and len(ring) != many for ring in rings):
        raise ValueError("give each area the same number of pairs, one for each kind of incident")
    if harm is None and many > 1:
        raise ValueError("more than one kind of incident needs --harm, with a weight for each")
    filled = [ring or [Counts(0, 0)] * many for ring in rings]
    parts = [weighted(*each) for each in zip(*kinds, *filled, strict=True)]
    return parts[0] if harm is None else _harm(parts, harm, level=accuracy["level"])


_harm = harm


def against_each(
    another_control: Sequence[Sequence[float]], another_disp_control: Sequence[Sequence[float]], **given: Any
) -> SideBySide:
    """The first control and every other, of one kind of incident and without sizes, in the order given."""
    if given["harm"] is not None or given["area"] is not None:
        raise ValueError("another control goes with one kind of incident and without --area")
    controls = _pairs(given["control"], "--control") + _pairs(another_control, "--another-control")
    rings = _pairs(given["disp_control"], "--disp-control")
    rings += _pairs(another_disp_control, "--another-disp-control")
    if len(rings) not in (0, len(controls)) or len(controls) < 2:
        raise ValueError("give every control its own ring, or none")
    names = [f"control {place}" for place in range(1, len(controls) + 1)]
    beside = _pairs(given["disp_treated"], "--disp-treated") or [Counts(0, 0)]
    return side_by_side(
        _pairs(given["treated"], "--treated")[0], dict(zip(names, controls, strict=True)), beside[0],
        dict(zip(names, rings, strict=True)) if rings else None,
        time=given["time"] or (1, 1), level=given["level"], overdispersion=given["overdispersion"],
    )  # fmt: skip


def _pairs(given: Sequence[Sequence[float]], name: str) -> list[Counts]:
    flat = [number for each in given for number in each]
    if len(flat) % 2 or any(not each for each in given):
        raise ValueError(f"{name} takes two counts, before and after")
    if any(number < 0 for number in flat):
        raise ValueError(f"{name} takes counts, and a count cannot be negative")
    return [Counts(*flat[start : start + 2]) for start in range(0, len(flat), 2)]


FIRST = ("estimate", "se", "z", "low", "high", "verdict")
MORE = (
    "level", "too_few", "local", "local_se", "displaced", "displaced_se", "smallest_seen", "n", "assumptions",
    "overdispersion",
)  # fmt: skip


def as_promised(found: Displacement, beside: SideBySide | None = None) -> dict[str, Any]:
    """The keys that --json promises."""
    answer = {name: getattr(found, name) for name in FIRST + MORE} | {"cautions": list(found.cautions)}
    if beside is None:
        return answer
    each = [{"control": name} | {key: getattr(answer, key) for key in FIRST} for name, answer in beside.answers.items()]
    apart = {key: getattr(beside.widest, key) for key in ("apart", "se", "low", "high")}
    return answer | {
        "verdict": " ".join([found.verdict, *beside.sentences[-2:]]),
        "controls": each,
        "controls_agree": beside.agree,
        "controls_apart": apart,
    }


def in_words(found: Displacement, beside: SideBySide | None = None) -> str:
    z = "none" if found.z is None else f"{found.z:.2f}"
    return "\n".join(
        [
            *found.sentences,
            *(beside.sentences if beside else ()),
            *found.cautions,
            "",
            f"  estimate {found.estimate:,.2f}   standard error {found.se:,.2f}   z {z}",
            f"  {found.level:.0%} interval {found.low:,.2f} to {found.high:,.2f}",
            f"  where the work was done {found.local:,.2f}   beside it {found.displaced:,.2f}",
            "",
            found.assumptions,
        ]
    )
