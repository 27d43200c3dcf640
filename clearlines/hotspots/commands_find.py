"""`clearlines hotspots …`: where a file of counts is high. It reads the file and no record: no account is needed."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

FILE = click.Path(path_type=Path)


@click.group()
def hotspots() -> None:
    """Where incidents are high in a file of counts, and how sure that is."""


@hotspots.command()
@click.option("--counts", type=FILE, required=True, help="Parquet or CSV: month, lsoa_code, crime_type, n.")
@click.option("--crime-type", default=None, help="One type; otherwise all that victims and callers report.")
@click.option("--from", "first", metavar="M", help="The first month, such as 2024-01.")
@click.option("--to", "last", metavar="M", help="The last month.")
@click.option("--top", type=int, default=10, show_default=True, help="How many areas.")
@click.option("--boundaries", type=FILE, multiple=True, help="GeoJSON with a code such as LSOA11CD: which areas touch.")
@click.option("--base", type=FILE, help="CSV of lsoa_code and base: households or residents.")
@click.option("--lookup", type=FILE, help="CSV of LSOA11CD, LSOA21CD, CHGIND: counts the same ground together.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of the draws behind two of the intervals.")
@click.pass_obj
def find(console: Any, **given: Any) -> None:
    """The areas with most records, smoothed, beside their neighbours, and month after month.

    Areas are compared within the study area: every area with a record of any kind in the file. eb is the empirical
    Bayes rate for one unit of base (one area unless --base), p is Gi*'s against areas drawn at random and q is p after
    the false discovery rate. share is the part of all records in the areas listed; foreseen is the same for areas
    picked on the first half of the months and measured on the second, with PAI and PEI.

    \b
    For example:
      clearlines hotspots find --counts merseyside.parquet --crime-type Burglary --from 2024-01 --to 2024-04
      clearlines hotspots find --counts cumbria.csv --top 5 --boundaries lsoa.geojson --json

    \b
    Answer: areas [{code, name, count, rate, eb, eb_low, eb_high, rank_best, rank_worst,
    gi_z, p, q, says, persistence, police_share}], months [], total, share, interval [],
    seconds, warnings []; and foreseen {}, persistence_windows, persistence_by_chance,
    areas_studied, areas_left_out, counted, is_enforcement.
    Errors: exit 2 for a file that is no counts, a type or months that it does not hold.
    Method: Ord and Getis (1995); Marshall (1991); Chainey and others (2008);
    Benjamini and Hochberg (1995).
    Not for: saying that something worked, or that people in an area are to blame.
    """
    began = time.monotonic()
    with _said_plainly():
        answer = _found(**given)
    answer["seconds"] = round(time.monotonic() - began, 3)
    console.show(answer, text=_in_words(answer))


def _found(
    counts: Path,
    crime_type: str | None,
    first: str | None,
    last: str | None,
    top: int,
    seed: int,
    **ground: Any,
) -> dict[str, Any]:
    from clearlines.hotspots import counts_file, find

    for month in filter(None, (first, last)):
        if not counts_file.is_month(month):
            raise ValueError(f"'{month[:20]}' is not a month such as 2024-01")
    wanted = find.Wanted(crime_type, first, last, top, seed)
    return find.answer(counts_file.read(counts), wanted, _ground(**ground))


def _ground(boundaries: tuple[Path, ...], base: Path | None, lookup: Path | None) -> Any:
    from clearlines.hotspots import counts_file, find, lookup_file

    return find.Ground(
        _touching(boundaries) if boundaries else None,
        counts_file.base(base) if base else None,
        lookup_file.read(lookup) if lookup else None,
    )


def _touching(files: tuple[Path, ...]) -> list[tuple[str, str]]:
    from clearlines.hotspots import boundaries, touching
    from clearlines.hotspots.police_uk import NotWhatItSays

    missing = [each for each in files if not each.is_file()]
    if missing:
        raise NotWhatItSays(f"there is no file {missing[0]}")
    areas = [area for path in files for area in boundaries.read(path)]
    pairs = touching.pairs_of([area.shape for area in areas])
    return [(areas[one].code, areas[other].code) for one, other in pairs.tolist()]


@contextmanager
def _said_plainly() -> Iterator[None]:
    from clearlines.hotspots.police_uk import NotWhatItSays

    try:
        yield
    except (ValueError, NotWhatItSays) as wrong:
        said = str(wrong)
        raise click.UsageError(f"{said[:1].upper()}{said[1:]}.") from None


def _smoothed(area: dict[str, Any]) -> str:
    eb, low, high = (f"{area[key]:,.{0 if area[key] >= 100 else 1}f}" for key in ("eb", "eb_low", "eb_high"))
    return f"{eb} ({low} to {high})"


def _in_words(answer: dict[str, Any]) -> str:
    months, share = answer["months"], answer["share"]
    part = "" if share is None else f", {share:.1%} of them in the {len(answer['areas'])} areas below"
    lines = [
        f"{answer['total']:,} records of {answer['counted']} in {answer['areas_studied']:,} areas, {months[0]} to "
        f"{months[-1]} ({len(months)} months){part}.",
        "",
        f"  {'area':<34} {'count':>6}  {'smoothed':>28}  {'months':>8}  it is",
        *(
            f"  {(each['name'] or each['code'])[:34]:<34} {each['count']:>6,}  "
            f"{_smoothed(each):>28}  "
            f"{each['persistence']:>2} of {answer['persistence_windows']:<3}  {each['says']}"
            for each in answer["areas"]
        ),
        "",
        *answer["warnings"],
    ]
    return "\n".join(lines)
