"""A table from a file, for commands that take one."""

from pathlib import Path
from typing import Any

import click

MOST_BYTES = 2 * 1024**3


def frame_in(path: Path) -> Any:
    """The rows of a CSV or Parquet file as a frame; what is neither ends the command with a sentence."""
    import pandas as pd
    import pyarrow as pa

    if path.stat().st_size > MOST_BYTES:
        raise click.UsageError(f"{path.name} is larger than 2 GB: give it as Parquet, with the columns that are used.")
    try:
        if path.suffix.lower() in (".parquet", ".pq"):
            return pd.read_parquet(path)
        return pd.read_csv(path, encoding="utf-8-sig", skipinitialspace=True)
    except (pa.ArrowInvalid, pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError, ValueError):
        raise click.UsageError(f"{path.name} cannot be read as a table: give CSV in UTF-8, or Parquet.") from None
