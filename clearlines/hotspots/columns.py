"""Columns of Arrow as numpy has them, without pandas: Arrow's own way loads it, which a first page would wait for."""

import numpy as np
import pyarrow as pa


def numbers(column: pa.Array | pa.ChunkedArray) -> np.ndarray:
    """Whole numbers, fractions or truths, none of them missing."""
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if pa.types.is_boolean(whole.type):
        return np.from_dlpack(whole.cast(pa.uint8())).astype(bool)
    return np.from_dlpack(whole)
