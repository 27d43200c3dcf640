"""Which code worked something out: the package's version, and a name for exactly the text of what reckons."""

import hashlib
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOM = Path(__file__).parent
ANALYSIS = ROOM.parent / "analysis"
# Of this room, what decides which rows are compared with which.
OF_THE_ROOM = ("groups.py", "working.py", "comparing.py")


@lru_cache(maxsize=1)
def code_version() -> str:
    """Such as '0.9.0 4f2a81c09d3be7a6': the same for the same text, whoever runs it and wherever."""
    texts = [each for each in sorted(ANALYSIS.rglob("*.py")) if "tests" not in each.parts]
    texts += [ROOM / name for name in OF_THE_ROOM]
    said = hashlib.sha256()
    for each in texts:
        said.update(each.relative_to(ROOM.parent).as_posix().encode() + b"\0" + each.read_bytes() + b"\0")
    return f"{_package()} {said.hexdigest()[:16]}"


def _package() -> str:
    try:
        return version("clearlines")
    except PackageNotFoundError:
        return "unreleased"
