"""How often the default design says 'a fall' where nothing was done, on real months, and where it is still loose."""

import functools
import tomllib
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "reference" / "known_rates.v1.toml"


@functools.cache
def sentences() -> list[str]:
    """As a page says them; none where nothing has been measured."""
    return list(measured().get("sentences", []))


@functools.cache
def measured() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
