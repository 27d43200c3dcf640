"""`clearlines import …`: recorded incidents, boundaries and look-ups, from files."""

import hashlib
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import click

from clearlines.access.permissions import Permission as P
from clearlines.access.refusals import Forbidden
from clearlines.analysis.hotspots.lookups import Change
from clearlines.hotspots import actions, boundaries, lookup_file, police_uk, severity, standing
from clearlines.hotspots.models import MonthFile
from clearlines.hotspots.police_uk import NotWhatItSays

# In the answer; every rejected row is counted in `reasons`.
REJECTED_LISTED = 1_000


@click.group(name="import")
def importing() -> None:
    """Load recorded incidents, boundaries and look-ups from files."""


@importing.command("police-uk")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR")
@click.pass_obj
def police_uk_(console: Any, folder: Path) -> None:
    """Load every monthly street file of data.police.uk under DIR, in one transaction.

    Files are named YYYY-MM-force-street.csv, as they come in the download. Loading a file again changes nothing;
    another file for the same month and force takes its place. A file with other columns, in another encoding, cut
    short or of another month is refused, and then nothing of the whole folder is loaded. A single row that cannot be
    used is left out and listed. Rows without coordinates, outside the force, or with a crime id met before stay,
    marked.

    \b
    For example:
      clearlines import police-uk ~/police.uk
      clearlines import police-uk ~/police.uk --json

    \b
    Answer: rows_read, rows_loaded (these files' rows now standing), rows_rejected, reasons {},
    months [], forces []; and marked {}, rejected [{file, line, reason}], files_ignored [].
    Errors: exit 2 and nothing loaded.
    Source: data.police.uk, Open Government Licence v3.0.
    """
    _permitted(console)
    files, ignored = police_uk.files_in(folder)
    with standing.staging() as place:
        staged = []
        with click.progressbar(files, label="Reading months", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
            for path in bar:
                staged.append(standing.stage(_read(police_uk.read, path), place))
        loaded = actions.load(by=console.viewer, months=staged)
    answer = _answer(staged, loaded, [each.name for each in ignored])
    console.show(answer, text=_in_words(answer))


@importing.command("boundaries")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE…"
)
@click.option("--source", default="Office for National Statistics, Open Government Licence v3.0", show_default=True)
@click.pass_obj
def boundaries_(console: Any, files: tuple[Path, ...], source: str) -> None:
    """Load the outlines of neighbourhoods (LSOA) and wards from GeoJSON, all of the files or none.

    Features need a code and a name (LSOA11CD and LSOA11NM, WD13CD and WD13NM, other years too) and polygons in
    longitude and latitude. A boundary with a code that is already there takes its place.

    \b
    For example:
      clearlines import boundaries lsoa2011_E07000027.geojson wards_E07000027.geojson

    \b
    Answer: boundaries_read, boundaries_loaded, kinds {}.
    Errors: exit 2 and nothing loaded.
    """
    _permitted(console)
    with click.progressbar(files, label="Reading boundaries", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        areas = [area for path in bar for area in _read(boundaries.read, path)]
    drawn = actions.draw(by=console.viewer, areas=areas, source=source)
    kinds = Counter(each.kind for each in drawn)
    answer = {"boundaries_read": len(areas), "boundaries_loaded": len(drawn), "kinds": dict(kinds)}
    console.show(answer, text=f"{len(drawn)} boundaries: " + ", ".join(f"{n} {kind}" for kind, n in kinds.items()))


@importing.command("lookup")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE")
@click.option("--edition", default="LSOA 2011 to LSOA 2021", show_default=True)
@click.option("--source", default="Office for National Statistics, Open Government Licence v3.0", show_default=True)
@click.pass_obj
def lookup_(console: Any, file: Path, edition: str, source: str) -> None:
    """Load which neighbourhoods (LSOA) of 2011 became which of 2021, so that the same ground is counted together.

    A CSV with the columns LSOA11CD, LSOA21CD and CHGIND (U unchanged, S split, M merged, X complex), among others.
    Where no boundaries are loaded, the parts of an area that was split are counted with it, and areas that were
    merged as the one they became: no count is estimated. Where boundaries are loaded, rows are placed by their point.

    
    For example:
      clearlines import lookup LSOA_2011_to_LSOA_2021.csv

    
    Answer: rows_read, changes {unchanged, split, merged, complex}.
    Errors: exit 2 and nothing loaded.
    """
    _permitted(console)
    found = _read(lookup_file.read, file)
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    actions.keep_lookup(by=console.viewer, lookup=found, edition=edition, source=source, sha256=sha256)
    many = Counter(how.name.lower() for _, _, how in found.rows)
    answer = {"rows_read": len(found.rows), "changes": {how.name.lower(): many[how.name.lower()] for how in Change}}
    console.show(answer, text=f"{len(found.rows):,} rows: " + ", ".join(f"{n:,} {how}" for how, n in many.items()))


@importing.command("severity")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE")
@click.option("--name", required=True, help="What the publisher calls the table.")
@click.option("--edition", required=True, help="Its date or version.")
@click.option("--source", required=True, help="Where it comes from.")
@click.option("--licence", required=True, help="What lets us use it; 'unclear' if nobody knows.")
@click.option("--unit", required=True, help="What a weight is, such as 'days of imprisonment'.")
@click.pass_obj
def severity_(console: Any, file: Path, **about: str) -> None:
    """Load a table of harm weights: CSV with the columns crime_type and weight.

    A table is never changed: another edition stands beside it. None comes with the programme, and every table shows
    "unverified".

    \b
    For example:
      clearlines import severity index.csv --name "Cambridge Crime Harm Index" \\
          --edition "May 2023" --source "cambridge-ebp.co.uk" --licence unclear \\
          --unit "days of imprisonment"

    \b
    Answer: name, edition, weights, sha256, columns_not_read [].
    Errors: exit 2 and nothing loaded.
    """
    _permitted(console)
    table = _read(severity.read_file, file)
    made = actions.load_severity(by=console.viewer, about=about, table=table)
    answer = {
        "name": made.name, "edition": made.edition, "weights": len(made.weights), "sha256": made.sha256,
        "columns_not_read": list(table.not_read),
    }  # fmt: skip
    console.show(answer, text=f"{len(made.weights)} weights of {made} stand, unverified.")


def _permitted(console: Any) -> None:
    """Refuse before a long reading, not after it."""
    if not console.viewer.may(P.IMPORT_INCIDENTS):
        raise Forbidden(f"Your role does not let you {P.IMPORT_INCIDENTS.sentence}.")


def _read(reader: Any, path: Path) -> Any:
    try:
        return reader(path)
    except NotWhatItSays as wrong:
        raise click.UsageError(f"{wrong}, so nothing was loaded.") from None


def _answer(staged: list[standing.Staged], loaded: list[MonthFile], ignored: list[str]) -> dict[str, Any]:
    rejected = [{"file": s.file_name, "line": each.line, "reason": each.reason} for s in staged for each in s.rejected]
    return {
        "rows_read": sum(each.rows_read for each in staged),
        "rows_loaded": sum(each.rows for each in loaded),
        "rows_rejected": len(rejected),
        "reasons": dict(Counter(each["reason"] for each in rejected)),
        "months": sorted({each.month for each in loaded}),
        "forces": sorted({each.force_name for each in loaded}),
        "marked": dict(sum((Counter(each.marks) for each in staged), Counter())),
        "rejected": rejected[:REJECTED_LISTED],
        "files_ignored": ignored,
    }


def _in_words(answer: dict[str, Any]) -> str:
    months = answer["months"]
    lines = [
        f"{answer['rows_loaded']:,} of {answer['rows_read']:,} rows stand: {len(months)} months from {months[0]} to "
        f"{months[-1]}, {', '.join(answer['forces'])}.",
        *(f"  marked {name.replace('_', ' ')}: {many:,}" for name, many in answer["marked"].items()),
        *(f"  left out, {reason}: {many:,}" for reason, many in answer["reasons"].items()),
        *(f"    {each['file']} line {each['line']}: {each['reason']}" for each in answer["rejected"][:20]),
    ]
    if answer["files_ignored"]:
        lines.append(f"  not street files, so not read: {len(answer['files_ignored'])}")
    return "\n".join(lines)
