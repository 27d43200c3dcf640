"""The database, the static files and, on the first run, the example programme."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from front_door.checkout import PYTHON, VENV, digest, done, forget, is_done
from front_door.plainly import ROOT, run

CLEARLINES = VENV / "bin" / "clearlines"
VAR = Path(os.environ.get("CLEARLINES_VAR", ROOT / "var"))
STAMPS = VAR / "stamps"
EMBEDDED = VAR / "clearlines.sqlite3"
TELLER = ROOT / "clearlines" / "cli" / "example.py"
# On PostgreSQL the tables belong to one role and the application signs in as another, which none of them obeys.
OWNER = {"DATABASE_URL": os.environ["DATABASE_OWNER_URL"]} if os.environ.get("DATABASE_OWNER_URL") else {}
IS_EMBEDDED = not os.environ.get("DATABASE_URL")
IS_EXAMPLE = not os.environ.get("PROGRAMME_DIR")


def open_programme() -> None:
    """Tables made, and the example programme written if there is none and no other is named."""
    make_tables()
    if IS_EXAMPLE:
        write_example()


def gather_static_files() -> None:
    wanted = hashlib.sha256("\n".join(_static_sources()).encode()).hexdigest()
    if is_done("static", wanted, stamps=STAMPS) and (VAR / "static" / "staticfiles.json").exists():
        return
    run("Gathering static files", [PYTHON, ROOT / "manage.py", "collectstatic", "--noinput", "--clear"])
    done("static", wanted, stamps=STAMPS)


def _static_sources() -> Iterator[str]:
    yield digest([ROOT / "requirements" / "base.txt"])
    for path in sorted((ROOT / "clearlines").glob("*/static/**/*")):
        if path.is_file():
            about = path.stat()
            yield f"{path.relative_to(ROOT)} {about.st_size} {about.st_mtime_ns}"


def make_tables() -> None:
    """Every migration applied. Only the embedded database can be trusted to be where it was left."""
    migrations = sorted((ROOT / "clearlines").glob("*/migrations/*.py"))
    wanted = digest([*migrations, ROOT / "requirements" / "base.txt"])
    if IS_EMBEDDED and EMBEDDED.exists() and is_done("tables", wanted, stamps=STAMPS):
        return
    if not EMBEDDED.exists():
        forget("example", stamps=STAMPS)
    run("Making the tables", [PYTHON, ROOT / "manage.py", "migrate", "--noinput", "--verbosity", "0"], env=OWNER)
    if OWNER:
        run("Locking the tables", [CLEARLINES, "database", "lock"], env=OWNER)
    if IS_EMBEDDED:
        done("tables", wanted, stamps=STAMPS)


def write_example() -> None:
    if IS_EMBEDDED and is_done("example", "written", stamps=STAMPS):
        return
    run("Writing the example programme, on the first run only", [CLEARLINES, "example", "build", "--if-empty"])
    if IS_EMBEDDED:
        done("example", "written", stamps=STAMPS)


def sign_ins() -> str:
    """Who may sign in to the example programme, kept until its teams change; nothing for a real programme."""
    if not IS_EXAMPLE:
        return ""
    kept, wanted = VAR / "sign-ins.txt", digest([*sorted((ROOT / "programme" / "example").glob("*.toml")), TELLER])
    if not (is_done("sign-ins", wanted, stamps=STAMPS) and kept.exists()):
        kept.write_text(run("Reading the demonstration sign-ins", [CLEARLINES, "example", "accounts"]))
        done("sign-ins", wanted, stamps=STAMPS)
    return kept.read_text() + "\n"
