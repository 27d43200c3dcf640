"""Load a folder of data.police.uk into an empty place, and again: seconds, peak memory, rows, engine.

    .venv/bin/python bench/import_police_uk.py [DIR]

DIR is the public data folder's police_uk unless given. Every run is a process of its own, through the console as an
analyst would type it, with a database and files of its own (DATABASE_URL, if set, is used instead of SQLite, and must
name an empty database). The bound is 10 seconds and 500 MB for the 70,099 rows of 21 months.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("CLEARLINES_REAL_DATA", ROOT.parent / "shared" / "data")) / "police_uk"
SET_UP = """
import django; django.setup()
from datetime import date
from django.core.management import call_command
from clearlines.access.programme import open_teams
from clearlines.access.viewer import Viewer
call_command("migrate", verbosity=0)
open_teams(by=Viewer.setting_up(), from_on=date(2021, 12, 1))
"""
RUN = "import sys; from clearlines.cli.main import main; sys.exit(main(sys.argv[1:]))"


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    if not folder.is_dir():
        sys.exit(f"There is no folder {folder}: name one, or set CLEARLINES_REAL_DATA.")
    with tempfile.TemporaryDirectory(prefix="clearlines-bench-") as var:
        here = os.environ | {"CLEARLINES_VAR": var, "DJANGO_SETTINGS_MODULE": "clearlines.settings"}
        subprocess.run([sys.executable, "-c", SET_UP], env=here, cwd=ROOT, check=True)
        nothing = timed(here, "ledger", "verify")[0]
        print(f"engine    {'PostgreSQL' if 'DATABASE_URL' in os.environ else 'SQLite'}, DuckDB and Parquet")
        print(f"start-up  {nothing:.1f} s (the console with nothing to do)")
        for name in ("first", "again"):
            before = spent()
            seconds, answer = timed(here, "import", "police-uk", str(folder))
            cpu = spent() - before
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            rows, months = answer["rows_loaded"], len(answer["months"])
            print(f"{name:9} {seconds:.1f} s ({cpu:.1f} s of CPU), peak {peak:.0f} MB, {rows:,} rows, {months} months")


def spent() -> float:
    """Processor seconds of every run so far: what a busy machine does not stretch."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def timed(here: dict[str, str], *words: str) -> tuple[float, dict[str, object]]:
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", RUN, *words, "--json"], env=here, cwd=ROOT, check=True, capture_output=True, text=True
    )
    return time.perf_counter() - began, json.loads(done.stdout)


if __name__ == "__main__":
    main()
