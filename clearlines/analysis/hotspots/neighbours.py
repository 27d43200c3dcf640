"""Which areas touch."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy import sparse


@dataclass(frozen=True)
class Neighbours:
    """Which areas touch: `touching[i, j]` is 1 where i and j are neighbours, and on the diagonal."""

    touching: sparse.csr_array

    @classmethod
    def of(cls, pairs: Iterable[tuple[int, int]], many: int) -> "Neighbours":
        """From pairs of places in the list of areas, in either order or both."""
        array = np.array([*pairs], dtype=np.int64).reshape(-1, 2)
        if array.size and (array.min() < 0 or array.max() >= many):
            raise ValueError(f"a neighbour is named that is not one of the {many} areas")
        own = np.arange(many)
        rows, columns = np.concatenate([array[:, 0], array[:, 1], own]), np.concatenate([array[:, 1], array[:, 0], own])
        matrix = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(many, many))
        matrix.data[:] = 1
        return cls(matrix)

    @classmethod
    def none(cls, many: int) -> "Neighbours":
        """Every area stands alone: Gi* then only says how far above the average it is."""
        return cls.of([], many)

    def __len__(self) -> int:
        return int(self.touching.shape[0])

    def within(self, chosen: np.ndarray) -> "Neighbours":
        """Of the chosen areas alone."""
        return Neighbours(self.touching[chosen][:, chosen])
