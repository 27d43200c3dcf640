"""Which areas are like the treated, and the groups that might as well have been treated."""

import numpy as np

# Each treated area is matched to at least this many, and together they make at least so many areas.
FEWEST_MATCHES, FEWEST_IN_SETS = 7, 150
# From how many areas, the matched among them, the fall back to the mean is learnt.
LEARNT_FROM = 200


def place(chosen: np.ndarray, before: np.ndarray) -> np.ndarray:
    """Where each area stands: roots of its counts, on which a unit is about twice chance's spread anywhere."""
    return np.sqrt(np.column_stack([chosen, before]))


def matched_sets(where: np.ndarray, treated: np.ndarray, pool: np.ndarray) -> np.ndarray:
    """Row by row a treated area and its matches, the nearest that no other has; the hottest chooses first.

    `treated` and `pool` are numbers of areas, the pool at least as many. Every set is of one size.
    """
    many = max(FEWEST_MATCHES, -(-FEWEST_IN_SETS // len(treated)) - 1)
    many = min(many, len(pool) // len(treated))
    treated = treated[np.argsort(-(where[treated] ** 2).sum(1), kind="stable")]
    apart = ((where[treated][:, None] - where[pool][None]) ** 2).sum(-1)
    sets = np.empty((len(treated), many + 1), dtype=np.int64)
    sets[:, 0] = treated
    for turn in range(1, many + 1):
        for row in range(len(treated)):
            nearest = int(apart[row].argmin())
            sets[row, turn] = pool[nearest]
            apart[:, nearest] = np.inf
    return sets


def learnt_from(where: np.ndarray, sets: np.ndarray, pool: np.ndarray) -> np.ndarray:
    """The areas of the sets and, up to two hundred, those of the pool nearest to any treated."""
    left = pool[~np.isin(pool, sets)]
    apart = ((where[sets[:, 0]][:, None] - where[left][None]) ** 2).sum(-1).min(0)
    more = left[np.argsort(apart, kind="stable")[: max(0, LEARNT_FROM - sets.size)]]
    return np.sort(np.concatenate([sets.ravel(), more]))


def groups(sets: np.ndarray, draws: int, rng: np.random.Generator) -> np.ndarray:
    """First the treated, then `draws` groups with one area of each set, any of them as likely."""
    picks = rng.integers(0, sets.shape[1], size=(draws, len(sets)))
    return np.vstack([sets[:, 0], sets[np.arange(len(sets)), picks]])
